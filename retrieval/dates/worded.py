"""Date expressions in words: hôm qua, ba ngày trước, thứ Hai tuần này, cùng ngày; and what `named` reads: quý III/2025,
5 tháng Tám.
"""

import re
from collections.abc import Iterator

from retrieval.dates import left_context, named
from retrieval.dates.coarse import first_or_last
from retrieval.dates.expression import Expression, Lean, Partial, Unit, span
from retrieval.dates.left_context import stands_before
from retrieval.dates.lunar_calendar import BRANCH, STEM

_YEAR = r"[12]\d{3}(?![\w/])"
_WEEKDAYS = {
    **{name: number for number, name in enumerate(("hai", "ba", "tư", "năm", "sáu", "bảy"))},
    **{str(number + 2): number for number in range(6)},
}
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
_QUARTER = 3  # months

_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNT = rf"\d{{1,3}}|{'|'.join(_COUNTS)}"

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
    if stands_before(_COUNT_BEFORE, lower, found.start()) or stands_before(_NOWADAYS, lower, found.start()):
        return None
    shift = _DAYS_OFF[found[0].rsplit(maxsplit=1)[-1]]
    if found[0].startswith("ngày"):  # "hôm kia" is over, "ngày kia" to come
        shift = abs(shift)
    return Expression(*span(text, found), "relative", shift=shift, unit="day")


def _weekday(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "thứ Hai" is Monday, "thứ hai" mostly the second of a row: a capital or a word of time beside it must decide."""
    name, week = found["which"], found["week"] or found["near_week"]
    capital = found["past"] or text[found.start("which") if name else found.start()].isupper()
    named_week = found["week"] is not None
    if not (capital or named_week or stands_before(_DAY_BEFORE, lower, found.start())):
        return None
    unit: Unit = "week" if week else ""
    number = _WEEKDAYS[name] if name else 6
    shift = _SHIFTS.get(week or "", 0)
    lean: Lean = "past" if found["past"] else ""
    if found["near_week"] in _NEAREST:
        unit, lean = "", _NEAREST[found["near_week"]]
    return Expression(*span(text, found), "weekday", weekday=number, unit=unit, shift=shift, lean=lean)


def _period(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "tuần trước", "tháng này", "năm ngoái"; "năm sau" and "tháng qua" may be counted from anything: none, but for
    "đầu năm sau", "cuối tháng sau".
    """
    unit, side = re.sub(r"\s+", " ", found["unit"]), found["side"]
    unit = unit if unit == "cuối tuần" else unit.removeprefix("cuối ")
    part = bool(found["part"] or "cuối" in found["unit"])
    told = side in _SIDES[unit] or (unit in {"năm", "tháng"} and side == "sau" and part)
    if not told or stands_before(_COUNT_BEFORE, lower, found.start()):
        return None
    lean: Lean = "past" if (unit, side) == ("tuần", "qua") else ""
    return Expression(*span(text, found), "relative", shift=_SHIFTS[side], unit=_UNITS[unit], lean=lean)


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
    if stands_before(_ABOUT, lower, found.start()) or not number:
        return None
    return Expression(*span(text, found), "relative", shift=-number, unit=_UNITS[unit or found["counted"]])


def _number_of(written: str) -> int:
    return int(written) if written.isdigit() else _COUNTS.index(written) + 1


def _same(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "cùng ngày"; "cùng Ngày hội" is another thing."""
    if text[found.end() - len("ngày")].isupper():
        return None
    return Expression(*span(text, found), "same")


def _ahead(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """ "10 ngày nữa"; not "hơn 10 ngày nữa"."""
    number = _number_of(found["more"])
    if stands_before(_ABOUT, lower, found.start()) or stands_before(_COUNT_BEFORE, lower, found.start()) or not number:
        return None
    return Expression(*span(text, found), "relative", shift=number, unit=_UNITS[found["more_unit"]])


def _so_far(text: str, _lower: str, found: re.Match[str]) -> Expression:
    """ "từ đầu năm đến nay"."""
    return Expression(*span(text, found), "range", month=1, unit="year")


def _begun(text: str, _lower: str, found: re.Match[str]) -> Expression | None:
    """ "7 tháng đầu năm" is January to July, as many as "ba quý đầu năm"; "6 tháng cuối năm nay" July to December."""
    count = _number_of(found["months"]) * (_QUARTER if found["of_months"] == "quý" else 1)
    ends, shift = first_or_last(count, found["end"]), _SHIFTS[found["of_year"] or "nay"]
    if ends is None:
        return None
    until = Partial(month=ends[1])
    return Expression(*span(text, found), "range", month=ends[0], until=until, unit="year", shift=shift)


_BUILDERS = {
    **named.BUILDERS,
    "today": _today,
    "weekday": _weekday,
    "period": _period,
    "since": _since,
    "ago": _ago,
    "ahead": _ahead,
    "so_far": _so_far,
    "same": _same,
    "begun": _begun,
}
