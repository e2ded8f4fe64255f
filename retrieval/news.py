"""New articles against topics that people watch: which of them are about a topic, and the sentence that tells it best.

BM25 ranks the sentences of a collection, but the best of a few new ones may be good or bad, and its score doesn't say
which. So a sentence answers a topic where it has nearly all that the topic weighs in BM25, the idf of its words, and in
it those words together that belong together, as for a timeline (`timeline.subject`). An article is on topic where
its title says so, its opening, or two of its sentences: a passing mention far down is no news. Lists of other articles'
headlines are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.query import Query
from retrieval.records import Quote, Sentence, quote
from retrieval.store.snapshot import Contents
from retrieval.timeline.subject import Subject
from retrieval.tokens import fold, syllables

# Sentences that open an article: the first of a news story tell what it is about.
_OPENING = 2
_RETURNS = 2
# "Điểm tin 6h: …", "Xem nhanh 20h ngày 25.12: …", "Tin tức sáng 12-8: …": lists of other articles.
_ROUNDUP = re.compile(r"\s*(?:điểm tin|xem nhanh|bản tin|tin tức|tin nóng|tin sáng|tin tối)\b.*\d", re.IGNORECASE)
# The share of a topic's idf that a sentence must have. Calibrated on the news of 2025: from 0.85 on "metro TP.HCM" no
# longer finds what only speaks of the city, and "đường sắt cao tốc Bắc - Nam" still finds "đường sắt tốc độ cao".
_COVER = 0.85
_ROUNDING = 1e-9


class News:
    """Articles prepared once, for any number of topics."""

    def __init__(self, articles: Iterable[Contents]) -> None:
        self._articles = [contents for contents in articles if not _is_roundup(contents)]
        # For each word, as written and without diacritics, the numbers of the articles that have it.
        self._accented: dict[str, list[int]] = {}
        self._folded: dict[str, list[int]] = {}
        for number, contents in enumerate(self._articles):
            words = set(syllables(f"{contents.article.title or ''}\n{contents.article.text}"))
            for having, forms in ((self._accented, words), (self._folded, set(map(fold, words)))):
                for form in forms:
                    having.setdefault(form, []).append(number)

    def on(self, query: Query, idf: Sequence[float]) -> Iterator[Quote]:
        """For each article on the topic the sentence that tells it best, in the order of the articles.

        `idf` are those of the query's terms, or numbers that are in proportion.
        """
        weights = dict(zip(query.terms, idf, strict=True))
        having = self._accented if query.accented else self._folded
        cover: defaultdict[int, float] = defaultdict(float)
        for term, weight in weights.items():
            for number in having.get(term, ()):
                cover[number] += weight
        least = _COVER * sum(weights.values()) - _ROUNDING
        covered = sorted(number for number, weight in cover.items() if weight >= least)
        if not covered:
            return
        topic = _Topic(query, weights, least, Subject.of(query))
        for number in covered:
            best = _best(self._articles[number], topic)
            if best is not None:
                yield quote(self._articles[number].article, best, 1.0)


@dataclass(frozen=True, slots=True)
class _Topic:
    query: Query
    weights: Mapping[str, float]
    least: float
    subject: Subject

    def is_in(self, text: str) -> bool:
        """Whether a sentence speaks of it, and has nearly all of its weight."""
        words = set(syllables(text if self.query.accented else fold(text)))
        has = sum(weight for term, weight in self.weights.items() if term in words)
        return has >= self.least and self.subject.is_in(text)


def as_typed(query: Query) -> Query:
    """The query without its abbreviations spelt out: articles write "TP.HCM" too."""
    words = syllables(query.text if query.accented else fold(query.text))
    return replace(query, terms=tuple(words), offices=())


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
