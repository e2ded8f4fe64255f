"""All that the articles show of one person."""

from collections import defaultdict

from retrieval.facts import key_of
from retrieval.records import Profile, TimelineEntry
from retrieval.timeline.ranges import Period
from retrieval.who.held import held, past
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
    register, person = people.register, person_of(key_of(name))
    offices, former = held(people, person, period), past(people, person, period)
    return Profile(
        name=name,
        aliases=_aliases(people, person, period),
        offices=offices,
        statements=register.quotes(register.seen(person, period, 2 * _STATEMENTS, "says"), _STATEMENTS),
        seen_with=tuple(register.company(person, period, _COMPANIONS)) if offices or former else (),
        former=former,
        events=_events(people, person, period),
        mentions=register.quotes(register.seen(person, period, 2 * _MENTIONS), _MENTIONS),
    )


def _aliases(people: People, person: str, period: Period) -> tuple[str, ...]:
    """The other names, most frequent first; a name cut off ("Nguyễn Phú") is none."""
    key = tuple(person.split())
    other: dict[tuple[str, ...], str] = {}
    for surface in people.register.surfaces(person, period):
        written = key_of(surface)
        if written != key[: len(written)]:
            other.setdefault(written, surface)
    return tuple(other.values())


def _events(people: People, person: str, period: Period) -> tuple[TimelineEntry, ...]:
    """The sentences that have a date of their own, date by date."""
    register = people.register
    by_date: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in register.seen(person, period, _EVENTS * 2 * _QUOTES_OF_AN_EVENT, "dated AND newest < 0"):
        by_date[one.date.edtf].append(one)
    newest = list(by_date.values())[:_EVENTS]
    return tuple(
        TimelineEntry(seen[0].date, register.quotes(seen[: 2 * _QUOTES_OF_AN_EVENT], _QUOTES_OF_AN_EVENT))
        for seen in newest
    )
