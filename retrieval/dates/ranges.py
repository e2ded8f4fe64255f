"""Date ranges as people type them behind a topic: "từ 3/2025", "2023-2025", "trước Tết", "trong tháng 6", "gần đây"."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates import seasons
from retrieval.dates.edtf import bounds, limits_of, quarter, value
from retrieval.tokens import fold, normalize

# "gần đây": the days before today.
RECENT = timedelta(days=30)
# A range has no more words than "từ ngày 15 tháng 2 năm 2024 đến ngày 20 tháng 5 năm 2025".
_MOST_WORDS = 15

_DAYS: Mapping[str, int] = {"ngay": 1, "tuan": 7, "thang": 30, "nam": 365}
_FEW: Mapping[str, int] = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "muoi": 10}
_YEAR = r"(?:19|20)\d\d"
_POINT = rf"""(?:
    (?:ngay\s)?(?:\d\d?)[/.-](?:\d\d?)[/.-]{_YEAR} | ngay\s\d\d?\sthang\s\d\d?(?:\snam\s|[/-]){_YEAR}
  | {_YEAR}-\d\d-\d\d | {_YEAR}-\d\d
  | (?:(?:(?:dau|giua|cuoi)\s)?thang\s)?\d\d?[/.-]{_YEAR} | thang\s\d\d?\s(?:nam\s)?{_YEAR}
  | quy\s(?:i{{1,3}}|iv|[1-4])(?:\snam\s|\s|[/-]){_YEAR}
  | (?:(?:dau|giua|cuoi|ca)\s)?(?:nam\s)?{_YEAR}
  | hom\s(?:nay|qua) | (?:tuan|thang)\s(?:nay|truoc) | nam\s(?:nay|ngoai)
)"""
# Of the latest year in which it is not still to come; it needs a word before it: "trong tháng 6", "từ quý 2".
_YEARLESS = r"""(?:
    (?:(?:dau|giua|cuoi)\s)?thang\s\d\d? | (?:ngay|hom|m[uo]ng)\s\d\d?(?:[/.-]|\sthang\s)\d\d?
  | quy\s(?:i{1,3}|iv|[1-4])
)"""
_SEASON = rf"(?:(?:dip|ky\snghi|le|ngay)\s){{0,2}}(?:{seasons.NAMES})(?:\snam)?(?:\s{_YEAR})?"
_SAID = rf"(?:{_POINT}|{_YEARLESS}|{_SEASON}|dau\s(?:nam|thang|tuan)(?:\snay)?)"
_END = rf"(?:{_SAID}|\d\d?/\d\d?)"  # "từ 15/9"; "trong 1/3" is a part of something
_TO = r"(?:\s(?:cho\s)?(?:den|toi)(?:\shet)?\s|\s?[-–—]\s?)"
_NOW = r"(?:nay|hien\snay|hien\stai|bay\sgio)"
_RANGE = re.compile(
    rf"""
    (?:(?:trong\s)?(?:tu|giai\sdoan|khoang|trong)\s)?(?P<first>{_POINT}){_TO}(?P<last>{_POINT})
  | (?:trong\skhoang\s(?:thoi\sgian\s)?|ke\s|tinh\s)?tu\s(?P<from>{_END}){_TO}(?P<until>{_END})
  | (?:ke\s|tinh\s)?(?:tu|sau)\s(?P<since>{_END})(?:\s(?:cho\s)?(?:den|toi)\s{_NOW}|\stro\sdi)?
  | (?:truoc|den|den\shet|toi(?!\s\d\d?/\d\d?$))\s(?P<before>{_END})  # "tối 24/9" is an evening
  | (?:trong|vao|hoi)\s(?P<within>{_SAID})
  | (?P<in>{_POINT})
  | (?:trong\s(?=tuan|thang|nam)|(?:trong\s)?(?P<count>\d{{1,4}}|{"|".join(_FEW)})\s)(?P<unit>{"|".join(_DAYS)})
    \s(?:qua|gan\sday|vua\squa)
  | (?P<recent>gan\sday|moi\sday|thoi\sgian\sgan\sday)
    """,
    re.VERBOSE,
)
# Before these a pair of years is part of a name: "nhiệm kỳ 2020-2025", "khóa 2021-2026".
_NAMED_BY_YEARS = re.compile(r"(?:^|\s)(?:nhiem\sk[yi]|khoa|nien\skhoa|nghi\squyet|luat|mua\sgiai|quy)$")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_POINTS = ("first", "last", "since", "before", "within", "in")
_LONGEST_AGO = timedelta(days=36_500)
_DAY = timedelta(days=1)
_NUMBERS = re.compile(r"\d+")
_QUARTERS: Mapping[str, int] = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both included; None: without that end."""

    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self.since is not None or self.until is not None

    def narrowed(self, other: "Period") -> "Period":
        """The days that are in both."""
        firsts = [first for first in (self.since, other.since) if first]
        lasts = [last for last in (self.until, other.until) if last]
        return Period(max(firsts, default=None), min(lasts, default=None))

    def overlaps(self, edtf: str) -> bool:
        """Whether a value may lie in it; one without a known year only in a period without any end."""
        if not self:
            return True
        limits = limits_of(edtf)
        return (
            limits is not None
            and (self.until is None or limits[0] <= self.until)
            and (self.since is None or limits[1] >= self.since)
        )


