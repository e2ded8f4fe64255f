"""What one article says of a date."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of
from retrieval.records import Quote

_LONG_AFTER, _NO_TIME = timedelta(days=45), timedelta(0)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of a date: the sentence that tells the event, and the one on the topic where that is
    another. `own` where the first says its date itself.
    """

    event: Quote
    own: bool
    planned: bool
    about: tuple[Quote, ...] = ()
    weight: float = 0.0


def is_background(q: Quote) -> bool:
    """Whether it is told long after the day that it tells of, or of no day that is known."""
    after = _days_after(q.date.edtf, q.article.published.edtf)
    return after is None or after > _LONG_AFTER


def is_after(q: Quote) -> bool:
    """Whether it was published after the day it tells of."""
    after = _days_after(q.date.edtf, q.article.published.edtf)
    return after is not None and after > _NO_TIME


@lru_cache(4096)
def _days_after(told: str, published: str) -> timedelta | None:
    """How long after the end of what it tells something was published: none where that is not known, None where no day
    is told. Asked of each quote, many of which are of the same days.
    """
    days, known = limits_of(told), dates.bounds(published)
    return None if days is None else known[0] - days[1] if known else _NO_TIME


def is_inherited(q: Quote) -> bool:
    """Whether the sentence goes on telling the event of its article; a day without a year is the same in both."""
    if q.date.basis == "unknown":
        return spoken_of(q.text, dates.find(q.text)) is None
    return dates.is_inherited(q.date)
