"""Expressions → dates, at the text's own granularity; a missing year only from stated evidence."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from retrieval.dates import edtf, lunar_calendar, references
from retrieval.dates.completing import Year, comes_every_year, names_another_year, year_of
from retrieval.dates.context import Context, anchor
from retrieval.dates.expression import Expression, Partial
from retrieval.dates.expressions import find
from retrieval.dates.nearest_year import nearest_day, tense
from retrieval.records import NO_DATE, Date

_BESIDE = 60  # characters
_NEAR = 2  # days before or after the publication in which a weekday without a tense is meant
_NEW_YEAR = (1, 7)
_BEFORE = 300  # characters in which "cùng ngày" looks back
# "thứ Hai", not the second day of a feast.
_WEEKDAY = re.compile(r"[Tt]hứ\s[HBTNS]|[Cc]hủ\s?[Nn]hật")
_EVERY_WEEK = re.compile(
    r"(?<!\w)(?:(?:h[àằ]ng|mỗi|các|những)\s(?:tuần|thứ|ngày|tối|sáng|chiều)|một\s(?:ngày\s)?(?:tối|sáng|chiều|đêm|thứ|chủ))(?!\w)",
    re.IGNORECASE,
)
# What happens on a weekday after something that is told as over is over, too: "bị bắt thứ Sáu sau khi bỏ trốn".
_AFTER = re.compile(r"\s(?:ngay\s)?sau\skhi(?!\w)")
_MARK = re.compile(r"[\"“”]")


def resolve(expression: Expression, context: Context) -> Date:
    """The date that an expression means; `NO_DATE` for misprints and what hangs on an unknown day."""
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
    if expression.unit == "year" and expression.shift > 0 and names_another_year(expression, context, base[0].year):
        return NO_DATE  # "Cuối năm 2019 …, đầu năm sau …"
    today, evidence = base
    if expression.unit == "week" and expression.lean:  # "tuần qua": the seven days before
        days = (today - timedelta(days=back) for back in (7, 1))
        return Date(edtf.interval(*(day.isoformat() for day in days)), "inferred", evidence)
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
    """A weekday of a named week, or "hôm thứ Hai", the last one before the publication; else the last or the next by
    the tense of the sentence, or by "sau khi" behind it; without one that of a day or two before or after, else any
    week may be meant.
    """
    base = anchor(context)
    if not base or expression.weekday is None:
        return NO_DATE
    today, evidence = base
    ahead = expression.weekday - today.weekday()
    surely = _WEEKDAY.match(expression.text) and not _EVERY_WEEK.search(context.passage)
    lean = expression.lean or (tense(context.passage, passive=True) if surely else "")
    if not lean and surely and _AFTER.match(context.passage, expression.end):
        lean = "past"
    near = (ahead + 3) % 7 - 3
    if expression.unit == "week":
        ahead += 7 * expression.shift
    elif lean and (ahead or expression.shift):
        ahead = ahead % 7 - 7 if lean == "past" else ahead % 7 or 7
    elif surely and 0 < abs(near) <= _NEAR:
        ahead = near
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


def _lunar(expression: Expression, context: Context) -> Date:
    """A day of the lunar calendar: of the year that is named, else of the one nearest to the publication."""
    base = anchor(context)
    if expression.year is not None and expression.month and not _is_either_eve(expression, context):
        return _of_moon(expression.year, expression, "")
    if base is None or expression.month is None or _is_either_eve(expression, context):
        return NO_DATE
    if expression.cycle is not None:
        return _of_moon(lunar_calendar.latest_year(expression.cycle, base[0].year + 1), expression, base[1])
    if expression.day is None or comes_every_year(expression, context):
        return NO_DATE
    if expression.unit == "year":
        return _of_moon(base[0].year + expression.shift, expression, base[1])
    years = range(base[0].year - 2, base[0].year + 2)
    days = [day for year in years if (day := lunar_calendar.day_of(year, expression.month, expression.day))]
    found = nearest_day(days, base[0], expression.lean or tense(context.passage))
    return Date(found.isoformat(), "inferred", base[1]) if found else NO_DATE


def _feast(expression: Expression, context: Context) -> Date:
    """A feast of the year that is named, else the one nearest to the publication."""
    base = anchor(context)
    if not base or expression.year or expression.unit or comes_every_year(expression, context):
        return _partial(expression, context)
    days = [date(base[0].year + shift, expression.month or 1, expression.day or 1) for shift in (-1, 0, 1)]
    found = nearest_day(days, base[0], expression.lean or tense(context.passage))
    return Date(found.isoformat(), "inferred", base[1]) if found else _partial(expression, context)


def _is_either_eve(expression: Expression, context: Context) -> bool:
    """Whether "giao thừa" may be New Year's Eve of either calendar: it says neither, around the first of January."""
    text, base = expression.text.lower(), anchor(context)
    if "giao thừa" not in text or "tết" in text or expression.cycle is not None:
        return False
    return base is None or base[0].month == 12 or (base[0].month, base[0].day) <= _NEW_YEAR or base[0].month == 11


def _of_moon(year: int, expression: Expression, evidence: str) -> Date:
    """The day, or the whole month, of a lunar year that is known."""
    month, day = expression.month or 1, expression.day
    if day is None:
        limits = lunar_calendar.month_of(year, month)
        value = edtf.interval(*(end.isoformat() for end in limits)) if limits else ""
    else:
        found = lunar_calendar.day_of(year, month, day)
        value = found.isoformat() if found else ""
    if not value:
        return NO_DATE
    return Date(value, "inferred", evidence) if evidence else Date(value, "stated", expression.text)


def _same(expression: Expression, context: Context) -> Date:
    """ "cùng ngày": the day told last before it, in its sentence or the article."""
    before = context.passage[max(0, expression.start - _BEFORE) : expression.start]
    for one in reversed(find(before)):
        if one.kind in {"day", "weekday"} or (one.kind == "relative" and one.unit == "day"):
            day = resolve(one, replace(context, passage=before))
            if edtf.is_day(day.edtf) and "/" not in day.edtf:
                return day
    return context.told


_RESOLVERS: dict[str, Callable[[Expression, Context], Date]] = {
    "range": _range,
    "quarter": _quarter,
    "decade": _decade,
    "century": _century,
    "relative": _relative,
    "weekday": _weekday,
    "misprint": _misprint,
    "lunar": _lunar,
    "feast": _feast,
    "same": _same,
}
