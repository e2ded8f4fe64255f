"""Articles → numbers: their syllables, numbered as they first come, with marks, passages, kinds and dates."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np

from retrieval.index.forward import Forward, starts_of
from retrieval.index.marks import marks_of
from retrieval.records import Article, Date, Kind, Sentence
from retrieval.tokens import syllables

KINDS: tuple[Kind, ...] = get_args(Kind)

# A passage is a run of paragraphs of one article with at least this many syllables: news has a paragraph a sentence,
# and one sentence alone tells too little of what it is about. Tuned with the weights of config/ranking.toml.
_PASSAGE = 80
# Stands for the year of an interval without an end.
_FOR_EVER = 9999


@dataclass(frozen=True, slots=True)
class Keyed:
    """An article with its sentences, and its key in the store."""

    key: int
    article: Article
    sentences: Sequence[Sentence]


def numbered(articles: Iterable[Keyed]) -> tuple[list[str], Forward]:
    """The words of some articles, and the articles as numbers of these."""
    writing = _Writing()
    for keyed in articles:
        writing.add(keyed)
    return list(writing.numbers), writing.forward()


class _Writing:
    """Grows by articles, and becomes a `Forward`."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._tokens: list[int] = []
        self._marks: list[int] = []
        self._lengths: list[int] = []
        self._passages: list[int] = []  # sentences of each
        self._articles: list[tuple[int, int, int]] = []  # sentences, passages, syllables of the title
        self._titles: list[int] = []
        self._keys: list[int] = []
        self._kinds: list[int] = []
        self._dates: list[tuple[int, ...]] = []
        self._ends: list[tuple[int, int, int]] = []

    def add(self, keyed: Keyed) -> None:
        article, sentences = keyed.article, keyed.sentences
        title = self._numbered(syllables(article.title or ""))
        passages = list(_passages(sentences, [self._add_sentence(article, sentence) for sentence in sentences]))
        self._passages += passages
        self._titles += title
        self._articles.append((len(sentences), len(passages), len(title)))
        self._keys.append(keyed.key)

    def _add_sentence(self, article: Article, sentence: Sentence) -> int:
        text = article.text[sentence.start : sentence.end]
        words = self._numbered(syllables(text))
        told = article.event_date or article.published
        self._tokens += words
        self._marks += marks_of(text)
        self._lengths.append(len(words))
        self._kinds.append(KINDS.index(sentence.kind))
        first, last = _ends_of(sentence.date or told)
        self._dates.append((*first, *_ends_of(told)[0]))
        self._ends.append(last)
        return len(words)

    def _numbered(self, words: Sequence[str]) -> list[int]:
        numbers = self.numbers
        return [numbers.setdefault(word, len(numbers)) for word in words]

    def forward(self) -> Forward:
        articles = np.array(self._articles, dtype=np.int64).reshape(-1, 3)
        return Forward(
            syllables=np.array(self._tokens, dtype=np.int32),
            marks=np.array(self._marks, dtype=np.uint8),
            starts=starts_of([np.array(self._lengths, dtype=np.int64)]),
            passage_starts=starts_of([np.array(self._passages, dtype=np.int64)]),
            article_starts=starts_of([articles[:, 0]]),
            article_passages=starts_of([articles[:, 1]]),
            titles=np.array(self._titles, dtype=np.int32),
            title_starts=starts_of([articles[:, 2]]),
            keys=np.array(self._keys, dtype=np.int64),
            kinds=np.array(self._kinds, dtype=np.uint8),
            dates=np.array(self._dates, dtype=np.int16).reshape(-1, 2, 3),
            ends=np.array(self._ends, dtype=np.int16).reshape(-1, 3),
        )


def _passages(sentences: Sequence[Sentence], lengths: Sequence[int]) -> Iterator[int]:
    """How many sentences each passage of an article has."""
    count = size = 0
    for at, sentence in enumerate(sentences):
        if size >= _PASSAGE and sentence.paragraph != sentences[at - 1].paragraph:
            yield count
            count = size = 0
        count += 1
        size += lengths[at]
    if count:
        yield count


def _ends_of(date: Date) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Day, month and year of the two values of an interval, or twice those of a single value."""
    first, _, last = date.edtf.partition("/")
    return _numbers_of(first), (0, 0, _FOR_EVER) if last == ".." else _numbers_of(last or first)


def _numbers_of(point: str) -> tuple[int, int, int]:
    year, month, day = [*point.partition("T")[0].split("-"), "", ""][:3]
    return _number(day), _number(month), _number(year)


def _number(part: str) -> int:
    return int(part) if part.isdecimal() else 0
