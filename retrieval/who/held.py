"""A person's offices as intervals: from when to when the articles show them, and the sentences that do."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.records import Office
from retrieval.store.sightings import newest_first
from retrieval.timeline.ranges import ALWAYS, Period
from retrieval.who.people import People
from retrieval.who.register import Which

# Quotes kept for each office, the earliest among them; of one of many holders fewer.
_QUOTES = 10
_QUOTES_OF_HOLDERS = 3

_HOLDS, _HELD = ("holds", "acting"), ("former", "late")


def held(people: People, person: str, period: Period) -> tuple[Office, ...]:
    """The offices that the person is shown to hold, the newest first, those without a known year last.

    The dead hold none, whatever a sentence on a book of theirs says.
    """
    which = Which(_HOLDS, period, people.register.death(person))
    return _offices(people, person, which)


def past(people: People, person: str, period: Period) -> tuple[Office, ...]:
    """Those that the person is said to have held before ("nguyên", "cựu", "cố"), dated by when that is said."""
    return _offices(people, person, Which(_HELD, period))


def held_by(people: People, person: str, titles: Iterable[str]) -> tuple[Office, ...]:
    """Of some offices those that the person is shown to hold."""
    which = Which(_HOLDS, ALWAYS, people.register.death(person))
    asked = [(title, acting) for title in titles for acting in (False, True)]
    return tuple(_shown(people, person, asked, which, _QUOTES_OF_HOLDERS))


def _offices(people: People, person: str, which: Which) -> tuple[Office, ...]:
    titles = people.register.titles(person, which)
    all_titles = {title for title, _ in titles}
    full = [
        (title, acting)
        for title, acting in titles
        if not (any(other.startswith(f"{title} ") for other in all_titles) and people.is_bare(title))
    ]
    found = _shown(people, person, full, which, _QUOTES)
    return tuple(sorted(found, key=lambda office: newest_first(office.last_seen)))


def _shown(
    people: People, person: str, titles: Iterable[tuple[str, bool]], which: Which, quotes: int
) -> Iterator[Office]:
    """The offices that sentences show.

    A year is neither first nor last beside one of its days: it may mean that day.
    """
    register = people.register
    for title, acting in titles:
        statuses = [status for status in which.statuses if (status == "acting") == acting]
        proofs = register.proofs(person, title, replace(which, statuses=statuses), quotes) if statuses else None
        if proofs:
            newest, earliest = proofs
            shown, [first] = register.quotes(newest, quotes), register.quotes([earliest], 1)
            shown = shown if first in shown else (*shown[: quotes - 1], first)
            yield Office(title, earliest.date, newest[0].date, shown, acting)
