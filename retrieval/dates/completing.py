"""A year that a text leaves out, from the first evidence that has one, and what that evidence is."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retrieval.dates import edtf, nearest_year, references, right_context
from retrieval.dates.context import Context, anchor
from retrieval.dates.expression import Expression, Partial
from retrieval.dates.roles import is_compared

# A day without a year belongs to the year of a dated neighbour if it lies this near to it.
_NEIGHBOURHOOD = timedelta(days=92)
_SOON = timedelta(days=31)
# A year named in the sentence is that of a day that lies so near to the publication in it.
_REACH = timedelta(days=400)
_HABIT = 30  # characters
_MISPRINTED = 100  # years: nothing so far off is told to the day with one digit of its year another
_SUMMING_UP = re.compile(
    r"tổng\skết\D{0,120}?năm\s(?P<past>20\d\d).{0,80}?(?:nhiệm\svụ|phương\shướng|kế\shoạch|triển\skhai)\D{0,60}?năm\s(?P<next>20\d\d)",
    re.IGNORECASE | re.DOTALL,
)
_EVERY_YEAR = re.compile(r"(?<!\w)(?:h[àằ]ng|mỗi)\snăm(?!\w)", re.IGNORECASE)
_SEASON = re.compile(
    r"(?<!\w)(?:mùa\s(?:xuân|hè|hạ|thu|đông|mưa|khô|lũ|nước)|thường\s(?:được|có|diễn|xảy|rơi|bắt|kéo|vào|từ|nở)|quanh\snăm)(?!\w)",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"(?:năm\s|\d[/-]|(?<=\w)\s)((?:19|20)\d\d)(?![\w/])(?![.,–-]\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Year:
    """A year (None: not known) and the evidence that gave it; no evidence where the text states it."""

    number: int | None
    evidence: str = ""


def year_of(given: Partial, expression: Expression, context: Context) -> Year:
    """The stated year, or one completed from the first evidence that has one."""
    if given.month is None or (given.year is not None and not _is_misprint(given, context)):
        return Year(given.year)
    if expression.unit == "year":
        base = anchor(context)
        if base is None or (expression.shift > 0 and names_another_year(expression, context, base[0].year)):
            return Year(None)  # "Cuối năm 2019 …, tháng 1 năm sau …"
        return Year(base[0].year + expression.shift, base[1])
    if comes_every_year(expression, context):
        return Year(None)
    for evidence in _EVIDENCE:
        found = evidence(given.month, given.day, expression, context)
        if found and edtf.value(found.number, given.month, given.day):
            return found
    return Year(None)


def comes_every_year(expression: Expression, context: Context) -> bool:
    """Whether the sentence says beside a day that it comes every year, or tells a season by a month."""
    beside = context.passage[max(0, expression.start - _HABIT) : expression.end + _HABIT]
    if expression.day is None and expression.month and _SEASON.search(context.passage):
        return True
    return _EVERY_YEAR.search(beside) is not None


def names_another_year(expression: Expression, context: Context, year: int) -> bool:
    """Whether the sentence names another year before the expression."""
    return any(named != year for named, _ in _named_years(expression, context))


def _is_misprint(given: Partial, context: Context) -> bool:
    """A day whose year is that of the publication but for one digit: "10-11-1025" in 2025."""
    base = anchor(context)
    if base is None or given.day is None or given.year is None:
        return False
    off = sum(one != other for one, other in zip(f"{given.year:04d}", f"{base[0].year:04d}", strict=True))
    return off == 1 and abs(given.year - base[0].year) >= _MISPRINTED


def _from_publication(month: int, day: int | None, expression: Expression, context: Context) -> Year | None:
    base = anchor(context)
    if not base:
        return None
    year = nearest_year.nearest_year(month, day, base[0], expression.lean, nearest_year.tense(context.passage))
    if year is None or expression.lean:
        return Year(year, base[1]) if year else None
    limits = edtf.bounds(edtf.value(year, month, day))
    if day is None or (limits and abs(limits[0] - base[0]) > _SOON):
        named = _from_named_year(month, day, expression, context, base[0])
        if named is not None and named.number != year:
            return named
    told = _from_neighbour(month, day, expression, context)
    return _weighed(Year(year, base[1]), told, base[0], (month, day or 1)) if told else Year(year, base[1])


def _from_named_year(month: int, day: int | None, expression: Expression, context: Context, today: date) -> Year | None:
    """The year that the sentence names before the day ("Thi tốt nghiệp THPT 2026 diễn ra ngày 11/6"), if that puts it
    near the publication; not known if it does not, or if several are named.
    """
    named = dict(_named_years(expression, context))
    if day is None:
        named |= {int(neighbour.edtf[:4]): "" for neighbour in context.neighbours if neighbour.edtf[:4].isdigit()}
    if not named:
        return None
    year, words = next(iter(named.items()))
    limits = edtf.bounds(edtf.value(year, month, day))
    near = limits is not None and abs(limits[0] - today) <= _REACH
    return Year(year, f"“{words}” trong câu") if len(named) == 1 and near and words else Year(None)


def _named_years(expression: Expression, context: Context) -> Iterator[tuple[int, str]]:
    """The years that the sentence names before the expression, but for those it compares with."""
    for found in _NAMED_YEAR.finditer(context.passage, 0, expression.start):
        counted = right_context.counts(context.passage, found.end())
        if not counted and not is_compared(context.passage, found.start()):
            yield int(found[1]), found[0].strip()


def _weighed(near: Year, told: Year, today: date, day: tuple[int, int]) -> Year:
    """The year nearest to the publication against that of the dates told around it.

    In a story of an earlier year its own dates outweigh a day still far ahead; else, if they differ, both may be meant.
    """
    if told.number == near.number or edtf.value(told.number, *day) > today.isoformat():
        return near
    return told if edtf.value(near.number, *day) > (today + _SOON).isoformat() else Year(None)


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
