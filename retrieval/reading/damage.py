"""Text that a file's fonts broke: "kh ở i công c ầ u". It is measured, told and never quoted."""

import re
from collections.abc import Sequence

from retrieval.sentences import is_syllable

from .source import UnreadableError

ADVICE = "export the file again, or save the page instead"
# Not the unit of a figure: "5h", "24 m".
_WORD = re.compile(r"(?<!\d\s)\b[^\W\d_]++\b")
# No word in small letters is without a vowel, but units, "kg" and "km", behind their figure.
_VOWEL = re.compile("[aeiouy]")
# Letters that stand alone side by side, as parts of words do; "T. V. N." and "5 h, 7 h" have something between them.
_APART = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_](?![^\s,.;:!?…”»)]))++")
_VIETNAMESE = re.compile("[àáâãèéêìíòóôõùúýăđĩũơư\u1ea0-\u1ef9]")
# Of the second half of Latin-1, what Vietnamese has not, as TCVN3 and VNI put in its place.
_FOREIGN = re.compile("[\u00a1-\u00bf\u00d7\u00f7åæçëîïñöøûüÿ]")
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_SHARE = 0.2  # of a paragraph's words: lists of units or initials have less
_FEWEST = 3
_MOST_BROKEN = 0.5  # of a file's paragraphs


def share(text: str) -> float:
    """The share of the words that are none: consonants alone, letters that make no syllable or have no name."""
    words = _WORD.findall(text)
    lost = len(_LOST.findall(text))
    alone = sum(1 for word in words if word.islower() and _is_no_word(word))
    apart = sum(len(letters[0].split()) for letters in _APART.finditer(text) if letters[0].islower())
    broken = max(alone, apart) + lost
    return broken / (len(words) + lost) if broken >= _FEWEST or lost else 0.0


def _is_no_word(word: str) -> bool:
    """Foreign words, which have no such letters, may be spelt as they like."""
    if _FOREIGN.search(word):
        return True
    return not (is_syllable(word) if _VIETNAMESE.search(word) else _VOWEL.search(word))


def sorted_out(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Which of a file's paragraphs are whole, and which are damaged. Raises `UnreadableError` where most are."""
    broken = [at for at, text in enumerate(texts) if share(text) > _SHARE]
    damaged, length = sum(len(texts[at]) for at in broken), sum(map(len, texts))
    if damaged > _MOST_BROKEN * length:
        raise UnreadableError(f"its text comes out damaged, {damaged} of {length} letters: {ADVICE}")
    gone = set(broken)
    return [at for at in range(len(texts)) if at not in gone], broken
