"""Numbers in a sentence, with their unit: "hơn 13.500 tỷ đồng", "27 năm 3 tháng", "bốn ngày"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_DIGITS = r"\d{1,3}(?:\.\d{3})++(?:,\d++)?|\d++(?:[.,]\d{1,2}(?!\d))?"
_WORDS = r"(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|vạn|chục|rưỡi|nửa|vài|đôi)"
_SCALE = r"(?:\s(?:trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ|chục|rưỡi)\b){0,3}"
_BEFORE = r"hơn|gần|khoảng|trên|dưới|ít nhất|tối đa|tối thiểu|tới|chừng|ước|cỡ|lên tới|gấp|thứ|hạng|cấp|tầng|top"
_HEDGE = rf"(?:(?:{_BEFORE})\s){{0,2}}"
# Words that are numbers only before a unit or a scale: "năm" is a year, "ba" a father, "tư" a fourth or a "private".
_DOUBTFUL = frozenset({"một", "ba", "tư", "năm", "đôi", "vài", "nửa", "lăm"})
_MEASURED = 4  # syllables from a number to what it counts: "60 di sản", "41 bác sĩ, nhân viên y tế"


@dataclass(frozen=True, slots=True)
class Number:
    """`text[start:end]`, unit and hedge included; `units` the classes of its unit, `after` the words that follow."""

    start: int
    end: int
    units: frozenset[str]
    after: tuple[str, ...]


class Numbers:
    """Finds them."""

    def __init__(self, units: Mapping[str, Iterable[str]]) -> None:
        self._classes: dict[str, set[str]] = {}
        for name, words in units.items():
            for word in words:
                self._classes.setdefault(word.lower(), set()).add(name)
        longest_first = sorted(self._classes, key=len, reverse=True)
        unit = "|".join(re.escape(word) for word in longest_first)
        number = rf"(?:{_DIGITS}|{_WORDS}(?:\s{_WORDS}){{0,6}})"
        self._pattern = re.compile(
            rf"(?<![\w.,:/-]){_HEDGE}(?P<number>{number})(?:\s?[-–]\s?{number})?(?P<scale>{_SCALE})"
            rf"(?:(?P<unit>\s?(?:{unit})(?!\w))(?:/\w+)?)?(?!\w|[/:]\d)",
            re.IGNORECASE,
        )

    def of(self, text: str) -> Iterator[Number]:
        """The numbers of a text, in order, none that is part of a date: "15/9", "17h30", "năm 2024"."""
        for found in self._pattern.finditer(text):
            unit = (found["unit"] or "").strip().lower()
            words = found["number"].lower().split()
            if not unit and not found["scale"] and not words[0][0].isdigit() and words[0] in _DOUBTFUL:
                continue
            billions = not unit and re.search(r"tỷ|tỉ", found["scale"]) is not None  # "10 tỷ" of nothing is of money
            classes = {"money"} if billions else self._classes.get(unit, set())
            following = tuple(word.strip(",.;:()").lower() for word in text[found.end() : found.end() + 40].split())
            yield Number(found.start(), found.end(), frozenset(classes), following[:_MEASURED])
