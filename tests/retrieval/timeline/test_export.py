import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retrieval import Library, Timeline
from retrieval.timeline.export import as_csv, as_ics, has_days
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

STAMP = datetime(2025, 10, 15, 1, 2, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    articles = [
        article("Năm 2024, cáp treo Núi Mây đón hai triệu khách.", "2025-01-02"),
        article('"Chờ; lâu, quá" là tên bài về ngày 1/10/2025 của cáp treo Núi Mây.', publisher="=HYPERLINK(1)"),
        article("Ngày 20/12/2025, cáp treo Núi Mây sẽ mở thêm tuyến thứ hai dài " + "rất " * 40 + "dài."),
        article("Từ ngày 3 đến ngày 5/10/2025, cáp treo Núi Mây nghỉ.", "2025-10-06"),
    ]
    return library_of(tmp_path_factory.mktemp("export"), articles).timeline("cáp treo Núi Mây")


def unfolded(calendar: str) -> list[str]:
    return calendar.replace("\r\n ", "").split("\r\n")


def test_a_table_has_one_line_a_quote_to_the_letter(timeline: Timeline) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(timeline))))
    assert [row["date"] for row in rows] == ["2024", "2025-10-01", "2025-10-03/2025-10-05", "2025-12-20"]
    assert [row["quote"] for row in rows] == [quote.text for entry in timeline.entries for quote in entry.quotes]
    assert [row["planned"] for row in rows] == ["no", "no", "no", "yes"]
    assert [row["background"] for row in rows] == ["no"] * 4


def test_a_cell_that_a_spreadsheet_would_run_is_text(timeline: Timeline) -> None:
    assert "'=HYPERLINK(1)" in [row["publisher"] for row in csv.DictReader(io.StringIO(as_csv(timeline)))]


def test_a_calendar_has_the_days_and_no_year_made_a_day(timeline: Timeline) -> None:
    lines = unfolded(as_ics(timeline, STAMP))
    assert [line for line in lines if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20251001",
        "DTEND;VALUE=DATE:20251002",
        "DTSTART;VALUE=DATE:20251003",
        "DTEND;VALUE=DATE:20251006",
        "DTSTART;VALUE=DATE:20251220",
        "DTEND;VALUE=DATE:20251221",
    ]
    assert lines.count("DTSTAMP:20251015T010203Z") == 3
    assert [line for line in lines if line.startswith("STATUS")] == ["STATUS:CONFIRMED"] * 2 + ["STATUS:TENTATIVE"]
    changed = replace(timeline, entries=tuple(replace(entry, changed=entry.planned) for entry in timeline.entries))
    assert "STATUS:CANCELLED" in unfolded(as_ics(changed, STAMP))
    assert ",changed," in as_csv(changed)


def test_a_calendar_is_escaped_and_folded_as_rfc_5545_has_it(timeline: Timeline) -> None:
    calendar = as_ics(timeline, STAMP)
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    assert 'SUMMARY:"Chờ\\; lâu\\, quá" là tên bài' in "\n".join(unfolded(calendar))
    assert calendar.endswith("END:VCALENDAR\r\n")


def test_a_timeline_of_years_has_nothing_for_a_calendar(tmp_path: Path) -> None:
    only_years = library_of(tmp_path, [article("Năm 2024, cáp treo Núi Mây đón hai triệu khách.")])
    assert not has_days(only_years.timeline("cáp treo Núi Mây"))


def test_an_empty_timeline_is_a_head_and_an_empty_calendar() -> None:
    empty = Timeline("x", ())
    assert as_csv(empty).startswith("date,")
    assert as_csv(empty).count("\n") == 1
    assert "VEVENT" not in as_ics(empty, STAMP)


def test_every_line_of_a_table_of_the_samples_reads_back() -> None:
    library = Library.open([Path(__file__).parents[3] / "seeds"])
    rows = list(csv.DictReader(io.StringIO(as_csv(library.timeline("đối ngoại")))))
    assert rows
    assert all(None not in row and row["quote"] for row in rows)


def test_a_calendar_holds_no_background(tmp_path: Path) -> None:
    long_ago = article("Ngày 5/3/2019, cáp treo Núi Mây từng phải dừng.", "2025-10-02")
    now = article("Ngày 1/10/2025, cáp treo Núi Mây chạy lại.", "2025-10-02")
    timeline = library_of(tmp_path, [long_ago, now]).timeline("cáp treo Núi Mây")
    assert [(entry.date.edtf, entry.background) for entry in timeline.entries] == [
        ("2019-03-05", True),
        ("2025-10-01", False),
    ]
    assert [line for line in unfolded(as_ics(timeline, STAMP)) if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20251001"
    ]
