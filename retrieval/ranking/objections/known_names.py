"""The sentence tells of another country, province or ministry than the one asked about."""

from retrieval.query import Query
from retrieval.ranking.objections.words import Words, places


def tells_of_another_place(query: Query, around: Words) -> bool:
    """Whether a country, province or ministry of the question is not in the whole article, by none of its names."""
    for name in query.known_names:
        others = (other for other, *place in query.synonyms if tuple(place) == name)
        abbreviated = any(query.abbreviates(start, around.syllables) for start in range(name[0] + 1))
        if not abbreviated and not any(places(run, around) for run in (query.terms[slice(*name)], *others)):
            return True
    return False
