"""Date expressions in words: hôm qua, ba ngày trước, thứ Hai tuần này, quý III/2025, 5 tháng Tám, cùng ngày."""

import re
from collections.abc import Iterator

from retrieval.dates import edtf, left_context, right_context
from retrieval.dates.coarse import first_or_last
from retrieval.dates.expression import Expression, Lean, Partial, Unit
from retrieval.dates.feasts import lunar
from retrieval.dates.lunar_calendar import BRANCH, STEM

_YEAR = r"[12]\d{3}(?![\w/])"
_MONTH_NAMES = ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))},
    **{str(number + 2): number for number in range(6)},
}
_SURELY_LAST = 3  # "thập niên 30" and later ones are of the last century
_SHIFTS = {
    "này": 0,
    "nay": 0,
    "trước": -1,
    "qua": -1,
    "rồi": -1,
    "vừa qua": -1,
    "ngoái": -1,
    "tới": 1,
    "sau": 1,
    "kia": -2,
}
# "thứ Ba vừa qua" is the last one, be it of this week or of the week before; "thứ Sáu tới" the next.
_NEAREST: dict[str | None, Lean] = {"vừa qua": "past", "qua": "past", "rồi": "past", "trước": "past", "tới": "future"}
_UNITS: dict[str, Unit] = {
    "ngày": "day",
    "hôm": "day",
    "tuần": "week",
    "cuối tuần": "weekend",
    "tháng": "month",
    "năm": "year",
}
_DAYS_OFF = {"nay": 0, "qua": -1, "kia": -2, "mai": 1, "mốt": 2}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "đầu": 1, "cuối": 4}
_QUARTER = 3  # months
_CENTURIES = ("xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi")  # 11 to 21

_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT = rf"\d{{1,3}}|{'|'.join(_COUNTS)}"
_CENTURY_NAMES = {"trước": 1900, "xx": 1900, "20": 1900, "xix": 1800, "19": 1800, "này": 2000, "xxi": 2000, "21": 2000}

