"""Dates of the lunar calendar and feasts by name: mùng 1 Tết Bính Ngọ, rằm tháng Giêng, lễ Quốc khánh."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from retrieval.dates import left_context, right_context
from retrieval.dates.expression import Expression
from retrieval.dates.lunar_calendar import BRANCH, LAST, STEM, place_in_cycle

_DAYS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_MONTHS = {
    "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_DAY = rf"\d{{1,2}}|{'|'.join(_DAYS)}"
_MONTH = r"mười(?:\s(?:một|hai))?|giêng|chạp|hai|ba|tư|năm|sáu|bảy|tám|chín|\d{1,2}"
_LUNAR = re.compile(
    rf"""(?<!\w)(?:
      (?P<full>(?:ngày\s)?rằm(?:\stháng\s(?P<full_month>{_MONTH})(?!\s?[/-]\d))?)
    | (?P<new_year>(?:mùng|mồng)\s(?P<new_day>{_DAY})\stết(?!\s(?:dương|tây))(?:\snguyên\sđán)?)
    | (?P<day>(?:(?:ngày|mùng|mồng)\s){{0,2}}(?P<number>{_DAY})\stháng\s(?P<month>giêng|chạp))
    | (?P<eve>(?:ngày\s|đêm\s|chiều\s|tối\s)?(?:(?P<eve_day>29|30)\stết(?!\s(?:dương|tây))
        |giao\sthừa(?!\s(?:tết\s)?(?:dương|tây))(?:\stết)?)(?:\snguyên\sđán)?)
    | (?P<whole>tháng\s(?P<whole_month>giêng|chạp))
    )(?!\w)""",
    re.VERBOSE,
)
# What follows a lunar day and names its year.
_YEAR = re.compile(
    rf"(?:\s\(?(?:âm\slịch|al)(?!\w)\)?)?(?:,?\s(?:năm\s)?(?P<stem>{STEM})\s(?P<branch>{BRANCH})(?!\w)(?:[\s,(–-]{{1,3}}"
    r"(?P<beside>[12]\d{3})(?!\w))?|,?\s(?:năm\s)?(?P<year>[12]\d{3})(?![\w/])|,?\snăm\s(?P<shift>nay|ngoái|tới)(?!\w))?"
)


class Feast(NamedTuple):
    """A feast that comes every year: its month and day, of the lunar calendar or not."""

    month: int
    day: int
    lunar: bool = False


_FEASTS: Mapping[str, Feast] = {
    "tết trung thu": Feast(8, 15, lunar=True),
    "trung thu": Feast(8, 15, lunar=True),
    "giỗ tổ hùng vương": Feast(3, 10, lunar=True),
    "giỗ tổ": Feast(3, 10, lunar=True),
    "vu lan": Feast(7, 15, lunar=True),
    "phật đản": Feast(4, 15, lunar=True),
    "tết đoan ngọ": Feast(5, 5, lunar=True),
    "tết nguyên tiêu": Feast(1, 15, lunar=True),
    "tết hàn thực": Feast(3, 3, lunar=True),
    "ông công ông táo": Feast(12, 23, lunar=True),
    "ông công, ông táo": Feast(12, 23, lunar=True),
    "tết dương lịch": Feast(1, 1),
    "tết tây": Feast(1, 1),
    "giao thừa dương lịch": Feast(12, 31),
    "giao thừa tết dương lịch": Feast(12, 31),
    "lễ tình nhân": Feast(2, 14),
    "valentine": Feast(2, 14),
    "quốc tế phụ nữ": Feast(3, 8),
    "giải phóng miền nam": Feast(4, 30),
    "thống nhất đất nước": Feast(4, 30),
    "quốc tế lao động": Feast(5, 1),
    "quốc tế thiếu nhi": Feast(6, 1),
    "thương binh liệt sĩ": Feast(7, 27),
    "quốc khánh": Feast(9, 2),
    "giải phóng thủ đô": Feast(10, 10),
    "doanh nhân việt nam": Feast(10, 13),
    "phụ nữ việt nam": Feast(10, 20),
    "halloween": Feast(10, 31),
    "nhà giáo việt nam": Feast(11, 20),
    "đêm giáng sinh": Feast(12, 24),
    "đêm noel": Feast(12, 24),
    "giáng sinh": Feast(12, 25),
    "noel": Feast(12, 25),
}
_NAMES = "|".join(sorted(map(re.escape, _FEASTS), key=len, reverse=True))
_FEAST = re.compile(rf"(?P<name>{_NAMES})(?!\w)(?P<number>\s\(?\d{{1,2}}[/.-]\d{{1,2}}(?!\w)(?![/.-]\d))?")
_CUE = re.compile(
    r"(?<!\w)(?:(?:vào|trong|trước|sau|từ|đến|tới|hết|nghỉ|dịp|ngày|đại\slễ|k[ỳì]\snghỉ|lễ|tối|đêm)\s){1,3}$"
)
_MOON_CUE = re.compile(r"(?<!\w)(?:nhân|đón|vui|mừng|chơi)\s(?:dịp\s|đêm\s)?$")
_OF_A_TRADE = re.compile(r"\s(?:nghề|ngành|nghiệp|sân\skhấu|cải\slương)(?!\w)")
_OPENS_CLAUSE = re.compile(r"(?:^|[.,;:–(])\s?[\"“']?$")
# "Tết Trung thu, làng rước đèn"; not one of a list of feasts.
_STANDS_ALONE = re.compile(rf",\s(?!(?:{_NAMES}|tết|lễ|rằm|và|hay|hoặc)(?!\w))")
# Nothing is looked for in a text without one of these.
_HINT = re.compile(rf"rằm|tết|giao\sthừa|giêng|chạp|{_NAMES}")
# What is celebrated, not when; and a year that hangs on it: "kỷ niệm 80 năm Quốc khánh", "chào mừng Quốc khánh".
_CELEBRATED = re.compile(r"(?<!\w)(?:k[ỷỉ]\sniệm|chào\smừng|hưởng\sứng|mừng|chúc)(?:\s[\w/.-]{1,12}){0,8}\s$")
_OWN = re.compile(r"\sviệt\snam(?!\w)")
# Before a national day that is not Việt Nam's: "du khách tới Trung Quốc dịp Quốc khánh".
_ABROAD = re.compile(
    r"(?<!\w)(?:trung\squốc|hàn\squốc|nhật\sbản|triều\stiên|đài\sloan|ấn\sđộ|thái\slan|mỹ|pháp|đức|nga|úc|ukraine|canada"
    r"|singapore|malaysia|indonesia|philippines|bắc\skinh|thượng\shải)\s(?:(?!việt\s)[^\W\d_]{1,7}\s){0,4}$"
)


def find_feasts(text: str, lower: str) -> Iterator[Expression]:
    """The expressions of `text` (`lower` is the same in lower case, offset for offset), in no order."""
    if _HINT.search(lower) is None:
        return
    moon = (_lunar(text, lower, found) for found in _LUNAR.finditer(lower))
    feasts = (_feast(text, lower, found) for found in _FEAST.finditer(lower))
    yield from (one for one in (*moon, *feasts) if one is not None)


def lunar(text: str, lower: str, span: tuple[int, int], month: int | None, day: int | None) -> Expression:
    """A lunar day (or month), with the year that follows it. Of the last days before Tết, "Tết 2026" and "Tết Bính Ngọ"
    name the year to come.
    """
    start, end = span
    eve = month == 12 and re.search(r"tết|giao", lower[start:end]) is not None
    found = _YEAR.match(lower, end)
    if found is None:  # it matches nothing, too
        return Expression(start, end, text[start:end], "lunar", None, month, day)
    place = place_in_cycle(found["stem"], found["branch"]) if found["stem"] else None
    number = found["year"] or found["beside"]
    right = right_context.read(lower, end)
    shift = right_context.YEAR_SHIFTS[found["shift"]] if found["shift"] else 0
    return Expression(
        start,
        found.end(),
        text[start : found.end()],
        "lunar",
        int(number) - eve if number else None,
        month,
        day,
        cycle=None if place is None else (place - eve) % 60,
        unit="year" if found["shift"] else "",
        shift=shift,
        lean=right.lean,
    )


def _lunar(text: str, lower: str, found: re.Match[str]) -> Expression:
    month, day = {
        "full": (found["full_month"], "15"),
        "new_year": ("giêng", found["new_day"]),
        "day": (found["month"], found["number"]),
        "eve": ("chạp", found["eve_day"] or str(LAST)),
        "whole": (found["whole_month"], None),
    }[found.lastgroup or ""]
    return lunar(text, lower, found.span(), _month(month), _day(day))


def _feast(text: str, lower: str, found: re.Match[str]) -> Expression | None:
    """A feast with a word of time before it, or with its day or its year beside it; else it may be any year's."""
    left = lower[max(0, found.start() - left_context.REACH) : found.start()]
    if left[-1:].isalnum():
        return None
    cue = _CUE.search(left)
    feast, end = _FEASTS[found["name"]], found.end("name")
    start = found.start() - len(left) + cue.start() if cue else found.start()
    numbered = found["number"] is not None and re.findall(r"\d+", found["number"]) == [str(feast.day), str(feast.month)]
    if numbered:
        end = found.end("number")
    right = right_context.read(lower, end)
    dated = right.year or right.unit or re.match(r"\s20\d\d(?![\w/])", lower[end : end + 6])
    told = (
        cue
        or numbered
        or found["name"].startswith("đêm")
        or (dated and (found["name"].startswith("tết") or _OPENS_CLAUSE.search(left)))
        or (feast.lunar and _MOON_CUE.search(left))
        or (found["name"].startswith("tết") and _OPENS_CLAUSE.search(left) and _STANDS_ALONE.match(lower, end))
    )
    if not told or _OF_A_TRADE.match(lower, end):
        return None
    if not numbered and _is_only_named(text, lower, start, end):
        return None
    if feast.lunar:
        return lunar(text, lower, (start, end), feast.month, feast.day)
    if dated and right.year is None and not right.unit:
        right = right_context.Right(end + 5, int(lower[end + 1 : end + 5]))
    eve = found["name"].startswith("giao")
    return Expression(
        start,
        right.end,
        text[start : right.end],
        "feast",
        right.year - eve if right.year else None,
        feast.month,
        feast.day,
        unit=right.unit,
        shift=right.shift,
        lean=right.lean,
    )


def _is_only_named(text: str, lower: str, start: int, end: int) -> bool:
    """Whether it is celebrated from afar, or is another country's, or part of a name."""
    before = lower[max(0, start - left_context.REACH) : start]
    if _CELEBRATED.search(before):
        return True
    if "quốc khánh" in lower[start:end] and _ABROAD.search(before):
        return True
    return text[end + 1 : end + 2].isupper() and text[end : end + 1] == " " and not _OWN.match(lower, end)


def _month(named: str | None) -> int | None:
    return _MONTHS.get(" ".join(named.split())) or _number(named) if named else None


def _day(named: str | None) -> int | None:
    return _DAYS.index(named) + 1 if named in _DAYS else _number(named)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None
