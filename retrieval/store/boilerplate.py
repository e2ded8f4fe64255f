"""Boilerplate found by counting: what opens or ends a large share of a source's articles is no sentence of theirs.

Nothing is taken for it that a paper says elsewhere too ("Công an tỉnh"), that few different articles have, or that the
article goes on from in the same sentence.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from retrieval.reading.boilerplate import FEWEST_WORDS, Boilerplate, Phrase, Place, mark, pieces
from retrieval.reading.rules import is_prose

# Different articles that have it at least, and their share of the source's. A line may be an author's name, or a
# heading that many articles need; sentences of its own a paper may repeat. Of what is one paragraph with the text,
# 66,000 articles of three papers show boilerplate only, at a fifth of this share even.
_FEWEST, _SHARE, _SHARE_OF_LINES, _SHARE_OF_SENTENCES = 20, 0.01, 0.1, 0.5
# A phrase goes on as long as so many of the articles that have it agree, and stops where they differ: no word follows
# in more than so many of them, and a new sentence does in nearly all. Names begin with a capital too, but so does their
# second word, as in a quarter of the articles of three papers only.
_AGREE, _ONE_WORD, _NEW_SENTENCE, _NAMES = 0.9, 0.3, 0.85, 0.5
# Of the articles looked at, few have a phrase anywhere else.
_LOOKED_AT, _ELSEWHERE = 1_000, 0.05
_ENDS = (".", "!", "?", "…", '"', "”", "»", ")", "]")


def known(db: sqlite3.Connection, version: str) -> Boilerplate:
    """What has been found among articles that were read by this version of the rules."""
    found: dict[str, list[Phrase]] = {}
    rows = db.execute("SELECT source, place, words, articles, of FROM boilerplate WHERE version = ?", (version,))
    for source, place, words, articles, of in rows:
        found.setdefault(source, []).append(Phrase(place, tuple(words.split(" ")), articles, of))
    return found


def find(db: sqlite3.Connection, version: str) -> list[int]:
    """Look for boilerplate in the sources of articles that came; the keys of those that are to be read again without
    what was found, which is `known` from now on. In a transaction, before what came is forgotten.
    """
    db.execute("DELETE FROM boilerplate WHERE version <> ?", (version,))
    before = known(db, version)
    again: set[int] = set()
    sources = db.execute("SELECT DISTINCT source FROM edges WHERE article IN touched").fetchall()
    for (source,) in sources:
        old = {(phrase.place, phrase.words) for phrase in before.get(source, ())}
        for phrase, keys in _found(db, source):
            if (phrase.place, phrase.words) not in old:
                values = source, phrase.place, " ".join(phrase.words), phrase.articles, phrase.of, version
                db.execute("INSERT OR IGNORE INTO boilerplate VALUES (?, ?, ?, ?, ?, ?)", values)
                again.update(keys)
    return sorted(again)


def _found(db: sqlite3.Connection, source: str) -> Iterator[tuple[Phrase, list[int]]]:
    """The boilerplate of a source, and the keys of the articles that may have it.

    Of articles that are much alike (the first two values of their sketches are) one is counted.
    """
    rows = db.execute(
        "SELECT e.article, marks, substr(least, 1, 8) FROM edges e JOIN sketches s ON s.article = e.article"
        " WHERE source = ? ORDER BY e.article",
        (source,),
    ).fetchall()
    first = {least: (key, marks) for key, marks, least in reversed(rows)}
    if len(first) < _FEWEST:
        return
    counted = np.concatenate([np.frombuffer(marks, dtype="<u4") for _, marks in first.values()])
    numbers, times = np.unique(counted, return_counts=True)
    frequent = numbers[times >= max(_FEWEST, _SHARE * len(first))].tolist()
    having: dict[int, list[int]] = {number: [] for number in frequent}
    for key, marks, _ in rows:
        for number in np.frombuffer(marks, dtype="<u4").tolist():
            if number in having:
                having[number].append(key)
    counted_ones = {key for key, _ in first.values()}
    looked_at = [_Ends.of(text) for text in _texts(db, sorted(counted_ones), _LOOKED_AT)] if frequent else []
    for number, keys in having.items():
        group = [key for key in keys if key in counted_ones]
        for phrase in _of_mark(number, list(_texts(db, group, _LOOKED_AT)), len(group), len(first)):
            if not _is_said_elsewhere(phrase, looked_at):
                yield phrase, keys


@dataclass(frozen=True, slots=True)
class _Ends:
    """A text with single spaces, and the lines at both ends of it as words."""

    text: str
    lines: Sequence[Sequence[str]]

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(" ".join(text.split()), [words for _, words in pieces(text)])


def _texts(db: sqlite3.Connection, keys: Sequence[int], most: int) -> Iterator[str]:
    """The texts of so many of these articles, from all over them."""
    step = max(1, len(keys) // most)
    for key in keys[::step]:
        yield from (text for (text,) in db.execute("SELECT text FROM articles WHERE key = ?", (key,)))


def _of_mark(number: int, texts: Sequence[str], articles: int, of: int) -> Iterator[Phrase]:
    """The phrase that these texts have at the place of a mark, if it is boilerplate there."""
    lines: dict[Place, list[list[str]]] = {}
    for text in texts:
        for place, words in pieces(text):
            if mark(place, words) == number:
                lines.setdefault(place, []).append(words)
    for place, some in lines.items():
        is_line = place in ("above", "below")
        said, agreed = (some[0], len(some)) if is_line else _common(place, some)
        share = round(articles * agreed / len(some))
        least = _SHARE_OF_SENTENCES if is_prose(" ".join(said)) else _SHARE_OF_LINES if is_line else _SHARE
        if said and share >= max(_FEWEST, least * of) and not said[-1].endswith((":", ",", ";")):
            yield Phrase(place, tuple(said), share, of)


def _common(place: Place, lines: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """What these lines begin (or end) with, up to where they differ, and how many do; nothing where they go on in the
    same sentence.
    """
    turned = [list(line) if place == "before" else list(line)[::-1] for line in lines]
    count = FEWEST_WORDS
    while True:
        follow = Counter(line[count] for line in turned if len(line) > count)
        word, times = follow.most_common(1)[0] if follow else ("", 0)
        if times < _AGREE * len(turned):
            break
        turned = [line for line in turned if len(line) > count and line[count] == word]
        count += 1
    words, going_on = turned[0][:count], [line for line in turned if len(line) > count]
    if place == "after":
        words.reverse()
        ended = sum(line[count].endswith(_ENDS) for line in going_on) >= _NEW_SENTENCE * len(going_on)
        if not ended:  # the sentence before may end with the same words, too
            first = next((at for at, word in enumerate(words[:-FEWEST_WORDS], 1) if word.endswith(_ENDS)), 0)
            words, ended = words[first:], first > 0
        return (words, len(turned)) if ended and _begins(words[0]) else ([], 0)
    begun = [line for line in going_on if _begins(line[count])]
    names = sum(len(line) > count + 1 and _begins(line[count + 1]) for line in begun)
    if times > _ONE_WORD * len(going_on) or len(begun) < _NEW_SENTENCE * len(going_on) or names > _NAMES * len(begun):
        return [], 0
    return (words, len(going_on)) if _begins(words[0]) else ([], 0)


def _begins(word: str) -> bool:
    """Whether a word begins as the first of a sentence does. Figures begin few sentences, and end many phrases."""
    return word.lstrip('"“‘«([-–')[:1].isupper()


def _is_said_elsewhere(phrase: Phrase, texts: Sequence[_Ends]) -> bool:
    """Whether the source says the same inside its articles too: then it is its language."""
    if phrase.place in ("above", "below"):
        return False
    said, size = " ".join(phrase.words), len(phrase.words)
    here = elsewhere = 0
    for one in texts:
        times = one.text.count(said)
        at_ends = times and sum(phrase.words in (tuple(words[:size]), tuple(words[-size:])) for words in one.lines)
        here += at_ends > 0
        elsewhere += times > at_ends
    return elsewhere > _ELSEWHERE * here
