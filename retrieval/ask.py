"""Query → Answer: which sentences are quoted, or that none answers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import Literal

from retrieval.query import Query
from retrieval.ranking.objections import Objection
from retrieval.records import Answer, Article, Quote
from retrieval.tokens import fold, syllables

# Further quotes are shown where the ranking gives them at least e^-1.5, a good fifth, of the first one's odds.
_BEHIND = 1.5
# Two quotes with this share of their syllables in common say the same; in articles that copy each other, this share.
# One of which this share stands in the other adds nothing to it.
_SAME, _SAME_IN_COPIES = 0.8, 0.5

# Why a question is refused; "" where it is answered.
Reason = Literal[Objection, "no words to look for", "whom it means is not said", "nothing found", "not sure enough"]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The quotes for a query, the best first, and how sure it is that the first answers, from 0 to 1.

    `objection`: what speaks against the first, however well the rest fits.
    """

    quotes: Sequence[Quote]
    confidence: float
    objection: Objection = ""


def reason_to_refuse(query: Query, found: Sequence[Candidates], threshold: float) -> Reason:
    """Why what was found for the query, or for each of its parts, is no answer; "" where it is one."""
    if not found:
        return "no words to look for"
    if query.unresolved:
        return "whom it means is not said"
    if not all(f.quotes for f in found):
        return "nothing found"
    least = min(found, key=lambda f: f.confidence)
    return least.objection or ("" if least.confidence >= threshold else "not sure enough")


def answer(  # noqa: PLR0913, PLR0917 - what is found, and the four things that choose from it
    query: Query,
    found: Sequence[Candidates],
    threshold: float,
    limit: int,
    are_copies: Callable[[str, str], bool],
    preferred: Callable[[Article], bool] | None = None,
) -> Answer:
    """The answer from what was found for the query, or for each of its parts.

    `are_copies` says of two articles, by their ids, whether one nearly repeats the other. Of the quotes that are good
    enough to be shown those of `preferred` articles come first, and of near-copies theirs is shown.
    """
    confidence = min((f.confidence for f in found), default=0.0)
    if reason_to_refuse(query, found, threshold):
        nearest = tuple(_distinct(interleaved([f.quotes for f in found]), limit, are_copies))
        return Answer(query.question, "not_found", (), nearest, confidence, query.kind)
    close: list[Iterable[Quote]] = [_close(f.quotes) for f in found]
    if preferred is not None:
        close = [sorted(quotes, key=lambda quote: not preferred(quote.article)) for quotes in close]
    quotes = tuple(_distinct(interleaved(close), limit, are_copies))
    return Answer(query.question, "answered", quotes, (), confidence, query.kind)


def interleaved(parts: Iterable[Iterable[Quote]]) -> Iterator[Quote]:
    """The first quote for each part of a question, then the second of each, and so on; none twice."""
    known: set[tuple[str, int]] = set()
    for row in zip_longest(*parts):
        for quote in filter(None, row):
            place = quote.article.id, quote.start
            if place not in known:
                known.add(place)
                yield quote


def _close(quotes: Sequence[Quote]) -> Iterable[Quote]:
    """Those that may be shown beside the first."""
    least = quotes[0].score - _BEHIND
    return takewhile(lambda quote: quote.score >= least, quotes)


def _distinct(quotes: Iterable[Quote], limit: int, are_copies: Callable[[str, str], bool]) -> Iterator[Quote]:
    """The first `limit` quotes that each add something to those before: another number, or words enough."""
    shown: list[tuple[str, set[str]]] = []
    for quote in quotes:
        article, words = quote.article.id, {fold(syllable) for syllable in syllables(quote.text)}
        share = [(_SAME_IN_COPIES if are_copies(article, before) else _SAME, other) for before, other in shown]
        if not any(_adds_nothing(words, other, same) for same, other in share):
            shown.append((article, words))
            yield quote
        if len(shown) == limit:
            return


def _adds_nothing(words: set[str], shown: set[str], same: float) -> bool:
    """Two say the same, or what was shown says it all: the headline after its sentence."""
    alike = len(words & shown) >= same * len(words | shown)
    new_number = any(map(str.isdecimal, words - shown))
    return alike or (not new_number and len(words & shown) >= _SAME * len(words))
