"""What stands to the left of an office or a name: whether the office is held, and whether the person acts."""

from collections.abc import Collection, Mapping
from typing import TypeVar

from retrieval.facts.rules import Rules, Status
from retrieval.facts.words import Words

T = TypeVar("T")

_LONGEST_PHRASE = 5
_LINKS = (":", "-", "–", "—")


def ends_with(words: Words, position: int, phrases: Collection[str]) -> bool:
    """Whether one of the phrases ends right before word `position`."""
    return any(phrase in phrases for phrase in _before(words, position))


def lookup(words: Words, position: int, phrases: Mapping[str, T]) -> T | None:
    """The value of the longest of the phrases that ends right before word `position`."""
    return next((phrases[phrase] for phrase in _before(words, position) if phrase in phrases), None)


def _before(words: Words, position: int) -> list[str]:
    """The phrases of glued words that end right before word `position`, longest first."""
    if position >= len(words) or words.gaps[position]:
        return []
    first = position - 1
    while first > max(0, position - _LONGEST_PHRASE) and not words.gaps[first]:
        first -= 1
    return [words.phrase(start, position) for start in range(max(first, 0), position)]


def status_before(rules: Rules, words: Words, position: int) -> Status | None:
    """ "former" after cựu and nguyên, "late" after cố, "acting" after quyền; None where nothing is said."""
    found = lookup(words, position, rules.left)
    # "Quyền" ends "chủ quyền", "bản quyền"; "nguyên" ends "Tây Nguyên"; "cố" ends "sự cố".
    if found and position >= 2 and not words.gaps[position - 1]:
        compound = words.phrase(position - 2, position)
        return None if compound in rules.compounds else found
    return found


def is_plural(rules: Rules, words: Words, position: int) -> bool:
    """Whether "các", "hai", "một số" stands before, with or without "nguyên" or "đồng chí" between."""
    if status_before(rules, words, position):
        position -= 1
    while position and not words.gaps[position] and words.phrase(max(0, position - 2), position) == "đồng chí":
        position -= 2
    if position and not words.gaps[position] and words.lower[position - 1] in ("ông", "bà", "vị"):
        position -= 1
    return ends_with(words, position, rules.plural) or words.gaps[position].isdigit()


def is_credit(rules: Rules, words: Words, position: int) -> bool:
    """Whether the word is a photographer's or an author's name: "Ảnh: …", "Nguồn - …", "Ảnh TRẦN BÌNH"."""
    if not position:
        return False
    gap = words.gaps[position]
    if gap and gap not in _LINKS:
        return False
    if not gap and not words.words[position].isupper():
        return False
    first = max(0, position - 3)
    return any(words.phrase(start, position) in rules.credits for start in range(first, position))
