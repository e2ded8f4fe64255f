"""What one article says of a date."""

from dataclasses import dataclass

from retrieval import dates
from retrieval.dates.roles import spoken_of
from retrieval.records import Quote


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


def is_inherited(q: Quote) -> bool:
    """Whether the sentence goes on telling the event of its article; a day without a year is the same in both."""
    if q.date.basis == "unknown":
        return spoken_of(q.text, dates.find(q.text)) is None
    return dates.is_inherited(q.date)
