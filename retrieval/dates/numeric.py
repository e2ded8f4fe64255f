"""Date expressions written with digits: 15/9/2025, 15-9, ngày 2 tháng 9, tháng 12/2021, năm 2024, 2020-2025."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from retrieval.dates import edtf, left_context, right_context
from retrieval.dates.expression import Expression, Kind, Partial
from retrieval.dates.feasts import lunar
from retrieval.dates.left_context import Left
from retrieval.dates.right_context import Right

# A number that is not the tail of another one ("30" in "0/30"), and looks as if a date might begin with it.
_NUMBER = re.compile(
    r"[0-9](?<!\w\d)(?<!\d[/.,:–-]\d)(?:(?<=tháng\s\d)|(?<=năm\s\d)"
    r"|(?=\d{0,3}(?:\s?[/.–-]\s?\d|,\s(?:\d|tháng)|\s(?:đến|tới|và|tháng)\s)))"
)
_END = r"(?![\w/])(?![.,:–-]\d)"
_YEAR = r"[12]\d{3}"
_TO = r"\s?[-–]\s?|\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?"

_ISO = re.compile(rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d){_END}")
_PAIR = re.compile(
    rf"(\d{{1,2}})([/.-])(\d{{1,2}})(?:\2({_YEAR}))?(?:{_TO})(\d{{1,2}})\2(\d{{1,2}})(?:\2({_YEAR}))?{_END}"
)
_FULL = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>{_YEAR}){_END}")
_SHORT = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d\d){_END}")
_NEAR_YEARS = tuple(map(str, range(20, 40)))  # without a word for a day beside it
_LAST_OF_CENTURY = 40  # "30/4/75" is of 1975
_RUN = re.compile(
    rf"(?P<days>\d{{1,2}}(?:(?:,\s|\svà\s(?:ngày\s)?|{_TO})\d{{1,2}}){{1,6}})"
    rf"(?:(?P<sep>[/.-])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<year>{_YEAR}))?"
    rf"|\stháng\s(?P<named>\d{{1,2}})(?:[/.-](?P<of>{_YEAR}))?){_END}"
)
_TIGHT_RUN = re.compile(r"\d+[-–]\d+")
_DAY_OF_MONTH = re.compile(rf"(?P<day>\d{{1,2}}),?\stháng\s(?P<month>\d{{1,2}})(?:[/.-](?P<year>{_YEAR}))?{_END}")
_DAY_MONTH = re.compile(rf"(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}}){_END}")
_MONTHS = re.compile(
    rf"(\d{{1,2}})(?:\s?[-–]\s?|\s(?:đến|tới)\s(?:tháng\s)?)(\d{{1,2}})(?:[/.-]|\snăm\s)({_YEAR}){_END}"
)
_MONTH_YEAR = re.compile(rf"(?P<month>\d{{1,2}})\s?[/.-]\s?(?P<year>{_YEAR}){_END}")
_MONTH_MISPRINT = re.compile(r"(?P<month>1[0-2]|0?[1-9])[/.-](?:\d{5,}|[03-9]\d{3}|\d{3})(?![\w/])")
_DAY_ALONE = re.compile(r"\d{1,2}(?=\stháng\s(?:này|trước|tới|sau)(?!\w))")
_MONTH_ALONE = re.compile(rf"\d{{1,2}}{_END}")
_YEARS = re.compile(rf"({_YEAR})(?:\s?[-–/]\s?|\s(?:đến|tới)\s(?:năm\s)?)({_YEAR}){_END}")
_SEASON = re.compile(r"(?P<first>[12]\d{3})/(?P<last>\d\d)(?![\w/])")
_MODERN = range(1900, 2060)
_LONGEST_PERIOD = 30  # years
_ONE_YEAR = re.compile(rf"{_YEAR}{_END}")

_PHRASE_END = re.compile(r"[,.;)]|$|\s(?:đến|tới|năm|tại|vừa|này|sẽ|đã|khi|nhưng|để|và)(?!\w)", re.MULTILINE)
_STOP = re.compile(r"\s?(?:[,.;:)\]”\"]|$)", re.MULTILINE)

Found = list[Expression] | None  # None: not of this form; empty: of this form, but no date


def find_numeric(text: str, lower: str) -> Iterator[Expression]:
    """The expressions of `text` (`lower` is the same in lower case, offset for offset), in order, without overlap."""
    reached = 0
    for number in _NUMBER.finditer(lower):
        if number.start() >= reached:
            for found in _at(text, lower, number.start()):
                yield found
                reached = found.end


def _at(text: str, lower: str, at: int) -> list[Expression]:
    left = Left(lower, at)
    for rule in _RULES:
        found = rule(text, lower, at, left)
        if found is not None:
            return found
    return []


def _iso(text: str, lower: str, at: int, _left: Left) -> Found:
    found = _ISO.match(lower, at)
    return _one(text, (at, found.end()), "day", _partial(found)) if found else None


def _pair(text: str, lower: str, at: int, left: Left) -> Found:
    """ "28/4 - 3/5", "30/4/1975-30/4/2021"."""
    found = _PAIR.match(lower, at)
    if not found:
        return None
    day, _, month, year, last_day, last_month, last_year = found.groups()
    if left.numbered or not (last_year or left.day or left.weak or left.bracket or left.occasion):
        return []
    first = Partial(_number(year), int(month), int(day))
    return _range(text, (left.start, found.end()), first, Partial(_number(last_year), int(last_month), int(last_day)))


def _full(text: str, lower: str, at: int, left: Left) -> Found:
    found = _FULL.match(lower, at)
    if not found:
        return None
    return [] if left.numbered else _day(text, lower, (left.start, found.end()), _partial(found))


def _short(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 5/8/25", "12.8.26"; "iOS 12.8.26" is a version."""
    found = _SHORT.match(lower, at)
    if not found:
        return None
    plain = found["sep"] != "-" and found["year"] in _NEAR_YEARS and not left.versioned
    if left.numbered or not (left.day or left.bracket or left.weak or plain):
        return []
    century = 2000 if int(found["year"]) <= _LAST_OF_CENTURY else 1900
    return _one(text, (left.start, found.end()), "day", _partial(found)._replace(year=century + int(found["year"])))


