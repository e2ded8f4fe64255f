"""New articles against topics that people watch: which of them are about a topic, and the sentence that tells it best.

BM25 ranks the sentences of a collection, but the best of a few new ones may be good or bad, and its score doesn't say
which. So a sentence answers a topic where it has nearly all that the topic weighs in BM25, the idf of its words, and in
it those words together that belong together, as for a timeline (`timeline.subject`). An article is on topic where
its title says so, its opening, or two of its sentences: a passing mention far down is no news. Lists of other articles'
headlines are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .query import Query
from .records import Quote, Sentence, quote
from .store import Contents
from .timeline.subject import Subject
from .tokens import fold, syllables

# Sentences that open an article: the first of a news story tell what it is about.
_OPENING = 2
_RETURNS = 2
# "Điểm tin 6h: …", "Xem nhanh 20h ngày 25.12: …", "Tin tức sáng 12-8: …": lists of other articles.
_ROUNDUP = re.compile(r"\s*(?:điểm tin|xem nhanh|bản tin|tin tức|tin nóng|tin sáng|tin tối)\b.*\d", re.IGNORECASE)
# The share of a topic's idf that a sentence must have. Calibrated on the news of 2025: from 0.85 on "metro TP.HCM" no
# longer finds what only speaks of the city, and "đường sắt cao tốc Bắc - Nam" still finds "đường sắt tốc độ cao".
_COVER = 0.85


@dataclass(frozen=True, slots=True)
class _Words:
    accented: frozenset[str]
    folded: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Candidate:
    contents: Contents
    words: _Words


class News:
    """Articles prepared once, for any number of topics."""

    def __init__(self, articles: Iterable[Contents]) -> None:
        self._articles = [_prepared(contents) for contents in articles if not _is_roundup(contents)]

    def on(self, query: Query, idf: Sequence[float]) -> Iterator[Quote]:
        """For each article on the topic the sentence that tells it best, in the order of the articles.

        `idf` are those of the query's terms, or numbers that are in proportion.
        """
        topic = _Topic(query, dict(zip(query.terms, idf, strict=True)), Subject.of(query))
        for candidate in self._articles if query.terms else ():
            if topic.covered_by(candidate.words):
                best = _best(candidate.contents, topic)
                if best is not None:
                    yield quote(candidate.contents.article, best, 1.0)


@dataclass(frozen=True, slots=True)
class _Topic:
    query: Query
    idf: Mapping[str, float]
    subject: Subject

    def is_in(self, text: str) -> bool:
        return self.covered_by(_words(text)) and self.subject.is_in(text)

    def covered_by(self, words: _Words) -> bool:
        having = words.accented if self.query.accented else words.folded
        return sum(idf for term, idf in self.idf.items() if term in having) >= _COVER * sum(self.idf.values())


def as_typed(query: Query) -> Query:
    """The query without its abbreviations spelt out: articles write "TP.HCM" too."""
    words = syllables(query.text if query.accented else fold(query.text))
    return replace(query, terms=tuple(words), offices=())


def _prepared(contents: Contents) -> _Candidate:
    return _Candidate(contents, _words(f"{contents.article.title or ''}\n{contents.article.text}"))


def _words(text: str) -> _Words:
    words = frozenset(syllables(text))
    return _Words(words, frozenset(map(fold, words)))


def _is_roundup(contents: Contents) -> bool:
    return bool(_ROUNDUP.match(contents.article.title or ""))


def _best(contents: Contents, topic: _Topic) -> Sentence | None:
    """The first sentence on the topic; of an article whose title alone speaks of it, the first sentence."""
    article = contents.article
    own = [s for s in contents.sentences if s.kind != "headline"] or list(contents.sentences)
    on_topic = [s for s in own if topic.is_in(article.text[s.start : s.end])]
    if article.title and topic.is_in(article.title):
        return next(iter(on_topic or own), None)
    opening = any(s in on_topic for s in own[:_OPENING])
    return on_topic[0] if opening or len(on_topic) >= _RETURNS else None
