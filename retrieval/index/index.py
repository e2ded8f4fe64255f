"""The sentences of a library as the ranking reads them: postings, syllables in order, dates, kinds."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from retrieval.index import arrays
from retrieval.index.bm25 import Okapi
from retrieval.index.days import inside
from retrieval.index.forward import Forward, Ints, Longs, Marks, ranges
from retrieval.index.numbering import Keyed, numbered
from retrieval.index.postings import Postings
from retrieval.index.runs import Bools, Runs
from retrieval.index.saturation import Scores
from retrieval.index.searcher import Only
from retrieval.index.segment import Segment
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary
from retrieval.own_files import IndexDamageError
from retrieval.records import Article, Sentence
from retrieval.tokens import fold

# Raised when an index built before would rank differently.
INDEX_VERSION = 6

# k1 of sentences, measured on xquad_vi before the start (DESIGN §5); in passages a word said twice says more.
SENTENCE_K1, PASSAGE_K1, B = 0.4, 1.2, 0.75
# In BM25Okapi a term that half of the documents have weighs nothing: among a handful of sentences that would be most
# terms. Documents of the same length that say nothing make up the number.
_FEWEST_DOCUMENTS = 100
_MASKS = 8  # of what may be found, a byte a sentence


def _published_nothing(_publishers: Iterable[str]) -> Sequence[int]:
    """Of a collection whose publishers nobody knows."""
    return ()


@dataclass(frozen=True, slots=True)
class Fields:
    """BM25 over sentences and over passages; with diacritics, or folded."""

    sentences: Okapi
    passages: Okapi


class Index:
    """The articles of these keys, in this order, and their sentences and passages, numbered in order.

    They lie in `segments`; an article of a segment whose key is not among them has been removed, and counts for
    nothing. `folded` (V,) is the number of each word without diacritics. `made`: when its files were, in nanoseconds; 0
    for one in memory. `published_by` tells the keys of the articles of publishers. What a `Searcher` is. Immutable.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - its parts
        self,
        vocabulary: Vocabulary,
        folded: Ints,
        segments: Sequence[Segment],
        keys: Longs,
        statistics: Mapping[str, Statistics] | None = None,
        made: int = 0,
        published_by: Callable[[Iterable[str]], Sequence[int]] = _published_nothing,
    ) -> None:
        self.made, self._published_by = made, published_by
        self._masks: dict[Only, Bools] = {}
        self.vocabulary, self.folded, self.segments, self.keys = vocabulary, folded, tuple(segments), keys
        of_words = (*self.segments, vocabulary, folded, *(statistics or {}).values())
        self._mapped = [mapped for held in of_words for mapped in arrays.mappings(held)]
        self._forwards = [segment.forward for segment in segments]
        self.articles = _places([forward.keys for forward in self._forwards], keys)
        self.sentences = self._runs_of("article_starts")
        self.passages = self._runs_of("article_passages")
        self.statistics = statistics or self._statistics()
        self.accented = Fields(self._okapi("sentences", SENTENCE_K1), self._okapi("passages", PASSAGE_K1))
        self.without = Fields(self._okapi("folded_sentences", SENTENCE_K1), self._okapi("folded_passages", PASSAGE_K1))
        self._first_tokens = np.cumsum([0, *(len(forward.syllables) for forward in self._forwards)])

    @classmethod
    def build(cls, articles: Iterable[tuple[Article, Sequence[Sentence]]]) -> Self:
        """From articles with their sentences, in order."""
        words, forward = numbered(Keyed(number, *article) for number, article in enumerate(articles))
        return cls.of(words, forward)

    @classmethod
    def of(cls, words: Sequence[str], forward: Forward) -> Self:
        """From articles as numbers of words, all in one segment."""
        vocabulary, folded = with_folded(Vocabulary.of(words), np.zeros(0, dtype=np.int32))
        return cls(vocabulary, folded, [Segment.build(forward, folded)], forward.keys)

    def check(self) -> None:
        """Raises IndexDamageError where one of its files has become shorter, as to look at what is missing would kill
        the process: the file itself, whatever has its name by now. Takes a tenth of a millisecond.
        """
        for mapped in self._mapped:
            if mapped.size() < len(mapped):
                raise IndexDamageError("one of its files has been cut off")

    @property
    def gaps(self) -> int:
        """All articles are on this machine."""
        return 0

    def fields(self, accented: bool) -> Fields:
        """Those that match a question typed with diacritics, or without."""
        return self.accented if accented else self.without

    @cached_property
    def starts(self) -> Longs:
        """(A + 1,) the first sentence of each article, and their end."""
        counts = self.articles.gather([np.diff(f.article_starts) for f in self._forwards], np.arange(len(self.keys)))
        return np.cumsum(np.append(0, counts), dtype=np.int64)

    def kinds(self, sentences: Longs) -> npt.NDArray[np.uint8]:
        """(N,) indices of `KINDS`."""
        return self.sentences.gather([forward.kinds for forward in self._forwards], sentences)

    def dates(self, sentences: Longs) -> npt.NDArray[np.int16]:
        """(N, 2, 3) the days, months and years of which each sentence speaks and its article, 0 for unknown."""
        return self.sentences.gather([forward.dates for forward in self._forwards], sentences)

    def likely(
        self, terms: Sequence[str], accented: bool, most: tuple[int, int], only: Only | None
    ) -> tuple[Longs, Longs]:
        """As of `Searcher`: what is missed owes its place to terms that very many documents have."""
        fields, among = self.fields(accented), None if only is None else self._mask(only)
        passages = fields.passages.likely(terms, most[1], None if among is None else self._having(among))
        return fields.sentences.likely(terms, most[0], among), passages

    def top(self, terms: Sequence[str], accented: bool, n: int, only: Only | None) -> tuple[Longs, Scores]:
        """The n best sentences by BM25, best first, ties by number, with their scores above 0."""
        return self.fields(accented).sentences.top(terms, n, None if only is None else self._mask(only))

    def allowed(self, sentences: Longs, only: Only) -> Bools:
        """(N,) which of the sentences may be found."""
        return self._mask(only)[sentences]

    def around(self, sentence: int, reach: int) -> Longs:
        """The sentence and those of its article up to so many before and after it."""
        article = int(self.starts.searchsorted(sentence, side="right")) - 1
        first, end = self.starts[article], self.starts[article + 1]
        return np.arange(max(first, sentence - reach), min(end, sentence + reach + 1))

    def lengths(self, sentences: Longs) -> Longs:
        """(N,) how many syllables each has."""
        starts, ends = self._syllables_of(sentences)
        return ends - starts

    def syllables_in(self, sentences: Longs) -> tuple[Longs, Ints, Marks]:
        """(N,) how many syllables each has; (T,) all, as numbers of the vocabulary, and how they look (`Mark`)."""
        starts, ends = self._syllables_of(sentences)
        return ends - starts, *self._syllables(ranges(starts, ends))

    def places(self, sentences: Longs) -> tuple[list[int], list[int]]:
        """The keys of their articles, and their indices in them."""
        of = self.starts.searchsorted(sentences, side="right") - 1
        return self.keys[of].tolist(), (sentences - self.starts[of]).tolist()

    def ends(self, sentences: Longs) -> npt.NDArray[np.int16]:
        """(N, 3) the days, months and years with which the dates of sentences end."""
        return self.sentences.gather([forward.ends for forward in self._forwards], sentences)

    def title_of(self, article: int) -> Ints:
        """The syllables of an article's title."""
        [(at, _, [place])] = self.articles.each(np.array([article]))
        starts = self._forwards[at].title_starts
        return self._forwards[at].titles[starts[place] : starts[place + 1]]

    def _mask(self, only: Only) -> Bools:
        """(S,) which sentences may be found; those that were asked for last are kept."""
        mask = self._masks.pop(only, None)
        if mask is None:
            mask = self._within(only.since, only.until) if only.since or only.until else None
            if only.publishers:
                keys = np.array(self._published_by(only.publishers), dtype=np.int64)
                published = self._of_articles(keys)
                mask = published if mask is None else mask & published
            if mask is None:
                mask = np.ones(self.sentences.size, dtype=np.bool_)
        self._masks[only] = mask
        while len(self._masks) > _MASKS:
            self._masks.pop(next(iter(self._masks)), None)
        return mask

    def _within(self, since: datetime.date | None, until: datetime.date | None) -> Bools:
        """(S,) which sentences speak of days that may lie from `since` to `until`; of those that speak of none, which
        are in an article that does. What has no known year does not.
        """
        every = np.arange(int(self.starts[-1]))
        first = self.sentences.gather([forward.dates[:, 0] for forward in self._forwards], every)
        last = self.sentences.gather([forward.ends for forward in self._forwards], every)
        return inside(first, last, since, until)

    def _of_articles(self, keys: npt.NDArray[Any]) -> Bools:
        """(S,) which sentences are in articles of these keys."""
        return np.repeat(np.isin(self.keys, keys), np.diff(self.starts))

    def _having(self, among: Bools) -> Bools:
        """(P,) which passages have any of the sentences `among` (S,) those chosen."""
        passages = np.zeros(self.passages.size, dtype=np.bool_)
        passages[self.passages_of(np.flatnonzero(among))] = True
        return passages

    def _syllables(self, places: Longs) -> tuple[Ints, Marks]:
        """What stands at places of `_syllables_of`, as numbers of the vocabulary, and how it looks (`Mark`)."""
        if len(self._forwards) == 1:
            return self._forwards[0].syllables[places], self._forwards[0].marks[places]
        segments = self._first_tokens.searchsorted(places, side="right") - 1
        syllables, marks = np.zeros(len(places), dtype=np.int32), np.zeros(len(places), dtype=np.uint8)
        for segment in np.unique(segments).tolist():
            here = segments == segment
            there, forward = places[here] - self._first_tokens[segment], self._forwards[segment]
            syllables[here], marks[here] = forward.syllables[there], forward.marks[there]
        return syllables, marks

    def _syllables_of(self, sentences: Longs) -> tuple[Longs, Longs]:
        """(N,) the places where the syllables of each sentence begin and end."""
        starts, ends = np.zeros((2, len(sentences)), dtype=np.int64)
        for at, where, there in self.sentences.each(sentences):
            forward, first = self._forwards[at], self._first_tokens[at]
            starts[where], ends[where] = forward.starts[there] + first, forward.starts[there + 1] + first
        return starts, ends

    def sentences_of(self, passages: Longs) -> tuple[Longs, Longs]:
        """(N,) the numbers of the first sentence of each passage, and of the one after its last."""
        firsts, ends = np.zeros((2, len(passages)), dtype=np.int64)
        for at, where, there in self.passages.each(passages):
            first, end = (self._forwards[at].passage_starts[there + step] for step in (0, 1))
            firsts[where] = self.sentences.numbers(at, first)
            ends[where] = firsts[where] + end - first
        return firsts, ends

    def passages_of(self, sentences: Longs) -> Longs:
        """(N,) the passage of each sentence."""
        passages = np.zeros(len(sentences), dtype=np.int64)
        for at, where, there in self.sentences.each(sentences):
            place = self._forwards[at].passage_starts.searchsorted(there, side="right") - 1
            passages[where] = self.passages.numbers(at, place)
        return passages

    def articles_have(self, sentences: Longs, terms: Sequence[str], accented: bool) -> Bools:
        """(N, M) whether the article of each sentence has each term anywhere."""
        told = np.zeros((len(sentences), len(terms)), dtype=np.bool_)
        numbers = [self.vocabulary.number(term) for term in terms]
        for at, where, there in self.sentences.each(sentences):
            forward, postings = self._forwards[at], self._postings("passages" if accented else "folded_passages")[at]
            article = forward.article_starts.searchsorted(there, side="right") - 1
            # As postings are: to search among numbers of another kind, numpy would first convert them all.
            bounds = forward.article_passages[np.stack([article, article + 1])].astype(np.int32)
            for column, number in enumerate(numbers):
                place = postings.place(number) if number >= 0 else -1
                if place >= 0:
                    first, end = postings.at(place)[0].searchsorted(bounds)
                    told[where, column] = first < end
        return told

    def written(self, syllable: str) -> tuple[int, int]:
        """How many sentences have a syllable that has no diacritics, and how many have it with any or none."""
        so, any_ = (self.statistics[field].counts for field in ("sentences", "folded_sentences"))
        number = self.vocabulary.number(syllable)
        return (int(so[number]), int(any_[number])) if number >= 0 else (0, 0)

    def _postings(self, field: str) -> list[Postings]:
        return [getattr(segment, field) for segment in self.segments]

    def _okapi(self, field: str, k1: float) -> Okapi:
        runs = self.sentences if field.endswith("sentences") else self.passages
        return Okapi(self.vocabulary, self._postings(field), k1, B, runs=runs, statistics=self.statistics[field])

    def _runs_of(self, field: str) -> Runs:
        """The numbering of what articles are divided into; `field` of `Forward` says where each article's begin."""
        starts: list[Longs] = [getattr(forward, field) for forward in self._forwards]
        everything = np.arange(len(self.keys))
        segments = np.zeros(len(self.keys), dtype=np.int64)
        for at, where, _ in self.articles.each(everything):
            segments[where] = at
        places = self.articles.gather([part[:-1] for part in starts], everything)
        counts = self.articles.gather([np.diff(part) for part in starts], everything)
        return Runs.of(segments, places, counts, [int(part[-1]) for part in starts])

    def _statistics(self) -> dict[str, Statistics]:
        removed = [
            Segment.build(forward.selected(np.flatnonzero(~alive)), self.folded)
            for forward, alive in zip(self._forwards, self.articles.alive, strict=True)
            if alive is not None
        ]
        return {
            field: Statistics.of(
                self._postings(field),
                [getattr(segment, field) for segment in removed],
                size=len(self.vocabulary),
                fewest=_FEWEST_DOCUMENTS,
            )
            for field in ("sentences", "passages", "folded_sentences", "folded_passages")
        }


