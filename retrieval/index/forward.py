"""The sentences of some articles as numbers, in order: what postings are built and features computed from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Marks = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Forward:
    """A articles with S sentences in P passages, T syllables in all. Memory-mappable.

    Sentence s has `syllables[starts[s]:starts[s + 1]]` (numbers of a vocabulary) and as many `marks` (`Mark`); a
    passage is the run of sentences `passage_starts[p]` up to `passage_starts[p + 1]`, of one article. Article a has
    the sentences `article_starts[a]` up to `article_starts[a + 1]`, the passages `article_passages[a]` up to
    `article_passages[a + 1]`, the syllables `titles[title_starts[a]:title_starts[a + 1]]` in its title, and `keys[a]`
    in the store. `kinds` (S,) are indices of `KINDS`; `dates` (S, 2, 3) the days, months and years of which a sentence
    speaks and its article, 0 for unknown; `ends` (S, 3) the day, month and year with which that of the sentence ends.
    """

    syllables: Ints
    marks: Marks
    starts: Longs
    passage_starts: Longs
    article_starts: Longs
    article_passages: Longs
    titles: Ints
    title_starts: Longs
    keys: Longs
    kinds: npt.NDArray[np.uint8]
    dates: npt.NDArray[np.int16]
    ends: npt.NDArray[np.int16]

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The articles of several parts, of the same vocabulary, one after the other."""
        return cls(
            syllables=_concatenated([part.syllables for part in parts], np.int32),
            marks=_concatenated([part.marks for part in parts], np.uint8),
            starts=starts_of([np.diff(part.starts) for part in parts]),
            passage_starts=starts_of([np.diff(part.passage_starts) for part in parts]),
            article_starts=starts_of([np.diff(part.article_starts) for part in parts]),
            article_passages=starts_of([np.diff(part.article_passages) for part in parts]),
            titles=_concatenated([part.titles for part in parts], np.int32),
            title_starts=starts_of([np.diff(part.title_starts) for part in parts]),
            keys=_concatenated([part.keys for part in parts], np.int64),
            kinds=_concatenated([part.kinds for part in parts], np.uint8),
            dates=_concatenated([part.dates.reshape(-1, 6) for part in parts], np.int16).reshape(-1, 2, 3),
            ends=_concatenated([part.ends.reshape(-1, 3) for part in parts], np.int16).reshape(-1, 3),
        )

    def selected(self, articles: Longs) -> Self:
        """Only these articles, by their places, in this order."""
        sentences = ranges(self.article_starts[articles], self.article_starts[articles + 1])
        passages = ranges(self.article_passages[articles], self.article_passages[articles + 1])
        tokens = ranges(
            self.starts[self.article_starts[articles]], self.starts[self.article_starts[articles + 1]], np.int32
        )
        return type(self)(
            syllables=self.syllables[tokens],
            marks=self.marks[tokens],
            starts=starts_of([np.diff(self.starts)[sentences]]),
            passage_starts=starts_of([np.diff(self.passage_starts)[passages]]),
            article_starts=starts_of([np.diff(self.article_starts)[articles]]),
            article_passages=starts_of([np.diff(self.article_passages)[articles]]),
            titles=self.titles[ranges(self.title_starts[articles], self.title_starts[articles + 1])],
            title_starts=starts_of([np.diff(self.title_starts)[articles]]),
            keys=self.keys[articles],
            kinds=self.kinds[sentences],
            dates=self.dates[sentences],
            ends=self.ends[sentences],
        )

    def renumbered(self, numbers: Ints) -> Self:
        """With `numbers[v]` for syllable v."""
        return replace(self, syllables=numbers[self.syllables], titles=numbers[self.titles])

    def of_sentences(self) -> tuple[Ints, Longs]:
        """The syllables of all sentences, one after the other, and the length of each."""
        return self.syllables, np.diff(self.starts)

    def of_passages(self) -> tuple[Ints, Longs]:
        """The syllables of all passages, each with the title of its article before it, and the length of each."""
        bodies = np.diff(self.starts[self.passage_starts])
        article = np.repeat(np.arange(len(self.keys)), np.diff(self.article_passages))
        heads = np.diff(self.title_starts)[article]
        lengths = heads + bodies
        begins = np.cumsum(lengths) - lengths
        syllables = np.empty(int(lengths.sum()), dtype=np.int32)
        is_title = np.zeros(len(syllables), dtype=np.bool_)
        is_title[ranges(begins, begins + heads)] = True
        syllables[is_title] = self.titles[ranges(self.title_starts[article], self.title_starts[article + 1])]
        syllables[~is_title] = self.syllables
        return syllables, lengths


def starts_of(lengths: Sequence[npt.NDArray[Any]]) -> Longs:
    """Where each stretch of these lengths begins, and the end of the last."""
    return np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]), dtype=np.int64)


def ranges(firsts: Longs, ends: Longs, dtype: type[np.signedinteger[Any]] = np.int64) -> npt.NDArray[Any]:
    """The numbers of all ranges, one range after the other."""
    lengths = ends - firsts
    before = np.cumsum(lengths) - lengths
    numbers: npt.NDArray[Any] = np.repeat((firsts - before).astype(dtype), lengths)
    numbers += np.arange(len(numbers), dtype=dtype)
    return numbers


def _concatenated(parts: Sequence[npt.NDArray[Any]], dtype: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate(parts, dtype=dtype) if parts else np.zeros(0, dtype=dtype)
