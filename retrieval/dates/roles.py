"""Whether an expression is the time that its sentence speaks of, or belongs to a name: a law, a birth, a term."""

import re
from collections.abc import Sequence

from retrieval.dates.expression import Expression

_REACH = 80
_DOCUMENT = re.compile(
    r"(?<!\w)(?:luật|bộ\sluật|hiến\spháp|pháp\slệnh|nghị\squyết|nghị\sđịnh|quyết\sđịnh|thông\stư|chỉ\sthị|công\svăn|công\sđiện"
    r"|công\sước|hiệp\sđịnh|văn\sbản|tờ\strình|hợp\sđồng)\b(?P<between>[^,.;:]{0,60})$"
)
_ENACTED = re.compile(r"ban\shành|được|hiệu\slực|(?<!\w)(?:ký|tại|vào|trong)(?!\w)|thông\squa|công\sbố")
_BIRTH = re.compile(r"(?<!\w)(?:sinh|sn|sinh\sngày|tuổi)\s?[,:(]?\s?$")
# What is compared with is another time's: "tăng 57% so với năm 2024", "giữ như năm 2025".
_COMPARED = re.compile(
    r"(?<!\w)(?:(?:so\svới|cùng\sk[ỳì]|tương\s(?:đương|tự)|(?:gấp|bằng)\s\S{1,8}\slần)(?:\s[\w/.-]{1,12}){0,6}"
    r"|như|hơn|bằng|giống|kể\stừ)\s(?:(?:hồi|trong|vào|với|của|cùng\sk[ỳì])\s){0,2}$",
    re.IGNORECASE,
)
_TERM = re.compile(r"nhiệm\sk[ỳì]|kh[óo][áa]|niên\skhó?o?á?a?|mùa", re.IGNORECASE)
_ORDER = ("day", "relative", "weekday", "range", "month", "quarter", "part", "year", "decade", "century")
# Words that may stand before the time that opens a sentence ("Đặc biệt, trong năm 2024, …").
_OPENING = 20


def spoken_of(passage: str, expressions: Sequence[Expression]) -> Expression | None:
    """The expression that dates the sentence's main statement: the one that opens it, else the first of the finest."""
    times = [one for one in expressions if not one.target and not _names_something(passage, one)]
    if not times:
        return None
    if times[0].start <= _OPENING:
        return times[0]
    return min(times, key=_fineness)


def is_compared(passage: str, position: int) -> bool:
    """Whether a time at the position is one that something is compared with."""
    return _COMPARED.search(passage, max(0, position - _REACH), position) is not None


def _fineness(one: Expression) -> int:
    if one.kind in {"range", "part", "relative"}:
        fine = one.day is not None or one.unit in {"day", "week", "weekend"}
        return 0 if fine else 3 if one.month else 6
    return _ORDER.index(one.kind) if one.kind in _ORDER else 0


def _names_something(passage: str, one: Expression) -> bool:
    left = passage[max(0, one.start - _REACH) : one.start].lower()
    document = _DOCUMENT.search(left)
    if document and not _ENACTED.search(document["between"]):
        return True
    if is_compared(passage, one.start):
        return True
    return bool(_BIRTH.search(left)) or (one.kind == "range" and bool(_TERM.match(one.text)) and one.start > _OPENING)
