"""Phrases found word by word: the longest of many that begins at a word, however many there are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from retrieval.facts.words import Words
from retrieval.tokens import fold

T = TypeVar("T")

_PIECE = re.compile(r"[^\W\d_]+(?:[-.'][^\W\d_]+)*|[,&/()–-]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# The tone mark of an open syllable in "oa", "oe", "uy" stands on either vowel: hòa and hoà, ủy and uỷ.
_FIRST_TO_SECOND = {
    unicodedata.normalize("NFC", a + tone + b): unicodedata.normalize("NFC", a + b + tone)
    for a, b in ("oa", "oe", "uy")
    for tone in _TONES
}
_PLACEMENTS = _FIRST_TO_SECOND | {second: first for first, second in _FIRST_TO_SECOND.items()}


def spellings(syllable: str) -> set[str]:
    """A syllable with the tone mark in either place: ủy → ủy, uỷ."""
    moved = next((syllable[:-2] + new for old, new in _PLACEMENTS.items() if syllable.endswith(old)), syllable)
    return {syllable} if moved.startswith("q") else {syllable, moved}


def pieces(phrase: str) -> list[str]:
    """The words and joining marks of a phrase, in lower case."""
    return [piece.rstrip(".") for piece in _PIECE.findall(phrase.lower())]


class Phrases(Generic[T]):
    """An immutable map from phrases to values, looked up in a sentence. Case and place of tone marks don't matter."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._entries = tuple(entries)
        self._root: dict[str, Any] = {}
        for phrase, value in self._entries:
            for path in _typed(pieces(phrase)):
                node = self._root
                for piece in path:
                    node = node.setdefault(piece, {})
                node.setdefault("", value)

    def longest(self, words: Words, first: int) -> tuple[int, T] | None:
        """The longest phrase that begins at word `first`: the word after it, and its value."""
        node = self._root.get(words.lower[first])
        found: tuple[int, T] | None = None
        position = first
        count = len(words.words)
        while node is not None:
            position += 1
            if "" in node:
                found = (position, node[""])
            if position >= count:
                break
            gap = words.gaps[position]
            if gap:
                node = node.get("-" if gap == "–" else gap)
                if node is None:
                    break
            node = node.get(words.lower[position])
        return found

    def folded(self) -> "Phrases[T]":
        """The same without diacritics, for what people type."""
        return Phrases((fold(phrase), value) for phrase, value in self._entries)

    @property
    def first_words(self) -> frozenset[str]:
        """The lower-case words with which some phrase begins."""
        return frozenset(self._root)


def _typed(syllables: list[str]) -> Iterator[list[str]]:
    """All spellings of a phrase; one word with a dot in it is three where its letters are small ("tp.hcm")."""
    yield from _paths(syllables)
    if any("." in syllable for syllable in syllables):
        yield [part for syllable in syllables for part in syllable.replace(".", " . ").split()]


def _paths(syllables: list[str]) -> Iterator[list[str]]:
    """All spellings of the whole phrase."""
    if not syllables:
        yield []
        return
    for rest in _paths(syllables[1:]):
        for first in spellings(syllables[0]):
            yield [first, *rest]


def phrase_set(phrases: Iterable[str]) -> frozenset[str]:
    """The phrases in lower case with single spaces, in both placements of the tone mark."""
    return frozenset(" ".join(path) for phrase in phrases for path in _paths(pieces(phrase)))
