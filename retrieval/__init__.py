"""Vietnamese news articles, read, ranked and quoted to the letter. Knows nothing of Telegram."""

from retrieval.library import Library
from retrieval.ranking.explanation import Explanation
from retrieval.records import (
    Answer,
    Article,
    Date,
    Holder,
    Office,
    Problem,
    Profile,
    Quote,
    Sentence,
    Source,
    Timeline,
    TimelineEntry,
)
from retrieval.store.store import StoreError

__all__ = [
    "Answer",
    "Article",
    "Date",
    "Explanation",
    "Holder",
    "Library",
    "Office",
    "Problem",
    "Profile",
    "Quote",
    "Sentence",
    "Source",
    "StoreError",
    "Timeline",
    "TimelineEntry",
]