ALWAYS = Period()


def split_off(
    argument: str, today: date | None, is_name: Callable[[str], bool] = lambda _: False
) -> tuple[str, Period]:
    """What is typed behind the command: the topic, and the range at its end. "đối ngoại từ 3/2025" → đối ngoại, from
    1 March 2025 on. What can't be read as a range stays in the topic, and a year that makes a name (`is_name`) of the
    words before it: "U23 châu Á 2026".
    """
    words = argument.split()
    for at in range(max(0, len(words) - _MOST_WORDS), len(words)):
        period = read_period(" ".join(words[at:]), today)
        before = " ".join(words[:at])
        year = _BARE_YEAR.fullmatch(" ".join(words[at:]))
        if period and year and at and is_name(" ".join(words[max(0, at - 2) : at + 1])):
            break
        if period and not _NAMED_BY_YEARS.search(_folded(before)):
            return before.rstrip(" ,:;-–("), period
    return " ".join(words), ALWAYS


def between(since: date | str | None, until: date | str | None, today: date | None = None) -> Period:
    """From the first day of the one to the last day of the other: days, or as people write them ("9/2025").

    Raises ValueError, which names it, where a text can't be read.
    """
    return Period(*(_end(given, today, last=last) for given, last in ((since, False), (until, True))))


def in_order(since: date | str | None, until: date | str | None, today: date | None = None) -> Period:
    """`between`. Raises ValueError too where the last day is before the first."""
    period = between(since, until, today)
    if period.since and period.until and period.since > period.until:
        raise ValueError(f"the first date, {period.since}, is after the last, {period.until}")
    return period


def _end(given: date | str | None, today: date | None, *, last: bool) -> date | None:
    if not isinstance(given, str):
        return given
    period = read_period(given, today)
    if period is None:
        raise ValueError(f"{given!r} is no date; one is 2024, 9/2025 or 15/9/2025")
    return period.until if last else period.since


def read_period(text: str, today: date | None) -> Period | None:
    """The days that a range names, with or without diacritics; None where the text is no range, or not of real days.

    Without `today`, what is counted from it ("gần đây", "tuần trước") is no range.
    """
    found = _RANGE.fullmatch(_folded(text))
    if found is None or (today is None and (found["recent"] or found["unit"])):
        return None
    if today and (found["recent"] or found["unit"]):
        return Period(today - _ago(found["count"], found["unit"]), today)
    if found["from"]:
        return _from_until(found["from"], found["until"], today)
    return _of_season(found, today) or _of_points(found, today)


