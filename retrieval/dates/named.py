"""What names a part of the calendar in words: quý III/2025, tháng Chín, 5 tháng Tám, thập niên 80, thế kỷ XX.

Each takes what `worded` has matched; None where it is no date.
"""

import re

from retrieval.dates import edtf, right_context
from retrieval.dates.expression import Expression, Partial, span
from retrieval.dates.feasts import lunar
from retrieval.dates.left_context import stands_before

_MONTH_NAMES = ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_SURELY_LAST = 3  # "thập niên 30" and later ones are of the last century
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "đầu": 1, "cuối": 4}
_CENTURIES = ("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")  # 11 to 21
_CENTURY_NAMES = {"trước": 1900, "xx": 1900, "20": 1900, "xix": 1800, "19": 1800, "này": 2000, "xxi": 2000, "21": 2000}
# "quý I, II và III năm 2020": the year stands after the last.
_MORE_QUARTERS = re.compile(r"(?:(?:,|\svà)\s(?:quý\s)?(?:i{1,3}|iv|[1-4])(?!\w)){1,3}")
# "giải nhất tháng 2 quý 4" of a contest.
_MONTH_OF_CONTEST = re.compile(r"(?<!\w)tháng\s\d{1,2},?\s$")
_REVOLUTION = re.compile(r"cách\smạng\s$")


def _quarter(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    if lower[found.start() + 1] != "u" and text[found.start()] != "Q":
        return None
    if stands_before(_MONTH_OF_CONTEST, lower, found.start()):
        return None
    listed = _MORE_QUARTERS.match(lower, found.end())
    right = right_context.read(lower, listed.end() if listed else found.end())
    year = int(found["quarter_year"]) if found["quarter_year"] else right.year
    start, end = found.start(), found.end() if found["quarter_year"] or listed else right.end
    number = _ROMAN[found["number"]]
    return Expression(
        start,
        end,
        text[start:end],
        "quarter",
        year,
        quarter=number,
        unit=right.unit,
        shift=right.shift,
        lean=right.lean,
    )


def _month(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "tháng Chín"; in lower case ("ngày tháng năm sinh") only with a year after it."""
    right = right_context.read(lower, found.end())
    year = int(found["month_year"]) if found["month_year"] else right.year
    if not year and (not text[found.start("name")].isupper() or stands_before(_REVOLUTION, lower, found.start())):
        return None
    start, end = found.start(), found.end() if found["month_year"] else right.end
    month = _MONTH_NAMES.index(re.sub(r"\s+", " ", found["name"])) + 2
    return Expression(
        start, end, text[start:end], "month", year, month, unit=right.unit, shift=right.shift, lean=right.lean
    )


def _day_month(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "5 tháng Tám", "mùng 5 tháng Bảy âm lịch"; "5 tháng hai" may be a duration, with no word for a day before it."""
    right = right_context.read(lower, found.end())
    year = int(found["day_year"]) if found["day_year"] else right.year
    told = found.start("day") > found.start() or text[found.start("of")].isupper()
    if not (year or told) or found["of"] == "năm":
        return None
    end = found.end() if found["day_year"] else right.end
    month, day = _MONTH_NAMES.index(re.sub(r"\s+", " ", found["of"])) + 2, int(found["day"])
    if not edtf.value(year, month, day):
        return None
    start, of_moon = found.start(), right_context.lunar_end(lower, found.end())
    if of_moon is not None:
        return lunar(text, lower, (start, of_moon), month, day)
    return Expression(
        start, end, text[start:end], "day", year, month, day, unit=right.unit, shift=right.shift, lean=right.lean
    )


def _short_month(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "T9/2025"."""
    year, month = int(found["short_year"]), int(found["short"])
    if text[found.start()] != "T" or not edtf.value(year, month, None):
        return None
    return Expression(*span(text, found), "month", year, month)


def _birth(text: str, _lower: str, found: re.Match[str]) -> Expression:
    start, end = found.span("born")
    return Expression(start, end, text[start:end], "year", int(found["born"]))


def _named_year(text: str, _lower: str, found: re.Match[str]) -> Expression:
    """ "năm Giáp Thìn 1964"."""
    return Expression(*span(text, found), "year", int(found["beside"]))


def _decade(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "thập niên 80" is of the last century; "thập niên 20" may be of this one."""
    if found["ten"]:
        return Expression(*span(text, found), "decade", year=int(found["ten"]) * 10)
    named, ten = found["of_century"], int(found["short_ten"])
    if named is None and ten < _SURELY_LAST:
        return None
    return Expression(*span(text, found), "decade", year=_CENTURY_NAMES[named or "trước"] + 10 * ten)


def _century(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """The 20th century is kept as 19XX."""
    first, last = (_century_number(found[name]) for name in ("hundred", "last_hundred"))
    if first is None:
        return None
    until = Partial(year=last) if last and last > first else None
    return Expression(*span(text, found), "century", year=first, until=until)


def _century_number(named: str | None) -> int | None:
    """ "XX" or "20" → 1900."""
    number = int(named) if named and named.isdigit() else _CENTURIES.index(named) + 11 if named in _CENTURIES else 0
    return (number - 1) * 100 if 11 <= number <= 21 else None


BUILDERS = {
    "quarter": _quarter,
    "month": _month,
    "decade": _decade,
    "century": _century,
    "day_month": _day_month,
    "short_month": _short_month,
    "birth": _birth,
    "named_year": _named_year,
}