_DAY = (
    rf"(?:{left_context.PART_OF_DAY}|hôm)\snay|hôm\s(?:qua|kia)|{left_context.PART_OF_DAY}\s(?:qua|mai)|ngày\s(?:mai|mốt)"
    r"|(?<=vào\s)ngày\skia|(?<=đến\s)ngày\skia|(?<=tới\s)ngày\skia"
)
_WORDS = re.compile(
    rf"""(?<!\w)(?:
      (?P<today>{_DAY})
    | (?P<weekday>(?P<past>hôm\s)?(?:thứ\s(?P<which>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)
        (?:\s(?:tuần\s(?P<week>này|trước|qua|rồi|vừa\squa|tới|sau)
            |(?P<near_week>này|vừa\squa|tới|(?:trước|qua|rồi|sau)(?=\s?(?:[,.;:)]|$)))))?)
    | (?P<since>cách\sđây\s(?P<far>{_COUNT})\s(?P<far_unit>ngày|hôm|tuần|tháng|năm)(?:\strước)?)
    | (?P<ago>(?P<count>{_COUNT})\s(?P<counted>ngày|hôm|tuần|tháng|năm)\s(?:về\s)?trước(?=\s?(?:[,.;:)]|$)))
    | (?P<ahead>(?P<more>{_COUNT})\s(?P<more_unit>ngày|hôm|tuần)\snữa(?!\s(?:là|mới)))
    | (?P<so_far>(?:kể\s|tính\s)?từ\sđầu\snăm(?:\snay)?\s(?:cho\s)?(?:đến|tới)\snay)
    | (?P<same>(?:{left_context.PART_OF_DAY}\s)?cùng\sngày)
    | (?P<begun>(?P<months>{_COUNT})\s(?P<of_months>tháng|quý)\s(?P<end>đầu|cuối)\snăm
        (?:\s(?P<of_year>nay|ngoái)|(?!\s(?:\d|học|mới|tiên|thứ))))
    | (?P<period>(?P<part>(?:đầu|giữa)\s)?(?P<unit>(?:cuối\s)?tuần|(?:cuối\s)?tháng|(?:cuối\s)?năm)\s
        (?P<side>này|nay|trước|qua|ngoái|kia|tới|sau)(?!\sđó))
    | (?P<quarter>(?:qu[ýí]\s|q\.?\s?(?=[1-4]\s?[/-]))(?P<number>i{{1,3}}|iv|[1-4]
        |(?:đầu|cuối)(?=\snăm(?!\shọc)))
        (?:\s?[/-]\s?(?P<quarter_year>{_YEAR}))?)
    | (?P<day_month>(?:(?:ngày|mùng|mồng|{left_context.PART_OF_DAY})\s){{0,2}}(?P<day>\d{{1,2}})\stháng\s
        (?P<of>mười(?:\s(?:một|hai))?|hai|ba|tư|năm|sáu|bảy|tám|chín)(?:[/-](?P<day_year>{_YEAR}))?)
    | (?P<month>tháng\s(?P<name>mười(?:\s(?:một|hai))?|hai|ba|tư|năm|sáu|bảy|tám|chín)(?:[/-](?P<month_year>{_YEAR}))?)
    | (?P<short_month>t(?P<short>\d{{1,2}})\s?[/.-]\s?(?P<short_year>{_YEAR}))
    | (?P<named_year>năm\s(?:{STEM}\s)?{BRANCH}\s\(?(?P<beside>{_YEAR})\)?)
    | (?P<birth>sn\s(?P<born>(?:19|20)\d\d))
    | (?P<decade>(?:thập\s(?:niên|kỷ)|những\snăm)\s(?:(?P<ten>[12]\d\d)0
        |(?P<short_ten>\d)0(?:\s(?:của\s)?thế\skỷ\s(?:thứ\s)?(?P<of_century>trước|xx|20|xix|19|xxi|21|này))?))
    | (?P<century>thế\skỷ\s(?:thứ\s)?(?P<hundred>[xvi]{{1,5}}|\d{{1,2}})
        (?:(?:\sđến\s|\s?[-–]\s?)(?:thế\skỷ\s)?(?P<last_hundred>[xvi]{{1,5}}|\d{{1,2}}))?)
    )(?!\w)""",
    re.VERBOSE,
)
# What an expression can begin with: tried at these only, for speed.
_FIRST_WORDS = re.compile(
    r"(?:hôm|thứ|chủ|tuần|tháng|năm\s[^\W\d]|sáng|trưa|chiều|tối|đêm|khuya|rạng|ngày\s[kmr\d]|đầu|giữa|cuối|qu[ýí]|thập|những\snăm"
    r"|thế\sk|cách\sđ|cùng\sn|(?<!\w)(?:(?:kể\s|tính\s)?từ(?=\sđầu\sn)|m[ùồ]ng\s\d|t\d|q\.?\s?\d|sn\s\d|\d{1,3}(?=\s[hntpq])|"
    rf"(?:{'|'.join(_COUNTS)})(?=\s(?:hôm|ng|tu|th|n|qu))))"
)
_COUNT_BEFORE = re.compile(
    r"(?:(?<![\w.,/-])(?:\d{1,2}\s?[-–]\s?)?\d{1,3}|(?<!\w)(?:một|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|những|các|mọi|hàng|nửa|chục|buổi"
    r"|trăm|trải|bao))[ \xa0]$"
)
# Before a count they say that it is none: "hơn ba năm trước", "2-3 năm trước".
_ABOUT = re.compile(
    r"(?:(?<!\w)(?:hơn|gần|khoảng|chừng|ít\snhất|tầm|trên|dưới|từ|đến|tới|sau|mỗi|so\svới|như)\s|[-–]\s?)$"
)
# "chưa bao giờ có được như hôm nay": nowadays.
_NOWADAYS = re.compile(r"(?<!\w)như\s(?:ngày\s)?$")
_DAY_BEFORE = re.compile(rf"(?<!\w)(?:hôm|ngày|vào|{left_context.PART_OF_DAY})\s$")
# "quý I, II và III năm 2020": the year stands after the last.
_MORE_QUARTERS = re.compile(r"(?:(?:,|\svà)\s(?:quý\s)?(?:i{1,3}|iv|[1-4])(?!\w)){1,3}")
# "giải nhất tháng 2 quý 4" of a contest.
_MONTH_OF_CONTEST = re.compile(r"(?<!\w)tháng\s\d{1,2},?\s$")
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
    shift = _DAYS_OFF[found[0].rsplit(maxsplit=1)[-1]]
    if found[0].startswith("ngày"):  # "hôm kia" is over, "ngày kia" to come
        shift = abs(shift)
    return Expression(*_span(text, found), "relative", shift=shift, unit="day")