def _ago(count: str | None, unit: str | None) -> timedelta:
    if unit is None:
        return RECENT
    number = 1 if count is None else _FEW.get(count) or int(count)
    return min(timedelta(days=number * _DAYS[unit]), _LONGEST_AGO)


def _of_season(found: re.Match[str], today: date | None) -> Period | None:
    """What comes every year parts a year, not all time."""
    named = found["since"] or found["before"]
    season = seasons.read(named, today) if named else None
    if season is None:
        return None
    return Period(season.last + _DAY, season.next) if found["since"] else Period(season.previous, season.first - _DAY)


def _of_points(found: re.Match[str], today: date | None) -> Period | None:
    points = {name: _point(found[name], today) for name in _POINTS if found[name]}
    known = {name: limits for name, limits in points.items() if limits}
    return _period(found.string, known) if len(known) == len(points) else None


def _from_until(first: str, last: str, today: date | None) -> Period | None:
    """From the first to the last: "từ tháng 11 đến tháng 2/2026" begins in the year before."""
    end = _point(last, today)
    start = _point(first, end[1] if end else None)
    return Period(start[0], end[1]) if start and end and start[0] <= end[1] else None


def _period(text: str, points: Mapping[str, tuple[date, date]]) -> Period:
    if "first" in points:
        # Turned round where somebody begins at the later end: there is no other meaning.
        first, last = sorted((points["first"], points["last"]))
        return Period(first[0], last[1])
    if "since" in points:
        after = "sau " in text
        return Period(points["since"][1] + _DAY if after else points["since"][0])
    if "before" in points:
        before = text.startswith("truoc")
        return Period(until=points["before"][0] - _DAY if before else points["before"][1])
    return Period(*points.get("in", points.get("within", (None, None))))


def _point(text: str, today: date | None) -> tuple[date, date] | None:
    if text in _COUNTED:
        return _COUNTED[text](today) if today else None
    season = seasons.read(text, today)
    if season is not None:
        return season.first, season.last
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    year = next((number for number in numbers if number > 1900), None)
    if year is not None:
        return _of_year(text, numbers, year)
    of_years = (_of_year(text, [*numbers, y], y) for y in (today.year, today.year - 1)) if today else ()
    return next((limits for limits in of_years if limits and today and limits[0] <= today), None)


def _of_year(text: str, numbers: Sequence[int], year: int) -> tuple[date, date] | None:
    if text.startswith("quy "):
        return bounds(quarter(year, _QUARTERS[re.split(r"[\s/-]", text)[1]]))
    parts = numbers if numbers[0] == year else numbers[::-1]
    month, day = [*parts, None, None][1:3]
    return bounds(value(year, month, day))


def _week(today: date, shift: int) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday() - 7 * shift)
    return monday, monday + timedelta(days=6)


def _month(today: date, shift: int) -> tuple[date, date] | None:
    years, month = divmod(today.month - 1 + shift, 12)
    return bounds(value(today.year + years, month + 1, None))


_COUNTED: Mapping[str, Callable[[date], tuple[date, date] | None]] = {
    "hom nay": lambda today: (today, today),
    "hom qua": lambda today: (today - timedelta(days=1), today - timedelta(days=1)),
    "tuan nay": lambda today: _week(today, 0),
    "tuan truoc": lambda today: _week(today, -1),
    "thang nay": lambda today: _month(today, 0),
    "thang truoc": lambda today: _month(today, -1),
    "nam nay": lambda today: bounds(f"{today.year:04d}"),
    "nam ngoai": lambda today: bounds(f"{today.year - 1:04d}"),
    "dau nam": lambda today: (date(today.year, 1, 1), today),
    "dau nam nay": lambda today: (date(today.year, 1, 1), today),
    "dau thang": lambda today: (today.replace(day=1), today),
    "dau thang nay": lambda today: (today.replace(day=1), today),
    "dau tuan": lambda today: (_week(today, 0)[0], today),
    "dau tuan nay": lambda today: (_week(today, 0)[0], today),
}


def _folded(text: str) -> str:
    return " ".join(fold(normalize(text)).split())
