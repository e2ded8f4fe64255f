"""A text typed in haste, with the diacritics and the capitals that the articles of a library write it with.

"dong dat nepal" is "động đất Nepal": of the ways to write two neighbours the one that most sentences have, those that
speak of all of the text before others. As a path through all ways to write each syllable: Viterbi, "Error bounds for
convolutional codes" (1967).
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from retrieval.index.forward import Ints, Longs
from retrieval.index.marks import Mark
from retrieval.index.runs import Bools
from retrieval.index.searcher import Searcher
from retrieval.query.diacritics import bare
from retrieval.tokens import fold, syllables

_WORD = re.compile(r"[^\W_]+")
# Sentences looked at: those that have two neighbours, and those that have most of the text, each of which counts for
# so many.
_BESIDE, _ON_IT, _COUNTS = 200, 100, 30
# The more of the text stands there side by side, the more: "Trương Mỹ Lan" says more than "Bộ trưởng Mỹ".
_LONGER = 3
# Pairs beside those counted, each way to write the second as often as it is written.
_UNSEEN = 0.5
# How much it matters how often the first syllable is written so: it is in one pair, all others but the last in two.
_FIRST = 0.1
# What is written with a capital twice as often as without is a name.
_NAMED = 0.5

# A way to write a syllable: the number of the word, and whether with a capital.
Way = tuple[int, bool]


@dataclass(frozen=True, slots=True)
class _Written:
    """How often articles have each way to write a syllable, and two neighbours."""

    alone: Mapping[Way, float]
    pairs: Mapping[tuple[Way, Way], float]

    def share(self, way: Way, ways: Sequence[Way]) -> float:
        """Of all ways to write a syllable."""
        return (self.alone[way] + 1 / len(ways)) / (sum(self.alone[other] for other in ways) + 1)


def restored(index: Searcher, text: str, *, cased: bool) -> str:
    """The text, its syllables without diacritics as articles write them there; so with capitals, where it was not typed
    with them (`cased`).
    """
    text = text.lower() if text.isupper() else text
    words = syllables(text)
    places = list(_WORD.finditer(text))
    if not words or len(places) != len(words):
        return text
    chosen = _likeliest(index, words, cased=cased)
    spelt, end = "", 0
    for place, word, (number, capital) in zip(places, words, chosen, strict=True):
        other = index.vocabulary.word(number) if number >= 0 else word
        typed = place[0] if other == word else other.capitalize() if place[0] != place[0].lower() else other
        spelt += text[end : place.start()] + (typed.capitalize() if capital and typed.islower() else typed)
        end = place.end()
    return spelt + text[end:]


def _likeliest(index: Searcher, words: Sequence[str], *, cased: bool) -> tuple[Way, ...]:
    folded = [bare(word, index.written) for word in words]
    written = _written(index, folded, cased=cased)
    ways = [_ways(index, *both, written) for both in zip(words, folded, strict=True)]
    best: dict[Way, tuple[float, tuple[Way, ...]]]
    best = {way: (_FIRST * math.log(written.share(way, ways[0])), (way,)) for way in ways[0]}
    for before, here in pairwise(ways):
        every = sum(written.pairs[first, last] for first in before for last in here) + _UNSEEN
        unseen = {way: _UNSEEN * written.share(way, here) for way in here}
        best = {
            way: max(
                (odds + math.log((written.pairs[path[-1], way] + unseen[way]) / every), (*path, way))
                for odds, path in best.values()
            )
            for way in here
        }
    return max(best.values())[1]


def _ways(index: Searcher, word: str, folded: str, written: _Written) -> list[Way]:
    own, without = index.vocabulary.number(word), index.vocabulary.number(folded)
    is_open = word == fold(word)
    alike = [way for way in written.alone if way[0] == own or (is_open and index.folded[way[0]] == without)]
    return alike or [(own, False)]


def _written(index: Searcher, folded: Sequence[str], *, cased: bool) -> _Written:
    """As the sentences that have two neighbours, or most of all, write these syllables."""
    numbers = [index.vocabulary.number(word) for word in folded]
    wanted = list(pairwise(numbers))
    samples = [(terms, [pair], _BESIDE, 1.0) for terms, pair in zip(pairwise(folded), wanted, strict=True)]
    alone: defaultdict[Way, float] = defaultdict(float)
    pairs: defaultdict[tuple[Way, Way], float] = defaultdict(float)
    for terms, inside, most, counts in (*samples, (folded, wanted, _ON_IT, float(_COUNTS))):
        sentences, _ = index.top(list(dict.fromkeys(terms)), False, most, None)
        lengths, found, marks = index.syllables_in(sentences)
        without = index.folded[found]
        joined = np.ones(max(len(found) - 1, 0), dtype=np.bool_)
        joined[np.cumsum(lengths)[:-1] - 1] = False
        looks = np.stack([found, marks & (Mark.CAPITAL | Mark.FIRST)], axis=1).astype(np.int64)
        for look, times in _counted(looks[np.isin(without, numbers)]):
            for way, share in _as_written(*look, cased=cased):
                alone[way] += counts * times * share
        runs = _runs(without, joined, inside)
        beside = np.hstack([looks[:-1], looks[1:], runs[:, None]])[runs > 0]
        for (one, its_look, other, other_look, run), times in _counted(beside):
            ways = (_as_written(one, its_look, cased=cased), _as_written(other, other_look, cased=cased))
            for (first, share), (last, its) in product(*ways):
                named = _NAMED if first[1] or last[1] else 1.0
                pairs[first, last] += counts * times * run**_LONGER * share * its * named
    return _Written(alone, pairs)


def _runs(folded: Ints, joined: Bools, pairs: Sequence[tuple[int, int]]) -> Longs:
    """(T - 1,) of each two neighbours among T syllables how many of the pairs stand there one after the other, these
    two among them; 0 where they are none.
    """
    there = [(folded[:-1] == one) & (folded[1:] == other) & joined for one, other in pairs]
    ahead = [place.astype(np.int64) for place in there]
    behind = [place.copy() for place in ahead]
    for at in range(len(pairs) - 1, 0, -1):
        ahead[at - 1][:-1] += ahead[at - 1][:-1] * ahead[at][1:]
    for at in range(1, len(pairs)):
        behind[at][1:] += behind[at][1:] * behind[at - 1][:-1]
    runs = np.zeros(len(joined), dtype=np.int64)
    for one, other, place in zip(ahead, behind, there, strict=True):
        np.maximum(runs, one + other - place, out=runs)
    return runs


def _counted(rows: Longs) -> Iterable[tuple[tuple[int, ...], int]]:
    """The different rows, and how often each is there."""
    return Counter(map(tuple, rows.tolist())).items()


def _as_written(word: int, mark: int, *, cased: bool) -> Iterator[tuple[Way, float]]:
    """The ways that a syllable in a sentence is an example of, and how much of one."""
    if cased or not mark & Mark.CAPITAL:
        yield (word, False), 1.0
    elif mark & Mark.FIRST:  # tells nothing
        yield (word, False), 0.5
        yield (word, True), 0.5
    else:
        yield (word, True), 1.0
