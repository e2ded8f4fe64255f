"""Date expressions in words: hôm qua, tuần trước, thứ Hai tuần này, năm ngoái, quý III/2025, rằm tháng Giêng."""

import re
from collections.abc import Iterator

from retrieval.dates import left_context, right_context
from retrieval.dates.expression import Expression, Lean, Partial, Unit

_YEAR = r"[12]\d{3}(?![\w/])"
_MONTH_NAMES = ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))},
    **{str(number + 2): number for number in range(6)},
}
_SHIFTS = {"này": 0, "nay": 0, "trước": -1, "qua": -1, "rồi": -1, "vừa qua": -1, "ngoái": -1, "tới": 1, "sau": 1}
_UNITS: dict[str, Unit] = {"tuần": "week", "cuối tuần": "weekend", "tháng": "month", "năm": "year"}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_CENTURIES = ("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")  # 11 to 21

_DAY = rf"(?:{left_context.PART_OF_DAY}|hôm)\snay|hôm\s(?:qua|kia)|{left_context.PART_OF_DAY}\s(?:qua|mai)|ngày\smai"
_WORDS = re.compile(
    rf"""(?<!\w)(?:
      (?P<today>{_DAY})
    | (?P<weekday>(?P<past>hôm\s)?(?:thứ\s(?P<which>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)
        (?:\s(?:tuần\s)?(?P<week>này|trước|qua|rồi|vừa\squa|tới|sau))?)
    | (?P<period>(?:(?:đầu|giữa)\s)?(?P<unit>(?:cuối\s)?tuần|(?:cuối\s)?tháng|(?:cuối\s)?năm)\s
        (?P<side>này|nay|trước|qua|ngoái|tới|sau))
    | (?P<quarter>quý\s(?P<number>i{{1,3}}|iv|[1-4])(?:\s?[/-]\s?(?P<quarter_year>{_YEAR}))?)
    | (?P<month>tháng\s(?P<name>mười(?:\s(?:một|hai))?|hai|ba|tư|năm|sáu|bảy|tám|chín)(?:[/-](?P<month_year>{_YEAR}))?)
    | (?P<decade>(?:thập\s(?:niên|kỷ)|những\snăm)\s(?P<ten>[12]\d\d)0)
    | (?P<century>thế\skỷ\s(?:thứ\s)?(?P<hundred>[xvi]{{1,5}}|\d{{1,2}})
        (?:(?:\sđến\s|\s?[-–]\s?)(?:thế\skỷ\s)?(?P<last_hundred>[xvi]{{1,5}}|\d{{1,2}}))?)
    | (?P<lunar>(?:ngày\s)?rằm(?:\stháng\s\w+)?|(?:mùng|mồng)\s\w+\s(?:tháng\s(?:giêng|chạp)|tết)
        |(?:29|30)\stết|giao\sthừa|tháng\s(?:giêng|chạp))
    )(?!\w)""",
    re.VERBOSE,
)
# What an expression can begin with: tried at these only, for speed.
_FIRST_WORDS = re.compile(
    r"(?:hôm|thứ|chủ|tuần|tháng|năm\s[nt]|sáng|trưa|chiều|tối|đêm|khuya|rạng|ngày\s[mr]|đầu|giữa|cuối|quý|thập|những\snăm|thế\sk"
    r"|rằm|mùng|mồng|29\st|30\st|giao)"
)
_COUNT_BEFORE = re.compile(
    r"(?:(?<![\w.,/-])\d{1,2}|(?<!\w)(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|những|các|mọi|hàng|nửa|chục|buổi"
    r"|trăm|trải|bao))[ \xa0]$"
)
# "chưa bao giờ có được như hôm nay": nowadays.
_NOWADAYS = re.compile(r"(?<!\w)như\s(?:ngày\s)?$")
_DAY_BEFORE = re.compile(rf"(?<!\w)(?:hôm|ngày|vào|{left_context.PART_OF_DAY})\s$")
# "quý I, II và III năm 2020": the year stands after the last.
_MORE_QUARTERS = re.compile(r"(?:(?:,|\svà)\s(?:quý\s)?(?:i{1,3}|iv|[1-4])(?!\w)){1,3}")
_REVOLUTION = re.compile(r"cách\smạng\s$")


