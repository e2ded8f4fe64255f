"""A question → Query: what is asked for, without the words that only ask."""

from retrieval.query.query import Query, limited, published_by
from retrieval.query.reader import QuestionReader

__all__ = [
    "Query",
    "QuestionReader",
    "limited",
    "published_by",
]
