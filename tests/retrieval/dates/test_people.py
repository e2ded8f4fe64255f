"""Dates as readers see them."""

from datetime import date

import pytest

from retrieval.dates import basis_note, bounds, for_people
from retrieval.records import NO_DATE, Date


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-09-15", "15/9/2025"),
        ("2023-12-19T10:35+07:00", "19/12/2023"),
        ("2025-09", "9/2025"),
        ("2024", "năm 2024"),
        ("XXXX-01-25", "25/1, không rõ năm"),
        ("XXXX-09", "tháng 9, không rõ năm"),
        ("2025-35", "quý III/2025"),
        ("2020/2025", "2020–2025"),
        ("2025-03-03/2025-03-07", "3–7/3/2025"),
        ("2025-04-28/2025-05-03", "28/4/2025–3/5/2025"),
        ("199X", "thập niên 1990"),
        ("19XX", "thế kỷ 20"),
        ("2016/..", "từ năm 2016"),
        ("", "không rõ ngày"),
    ],
)
def test_every_granularity_is_written_as_people_write_it(edtf: str, said: str) -> None:
    assert for_people(Date(edtf, "stated", "")) == said


def test_only_an_inferred_date_says_what_it_was_inferred_from() -> None:
    assert basis_note(Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")) == "tính theo ngày đăng 16/9/2025"
    in_the_link = Date("2025-09-15", "inferred", "việc chính của bài, ngày trong địa chỉ bài 16/9/2025")
    assert basis_note(in_the_link) == "tính theo đường dẫn 16/9/2025"
    by_an_event = Date("2026-01-25", "inferred", "việc chính của bài, Đại hội XIV (1/2026)")
    assert basis_note(by_an_event) == "tính theo Đại hội XIV (1/2026)"
    assert basis_note(Date("2025-09-15", "stated", "15/9/2025")) == ""
    assert basis_note(Date("XXXX-01-25", "unknown", "Ngày 25-1")) == ""
    assert basis_note(NO_DATE) == ""


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2025-09-15T10:35", "2025-09-15", "2025-09-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-36", "2025-10-01", "2025-12-31"),
        ("2020/2025", "2020-01-01", "2025-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
    ],
)
def test_bounds_are_the_first_and_the_last_day(edtf: str, first: str, last: str) -> None:
    limits = bounds(edtf)
    assert limits is not None
    assert (limits[0].isoformat(), limits[1].isoformat()) == (first, last)


@pytest.mark.parametrize("edtf", ["", "XXXX-01-25", "2016/..", "XXXX-03/XXXX-05"])
def test_what_has_no_known_end_has_no_bounds(edtf: str) -> None:
    assert bounds(edtf) is None


def test_a_stamp_is_shown_with_vietnams_day() -> None:
    assert for_people(Date("2025-09-15T22:08:00Z", "published")) == "16/9/2025"
    assert bounds("2025-09-15T22:08:00Z") == (date(2025, 9, 16), date(2025, 9, 16))
    assert for_people(Date("2025-09-15T22:08:00+07:00", "published")) == "15/9/2025"
