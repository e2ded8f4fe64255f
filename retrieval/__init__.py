"""Vietnamese news articles, read, ranked and quoted to the letter. Knows nothing of Telegram.

What takes most of a second to import (a library) is imported when it is first asked for: `trich --help` needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.ranking.explanation import Explanation
    from retrieval.store.schema import StoreError

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

_LATER = {
    "Library": "retrieval.library",
    "Explanation": "retrieval.ranking.explanation",
    "StoreError": "retrieval.store.schema",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
