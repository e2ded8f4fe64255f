"""One person under several names: Trump and Donald Trump, Zelensky and Zelenskyy, Xuân Son and Nguyễn Xuân Son.

Articles name a person in full, by a part, in another order or spelling, and now and then with a word too many. Whether
two names are one person's is told by their form and by the offices that they are shown in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.facts.spelling import is_foreign, is_spelt_alike, sound
from retrieval.who.register import Register

# A half name is somebody's where this share of those whose name ends so is that person, told of so many times at least.
_SHARE, _KNOWN = 0.9, 3
_SWALLOWED = 0.1  # of the articles with the name as many have it with the next word
_YOUNGER = ("jr", "junior", "ii", "iii")  # no word too many, but what tells a son from his father
_STEPS = 4  # a half name of a misspelt name of a full one


@dataclass(frozen=True)
class Dossier:
    """A name and how often its person acts; in how many articles it has which office is looked up only where asked."""

    person: str
    acting: int
    offices_of: Callable[[str], Mapping[str, int]]

    @cached_property
    def words(self) -> list[str]:
        """Its syllables."""
        return self.person.split()

    @cached_property
    def offices(self) -> Mapping[str, int]:
        """By title."""
        return self.offices_of(self.person)


class Joining:
    """Which names of a register are one person's. What is found is kept: a register never changes."""

    def __init__(self, register: Register, head_of: Callable[[str], str]) -> None:
        self._register, self._head_of = register, head_of
        self._wholes: dict[str, str] = {}
        self._joined: dict[str, tuple[str, ...]] = {}
        self._dossiers: dict[str, Dossier | None] = {}

    def whole(self, person: str) -> str:
        """The name that this one stands for, mostly the fuller; itself where it stands for no other."""
        found = self._wholes.get(person)
        if found is None:
            found, seen = person, {person}
            while len(seen) < _STEPS and (after := self._step(found)) not in seen:
                found = after
                seen.add(found)
            self._wholes[person] = found
        return found

    def joined(self, person: str) -> tuple[str, ...]:
        """All names of the person whom this name stands for, the whole one first."""
        whole = self.whole(person)
        found = self._joined.get(whole)
        if found is None:
            names = {whole: None}
            for name in (whole, *self._mine(whole, whole)):  # what is like a spelling of it need not be like itself
                names[name] = None
                names.update(dict.fromkeys(self._mine(name, whole)))
            found = self._joined[whole] = tuple(names)
        return found if person in found else (*found, person)

    def _mine(self, name: str, whole: str) -> list[str]:
        """Of the names that are like one, and by their form may stand for it, those that stand for the whole one."""
        mine, *others = self._dossiers_of([name, *dict.fromkeys(self._like(name))])
        like = [other.person for other in others if mine and other and stands_for(other, mine)]
        return [other for other in like if self.whole(other) == whole]

    def _step(self, person: str) -> str:
        """The name that a name stands for directly."""
        like = [*_beginnings(person), *self._alike(person)]
        mine, *others = self._dossiers_of([person, *dict.fromkeys(like)])
        if mine is None:
            return person
        fuller = [other for other in others if other and stands_for(mine, other)]
        agreeing = [other for other in fuller if self._agree(mine, other)]
        if agreeing:
            return _foremost(agreeing) or person
        if mine.offices or (len(mine.words) == 1 and not is_foreign(mine.words)):
            return person
        return _foremost([other for other in fuller if other.acting >= _KNOWN]) or person

    def _agree(self, one: Dossier, other: Dossier) -> bool:
        """Whether they are shown in the same office: a mere "Tổng thống" may be that of any country."""
        if one.offices.keys() & other.offices.keys():
            return True
        if not (one.offices and other.offices):
            return is_spelt_alike(one.words, other.words)
        return any(self._is_short(a, b) or self._is_short(b, a) for a in one.offices for b in other.offices)

    def _is_short(self, title: str, other: str) -> bool:
        return title == self._head_of(other) or other.startswith(f"{title} ")

    def _like(self, person: str) -> Iterator[str]:
        """Names that may be of the same person, by their form."""
        words = person.split()
        yield from (" ".join(words[at:]) for at in range(1, len(words)))
        yield from _beginnings(person)
        yield from self._alike(person)

    def _alike(self, person: str) -> Sequence[str]:
        words = person.split()
        found = self._register.alike(words, sound(words), ends_alone=is_foreign(words))
        self._keep(found, found)
        return [*found]

    def _dossiers_of(self, persons: Sequence[str]) -> list[Dossier | None]:
        """Of each person; None for one who is nowhere. Those that are not known yet are looked up at once."""
        unknown = [person for person in persons if person not in self._dossiers]
        if unknown:
            self._keep(unknown, self._register.acting(unknown))
        return [self._dossiers[person] for person in persons]

    def _keep(self, persons: Iterable[str], acting: Mapping[str, int]) -> None:
        """What is known of persons, by how often they act."""
        for person in persons:
            times = acting.get(person, 0)
            if person not in self._dossiers:
                self._dossiers[person] = Dossier(person, times, self._register.offices) if times else None


def _beginnings(person: str) -> list[str]:
    """The name without its last words, of two at least."""
    words = person.split()
    return [" ".join(words[:at]) for at in range(len(words) - 1, 1, -1)]


def stands_for(one: Dossier, other: Dossier) -> bool:
    """Whether its form lets a name stand for the other: a part of it, a spelling of it, or with a word too many."""
    mine, its = one.words, other.words
    if mine == its:
        return False
    if len(mine) < len(its):
        begins = one.acting <= other.acting and _begins(mine, its)
        return (
            its[-len(mine) :] == mine or begins or is_spelt_alike(mine, its[-len(mine) :]) or is_spelt_alike(mine, its)
        )
    if one.acting > other.acting or (one.acting == other.acting and one.person < other.person):
        return False
    if len(mine) > len(its):  # the next word was taken for a name: "Tô Lâm Những"
        swallowed = len(its) > 1 and mine[: len(its)] == its and mine[-1] not in _YOUNGER
        return swallowed and one.acting <= max(1.0, _SWALLOWED * other.acting)
    return is_spelt_alike(mine, its)


def _begins(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether it is the beginning of a name (of a Vietnamese one with two words at least: cut off), or all of it but
    what stands in the middle: "Jerome Powell" of "Jerome Hayden Powell".
    """
    if part[0] != whole[0] or not (len(part) > 1 or is_foreign(part)):
        return False
    return list(whole[: len(part)]) == list(part) or (len(part) > 1 and is_foreign(part) and part[-1] == whole[-1])


def _foremost(found: Sequence[Dossier]) -> str | None:
    """Whom nearly all articles mean, if anybody."""
    if not found:
        return None
    first = max(found, key=lambda one: (one.acting, len(one.words), one.person))
    others = [one for one in found if one is not first and not (stands_for(one, first) or stands_for(first, one))]
    return first.person if first.acting >= _SHARE * (first.acting + sum(one.acting for one in others)) else None
