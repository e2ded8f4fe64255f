"""What finding and ranking ask of an index, wherever it is kept: the memory-mapped one here, or a cluster's.

Sentences and passages go by numbers: those of one article follow each other, and an earlier article's are smaller.
What an index is asked for of a candidate it answers to the letter, whoever found it, so that the ranking is the same.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.index.forward import Ints, Longs, Marks
from retrieval.index.runs import Bools
from retrieval.index.saturation import Scores
from retrieval.index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Only:
    """Which sentences may be found: those that speak of days from `since` to `until`, where these are given, or are in
    an article that does; of articles of `publishers`, where any are named.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    publishers: frozenset[str] = frozenset()


class Field(Protocol):
    """BM25 over the sentences, or the passages, of a collection, with diacritics or folded."""

    @property
    def corpus_size(self) -> int:
        """How many documents the statistics are of."""

    def number(self, term: str) -> int:
        """The number of a term; -1 for one that no document has."""

    def idf_of(self, term: str) -> float:
        """How telling a term is; 0 for one that no document has."""

    def has_all(self, terms: Sequence[str]) -> bool:
        """Whether a document has all of these terms, of which there is at least one."""

    def scores_of(self, query: Sequence[str], documents: Longs) -> Scores:
        """The scores of some documents, shape as `documents`."""


class Fields(Protocol):
    """BM25 over sentences and over passages; with diacritics, or folded."""

    @property
    def sentences(self) -> Field:
        """Over sentences."""

    @property
    def passages(self) -> Field:
        """Over passages, each with the title of its article."""


class Searcher(Protocol):
    """The sentences of a collection, as finding and ranking read them. For N sentences, of T syllables in all."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Its words."""

    @property
    def folded(self) -> Ints:
        """(V,) the number of each word without diacritics."""

    @property
    def gaps(self) -> int:
        """How often something was asked for while some articles could not be looked at, since it was opened."""

    def fields(self, accented: bool) -> Fields:
        """Those that match a question typed with diacritics, or without."""

    def likely(
        self, terms: Sequence[str], accented: bool, most: tuple[int, int], only: Only | None
    ) -> tuple[Longs, Longs]:
        """The numbers of the best sentences and of the best passages by BM25, all but, no more than `most` of each.
        `only` says which may be found, a passage by any of its sentences.
        """

    def top(self, terms: Sequence[str], accented: bool, n: int, only: Only | None) -> tuple[Longs, Scores]:
        """The n best sentences by BM25, best first, with their scores above 0."""

    def allowed(self, sentences: Longs, only: Only) -> Bools:
        """(N,) which of the sentences may be found."""

    def sentences_of(self, passages: Longs) -> tuple[Longs, Longs]:
        """(P,) the numbers of the first sentence of each passage, and of the one after its last."""

    def passages_of(self, sentences: Longs) -> Longs:
        """(N,) the passage of each sentence."""

    def around(self, sentence: int, reach: int) -> Longs:
        """The sentence and those of its article up to so many before and after it."""

    def lengths(self, sentences: Longs) -> Longs:
        """(N,) how many syllables each has."""

    def syllables_in(self, sentences: Longs) -> tuple[Longs, Ints, Marks]:
        """(N,) how many syllables each has; (T,) all, as numbers of the vocabulary, and how they look (`Mark`)."""

    def kinds(self, sentences: Longs) -> npt.NDArray[np.uint8]:
        """(N,) indices of `KINDS`."""

    def dates(self, sentences: Longs) -> npt.NDArray[np.int16]:
        """(N, 2, 3) the days, months and years of which each sentence speaks and its article, 0 for unknown."""

    def articles_have(self, sentences: Longs, terms: Sequence[str], accented: bool) -> Bools:
        """(N, M) whether the article of each sentence has each term anywhere."""

    def written(self, syllable: str) -> tuple[int, int]:
        """How many sentences have a syllable that has no diacritics, and how many have it with any or none."""

    def places(self, sentences: Longs) -> tuple[list[int], list[int]]:
        """The keys of their articles, and their indices in them."""


class Kept(Searcher, Protocol):
    """An index that knows all articles: their `keys` (A,) in order, and where the sentences of each begin, `starts`
    (A + 1,); `made`, what is another where it was made anew.
    """

    @property
    def keys(self) -> Longs:
        """(A,) the keys of the articles."""

    @property
    def starts(self) -> Longs:
        """(A + 1,) the place of the first sentence of each article among all, and their end."""

    @property
    def made(self) -> int:
        """When its files were made, in nanoseconds; 0 where it has none."""

    def check(self) -> None:
        """Raises IndexDamageError where what it reads is not as it was."""