def find_worded(text: str, lower: str) -> Iterator[Expression]:
    """The expressions of `text` (`lower` is the same in lower case, offset for offset), in order, without overlap."""
    reached = 0
    for first_word in _FIRST_WORDS.finditer(lower):
        found = _WORDS.match(lower, first_word.start()) if first_word.start() >= reached else None
        made = _BUILDERS[found.lastgroup or ""](text, lower, found) if found else None
        if made is not None:
            yield made
            reached = made.end


def _today(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    if _before(_COUNT_BEFORE, lower, found.start()) or _before(_NOWADAYS, lower, found.start()):
        return None
    shift = {"nay": 0, "qua": -1, "kia": -2, "mai": 1}[found[0].rsplit(maxsplit=1)[-1]]
    return Expression(*_span(text, found), "relative", shift=shift, unit="day")


def _weekday(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "thứ Hai" is Monday, "thứ hai" mostly the second of a row: a capital or a word of time beside it must decide."""
    name, week = found["which"], found["week"]
    capital = found["past"] or text[found.start("which") if name else found.start()].isupper()
    named_week = " tuần " in found[0]
    if not (capital or named_week or _before(_DAY_BEFORE, lower, found.start())):
        return None
    unit: Unit = "week" if week else ""
    number = _WEEKDAYS[name] if name else 6
    shift = _SHIFTS.get(week or "", 0)
    lean: Lean = "past" if found["past"] else ""
    return Expression(*_span(text, found), "weekday", weekday=number, unit=unit, shift=shift, lean=lean)


def _period(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "tuần trước", "tháng này", "năm ngoái"; "năm sau" and "tháng qua" may be counted from anything: none."""
    unit, side = re.sub(r"\s+", " ", found["unit"]), found["side"]
    unit = unit if unit == "cuối tuần" else unit.removeprefix("cuối ")
    if side not in _SIDES[unit] or _before(_COUNT_BEFORE, lower, found.start()):
        return None
    return Expression(*_span(text, found), "relative", shift=_SHIFTS[side], unit=_UNITS[unit])


_SIDES = {
    "tuần": ("này", "trước", "tới", "sau"),
    "cuối tuần": ("này", "trước", "qua", "tới"),
    "tháng": ("này", "trước", "tới"),
    "năm": ("nay", "ngoái", "tới"),
}


def _quarter(text: str, lower: str, found: re.Match[str]) -> Expression:
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
    if not (year or text[found.start("name")].isupper()) or (not year and _before(_REVOLUTION, lower, found.start())):
        return None
    start, end = found.start(), found.end() if found["month_year"] else right.end
    month = _MONTH_NAMES.index(re.sub(r"\s+", " ", found["name"])) + 2
    return Expression(
        start, end, text[start:end], "month", year, month, unit=right.unit, shift=right.shift, lean=right.lean
    )


def _decade(text: str, _lower: str, found: re.Match[str]) -> Expression:
    return Expression(*_span(text, found), "decade", year=int(found["ten"]) * 10)


def _century(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """The 20th century is kept as 19XX."""
    first, last = (_century_number(found[name]) for name in ("hundred", "last_hundred"))
    if first is None:
        return None
    until = Partial(year=last) if last and last > first else None
    return Expression(*_span(text, found), "century", year=first, until=until)


def _century_number(named: str | None) -> int | None:
    """ "XX" or "20" → 1900."""
    number = int(named) if named and named.isdigit() else _CENTURIES.index(named) + 11 if named in _CENTURIES else 0
    return (number - 1) * 100 if 11 <= number <= 21 else None


def _lunar(text: str, _lower: str, found: re.Match[str]) -> Expression:
    return Expression(*_span(text, found), "lunar")


_BUILDERS = {
    "today": _today,
    "weekday": _weekday,
    "period": _period,
    "quarter": _quarter,
    "month": _month,
    "decade": _decade,
    "century": _century,
    "lunar": _lunar,
}


def _span(text: str, found: re.Match[str]) -> tuple[int, int, str]:
    return found.start(), found.end(), text[found.start() : found.end()]


def _before(pattern: re.Pattern[str], lower: str, position: int) -> bool:
    return pattern.search(lower[max(0, position - left_context.REACH) : position]) is not None
