"""Who is meant: persons by name, typed in any way, and offices by who holds them."""

from collections import defaultdict
from collections.abc import Iterable

from retrieval.facts import Candidate, Facts, offices
from retrieval.facts.queries import fit, name_key, near
from retrieval.facts.words import words_of
from retrieval.tokens import fold
from retrieval.who.register import Name, Register

_MOST_NEAR = 50
# Holders of a mere "Giám đốc" that are looked at: those shown most often.
_MOST_HOLDERS = 60


class People:
    """All persons of a library. A name is one person: articles do not tell namesakes apart."""

    def __init__(self, facts: Facts, register: Register) -> None:
        self.facts = facts
        self.register = register

    def match(self, query: str) -> tuple[Candidate, ...]:
        """The names that the query may mean, likeliest first, among equals those first who act most often.

        Those that are near only where none has the syllables of the query.
        """
        key = name_key(self.facts.lexicon, query)
        if not key:
            return ()
        exact = self.register.names("person = ?", person_of(key))
        if len(key) > 1 and any(one.acting for one in exact):
            return (Candidate(_shown(exact).name, 100.0, "exact"),)
        like = [*exact, *self._written_like(tuple(fold(part) for part in key))]
        found = [(candidate, one) for one in _persons(like) if (candidate := fit(one.name, key))]
        found.sort(key=lambda pair: (-pair[0].score, -pair[1].acting, pair[1].name))
        return tuple(candidate for candidate, _ in found) or tuple(near(key, *self.register.all_names, _MOST_NEAR))

    def _written_like(self, plain: tuple[str, ...]) -> Iterable[Name]:
        """The names that have these folded syllables, or end with the last or begin with all of them."""
        text = " ".join(plain)
        yield from self.register.names("last = ?", plain[-1])
        if len(plain) > 1:
            yield from self.register.names("folded > ? AND folded < ?", f"{text} ", f"{text}!")

    def holders(self, title: str) -> dict[str, list[str]]:
        """The names of who holds the office, with the offices that are meant: those of all ministers where it is
        "Bộ trưởng".
        """
        found: defaultdict[str, list[str]] = defaultdict(list)
        for person, office in self.register.holders(title, self.is_bare(title), _MOST_HOLDERS):
            found[person].append(office)
        return found

    def is_bare(self, title: str) -> bool:
        """Whether an office lacks what it is of: "Bộ trưởng", "Giám đốc"."""
        words = words_of(title, 0, len(title))
        office = offices.at(self.facts.lexicon, words, 0) if len(words) else None
        return office is not None and office.end == len(words) and not (office.complemented or office.head.complete)


def person_of(key: Iterable[str]) -> str:
    """The key of a person in the register."""
    return " ".join(key)


def _persons(names: Iterable[Name]) -> list[Name]:
    """Each person once, by the name that articles mostly have."""
    forms: defaultdict[str, dict[str, Name]] = defaultdict(dict)
    for one in names:
        forms[one.person][one.name] = one
    return [_shown(of_one.values()) for of_one in forms.values()]


def _shown(forms: Iterable[Name]) -> Name:
    return max(forms, key=lambda one: one.acting)
