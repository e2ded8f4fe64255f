"""What a question is about, in the words of a topic for a timeline; pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from retrieval import Quote
from retrieval.query import Query
from retrieval.timeline.subject import Subject

_WORD = re.compile(r"[^\W_]+")
# A longer topic finds itself only: it asks of one event what a timeline is to tell of many.
_LONGEST = 8


def topic_of(query: Query, quotes: Sequence[Quote]) -> str:
    """The topic, of several the longest that a dated quote speaks of; empty where none does.

    So its timeline has an entry. It is all that the question names, else its names, if possible with the word before;
    an office alone ("thứ trưởng") is no topic.
    """
    dated = [quote.text for quote in quotes if quote.date]
    for terms in _candidates(query):
        if any(_speaks_of(terms, query, text) for text in dated):
            return _as_written(terms, query.text)
    return ""


def _candidates(query: Query) -> Iterator[Sequence[str]]:
    if len(query.terms) <= _LONGEST:
        yield query.terms
    runs = []
    in_offices = {at for start, end in query.offices for at in range(start, end)}
    for named, run in groupby(range(len(query.terms)), key=lambda at: query.terms[at] in query.names):
        places = list(run)
        if named and len(places) > 1 and not in_offices.issuperset(places):
            runs.append((places[0], places[-1] + 1))
    for before in (1, 0):
        yield from (query.terms[max(start - before, 0) : end] for start, end in runs)


def _speaks_of(terms: Sequence[str], query: Query, text: str) -> bool:
    return len(terms) > 1 and Subject.of(replace(query, terms=tuple(terms))).is_in(text)


def _as_written(terms: Sequence[str], text: str) -> str:
    """The terms with the capitals that they have in the question; abbreviations stay spelt out."""
    written = {word.lower(): word for word in reversed(_WORD.findall(text))}
    return " ".join(written.get(term, term) for term in terms)
