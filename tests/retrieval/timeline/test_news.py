"""News of autumn 2025 in ../shared: a storm told by three papers."""

import gzip
import json
from pathlib import Path

import pytest

from retrieval import Library, Timeline
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared

FIRST, LAST = "2025-09-20", "2025-10-15"


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    """Of the articles of those weeks that tell of storms: all of them take too long to read."""
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    with gzip.open(SHARED / "corpora" / "rss_2025.jsonl.gz", "rt", encoding="utf-8") as lines:
        news = [line for line in lines if FIRST <= json.loads(line)["published"][:10] <= LAST and "bão" in line]
    path.write_text("".join(news), encoding="utf-8")
    return Library.open([Path(path)]).timeline("bão Bualoi")


def test_every_entry_is_about_the_storm_and_no_other(storm: Timeline) -> None:
    assert storm.entries
    quotes = [quote for entry in storm.entries for quote in entry.quotes]
    assert all("bualoi" in f"{quote.article.title} {quote.text}".lower() for quote in quotes)


def test_each_day_has_one_entry_in_order(storm: Timeline) -> None:
    days = [entry.date.edtf for entry in storm.entries if len(entry.date.edtf) == 10]
    assert days == sorted(set(days))
    assert {f"2025-09-{day}" for day in range(26, 31)} <= set(days)


def test_the_papers_are_merged(storm: Timeline) -> None:
    papers = {
        entry.date.edtf: {(quote.article.publisher or "").split(" - ")[0] for quote in entry.quotes}
        for entry in storm.entries
    }
    for day in ("2025-09-26", "2025-09-27", "2025-09-28", "2025-09-29"):
        assert papers[day] >= {"Tuổi Trẻ", "Thanh Niên", "VnExpress"}, day


def test_what_was_over_when_it_was_written_is_not_planned(storm: Timeline) -> None:
    assert not [entry for entry in storm.entries if entry.planned and entry.date.edtf < "2025-09-30"]
