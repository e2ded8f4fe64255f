"""How much was asked: counted by the day in Vietnam, and the same after the log has been thinned."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.querylog.reading import reading
from bot.querylog.retention import thin
from bot.reports.stats import Stats, percentile, stats
from tests.bot.logged import Written, row

ROWS = (
    row("2026-01-01 23:59", "Ai?", ms=10),
    row("2026-01-02 00:01", "Ở đâu?", ms=20),
    row("2026-01-02 09:00", "Bao giờ?", "not_found", ms=30),
    row("2026-01-02 09:01", "Vì sao?", "error"),
    row("2026-01-02 09:02", "Mấy?", "undeliverable"),
    row("2026-01-02 09:03", "Nhanh", "declined", "other"),
    row("2026-01-02 09:04", "/help", "help", "command"),
    row("2026-01-02 09:05", "?", "help"),
    row("2026-01-02 09:06", "Nghe lỏm", "ignored", "other"),
    row("2026-01-02 09:07", "cầu", "answered", "inline"),
    row("2026-01-04 12:00", "Cuối cùng?", ms=40),
)


def read(path: Path, since: str | None = "2026-01-01", until: str = "2026-01-04") -> Stats:
    with reading(path) as db:
        return stats(db, date.fromisoformat(since) if since else None, date.fromisoformat(until))


async def test_each_day_in_vietnam_has_its_counts_and_a_day_without_a_question_too(written: Written) -> None:
    counted = read(await written(*ROWS, disliked=(ROWS[1],)))
    first, second, third, _ = counted.days
    assert (first.asked, first.answered) == (1, 1)
    assert (second.asked, second.answered, second.refused, second.declined, second.failed) == (5, 1, 1, 1, 2)
    assert (second.commands, second.disliked, second.liked) == (1, 1, 0)
    assert (third.day, third.asked, third.p95_ms) == (date(2026, 1, 3), 0, None)
    assert (counted.total.asked, counted.total.answered, counted.total.disliked) == (7, 3, 1)


async def test_without_a_beginning_it_begins_with_the_log(written: Written) -> None:
    counted = read(await written(*ROWS), since=None, until="2026-01-02")
    assert (counted.since, counted.until, len(counted.days)) == (date(2026, 1, 1), date(2026, 1, 2), 2)


async def test_an_empty_log_has_nothing_to_tell(written: Written) -> None:
    counted = read(await written(), since=None)
    assert (counted.total.asked, counted.total.p95_ms) == (0, None)


@pytest.mark.parametrize("before", ["2026-01-02", "2026-01-03", "2026-02-01"])
async def test_thinning_changes_no_figure(written: Written, before: str) -> None:
    path = await written(*ROWS, disliked=(ROWS[1], ROWS[10]))
    first = read(path)
    thin(path, date.fromisoformat(before))
    assert read(path) == first


def test_a_percentile_is_right_to_two_per_cent() -> None:
    classes = Counter(dict.fromkeys(range(1, 101), 1))
    assert percentile(classes, 0.95) == pytest.approx(1.02**95, rel=0.02)
    assert percentile(Counter(), 0.95) is None


async def test_p95_is_near_the_slowest_of_few(written: Written) -> None:
    p95 = read(await written(*ROWS)).total.p95_ms
    assert p95 == pytest.approx(40, rel=0.03)
