"""Query → Answer: which sentences are quoted, or that none answers."""

from collections.abc import Iterator, Sequence

from .query import Query
from .ranking import Ranking
from .records import Answer, Quote
from .tokens import fold, syllables

# An answer's sentence, with its context, has at least this share of what the question asks for, weighted by idf. XXX
MIN_COVERAGE = 0.6
# Further quotes are shown where they score nearly as high as the first.
NEARLY_AS_GOOD = 0.75
# Two quotes with this share of their syllables in common say the same.
SAME = 0.8


def answer(query: Query, ranked: Sequence[tuple[int, Quote]], ranking: Ranking, limit: int) -> Answer:
    """The answer from quotes ranked best first, each with its entry in the ranking.

    The first, simple rule of refusal: the best quote must cover the question's words, and hold all its numbers.
    """
    quotes = tuple(_distinct([q for _, q in ranked], limit))
    if not ranked or not _holds_up(query, ranking, ranked[0][0]):
        return Answer(query.question, "not_found", (), quotes)
    best = quotes[0].score
    return Answer(query.question, "answered", tuple(q for q in quotes if q.score >= NEARLY_AS_GOOD * best), ())


def _holds_up(query: Query, ranking: Ranking, entry: int) -> bool:
    return ranking.has(entry, query.numbers) and ranking.coverage(query, entry) >= MIN_COVERAGE


def _distinct(quotes: Sequence[Quote], limit: int) -> Iterator[Quote]:
    """The first `limit` quotes that are no near-copies of one before."""
    shown: list[set[str]] = []
    for quote in quotes:
        words = {fold(syllable) for syllable in syllables(quote.text)}
        if any(len(words & other) >= SAME * len(words | other) for other in shown):
            continue
        shown.append(words)
        yield quote
        if len(shown) == limit:
            return
