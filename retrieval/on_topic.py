"""The sentences that a timeline is chosen from, and the names in its topic."""

from collections.abc import Sequence

from retrieval import known
from retrieval.ask import interleaved
from retrieval.asker import asked_of, only
from retrieval.facts import is_vietnamese
from retrieval.index.searcher import Searcher
from retrieval.query import Query
from retrieval.ranking.candidates import idf
from retrieval.ranking.ranking import rank
from retrieval.records import NO_DATE, Quote, Sentence
from retrieval.store.collection import Quotes, Sentences
from retrieval.timeline.naming import renamed

# Syllables of a Vietnamese name in full.
_WHOLE = 3
# Sentences looked at: of a topic that more speak of, those that speak of it most.
_CANDIDATES = 400
# Of what the terms of a topic weigh in idf, what an article on it has at least.
_SHARE = 0.35


def on_topic(index: Searcher, sentences: Sentences, query: Query) -> list[Quote]:
    """Those that fit a topic, its parts and its other names, best first."""
    named = [one for part in asked_of(query) for one in (part, *renamed(part))]
    return list(interleaved([_on(one, index, sentences, _CANDIDATES // len(named)) for one in named]))


def _on(query: Query, index: Searcher, sentences: Sentences, limit: int) -> Quotes:
    """Ranked sentences of the articles that have enough of what the terms weigh: no more than so many."""
    rarity = idf(index, query)
    ranked = rank(index, known.weights(), query, limit, only(query))
    found, scores = ranked.sentences[:limit], ranked.scores[:limit]
    kept = index.articles_have(found, query.terms, query.accented) @ rarity >= _SHARE * rarity.sum()
    return Quotes(sentences, found[kept], scores[kept])


def names_in(topic: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """Where in the terms of a topic the Vietnamese stand whom it names in full."""
    sentence = Sentence("", 0, 0, len(topic), "body", NO_DATE, 0)
    mentions = known.facts().mentions(topic, [sentence])
    names = [tuple(m.name.lower().split()) for m in mentions if m.how == "named"]
    full = [name for name in names if len(name) >= _WHOLE and all(map(is_vietnamese, name))]
    ends = [(at, at + len(name)) for name in full for at in range(len(terms) - len(name) + 1)]
    return [(first, end) for first, end in ends if tuple(terms[first:end]) in full]
