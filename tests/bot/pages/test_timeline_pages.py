from dataclasses import replace

import pytest

from bot.pages.timeline_pages import (
    MOST_ENTRIES,
    file_name,
    ordered,
    others,
    paged,
)
from retrieval import Date, Quote, Timeline, TimelineEntry
from tests.bot.records import BRIDGE, quote_of


def test_pages_hold_every_part_once_in_order_few_and_short() -> None:
    parts = [str(number) * length for number, length in enumerate((10, 10, 10, 10, 10, 10, 3000, 3000, 9000, 10))]
    pages = paged(parts)
    assert [part for page in pages for part in page] == parts
    assert max(map(len, pages)) == MOST_ENTRIES
    assert [len(page) for page in pages] == [5, 2, 1, 1, 1]
    assert paged([]) == []


def test_turned_round_days_without_a_year_stay_last() -> None:
    entries = tuple(TimelineEntry(Date(day), (quote_of("x"),)) for day in ("2024", "2025-01-02", "XXXX-03-05"))
    timeline = Timeline("x", entries)
    assert [entry.date.edtf for entry in ordered(timeline, "oldest")] == ["2024", "2025-01-02", "XXXX-03-05"]
    assert [entry.date.edtf for entry in ordered(timeline, "newest")] == ["2025-01-02", "2024", "XXXX-03-05"]


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Đối ngoại", "dong-thoi-gian-doi-ngoai.csv"),
        ("../../etc/passwd\n", "dong-thoi-gian-etc-passwd.csv"),
        ("🎉", "dong-thoi-gian.csv"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(topic: str, name: str) -> None:
    assert file_name(topic, "csv") == name
    assert len(file_name("rất dài " * 100, "csv")) <= 64


def test_a_paper_that_tells_of_a_day_in_several_articles_is_named_once() -> None:
    def told(number: int, publisher: str | None) -> Quote:
        return quote_of(f"Câu {number}.", replace(BRIDGE, id=str(number), publisher=publisher))

    quotes = (told(1, "A"), told(2, "A"), told(3, "B"), told(4, None), told(5, "B"), told(6, None))
    entry = TimelineEntry(Date("2025-09-15", "stated", "15/9/2025"), quotes)
    assert others(entry) == (quotes[2], quotes[3], quotes[5])
