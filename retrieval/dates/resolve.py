"""Expressions → dates, at the text's own granularity; a missing year only from stated evidence."""

import re
from collections.abc import Callable
from datetime import timedelta

from retrieval.dates import edtf, references
from retrieval.dates.completing import Year, year_of
from retrieval.dates.context import Context, anchor
from retrieval.dates.expression import Expression, Partial
from retrieval.records import NO_DATE, Date

_BESIDE = 60  # characters
_MARK = re.compile(r"[\"“”]")


def resolve(expression: Expression, context: Context) -> Date:
    """The date that an expression means; `NO_DATE` for lunar dates, misprints and what hangs on an unknown day."""
    return _RESOLVERS.get(expression.kind, _partial)(expression, context)


def _partial(expression: Expression, context: Context) -> Date:
    """A day, month, year, or part of one."""
    if expression.unit == "month" and expression.day:
        return _day_of_shifted_month(expression, context)
    year = year_of(Partial(expression.year, expression.month, expression.day), expression, context)
    return _made(edtf.value(year.number, expression.month, expression.day), year, expression)


def _made(value: str, year: Year, expression: Expression) -> Date:
    if not value:
        return NO_DATE
    if year.number is None:
        return Date(value, "unknown", expression.text)
    return Date(value, "inferred", year.evidence) if year.evidence else Date(value, "stated", expression.text)


def _day_of_shifted_month(expression: Expression, context: Context) -> Date:
    """ "ngày 25 tháng này"."""
    base = anchor(context)
    if not base:
        return NO_DATE
    months = base[0].year * 12 + base[0].month - 1 + expression.shift
    value = edtf.value(months // 12, months % 12 + 1, expression.day)
    return Date(value, "inferred", base[1]) if value else NO_DATE


def _range(expression: Expression, context: Context) -> Date:
    first = Partial(expression.year, expression.month, expression.day)
    if expression.until is None:
        return _until_now(first, expression, context)
    until = expression.until
    if until.year is None and first.year is not None and until.month is not None:
        later = (until.month, until.day or 0) >= (first.month or 0, first.day or 0)
        until = until._replace(year=first.year if later else first.year + 1)
    last = year_of(until, expression, context)
    start = first.year
    if start is None and last.number is not None and first.month is not None and until.month is not None:
        start = last.number - ((first.month, first.day or 0) > (until.month, until.day or 0))
    value = edtf.interval(edtf.value(start, *first[1:]), edtf.value(last.number, *until[1:]))
    return _made(value, last, expression)


def _until_now(first: Partial, expression: Expression, context: Context) -> Date:
    """ "từ năm 2016 đến nay" ends on the day of publication, or has no end."""
    if expression.quarter:
        start, base = Year(expression.year), anchor(context)
        value = edtf.quarter(start.number, expression.quarter)
    else:
        start, base = year_of(first, expression, context), anchor(context)
        value = edtf.value(start.number, *first[1:])
    if base is None or start.number is None:
        return (
            Date(f"{value}/..", "unknown" if start.number is None else "stated", expression.text) if value else NO_DATE
        )
    value = edtf.interval(value, base[0].isoformat())
    return Date(value, "inferred", base[1]) if value else NO_DATE


def _quarter(expression: Expression, context: Context) -> Date:
    number = expression.quarter or 1
    year = year_of(Partial(expression.year, number * 3 - 1), expression, context)
    return _made(edtf.quarter(year.number, number), year, expression)


def _decade(expression: Expression, _context: Context) -> Date:
    return Date(f"{expression.year}"[:3] + "X", "stated", expression.text)


def _century(expression: Expression, _context: Context) -> Date:
    first = f"{expression.year}"[:2] + "XX"
    last = f"{expression.until.year}"[:2] + "XX" if expression.until else first
    return Date(edtf.interval(first, last), "stated", expression.text)


def _relative(expression: Expression, context: Context) -> Date:
    """Counted from the publication date only."""
    base = anchor(context)
    if not base or (expression.unit == "day" and _is_in_speech(expression, context.passage)):
        return NO_DATE
    today, evidence = base
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=expression.shift)
    months = today.year * 12 + today.month - 1 + expression.shift
    value = {
        "day": (today + timedelta(days=expression.shift)).isoformat(),
        "week": edtf.interval(monday.isoformat(), (monday + timedelta(days=6)).isoformat()),
        "weekend": edtf.interval((monday + timedelta(days=5)).isoformat(), (monday + timedelta(days=6)).isoformat()),
        "month": edtf.value(months // 12, months % 12 + 1, None),
        "year": edtf.value(today.year + expression.shift, None, None),
    }[expression.unit]
    return Date(value, "inferred", evidence)


def _is_in_speech(expression: Expression, passage: str) -> bool:
    """Whether the expression is quoted: a speaker's "hôm nay" is the day of speaking, not of publication."""
    before = [mark for mark in _MARK.finditer(passage) if mark.start() < expression.start]
    after = _MARK.search(passage, expression.end)
    if before:
        return _opens(passage, before[-1])
    return after is not None and not _opens(passage, after)


def _opens(passage: str, mark: re.Match[str]) -> bool:
    """Straight quotation marks don't tell their side: an opening one has white space before it."""
    if mark[0] != '"':
        return mark[0] == "“"
    return mark.start() == 0 or passage[mark.start() - 1] in " \t\n\xa0(:,"


def _weekday(expression: Expression, context: Context) -> Date:
    """A weekday of a named week, or "hôm thứ Hai", the last one before the publication; else any week may be meant."""
    base = anchor(context)
    if not base or expression.weekday is None:
        return NO_DATE
    today, evidence = base
    if expression.unit == "week":
        ahead = expression.weekday - today.weekday() + 7 * expression.shift
    elif expression.lean == "past" and expression.weekday != today.weekday():
        ahead = (expression.weekday - today.weekday()) % 7 - 7
    else:
        return NO_DATE
    return Date((today + timedelta(days=ahead)).isoformat(), "inferred", evidence)


def _misprint(expression: Expression, context: Context) -> Date:
    """ "tháng 12/20221" is no date; but a known event of such a month, named beside it, tells which was meant."""
    before = context.passage[max(0, expression.start - _BESIDE) : expression.start]
    event = references.mentioned(before, context.references)
    if event and event.date[5:7] == f"{expression.month:02d}":
        return Date(event.date[:7], "inferred", references.named(event))
    return NO_DATE


def _lunar(_expression: Expression, _context: Context) -> Date:
    return NO_DATE


_RESOLVERS: dict[str, Callable[[Expression, Context], Date]] = {
    "range": _range,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "relative": _relative,
    "weekday": _weekday,
    "misprint": _misprint,
    "lunar": _lunar,
}
