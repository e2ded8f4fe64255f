"""The sentences of a library as the ranking reads them: postings, syllables in order, dates, kinds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from .bm25 import Okapi
from .forward import Forward
from .postings import Ints, Longs, Postings
from .records import Article, Date, Kind, Sentence
from .tokens import fold, normalize, syllables

KINDS: tuple[Kind, ...] = get_args(Kind)

# A passage is a run of paragraphs of one article with at least this many syllables: news has a paragraph a sentence,
# and one sentence alone tells too little of what it is about. Tuned with the weights of config/ranking.toml.
_PASSAGE = 80
# k1 of sentences, measured on xquad_vi before the start (DESIGN §5); in passages a word said twice says more.
_SENTENCE_K1, _PASSAGE_K1, _B = 0.4, 1.2, 0.75
# In BM25Okapi a term that half of the documents have weighs nothing: among a handful of sentences that would be most
# terms. Documents of the same length that say nothing make up the number.
_FEWEST_DOCUMENTS = 100
_NO_SYLLABLE = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """BM25 over sentences and over passages; with diacritics, or folded."""

    sentences: Okapi
    passages: Okapi

    @classmethod
    def build(cls, sentences: Sequence[list[str]], passages: Sequence[list[str]]) -> "Fields":
        """From the syllables of each."""
        return cls(_okapi(sentences, _SENTENCE_K1), _okapi(passages, _PASSAGE_K1))


@dataclass(frozen=True, slots=True)
class Index:
    """S sentences in P passages of A articles, all numbered in order. Immutable.

    `passages_of` (A + 1,) are the first passages of each article, and their end; `article_of` (S,), `kinds` (S,)
    indices of `KINDS`; `dates` (S, 2, 3) the days, months and years
    of which a sentence speaks and its article, 0 for unknown.
    """

    forward: Forward
    accented: Fields
    folded: Fields
    passages_of: Longs
    article_of: Ints
    kinds: npt.NDArray[np.uint8]
    dates: npt.NDArray[np.int16]

    @classmethod
    def build(cls, articles: Sequence[tuple[Article, Sequence[Sentence]]]) -> "Index":
        """From articles with their sentences, in order."""
        passages: list[list[str]] = []
        titled: list[list[str]] = []
        passages_of = [0]
        for article, sentences in articles:
            title = syllables(article.title or "")
            for passage in _passages(article, sentences):
                passages.append(passage)
                titled.append([*title, *(syllable for text in passage for syllable in syllables(text))])
            passages_of.append(len(passages))
        words = [syllables(text) for passage in passages for text in passage]
        accented = Fields.build(words, titled)
        folded = Fields.build([[*map(fold, w)] for w in words], [[*map(fold, words)] for words in titled])
        numbered = [(number, article, s) for number, (article, sentences) in enumerate(articles) for s in sentences]
        return cls(
            forward=Forward.build(passages, _numbers(accented), _numbers(folded)),
            accented=accented,
            folded=folded,
            passages_of=np.array(passages_of),
            article_of=np.array([number for number, _, _ in numbered], dtype=np.int32),
            kinds=np.array([KINDS.index(s.kind) for _, _, s in numbered], dtype=np.uint8),
            dates=np.array([_dates(a, s) for _, a, s in numbered], dtype=np.int16).reshape(-1, 2, 3),
        )

    def fields(self, accented: bool) -> Fields:
        """Those that match a question typed with diacritics, or without."""
        return self.accented if accented else self.folded


def _passages(article: Article, sentences: Sequence[Sentence]) -> Iterator[list[str]]:
    """The sentences of each passage."""
    passage: list[str] = []
    size = 0
    for at, sentence in enumerate(sentences):
        if size >= _PASSAGE and sentence.paragraph != sentences[at - 1].paragraph:
            yield passage
            passage, size = [], 0
        passage.append(normalize(article.text[sentence.start : sentence.end]))
        size += len(syllables(passage[-1]))
    if passage:
        yield passage


def _okapi(documents: Sequence[list[str]], k1: float) -> Okapi:
    average = round(sum(map(len, documents)) / max(len(documents), 1))
    blank = [[_NO_SYLLABLE] * average] * (_FEWEST_DOCUMENTS - len(documents))
    return Okapi([Postings.build(documents), Postings.build(blank)], k1=k1, b=_B)


def _numbers(fields: Fields) -> dict[str, int]:
    return {term: number for number, term in enumerate(fields.sentences.segments[0].terms())}


def _dates(article: Article, sentence: Sentence) -> tuple[tuple[int, int, int], ...]:
    told = article.event_date or article.published
    return _numbers_of(sentence.date or told), _numbers_of(told)


def _numbers_of(date: Date) -> tuple[int, int, int]:
    year, month, day = [*date.edtf.partition("/")[0].partition("T")[0].split("-"), "", ""][:3]
    return _number(day), _number(month), _number(year)


def _number(part: str) -> int:
    return int(part) if part.isdecimal() else 0
