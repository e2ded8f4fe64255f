"""Vietnamese news articles, read, ranked and quoted to the letter. Knows nothing of Telegram."""

from .explanation import Explanation
from .library import Library
from .records import (
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
from .store import StoreError

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
