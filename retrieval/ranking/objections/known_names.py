"""The sentence tells of another country, province or ministry than the one asked about."""

from retrieval.query import Query
from retrieval.ranking.objections.words import Words, is_told


def tells_of_another_place(query: Query, around: Words) -> bool:
    """Whether a country, province or ministry of the question is not in the whole article, by none of its names."""
    return not all(is_told(query, name, around) for name in query.known_names)
