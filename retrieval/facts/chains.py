"""Chains of offices that one person holds together: "Ủy viên Bộ Chính trị, Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao"."""

import re
from dataclasses import dataclass, field

from retrieval.facts import context
from retrieval.facts.items import Item, between
from retrieval.facts.offices import Office
from retrieval.facts.persons import Name
from retrieval.facts.rules import Rules, Status
from retrieval.facts.words import Words

# Between two offices of one person.
AND = frozenset({",", "kiêm", ", kiêm", "-", "–", "đồng thời là", ", đồng thời là", "kiêm nhiệm", "và là"})
# Between a name and an office after it: a comma, dash or bracket, and an age: "A (66 tuổi, cựu Giám đốc B)".
_AGE = r"\(?(?:\d{1,3}\s?tuổi|sinh\snăm\s\d{4}|sn\s?\d{4})\)?,\s*"
OPENING = re.compile(rf"[,(–-]\s*(?:{_AGE})?|{_AGE}")


@dataclass(frozen=True, slots=True)
class Held:
    """The offices a sentence gives a person, and in what way they are held."""

    titles: tuple[str, ...] = ()
    status: Status = "none"


@dataclass(slots=True)
class Attribution:
    """Offices to names, both by index in `items`; `spoken_for` are the offices that a name or a list has taken."""

    rules: Rules
    words: Words
    items: list[Item]
    held: dict[int, Held] = field(default_factory=dict)
    spoken_for: set[int] = field(default_factory=set)

    def gap(self, index: int) -> str:
        """What stands between item `index` and the next, in lower case."""
        return between(self.words, self.items[index], self.items[index + 1])

    def offices(self, first: int, last: int) -> list[Office]:
        """The offices among the items first … last."""
        return [item for item in self.items[first : last + 1] if isinstance(item, Office)]


def chain_start(found: Attribution, last: int) -> int:
    """The first of the offices of one person that end with office `last`.

    After a name without an office they are that name's, or nobody's for certain: then only the last remains.
    """
    first = last
    while first and found.gap(first - 1) in AND and _joins(found, first - 1, first, last):
        first -= 1
    return last if first < last and after_bare_name(found, first) else first


def chain_end(found: Attribution, first: int) -> int:
    """The last of the offices of one person that begin with office `first`."""
    last = first
    while last + 1 < len(found.items) and found.gap(last) in AND and _joins(found, last + 1, first, last):
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
        _together(found.rules, item, office) for office in found.offices(first, last)
    )


def _together(rules: Rules, one: Office, other: Office) -> bool:
    first, second = _solo(rules, one), _solo(rules, other)
    return not (first and second) or (first, second) in rules.pairs


def _solo(rules: Rules, office: Office) -> str | None:
    return next((solo for solo in rules.solo if office.titles[0].startswith(solo)), None)


def held(found: Attribution, first: int, last: int, country: str = "") -> Held:
    """The offices first … last with one status: where some are held and some no longer, those held.

    `country` is one that stands after the name, where none stands with the offices.
    """
    words, rules = found.words, found.rules
    given: list[tuple[Office, Status]] = []
    status: Status = "holds"
    for office in found.offices(first, last):
        left = context.status_before(rules, words, office.start)
        if left:
            status = left
        elif office.after and office.after != "elect":
            status = status if office.after == "holds" else office.after
        if not _refused(rules, words, office):
            given.append((office, status))
    return _one_status(given, country)


def _one_status(given: list[tuple[Office, Status]], country_after: str) -> Held:
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
                and (office.head.complete or (office.head.personal and not office.complemented))
            )
            titles += [f"{title} {country}" if spread else title for title in office.titles]
    return Held(tuple(dict.fromkeys(titles)), kept)


def _refused(rules: Rules, words: Words, office: Office) -> bool:
    """Whether the one named after the office does not hold it: a candidate, a wife, a son."""
    return (
        office.after == "elect"
        or context.ends_with(words, office.start, rules.candidates)
        or context.ends_with(words, office.start, rules.kin)
    )