def _weekday(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "thứ Hai" is Monday, "thứ hai" mostly the second of a row: a capital or a word of time beside it must decide."""
    name, week = found["which"], found["week"] or found["near_week"]
    capital = found["past"] or text[found.start("which") if name else found.start()].isupper()
    named_week = found["week"] is not None
    if not (capital or named_week or _before(_DAY_BEFORE, lower, found.start())):
        return None
    unit: Unit = "week" if week else ""
    number = _WEEKDAYS[name] if name else 6
    shift = _SHIFTS.get(week or "", 0)
    lean: Lean = "past" if found["past"] else ""
    if found["near_week"] in _NEAREST:
        unit, lean = "", _NEAREST[found["near_week"]]
    return Expression(*_span(text, found), "weekday", weekday=number, unit=unit, shift=shift, lean=lean)


def _period(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "tuần trước", "tháng này", "năm ngoái"; "năm sau" and "tháng qua" may be counted from anything: none, but for
    "đầu năm sau", "cuối tháng sau".
    """
    unit, side = re.sub(r"\s+", " ", found["unit"]), found["side"]
    unit = unit if unit == "cuối tuần" else unit.removeprefix("cuối ")
    part = bool(found["part"] or "cuối" in found["unit"])
    told = side in _SIDES[unit] or (unit in {"năm", "tháng"} and side == "sau" and part)
    if not told or _before(_COUNT_BEFORE, lower, found.start()):
        return None
    lean: Lean = "past" if (unit, side) == ("tuần", "qua") else ""
    return Expression(*_span(text, found), "relative", shift=_SHIFTS[side], unit=_UNITS[unit], lean=lean)


_SIDES = {
    "tuần": ("này", "trước", "qua", "tới", "sau"),
    "cuối tuần": ("này", "trước", "qua", "tới"),
    "tháng": ("này", "trước", "tới"),
    "năm": ("nay", "ngoái", "tới", "kia"),
}


def _since(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "cách đây hai tuần"."""
    return _ago(text, lower, found, found["far"], found["far_unit"])


def _ago(
    text: str, lower: str, found: re.Match[str], count: str | None = None, unit: str | None = None
) -> Expression | None:
    """ "ba ngày trước"; not "hơn ba năm trước", not "2-3 năm trước"."""
    number = _number_of(count or found["count"])
    if _before(_ABOUT, lower, found.start()) or not number:
        return None
    return Expression(*_span(text, found), "relative", shift=-number, unit=_UNITS[unit or found["counted"]])


def _number_of(written: str) -> int:
    return int(written) if written.isdigit() else _COUNTS.index(written) + 1


def _same(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "cùng ngày"; "cùng Ngày hội" is another thing."""
    if text[found.end() - len("ngày")].isupper():
        return None
    return Expression(*_span(text, found), "same")


def _ahead(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "10 ngày nữa"; not "hơn 10 ngày nữa"."""
    number = _number_of(found["more"])
    if _before(_ABOUT, lower, found.start()) or _before(_COUNT_BEFORE, lower, found.start()) or not number:
        return None
    return Expression(*_span(text, found), "relative", shift=number, unit=_UNITS[found["more_unit"]])


def _so_far(text: str, _lower: str, found: re.Match[str]) -> Expression:
    """ "từ đầu năm đến nay"."""
    return Expression(*_span(text, found), "range", month=1, unit="year")


def _begun(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "7 tháng đầu năm" is January to July, as many as "ba quý đầu năm"; "6 tháng cuối năm nay" July to December."""
    count = _number_of(found["months"]) * (_QUARTER if found["of_months"] == "quý" else 1)
    ends, shift = first_or_last(count, found["end"]), _SHIFTS[found["of_year"] or "nay"]
    if ends is None:
        return None
    span, until = _span(text, found), Partial(month=ends[1])
    return Expression(*span, "range", month=ends[0], until=until, unit="year", shift=shift)


def _quarter(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    if lower[found.start() + 1] != "u" and text[found.start()] != "Q":
        return None
    if _before(_MONTH_OF_CONTEST, lower, found.start()):
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
    if not (year or text[found.start("name")].isupper()) or (not year and _before(_REVOLUTION, lower, found.start())):
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
    return Expression(*_span(text, found), "month", year, month)


def _birth(text: str, _lower: str, found: re.Match[str]) -> Expression:
    start, end = found.span("born")
    return Expression(start, end, text[start:end], "year", int(found["born"]))


def _named_year(text: str, _lower: str, found: re.Match[str]) -> Expression:
    """ "năm Giáp Thìn 1964"."""
    return Expression(*_span(text, found), "year", int(found["beside"]))


def _decade(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "thập niên 80" is of the last century; "thập niên 20" may be of this one."""
    if found["ten"]:
        return Expression(*_span(text, found), "decade", year=int(found["ten"]) * 10)
    named, ten = found["of_century"], int(found["short_ten"])
    if named is None and ten < _SURELY_LAST:
        return None
    return Expression(*_span(text, found), "decade", year=_CENTURY_NAMES[named or "trước"] + 10 * ten)


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


_BUILDERS = {
    "today": _today,
    "weekday": _weekday,
    "period": _period,
    "quarter": _quarter,
    "month": _month,
    "decade": _decade,
    "century": _century,
    "since": _since,
    "ago": _ago,
    "ahead": _ahead,
    "so_far": _so_far,
    "same": _same,
    "begun": _begun,
    "day_month": _day_month,
    "short_month": _short_month,
    "birth": _birth,
    "named_year": _named_year,
}


def _span(text: str, found: re.Match[str]) -> tuple[int, int, str]:
    return found.start(), found.end(), text[found.start() : found.end()]


def _before(pattern: re.Pattern[str], lower: str, position: int) -> bool:
    return pattern.search(lower[max(0, position - left_context.REACH) : position]) is not None
