"""A year that a text leaves out, from the first evidence that has one, and what that evidence is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates import edtf, nearest_year, references
from retrieval.dates.context import Context, anchor
from retrieval.dates.expression import Expression, Partial

# A day without a year belongs to the year of a dated neighbour if it lies this near to it.
_NEIGHBOURHOOD = timedelta(days=92)
_SOON = timedelta(days=31)
_SUMMING_UP = re.compile(
    r"tổng\skết\D{0,120}?năm\s(?P<past>20\d\d).{0,80}?(?:nhiệm\svụ|phương\shướng|kế\shoạch|triển\skhai)\D{0,60}?năm\s(?P<next>20\d\d)",
    re.IGNORECASE | re.DOTALL,
)
_EVERY_YEAR = re.compile(r"(?<!\w)(?:h[àằ]ng|mỗi)\snăm(?!\w)", re.IGNORECASE)
_SEASON = re.compile(
    r"(?<!\w)(?:mùa\s(?:xuân|hè|hạ|thu|đông|mưa|khô|lũ|nước)|thường\s(?:được|có|diễn|xảy|bắt|kéo|vào|từ|nở)|quanh\snăm)(?!\w)",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"(?:năm\s|\d[/-])([12]\d{3})(?![\w/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Year:
    """A year (None: not known) and the evidence that gave it; no evidence where the text states it."""

    number: int | None
    evidence: str = ""


def year_of(given: Partial, expression: Expression, context: Context) -> Year:
    """The stated year, or one completed from the first evidence that has one."""
    if given.year is not None or given.month is None:
        return Year(given.year)
    if expression.unit == "year":
        base = anchor(context)
        return Year(base[0].year + expression.shift, base[1]) if base else Year(None)
    if _EVERY_YEAR.search(context.passage) or (given.day is None and _SEASON.search(context.passage)):
        return Year(None)
    for evidence in _EVIDENCE:
        found = evidence(given.month, given.day, expression, context)
        if found and edtf.value(found.number, given.month, given.day):
            return found
    return Year(None)


def _from_publication(month: int, day: int | None, expression: Expression, context: Context) -> Year | None:
    base = anchor(context)
    if not base:
        return None
    year = nearest_year.nearest_year(month, day, base[0], expression.lean, nearest_year.tense(context.passage))
    if year is None or expression.lean:
        return Year(year, base[1]) if year else None
    if _tells_of_another_year(year, day, expression, context):
        return Year(None)
    told = _from_neighbour(month, day, expression, context)
    return _weighed(Year(year, base[1]), told, base[0], (month, day or 1)) if told else Year(year, base[1])


def _weighed(near: Year, told: Year, today: date, day: tuple[int, int]) -> Year:
    """The year nearest to the publication against that of the dates told around it.

    In a story of an earlier year its own dates outweigh a day still far ahead; else, if they differ, both may be meant.
    """
    if told.number == near.number or edtf.value(told.number, *day) > today.isoformat():
        return near
    return told if edtf.value(near.number, *day) > (today + _SOON).isoformat() else Year(None)


def _tells_of_another_year(year: int, day: int | None, expression: Expression, context: Context) -> bool:
    """Whether the sentence names another year before the day; before a month, the sentences before it count as well."""
    named = [int(found[1]) for found in _NAMED_YEAR.finditer(context.passage, 0, expression.start)]
    if day is None:
        named += [int(neighbour.edtf[:4]) for neighbour in context.neighbours]
    return bool(named) and year not in named


def _from_summing_up(month: int, _day: int | None, _expression: Expression, context: Context) -> Year | None:
    """ "tổng kết năm 2024, triển khai nhiệm vụ năm 2025" is said in December of the one or January of the other."""
    found = _SUMMING_UP.search(context.passage)
    if not found or int(found["next"]) != int(found["past"]) + 1 or month not in {1, 2, 12}:
        return None
    year = int(found["past"] if month == 12 else found["next"])
    return Year(year, f"việc tổng kết năm {found['past']}, triển khai nhiệm vụ năm {found['next']} trong bài")


def _from_anniversary(month: int, day: int | None, _expression: Expression, context: Context) -> Year | None:
    found = references.year_of_anniversary(month, day, context.passage, context.references)
    return found and Year(found[0], f"ngày kỷ niệm {references.named(found[1])}")


def _from_event(month: int, day: int | None, _expression: Expression, context: Context) -> Year | None:
    found = references.year_of_event(month, day, context.passage, context.references)
    return found and Year(found[0], references.named(found[1]))


def _from_neighbour(month: int, day: int | None, _expression: Expression, context: Context) -> Year | None:
    for neighbour in context.neighbours:
        known = edtf.bounds(neighbour.edtf)
        for year in range(known[0].year - 1, known[1].year + 2) if known and edtf.is_day(neighbour.edtf) else ():
            limits = edtf.bounds(edtf.value(year, month, day))
            if known and limits and abs(limits[0] - known[0]) <= _NEIGHBOURHOOD:
                return Year(year, f"“{neighbour.evidence}” trong bài")
    return None


_EVIDENCE: tuple[Callable[[int, int | None, Expression, Context], Year | None], ...] = (
    _from_publication,
    _from_summing_up,
    _from_anniversary,
    _from_event,
    _from_neighbour,
)
