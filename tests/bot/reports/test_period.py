from datetime import date

import pytest

from bot.reports.period import Days, read_days

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("", date(2026, 3, 4), TODAY),
        ("1", TODAY, TODAY),
        ("30", date(2026, 2, 9), TODAY),
        ("30 ngày", date(2026, 2, 9), TODAY),
        (" 30 days ", date(2026, 2, 9), TODAY),
        ("2/2026", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026", date(2026, 1, 1), TODAY),
        ("tháng trước", date(2026, 2, 1), date(2026, 2, 28)),
        ("từ 1/3/2026 đến 5/3/2026", date(2026, 3, 1), date(2026, 3, 5)),
        ("đến 1/3/2026", None, date(2026, 3, 1)),
    ],
)
def test_days_are_read_as_people_type_them(text: str, since: date | None, until: date) -> None:
    assert read_days(text, TODAY, usual=7) == Days(since, until)


@pytest.mark.parametrize("text", ["0", "9999", "abc", "2030", "32/1/2026", "-5"])
def test_what_cannot_be_read_or_is_yet_to_come_is_none(text: str) -> None:
    assert read_days(text, TODAY, usual=7) is None
