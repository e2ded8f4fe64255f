"""Chains of offices that one person holds together: "Ủy viên Bộ Chính trị, Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao"."""

import re
from dataclasses import dataclass, field, replace

from retrieval.facts.items import Item, between, ends_with, status_before
from retrieval.facts.lexicon import Lexicon, Status
from retrieval.facts.offices import Office
from retrieval.facts.runs import Name
from retrieval.facts.words import Words

# Between a name and an office after it: a comma, dash or bracket, and an age: "A (66 tuổi, cựu Giám đốc B)".
_AGE = r"\(?(?:\d{1,3}\s?tuổi|sinh\snăm\s\d{4}|sn\s?\d{4})\)?,\s*"
OPENING = re.compile(rf"[,(–-]\s*(?:{_AGE})?|{_AGE}")
# Nobody holds more offices than that; a longer list is a roll. The dearest lists would be compared pair by pair else.
_MOST_HELD = 12


@dataclass(frozen=True, slots=True)
class Held:
    """The offices a sentence gives a person, and in what way they are held."""

    titles: tuple[str, ...] = ()
    status: Status = "none"


@dataclass(slots=True)
class Attribution:
    """Offices to names, both by index in `items`.

    `spoken_for` are the offices that a name or a list has taken, `holder` says which name an office is given to.
    """

    lexicon: Lexicon
    words: Words
    items: list[Item]
    held: dict[int, Held] = field(default_factory=dict)
    spoken_for: set[int] = field(default_factory=set)
    holder: dict[int, int] = field(default_factory=dict)

    def gap(self, index: int) -> str:
        """What stands between item `index` and the next, in lower case."""
        return between(self.words, self.items[index], self.items[index + 1])

    def offices(self, first: int, last: int) -> list[Office]:
        """The offices among the items first … last."""
        return [item for item in self.items[first : last + 1] if isinstance(item, Office)]

    def give(self, name: int, first: int, last: int, given: Held) -> None:
        """The offices first … last to a name; without titles they are spoken for and nobody's."""
        self.spoken_for.update(range(first, last + 1))
        self.held[name] = given
        if given.titles:
            self.holder.update(dict.fromkeys(range(first, last + 1), name))


def chain_start(found: Attribution, last: int) -> int:
    """The first of the offices of one person that end with office `last`.

    After a name without an office they are that name's, or nobody's for certain: then only the last remains.
    """
    first = last
    while (
        first
        and last - first < _MOST_HELD
        and found.gap(first - 1) in found.lexicon.joining
        and _joins(found, first - 1, first, last)
    ):
        if ends_with(found.words, found.items[first - 1].start, found.lexicon.namesakes):
            break  # "cúp Nhà vua Tây Ban Nha, Chủ tịch Barcelona"
        first -= 1
    return last if first < last and after_bare_name(found, first) else first


def chain_end(found: Attribution, first: int) -> int:
    """The last of the offices of one person that begin with office `first`."""
    last = first
    while (
        last + 1 < len(found.items)
        and last - first < _MOST_HELD
        and found.gap(last) in found.lexicon.joining
        and _joins(found, last + 1, first, last)
    ):
        last += 1
    return last


def after_bare_name(found: Attribution, office: int) -> bool:
    """Whether only a comma separates the office from a name before it to which no office has been given."""
    name = found.items[office - 1] if office else None
    return (
        isinstance(name, Name)
        and name.certainty == "sure"
        and (office - 1) not in found.held
        and OPENING.fullmatch(found.gap(office - 1)) is not None
    )


def _joins(found: Attribution, index: int, first: int, last: int) -> bool:
    """Whether the item is an office that one person can hold together with those of first … last."""
    item = found.items[index]
    return isinstance(item, Office) and all(
        _together(found.lexicon, item, office) for office in found.offices(first, last)
    )


def _together(lexicon: Lexicon, one: Office, other: Office) -> bool:
    first, second = _solo(lexicon, one), _solo(lexicon, other)
    return not (first and second) or (first, second) in lexicon.pairs


def _solo(lexicon: Lexicon, office: Office) -> str | None:
    title = office.titles[0]
    return next(filter(title.startswith, lexicon.solo), None) if title.startswith(lexicon.solo) else None


def held(found: Attribution, first: int, last: int, country: str = "") -> Held:
    """The offices first … last with one status: where some are held and some no longer, those held.

    `country` is one that stands after the name, where none stands with the offices.
    """
    words, lexicon = found.words, found.lexicon
    given: list[tuple[Office, Status]] = []
    status: Status = "holds"
    for office in _spread(found, first, last):
        left = status_before(lexicon, words, office.start)
        if left:
            status = left
        elif office.after and office.after != "elect":
            status = status if office.after == "holds" else office.after
        if not refused(lexicon, words, office):
            given.append((office, status))
    return _one_status(lexicon, given, country)


def _spread(found: Attribution, first: int, last: int) -> list[Office]:
    """The offices; in "Chủ tịch HĐQT kiêm Tổng giám đốc AIC" both are of AIC."""
    offices = found.offices(first, last)
    for at in range(len(offices) - 2, -1, -1):
        office, after = offices[at : at + 2]
        joined = len(offices) == last - first + 1 and "kiêm" in found.gap(first + at)
        if joined and after.complement and not office.complement and not office.head.complete:
            titles = tuple(f"{title} {after.complement}" for title in office.titles)
            offices[at] = replace(office, titles=titles, complement=after.complement)
    return offices


def _one_status(lexicon: Lexicon, given: list[tuple[Office, Status]], country_after: str) -> Held:
    if not given:
        return Held()
    kept: Status = "holds" if any(status == "holds" for _, status in given) else given[0][1]
    country = given[-1][0].country or country_after
    titles: list[str] = []
    for office, status in given:
        if status == kept:
            spread = (
                country
                and not office.country
                and (office.head.complete or (office.head.personal and not office.complement))
                and lexicon.never_bare.isdisjoint(office.titles)
            )
            titles += [f"{title} {country}" if spread else title for title in office.titles]
    return Held(tuple(dict.fromkeys(titles)), kept)


def refused(lexicon: Lexicon, words: Words, office: Office) -> bool:
    """Whether the one named after the office does not hold it, or not now: a candidate, a wife, one of another time."""
    left = status_before(lexicon, words, office.start)
    if not left and ends_with(words, office.start, lexicon.other_times):
        return True
    if office.after == "elect" or office.complement in lexicon.never_bare:
        return True  # "Trợ lý HLV A": either of two
    return ends_with(words, office.start - bool(left), lexicon.not_the_named)
