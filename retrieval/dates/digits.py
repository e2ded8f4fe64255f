"""What the rules for dates in digits make of a match: expressions of days, months, years and ranges that there are."""

import re
from dataclasses import replace

from retrieval.dates import edtf
from retrieval.dates.expression import Expression, Kind, Partial
from retrieval.dates.right_context import Right

# Nothing of a longer number follows; a year in four digits.
END = r"(?![\w/])(?![.,:–-]\d)"
YEAR = r"[12]\d{3}"
_JUBILEE = 5  # years

Found = list[Expression] | None  # None: not of this form; empty: of this form, but no date


def one(text: str, span: tuple[int, int], kind: Kind, date: Partial, right: Right | None = None) -> list[Expression]:
    """One expression, or none where there is no such day or month."""
    return [expression(text, span, kind, date, right)] if edtf.value(*date) else []


def stretch(text: str, span: tuple[int, int], first: Partial, last: Partial) -> list[Expression]:
    """From one day, month or year to another; nothing where one does not exist or they are reversed."""
    values = edtf.value(*first), edtf.value(*last)
    if not all(values) or _is_reversed(first, last):
        return []
    return [replace(expression(text, span, "range", first), until=last)]


def _is_reversed(first: Partial, last: Partial) -> bool:
    """Whether a range ends before it begins; without years, "30/12 đến 2/1" goes over a new year's eve."""
    if None not in (first.year, last.year):
        return first == last or not edtf.interval(edtf.value(*first), edtf.value(*last))
    return first.month == last.month and (first.day or 0) >= (last.day or 0)


def is_anniversary(first: Partial, last: Partial, joint: str) -> bool:
    """ "2/9/1945 - 2/9/2025": a day and that of its fifth, tenth … year, not all the time between."""
    if first.year is None or last.year is None or first.day is None or joint.strip() not in {"-", "–"}:
        return False
    return first[1:] == last[1:] and first.year != last.year and (last.year - first.year) % _JUBILEE == 0


def expression(text: str, span: tuple[int, int], kind: Kind, date: Partial, right: Right | None = None) -> Expression:
    """What stands at `span`, with what is known of it from what follows."""
    start, end = span
    beside = right or Right(end)
    unit, shift, lean = beside.unit, beside.shift, beside.lean
    return Expression(start, end, text[start:end], kind, *date, unit=unit, shift=shift, lean=lean)


def partial(found: re.Match[str]) -> Partial:
    """The day, month and year that a pattern has named."""
    parts = found.groupdict()
    return Partial(*(number(parts.get(name)) for name in Partial._fields))


def number(digits: str | None) -> int | None:
    """The number that digits are; None where there are none."""
    return int(digits) if digits else None
