"""Months, years and seasons written with digits: tháng 12/2021, năm 2024, 2020-2025, mùa giải 2014/15."""

import re

from retrieval.dates import left_context, right_context
from retrieval.dates.digits import END, YEAR, Found, expression, one, partial, stretch
from retrieval.dates.expression import Kind, Partial
from retrieval.dates.feasts import lunar
from retrieval.dates.left_context import Left

_MONTHS = re.compile(rf"(\d{{1,2}})(?:\s?[-–]\s?|\s(?:đến|tới)\s(?:tháng\s)?)(\d{{1,2}})(?:[/.-]|\snăm\s)({YEAR}){END}")
_MONTH_YEAR = re.compile(rf"(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{YEAR}){END}")
_MONTH_MISPRINT = re.compile(r"(?P<month>1[0-2]|0?[1-9])[/.-](?:\d{5,}|[03-9]\d{3}|\d{3})(?![\w/])")
_MONTH_ALONE = re.compile(rf"\d{{1,2}}{END}")
_YEARS = re.compile(rf"({YEAR})(?:\s?[-–/]\s?|\s(?:đến|tới)\s(?:năm\s)?)({YEAR}){END}")
_SEASON = re.compile(r"(?P<first>[12]\d{3})/(?P<last>\d\d)(?![\w/])")
_MODERN = range(1900, 2060)
_LONGEST_PERIOD = 30  # years
_ONE_YEAR = re.compile(rf"{YEAR}{END}")
_STOP = re.compile(r"\s?(?:[,.;:)\]”\"]|$)", re.MULTILINE)
_MONTHS_OF = re.compile(r"(?P<months>\d{1,2})\stháng\s(?P<end>đầu|cuối)\s")
_WHOLE_YEAR = 12  # months


def month(text: str, lower: str, at: int, left: Left) -> Found:
    """What follows the word "tháng"."""
    start = left_context.month_start(lower, at)
    if start is None or left.every:
        return None
    months = _MONTHS.match(lower, at)
    if months:
        first, last = (Partial(int(months[3]), int(months[part])) for part in (1, 2))
        return stretch(text, (start, months.end()), first, last)
    kind = _part(lower, start, "month")
    dated = _MONTH_YEAR.match(lower, at)
    if dated:
        return one(text, (start, dated.end()), kind, partial(dated))
    misprint = _MONTH_MISPRINT.match(lower, at)
    if misprint:
        return [expression(text, (start, misprint.end()), "misprint", Partial(month=int(misprint["month"])))]
    return _month_alone(text, lower, (start, at), kind)


def _month_alone(text: str, lower: str, place: tuple[int, int], kind: Kind) -> Found:
    """A month with no year in digits beside it; `place` is where its words and its number begin."""
    start, at = place
    alone = _MONTH_ALONE.match(lower, at)
    if not alone or right_context.counts(lower, alone.end()) or right_context.is_in_contest(lower, alone.end()):
        return None
    if left_context.is_revolution(lower, start):
        return []
    if right_context.is_lunar_month(lower, alone.end()):
        return [lunar(text, lower, (start, alone.end()), int(alone[0]), None)]
    right = right_context.read(lower, alone.end())
    if lower.endswith("hồi ", 0, start) and not (right.year or right.unit or right.lean):
        right = right._replace(lean="past")
    return one(text, (start, right.end), kind, Partial(right.year, int(alone[0])), right)


def month_year(text: str, lower: str, at: int, left: Left) -> Found:
    """ "12/2021" without the word "tháng"."""
    found = _MONTH_YEAR.match(lower, at)
    if not found:
        return None
    cued = left.weak or (left.bracket and lower.startswith(")", found.end()))
    return one(text, (at, found.end()), "month", partial(found)) if cued and not left.numbered else []


def season(text: str, lower: str, at: int, left: Left) -> Found:
    """ "mùa giải 2014/15", "năm học 2020/21"."""
    found = _SEASON.match(lower, at)
    start = left_context.period_start(lower, at) if found else None
    if not found or start is None or left.numbered or (int(found["first"]) + 1) % 100 != int(found["last"]):
        return None
    first = int(found["first"])
    return stretch(text, (start, found.end()), Partial(first), Partial(first + 1))


def years(text: str, lower: str, at: int, left: Left) -> Found:
    """ "giai đoạn 2020-2025", "(1996-1998)"."""
    found = _YEARS.match(lower, at)
    if not found:
        return None
    start, first, last = left_context.period_start(lower, at), int(found[1]), int(found[2])
    if (left.every and not left.counted) or right_context.counts(lower, found.end()):
        return []
    if start is None and not (_is_period(first, last) and _STOP.match(lower, found.end())):
        return []
    return stretch(text, (at if start is None else start, found.end()), Partial(first), Partial(last))


def _is_period(first: int, last: int) -> bool:
    """Whether two bare numbers read as years: "(1996-1998)", not "1200 - 2500"."""
    return first in _MODERN and last in _MODERN and 0 < last - first <= _LONGEST_PERIOD


def year(text: str, lower: str, at: int, left: Left) -> Found:
    """What follows the word "năm"."""
    found = _ONE_YEAR.match(lower, at)
    start = left_context.year_start(lower, at)
    if not found or start is None or left.every:
        return None
    if right_context.counts(lower, found.end()) or right_context.before_christ(lower, found.end()):
        return None
    months = _MONTHS_OF.match(lower, start)
    ends = first_or_last(int(months["months"]), months["end"]) if months else None
    if ends:
        return stretch(text, (start, found.end()), *(Partial(int(found[0]), month) for month in ends))
    return one(text, (start, found.end()), _part(lower, start, "year"), Partial(int(found[0])))


def first_or_last(count: int, end: str) -> tuple[int, int] | None:
    """The first and the last of so many months at the beginning ("đầu") or the end of a year."""
    if not 1 < count < _WHOLE_YEAR:
        return None
    return (1, count) if end == "đầu" else (_WHOLE_YEAR + 1 - count, _WHOLE_YEAR)


def _part(lower: str, start: int, whole: Kind) -> Kind:
    """ "đầu năm 2024" is a part of the year; its value stays the year's."""
    return whole if lower.startswith(("tháng", "năm"), start) else "part"
