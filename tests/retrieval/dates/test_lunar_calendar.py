"""Vietnam's lunar calendar against days known from printed ones, and against the sky."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from vnlunar.core import convert_solar_to_lunar

from retrieval.dates.lunar_calendar import LAST, day_of, first_days, latest_year, place_in_cycle

# The first day of Tết.
TET = (
    "1945-02-13", "1954-02-03", "1960-01-28", "1965-02-02", "1968-01-29", "1969-02-16", "1970-02-06", "1975-02-11",
    "1980-02-16", "1985-01-21", "1986-02-09", "1990-01-27", "2000-02-05", "2001-01-24", "2002-02-12", "2003-02-01",
    "2004-01-22", "2005-02-09", "2006-01-29", "2007-02-17", "2008-02-07", "2009-01-26", "2010-02-14", "2011-02-03",
    "2012-01-23", "2013-02-10", "2014-01-31", "2015-02-19", "2016-02-08", "2017-01-28", "2018-02-16", "2019-02-05",
    "2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06",
    "2028-01-26", "2029-02-13", "2030-02-02", "2031-01-23", "2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08",
    "2050-01-23", "2099-01-21", "2100-02-09",
)  # fmt: skip
# Where China has another day: Hồ Ngọc Đức, "Âm lịch Việt Nam và âm lịch Trung Quốc".
IN_CHINA = {1968: "1968-01-30", 1969: "1969-02-17", 1985: "1985-02-20", 2007: "2007-02-18", 2030: "2030-02-03"}


@pytest.mark.parametrize("day", TET)
def test_tet_is_on_the_day_that_was_printed(day: str) -> None:
    assert str(day_of(int(day[:4]), 1, 1)) == day


@pytest.mark.parametrize(("year", "day"), IN_CHINA.items())
def test_tet_is_not_on_chinas_day(year: int, day: str) -> None:
    assert str(day_of(year, 1, 1)) != day


def test_months_follow_each_other_from_1900_to_2100() -> None:
    months = [month for year in range(1900, 2101) for month in first_days(year)]
    for (_, _, first, length), (_, _, following, _) in pairwise(months):
        assert first + timedelta(days=length) == following
        assert length in {29, 30}


def test_since_vietnam_reckons_at_105_degrees_its_months_begin_with_the_new_moon_there() -> None:
    """The tables against the astronomy: the same package computes both, from sources of their own."""
    months = [month for year in range(1968, 2054) for month in first_days(year)]
    for number, leap, first, _ in months:
        computed = convert_solar_to_lunar(first.day, first.month, first.year, time_zone=7.0)
        assert (computed["day"], computed["month"], bool(computed["leap"])) == (1, number, leap), first


def test_a_leap_month_is_another_than_the_one_before_it() -> None:
    assert str(day_of(2025, 6, 1)) == "2025-06-25"
    assert str(day_of(2025, 6, 1, leap=True)) == "2025-07-25"
    assert day_of(2024, 6, 1, leap=True) is None


def test_the_last_of_the_year_is_spoken_of_as_the_30th_every_year() -> None:
    assert day_of(2025, 12, LAST) == day_of(2025, 12, 29) == date(2026, 2, 16)
    assert day_of(2025, 1, 31) is None


def test_years_have_names() -> None:
    names = {"bính ngọ": 2026, "ất tỵ": 2025, "mậu thân": 1968, "giáp tý": 1984}
    assert [latest_year(place_in_cycle(*name.split()) or 0, 2026) for name in names] == list(names.values())
    assert place_in_cycle("giáp", "sửu") is None
    assert day_of(1700, 1, 1) is None
