"""Numbers as Vietnamese writes them: 14, XIV, mười."""

import re

_ROMAN = re.compile(r"(?=[xvi]{2})(x{0,3})(ix|iv|v?i{0,3})")
_VALUES = {"x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}
WORDS = {"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
# Roman numerals that are ordinary syllables, too: "vi phạm", "xi măng".
_SYLLABLES = frozenset({"vi", "xi"})


def value(syllable: str) -> int | None:
    """The number that a lower-case syllable in digits, in Roman numerals from ii to xxxix or as a word stands for."""
    if syllable.isdecimal():
        return int(syllable[:18])
    if syllable in WORDS:
        return WORDS[syllable]
    roman = None if syllable in _SYLLABLES else _ROMAN.fullmatch(syllable)
    if not roman:
        return None
    return sum(_VALUES[part] for part in re.findall(r"ix|iv|x|v|i", syllable))


def spellings(number: int) -> tuple[str, ...]:
    """How else than in digits a number up to 39 is written, in lower case."""
    if not 1 <= number < 40:
        return ()
    units = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    roman = "x" * (number // 10) + units[number % 10]
    return (roman, *(word for word, worth in WORDS.items() if worth == number))
