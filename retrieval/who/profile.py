"""All that the articles show of one person."""

from collections import defaultdict
from collections.abc import Sequence

from retrieval.facts import key_of
from retrieval.records import Profile, TimelineEntry
from retrieval.timeline.ranges import Period
from retrieval.who.offices import held, past, posts_of
from retrieval.who.people import People, person_of
from retrieval.who.register import Seen

# Of each the newest: a head of state has thousands.
_STATEMENTS = 50
_EVENTS = 100
_QUOTES_OF_AN_EVENT = 3
_MENTIONS = 20
_COMPANIONS = 20


def profile(people: People, name: str, period: Period) -> Profile:
    """What the sentences of a period show of the person; `seen_with` only for who holds or held an office."""
    register = people.register
    persons = people.joining.joined(person_of(key_of(name)))
    posts = posts_of(people, persons)
    (offices, doubtful), former = held(people, posts, period), past(people, posts, period)
    return Profile(
        name=register.shown(persons),
        aliases=_aliases(people, persons, period),
        offices=offices,
        statements=register.quotes(register.seen(persons, period, 2 * _STATEMENTS, "says"), _STATEMENTS),
        seen_with=tuple(register.company(persons, period, _COMPANIONS)) if offices or former else (),
        former=former,
        events=_events(people, persons, period),
        mentions=register.quotes(register.seen(persons, period, 2 * _MENTIONS), _MENTIONS),
        doubtful=doubtful,
    )


def _aliases(people: People, persons: Sequence[str], period: Period) -> tuple[str, ...]:
    """The other names, most frequent first; a name cut off ("Nguyễn Phú") is none."""
    key = tuple(persons[0].split())
    other: dict[tuple[str, ...], str] = {}
    for surface in people.register.surfaces(persons, period):
        written = key_of(surface)
        if written != key[: len(written)]:
            other.setdefault(written, surface)
    return tuple(other.values())


def _events(people: People, persons: Sequence[str], period: Period) -> tuple[TimelineEntry, ...]:
    """The sentences that have a date of their own, date by date."""
    register = people.register
    by_date: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in register.seen(persons, period, _EVENTS * 2 * _QUOTES_OF_AN_EVENT, "dated AND newest < 0"):
        by_date[one.date.edtf].append(one)
    newest = list(by_date.values())[:_EVENTS]
    return tuple(
        TimelineEntry(seen[0].date, register.quotes(seen[: 2 * _QUOTES_OF_AN_EVENT], _QUOTES_OF_AN_EVENT))
        for seen in newest
    )
