"""What was asked in vain: the same and nearly the same questions together."""

from datetime import date
from pathlib import Path

import pytest

from bot.querylog.reading import reading
from bot.reports import unanswered as module
from bot.reports.unanswered import Group, Unanswered, unanswered
from tests.bot.logged import Written, row


def read(path: Path) -> Unanswered:
    with reading(path) as db:
        return unanswered(db, date(2026, 1, 1), date(2026, 1, 31))


async def groups(written: Written, *questions: str) -> list[tuple[str, int]]:
    path = await written(*(row(f"2026-01-02 08:0{n}", q, "not_found") for n, q in enumerate(questions)))
    return [(group.question, group.count) for group in read(path).groups]


async def test_the_same_question_with_and_without_diacritics_is_one(written: Written) -> None:
    found = await groups(
        written, "cau dai bao nhieu", "Cầu dài bao nhiêu?", "/hoi cầu  dài bao nhiêu", "@trich_bot Ai phát biểu?"
    )
    assert found == [("Cầu dài bao nhiêu?", 3), ("Ai phát biểu?", 1)]


@pytest.mark.parametrize(
    "same",
    [
        ("Ai là Bộ trưởng Ngoại giao?", "Bộ trưởng Ngoại giao là ai"),
        ("Ai phát minh máy hơi nước?", "ai phat minh may hoi nuoc"),
        ("Cầu Hương An ở huyện Nhạn dài bao nhiêu?", "cau huong an o huyen nhan dai bao nhieu met"),
    ],
)
async def test_another_order_or_a_word_more_is_the_same(written: Written, same: tuple[str, str]) -> None:
    [(_, count)] = await groups(written, *same)
    assert count == 2


@pytest.mark.parametrize(
    "different",
    [
        ("hội nghị ngoại giao lần thứ 32 họp ở đâu", "hội nghị ngoại giao lần thứ 33 họp ở đâu"),
        ("Lê Văn Bách là ai", "Lê Văn Minh là ai"),
        ("Cầu Hương An ở đâu?", "Cầu Hương An khánh thành khi nào?"),
        ("Chủ tịch nước thăm nước Lào", "Phó Chủ tịch nước thăm nước Lào 2024"),
        ("Hoa làm nghề gì ở huyện Nhạn?", "Mai làm nghề gì ở huyện Nhạn?"),
    ],
)
async def test_another_number_name_or_kind_is_another_question(written: Written, different: tuple[str, str]) -> None:
    assert [count for _, count in await groups(written, *different)] == [1, 1]


async def test_only_what_was_refused_in_these_days_counts_and_taps_do_not(written: Written) -> None:
    path = await written(
        row("2026-01-02 08:00", "Đã trả lời?"),
        row("2026-01-02 08:01", "timeline:1:oldest:1", "not_found", "command"),
        row("2026-01-02 08:02", "/timeline tàu ngầm", "not_found", "command"),
        row("2025-12-31 08:02", "Năm ngoái?", "not_found"),
        row("2026-01-02 08:03", "???", "not_found"),
    )
    [group] = read(path).groups
    assert (group.question, group.count) == ("tàu ngầm", 1)


async def test_the_last_time_and_the_other_wordings_are_told(written: Written) -> None:
    path = await written(
        row("2026-01-02 08:00", "Cầu dài mấy mét?", "not_found"),
        row("2026-01-05 08:00", "cau dai may met", "not_found"),
    )
    [group] = read(path).groups
    assert isinstance(group, Group)
    assert (group.last.day, group.others) == (5, ("cau dai may met",))


async def test_of_too_many_wordings_the_rest_is_counted(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    path = await written(*(row("2026-01-02 08:00", q, "not_found") for q in ("Một?", "Hai?", "Hai?")))
    found = read(path)
    assert ([group.question for group in found.groups], found.more) == (["Hai?"], 1)
