"""One person under several names: Trump and Donald Trump, Zelensky and Zelenskyy, Xuân Son and Nguyễn Xuân Son.

Articles name a person in full, by a part, in another order or spelling, and now and then with a word too many. Whether
two names are one person's is told by their form and by the offices that they are shown in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.facts.spelling import is_foreign, is_spelt_alike, sound
from retrieval.who.register import Register
from retrieval.who.weighing import MISREAD

# A half name is somebody's where this share of those whose name ends so is that person, told of so many times at least.
_SHARE, _KNOWN = 0.9, 3
_STEPS = 4  # a half name of a misspelt name of a full one


@dataclass(frozen=True)
class Dossier:
    """A name, how often its person acts, and in how many articles it has which office."""

    person: str
    acting: int
    offices: Mapping[str, int]

    @cached_property
    def words(self) -> list[str]:
        return self.person.split()


class Joining:
    """Which names of a register are one person's. What is found is kept: a register never changes."""

    def __init__(self, register: Register, head_of: Callable[[str], str]) -> None:
        self._register, self._head_of = register, head_of
        self._wholes: dict[str, str] = {}
        self._joined: dict[str, tuple[str, ...]] = {}

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
            others = (other for other in self._like(whole) if self.whole(other) == whole)
            found = self._joined[whole] = tuple(dict.fromkeys([whole, *others]))
        return found if person in found else (*found, person)

    def _step(self, person: str) -> str:
        """The name that a name stands for directly."""
        mine = self._dossier(person)
        if mine is None:
            return person
        fuller = [other for other in map(self._dossier, self._like(person)) if other and stands_for(mine, other)]
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
        return any(self._is_part(a, b) or self._is_part(b, a) for a in one.offices for b in other.offices)

    def _is_part(self, title: str, other: str) -> bool:
        return title == self._head_of(other) or other.startswith(f"{title} ")

    def _like(self, person: str) -> Iterator[str]:
        """Names that may be of the same person, by their form."""
        words = person.split()
        yield from (" ".join(words[at:]) for at in range(1, len(words)))
        yield from (" ".join(words[:at]) for at in range(len(words) - 1, 1, -1))
        yield from self._register.alike(words, sound(words), ends_alone=is_foreign(words))

    def _dossier(self, person: str) -> Dossier | None:
        acting = self._register.acting(person)
        return Dossier(person, acting, self._register.offices(person)) if acting else None


def stands_for(one: Dossier, other: Dossier) -> bool:
    """Whether the form of a name lets it stand for the other: its end, a spelling of it, or with a word too many."""
    mine, its = one.words, other.words
    if mine == its:
        return False
    if len(mine) < len(its):
        if its[-len(mine) :] == mine:
            return True
        if len(mine) > 1 and its[: len(mine)] == mine:
            return one.acting <= other.acting  # cut off
        tail = its[-len(mine) :]
        return is_spelt_alike(mine, tail) or is_spelt_alike(mine, its)
    if one.acting > other.acting or (one.acting == other.acting and one.person < other.person):
        return False
    if len(mine) > len(its):  # the next word was taken for a name: "Tô Lâm Những"
        return len(its) > 1 and mine[: len(its)] == its and one.acting <= max(1.0, 10 * MISREAD * other.acting)
    return is_spelt_alike(mine, its)


def _foremost(found: Sequence[Dossier]) -> str | None:
    """Whom nearly all articles mean, if anybody."""
    if not found:
        return None
    first = max(found, key=lambda one: (one.acting, one.person))
    others = sum(one.acting for one in found if not is_spelt_alike(one.words, first.words))
    return first.person if first.acting >= _SHARE * (first.acting + others) else None


def main_names(names: Iterable[str], joining: Joining) -> dict[str, list[str]]:
    """The whole name of each person with those of the names that are that person's."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(joining.whole(name), []).append(name)
    return found
