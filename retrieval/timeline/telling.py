"""What one article says of a date."""

from dataclasses import dataclass
from datetime import timedelta

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of
from retrieval.records import Quote

_LONG_AFTER = timedelta(days=45)


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
    told, known = limits_of(q.date.edtf), dates.bounds(q.article.published.edtf)
    return told is None or (known is not None and known[0] - told[1] > _LONG_AFTER)


def is_inherited(q: Quote) -> bool:
    """Whether the sentence goes on telling the event of its article; a day without a year is the same in both."""
    if q.date.basis == "unknown":
        return spoken_of(q.text, dates.find(q.text)) is None
    return dates.is_inherited(q.date)
