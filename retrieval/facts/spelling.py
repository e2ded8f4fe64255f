"""How foreign names are spelt: Zelensky, Zelenskyy and Zelenskiy, Araghchi and Araqchi sound alike."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from retrieval.facts.words import is_vietnamese
from retrieval.tokens import fold

# Letters that transcriptions exchange, each by one of them; vowels and h are written in many ways, and are left out.
_ALIKE = str.maketrans({"q": "k", "g": "k", "c": "k", "z": "s", "w": "v", "f": "p", "j": "i", "y": "i"})
_LEFT_OUT = re.compile("[aeiouh]")
_DOUBLED = re.compile(r"(.)\1+")
# Of 100: two spellings of one name are at least so much alike. "araghchi" and "araqchi" are 80, "volodymyr" and
# "volodimir" 78; "maria" and "marco" 60.
_SPELT_ALIKE = 75


def is_foreign(words: Sequence[str]) -> bool:
    """Whether a name has a word that can be no Vietnamese syllable."""
    return not all(map(is_vietnamese, words))


def sound(words: Sequence[str]) -> str:
    """What the spellings of a foreign name's last word have in common: its first letter and its consonants.

    Empty for a Vietnamese word, where every letter counts.
    """
    last = words[-1] if words else ""
    if not last or is_vietnamese(last):
        return ""
    plain = fold(last).translate(_ALIKE)
    return plain[0] + _DOUBLED.sub(r"\1", _LEFT_OUT.sub("", plain[1:]))


def is_spelt_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two foreign names may be two spellings of one: "Volodymyr Zelensky", "Volodimir Zelenskyy"; also with the
    words in another order, or with other spaces ("JD Vance", "J D Vance").
    """
    if not (is_foreign(one) and is_foreign(other)):
        return False
    first, second = [fold(word) for word in one], [fold(word) for word in other]
    if "".join(first) == "".join(second) or sorted(first) == sorted(second):
        return True
    if len(first) != len(second) or (first[-1] != second[-1] and sound(first) != sound(second)):
        return False
    return all(fuzz.ratio(a, b) >= _SPELT_ALIKE for a, b in zip(first, second, strict=True))