def _run(text: str, lower: str, at: int, left: Left) -> Found:
    """Several days of one month: "từ ngày 3 đến ngày 7-3", "12-14/5/2021", "ngày 3, 4 và 5/3"."""
    found = _RUN.match(lower, at)
    if not found or left.numbered or left.every or not (left.day or left.weak or left.bracket):
        return None
    if found["sep"] == "-" and _TIGHT_RUN.match(found["days"]):
        return None
    right = right_context.read(lower, found.end())
    year, month = _number(found["year"] or found["of"]) or right.year, int(found["month"] or found["named"])
    days = list(re.finditer(r"\d+", found["days"]))
    if len(days) == 2 and not re.search(r",|và", found["days"]):
        first, last = (Partial(year, month, int(day[0])) for day in days)
        return _range(text, (left.start, right.end), first, last)
    starts = [left.start, *(at + day.start() for day in days[1:])]
    ends = [*(at + day.end() for day in days[:-1]), right.end]
    pieces = zip(days, starts, ends, strict=True)
    return [
        one
        for day, start, end in pieces
        for one in _one(text, (start, end), "day", Partial(year, month, int(day[0])), right)
    ]


def _day_of_month(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 2 tháng 9 năm 1945"; "2 tháng 9" without a word before it may be a duration."""
    found = _DAY_OF_MONTH.match(lower, at)
    if not found:
        return None
    year = found["year"] or right_context.read(lower, found.end()).year
    if not (left.day or left.weak or left.occasion or left.bracket or year):
        return None
    return _day(text, lower, (left.start, found.end()), _partial(found))


def _day_month(text: str, lower: str, at: int, left: Left) -> Found:
    found = _DAY_MONTH.match(lower, at)
    if not found:
        return None
    span = left.start, found.end()
    return _day(text, lower, span, _partial(found)) if _is_day_month(lower, left, found) else []


def _is_day_month(lower: str, left: Left, found: re.Match[str]) -> bool:
    """Whether "15/9", "15-9" or "15.9" is a day, by what stands beside it; without a word for it, it is none."""
    end, slash = found.end(), found["sep"] == "/"
    # "1 ngày 3-4 lần" counts; "xét nghiệm lần 1 ngày 8/4" does not.
    if left.numbered or (left.every and not (slash and left.counted)) or right_context.is_rate(lower, end):
        return False
    if _is_around_the_clock(lower, found):
        return False
    counted = right_context.counts(lower, end)
    if left.day or left.occasion:
        return not counted or (slash and not left.comma)
    if right_context.lunar_end(lower, end) is not None or right_context.is_before_tet(lower, end):
        return True
    if left.bracket:
        return slash and lower.startswith(")", end)
    # "từ 3-5 người" is an amount: a dash needs the end of a phrase.
    return left.weak and not counted and (slash or (found["sep"] == "-" and _PHRASE_END.match(lower, end) is not None))


def _is_around_the_clock(lower: str, found: re.Match[str]) -> bool:
    """ "trực 24/24 và 7/7": every hour of all seven days."""
    beside = lower[max(0, found.start() - 12) : found.start()], lower[found.end() : found.end() + 12]
    return found[0] == "7/7" and any("24/24" in words or "24/7" in words for words in beside)


def _day_alone(text: str, lower: str, at: int, left: Left) -> Found:
    """ "ngày 25 tháng này"."""
    found = _DAY_ALONE.match(lower, at)
    shifted = right_context.month_shift(lower, found.end()) if found else None
    if not found or not shifted or not left.day:
        return None
    end, shift = shifted
    return [
        _expression(text, (left.start, end), "day", Partial(day=int(found[0])), Right(end, unit="month", shift=shift))
    ]


def _month(text: str, lower: str, at: int, left: Left) -> Found:
    """What follows the word "tháng"."""
    start = left_context.month_start(lower, at)
    if start is None or left.every:
        return None
    months = _MONTHS.match(lower, at)
    if months:
        first, last = (Partial(int(months[3]), int(months[part])) for part in (1, 2))
        return _range(text, (start, months.end()), first, last)
    kind = _part(lower, start, "month")
    dated = _MONTH_YEAR.match(lower, at)
    if dated:
        return _one(text, (start, dated.end()), kind, _partial(dated))
    misprint = _MONTH_MISPRINT.match(lower, at)
    if misprint:
        return [_expression(text, (start, misprint.end()), "misprint", Partial(month=int(misprint["month"])))]
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
    return _one(text, (start, right.end), kind, Partial(right.year, int(alone[0])), right)


def _month_year(text: str, lower: str, at: int, left: Left) -> Found:
    """ "12/2021" without the word "tháng"."""
    found = _MONTH_YEAR.match(lower, at)
    if not found:
        return None
    cued = left.weak or (left.bracket and lower.startswith(")", found.end()))
    return _one(text, (at, found.end()), "month", _partial(found)) if cued and not left.numbered else []


def _season(text: str, lower: str, at: int, left: Left) -> Found:
    """ "mùa giải 2014/15", "năm học 2020/21"."""
    found = _SEASON.match(lower, at)
    start = left_context.period_start(lower, at) if found else None
    if not found or start is None or left.numbered or (int(found["first"]) + 1) % 100 != int(found["last"]):
        return None
    first = int(found["first"])
    return _range(text, (start, found.end()), Partial(first), Partial(first + 1))


def _years(text: str, lower: str, at: int, left: Left) -> Found:
    found = _YEARS.match(lower, at)
    if not found:
        return None
    start, first, last = left_context.period_start(lower, at), int(found[1]), int(found[2])
    if (left.every and not left.counted) or right_context.counts(lower, found.end()):
        return []
    if start is None and not (_is_period(first, last) and _STOP.match(lower, found.end())):
        return []
    return _range(text, (at if start is None else start, found.end()), Partial(first), Partial(last))


def _is_period(first: int, last: int) -> bool:
    """Whether two bare numbers read as years: "(1996-1998)", not "1200 - 2500"."""
    return first in _MODERN and last in _MODERN and 0 < last - first <= _LONGEST_PERIOD


def _year(text: str, lower: str, at: int, left: Left) -> Found:
    found = _ONE_YEAR.match(lower, at)
    start = left_context.year_start(lower, at)
    if not found or start is None or left.every:
        return None
    if right_context.counts(lower, found.end()) or right_context.before_christ(lower, found.end()):
        return None
    return _one(text, (start, found.end()), _part(lower, start, "year"), Partial(int(found[0])))


_RULES: tuple[Callable[[str, str, int, Left], Found], ...] = (
    _iso,
    _pair,
    _full,
    _short,
    _run,
    _day_of_month,
    _day_alone,
    _day_month,
    _month,
    _month_year,
    _season,
    _years,
    _year,
)


def _part(lower: str, start: int, whole: Kind) -> Kind:
    """ "đầu năm 2024" is a part of the year; its value stays the year's."""
    return whole if lower.startswith(("tháng", "năm"), start) else "part"


def _day(text: str, lower: str, span: tuple[int, int], day: Partial) -> list[Expression]:
    """A day, with the year or the lunar calendar that follows it."""
    start, end = span
    of_moon = right_context.lunar_end(lower, end)
    if of_moon is not None:
        of_year = lunar(text, lower, (start, of_moon), day.month, day.day)
        return [of_year if day.year is None else replace(of_year, year=day.year)]
    if right_context.is_before_tet(lower, end):
        return [_expression(text, span, "lunar", Partial())]
    right = right_context.read(lower, end)
    if day.year is not None:
        return _one(text, span, "day", day)
    return _one(text, (start, right.end), "day", day._replace(year=right.year), right)


def _one(text: str, span: tuple[int, int], kind: Kind, date: Partial, right: Right | None = None) -> list[Expression]:
    """One expression, or none where there is no such day or month."""
    return [_expression(text, span, kind, date, right)] if edtf.value(*date) else []


def _range(text: str, span: tuple[int, int], first: Partial, last: Partial) -> list[Expression]:
    """From one day, month or year to another; nothing where one does not exist or they are reversed."""
    values = edtf.value(*first), edtf.value(*last)
    if not all(values) or _is_reversed(first, last):
        return []
    return [replace(_expression(text, span, "range", first), until=last)]


def _is_reversed(first: Partial, last: Partial) -> bool:
    """Whether a range ends before it begins; without years, "30/12 đến 2/1" goes over a new year's eve."""
    if None not in (first.year, last.year):
        return first == last or not edtf.interval(edtf.value(*first), edtf.value(*last))
    return first.month == last.month and (first.day or 0) >= (last.day or 0)


def _expression(text: str, span: tuple[int, int], kind: Kind, date: Partial, right: Right | None = None) -> Expression:
    start, end = span
    beside = right or Right(end)
    unit, shift, lean = beside.unit, beside.shift, beside.lean
    return Expression(start, end, text[start:end], kind, *date, unit=unit, shift=shift, lean=lean)


def _partial(found: re.Match[str]) -> Partial:
    parts = found.groupdict()
    return Partial(*(_number(parts.get(name)) for name in Partial._fields))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
