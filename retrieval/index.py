"""The sentences of a library as the ranking reads them: postings, syllables in order, dates, kinds."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt

from .bm25 import Okapi
from .forward import Forward, marks_of
from .postings import Ints, Longs, Postings
from .records import Article, Date, Kind, Sentence
from .tokens import fold, syllables

# Raised when an index built before would rank differently.
INDEX_VERSION = 1
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
_ARRAYS = ("passages_of", "article_of", "kinds", "dates")

# The syllables of a sentence, and the marks of each.
_Words = tuple[list[str], list[int]]


@dataclass(frozen=True, slots=True)
class Fields:
    """BM25 over sentences and over passages; with diacritics, or folded."""

    sentences: Okapi
    passages: Okapi

    @classmethod
    def build(cls, sentences: Sequence[list[str]], passages: Sequence[list[str]]) -> "Fields":
        """From the syllables of each."""
        return cls(_padded(Postings.build(sentences), _SENTENCE_K1), _padded(Postings.build(passages), _PASSAGE_K1))


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
        passages: list[list[_Words]] = []
        titled: list[list[str]] = []
        passages_of = [0]
        for article, sentences in articles:
            title = syllables(article.title or "")
            for passage in _passages(article, sentences):
                passages.append(passage)
                titled.append([*title, *(syllable for words, _ in passage for syllable in words)])
            passages_of.append(len(passages))
        words = [words for passage in passages for words, _ in passage]
        folded_forms = {word: fold(word) for word in {word for words in titled for word in words}}
        accented = Fields.build(words, titled)
        folded = Fields.build(_replaced(words, folded_forms), _replaced(titled, folded_forms))
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

    def save(self, folder: Path) -> None:
        """Write it to a folder that does not exist yet."""
        for name in ("accented", "folded"):
            fields: Fields = getattr(self, name)
            fields.sentences.segments[0].save(folder / name / "sentences")
            fields.passages.segments[0].save(folder / name / "passages")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        for field in dataclasses.fields(Forward):
            np.save(folder / f"forward-{field.name}.npy", getattr(self.forward, field.name))

    @classmethod
    def load(cls, folder: Path) -> "Index":
        """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
        both = {
            name: Fields(
                _padded(Postings.load(folder / name / "sentences"), _SENTENCE_K1),
                _padded(Postings.load(folder / name / "passages"), _PASSAGE_K1),
            )
            for name in ("accented", "folded")
        }
        arrays = (np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS)
        names = [field.name for field in dataclasses.fields(Forward)]
        forward = Forward(*(np.asarray(np.load(folder / f"forward-{name}.npy", mmap_mode="r")) for name in names))
        return cls(forward, both["accented"], both["folded"], *arrays)

    def fields(self, accented: bool) -> Fields:
        """Those that match a question typed with diacritics, or without."""
        return self.accented if accented else self.folded


def _passages(article: Article, sentences: Sequence[Sentence]) -> Iterator[list[_Words]]:
    """The sentences of each passage."""
    passage: list[_Words] = []
    size = 0
    for at, sentence in enumerate(sentences):
        if size >= _PASSAGE and sentence.paragraph != sentences[at - 1].paragraph:
            yield passage
            passage, size = [], 0
        text = article.text[sentence.start : sentence.end]
        passage.append((syllables(text), marks_of(text)))
        size += len(passage[-1][0])
    if passage:
        yield passage


def _replaced(documents: Sequence[list[str]], forms: Mapping[str, str]) -> list[list[str]]:
    return [[forms[word] for word in document] for document in documents]


def _padded(documents: Postings, k1: float) -> Okapi:
    average = round(int(documents.lengths.sum(dtype=np.int64)) / max(len(documents.lengths), 1))
    padding = [[_NO_SYLLABLE] * average] * (_FEWEST_DOCUMENTS - len(documents.lengths))
    return Okapi([documents, Postings.build(padding)], k1=k1, b=_B)


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
