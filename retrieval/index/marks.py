"""What a syllable looks like where it stands: a capital, a number, a year, a part of a date."""

import re
from enum import IntEnum
from functools import lru_cache

from retrieval.tokens import spelt_apart, syllables

_SYLLABLE = re.compile(r"[^\W_]+")
# Without "một" (also a, "một số" some) and "năm" (five, but mostly year).
_NUMERALS = frozenset(
    [
        "hai",
        "ba",
        "bốn",
        "sáu",
        "bảy",
        "tám",
        "chín",
        "mười",
        "trăm",
        "nghìn",
        "ngàn",
        "triệu",
        "tỷ",
        "tỉ",
        "chục",
        "đôi",
        "nửa",
        "vài",
    ]
)
_DATE = re.compile(
    r"\b(?:ngày|mùng|mồng|tháng|năm|thế kỷ|thế kỉ|thập niên|thập kỷ|quý|lúc|hồi) \w++(?:[/-]\d{1,2}\b)?"
    r"|\b\d{1,2}[/-]\d{1,2}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1\d{3}|20\d\d")


class Mark(IntEnum):
    """What a syllable looks like where it stands: bits, to be combined."""

    CAPITAL = 1  # begins with a capital
    FIRST = 2  # is the first of its sentence, where a capital says nothing
    NUMBER = 4  # in digits or words
    YEAR = 8  # four digits, 1000 to 2099
    DATE = 16  # a number of a date: after "ngày", "tháng", "năm", "thế kỷ" …, or 15/9, 15-9


def marks_of(sentence: str) -> list[int]:
    """The `Mark`s of each syllable of a sentence; none where lower case has other syllables, as that of "İ" has."""
    text = spelt_apart(sentence)
    if len(text.lower()) != len(text):
        return [0] * len(syllables(text))
    dates = [found.span() for found in _DATE.finditer(text)]
    if dates:
        marks = [
            _mark(found[0], any(start <= found.start() < end for start, end in dates))
            for found in _SYLLABLE.finditer(text)
        ]
    else:
        marks = [_mark(syllable, False) for syllable in _SYLLABLE.findall(text)]
    if marks:
        marks[0] |= int(Mark.FIRST)
    return marks


@lru_cache(50_000)
def _mark(syllable: str, in_date: bool) -> int:
    mark = int(Mark.CAPITAL) if syllable[0].isupper() else 0
    if syllable[0].isdigit() or syllable.lower() in _NUMERALS:
        mark |= int(Mark.NUMBER | Mark.DATE) if in_date else int(Mark.NUMBER)
        if _YEAR.fullmatch(syllable):
            mark |= int(Mark.YEAR)
    return mark