def with_folded(vocabulary: Vocabulary, folded: Ints) -> tuple[Vocabulary, Ints]:
    """A vocabulary together with the folded forms of its words, and the number of each word's; those of the first
    words are `folded` already.
    """
    forms = list(map(fold, vocabulary.words()[len(folded) :]))
    both = vocabulary.extended(forms)
    numbers = np.concatenate([folded, both.numbers_of(forms)])
    rest = np.arange(len(numbers), len(both), dtype=np.int32)  # folding what is folded gives itself
    return both, np.concatenate([numbers, rest])


def _places(segments: Sequence[Longs], keys: Longs) -> Runs:
    """Where the articles of these keys are, given those of each segment. Raises KeyError where one is in none."""
    all_keys: npt.NDArray[Any] = np.concatenate([*segments, np.zeros(0, dtype=np.int64)])
    order = np.argsort(all_keys, kind="stable")
    found = order[np.minimum(all_keys[order].searchsorted(keys), len(order) - 1)] if len(order) else order
    if len(found) != len(keys) or (all_keys[found] != keys).any():
        raise KeyError("an article of the library is not in its index")
    firsts = np.cumsum([0, *map(len, segments)])
    segment = firsts.searchsorted(found, side="right") - 1
    return Runs.of(segment, found - firsts[segment], np.ones_like(found), [len(part) for part in segments])
