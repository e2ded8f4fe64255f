"""All that the articles show of one person."""

from collections import defaultdict
from collections.abc import Sequence

from retrieval.dates.ranges import Period
from retrieval.facts import key_of
from retrieval.records import Profile, TimelineEntry
from retrieval.who.identities import People, person_of
from retrieval.who.namesakes import chosen, namesakes
from retrieval.who.offices import held, past, posts_of
from retrieval.who.register import Seen

# Of each the newest: a head of state has thousands.
_STATEMENTS = 50
_EVENTS = 100
_QUOTES_OF_AN_EVENT = 3
_MENTIONS = 20
_COMPANIONS = 20


def profile(people: People, name: str, period: Period, title: str = "") -> Profile:
    """What the sentences of a period show of the person; `seen_with` only for who holds or held an office.

    Where several persons have the name it is the one in the office of this title, or the one whom nearly all articles
    mean; `candidates` are the others, as "name (office)". Where nobody is meant for certain these are all there is.
    """
    register = people.register
    persons = people.joining.joined(person_of(key_of(name)))
    shown, posts = register.shown(persons), posts_of(people, persons)
    different = namesakes(people, posts)
    titles: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    if len(different) > 1:
        one = chosen(different, title)
        others = tuple(f"{shown} ({other.title})" for other in different if other is not one)
        if one is None:
            return Profile(shown, candidates=others)
        posts, titles = posts.of(one.titles), tuple(one.titles)
    (offices, doubtful), former = held(people, posts, period), past(people, posts, period)
    said = register.seen(persons, period, 2 * _STATEMENTS, "says", titles)
    return Profile(
        name=shown,
        aliases=_aliases(people, persons, period),
        offices=offices,
        statements=register.quotes(said, _STATEMENTS),
        seen_with=tuple(register.company(persons, period, _COMPANIONS)) if offices or former else (),
        former=former,
        events=_events(people, persons, period, titles),
        mentions=register.quotes(register.seen(persons, period, 2 * _MENTIONS, titles=titles), _MENTIONS),
        candidates=others,
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


def _events(people: People, persons: Sequence[str], period: Period, titles: Sequence[str]) -> tuple[TimelineEntry, ...]:
    """The sentences that have a date of their own, date by date."""
    register = people.register
    by_date: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in register.seen(persons, period, _EVENTS * 2 * _QUOTES_OF_AN_EVENT, "dated AND newest < 0", titles):
        by_date[one.date.edtf].append(one)
    newest = list(by_date.values())[:_EVENTS]
    return tuple(
        TimelineEntry(seen[0].date, register.quotes(seen[: 2 * _QUOTES_OF_AN_EVENT], _QUOTES_OF_AN_EVENT))
        for seen in newest
    )
