"""Vietnamese news articles, read, ranked and quoted to the letter. Knows nothing of Telegram."""

from .library import Library
from .records import Answer, Article, Date, Problem, Quote, Sentence, Timeline, TimelineEntry
from .store import StoreError

__all__ = [
    "Answer",
    "Article",
    "Date",
    "Library",
    "Problem",
    "Quote",
    "Sentence",
    "StoreError",
    "Timeline",
    "TimelineEntry",
]
