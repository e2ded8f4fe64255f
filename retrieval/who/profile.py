"""All that the articles show of one person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from retrieval.names.people import key_of
from retrieval.records import Profile, Quote, TimelineEntry
from retrieval.who.held import held, once, past
from retrieval.who.people import People, Seen

# Of each the newest: a head of state has thousands.
_STATEMENTS = 50
_EVENTS = 100
_MENTIONS = 20
_COMPANIONS = 20


def profile(people: People, name: str, seen: Sequence[Seen]) -> Profile:
    """What these sentences, the newest first, show of the person; `seen_with` only for who holds or held an office."""
    offices, former = held(seen, people.is_bare), past(seen, people.is_bare)
    return Profile(
        name=name,
        aliases=_aliases(name, seen),
        offices=offices,
        statements=tuple(islice(once(one.quote for one in seen if one.says), _STATEMENTS)),
        seen_with=_companions(people, seen) if offices or former else (),
        former=former,
        events=_events(seen),
        mentions=tuple(islice(once(one.quote for one in seen), _MENTIONS)),
    )


def _aliases(name: str, seen: Iterable[Seen]) -> tuple[str, ...]:
    """The other names, most frequent first; a name cut off ("Nguyễn Phú") is none."""
    key = key_of(name)
    named = Counter(one.mention.surface for one in seen if one.mention.how == "named")
    other: dict[tuple[str, ...], str] = {}
    for surface, _ in named.most_common():
        written = key_of(surface)
        if written != key[: len(written)]:
            other.setdefault(written, " ".join(surface.split()))
    return tuple(other.values())


def _events(seen: Iterable[Seen]) -> tuple[TimelineEntry, ...]:
    """The sentences that have a date of their own, date by date."""
    by_date: defaultdict[str, list[Quote]] = defaultdict(list)
    for one in seen:
        date = one.sentence.date
        if date == one.date and one.limits and one.sentence.kind in {"lead", "body"}:
            if len(by_date) == _EVENTS and date.edtf not in by_date:
                break
            by_date[date.edtf].append(one.quote)
    return tuple(TimelineEntry(quotes[0].date, tuple(once(quotes))) for quotes in by_date.values())


def _companions(people: People, seen: Iterable[Seen]) -> tuple[str, ...]:
    sentences = {(one.contents.article.id, one.mention.sentence): one for one in seen}
    together = Counter(name for one in sentences.values() for name in people.beside(one))
    return tuple(name for name, _ in together.most_common(_COMPANIONS))
