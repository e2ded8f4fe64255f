"""The names of one sentence, before the article is known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.facts.attribution import first_of
from retrieval.facts.chains import Attribution, Held
from retrieval.facts.items import Title
from retrieval.facts.people import display, key_of
from retrieval.facts.persons import Name
from retrieval.facts.roles import Role, can_be_credited, credited, role_of
from retrieval.facts.rules import Rules, Sex

_AGE = re.compile(r"\s?[,(–-]\s?(?:\d{1,2}\stuổi|sinh\snăm\s\d{4}|SN\s?\d{4})")


@dataclass(frozen=True, slots=True)
class Named:
    """A name: `sure` where it is a person by itself, `titled` after a title or an office, `opening` a sentence.

    `full` is the name as it is shown, as far as the sentence tells it.
    """

    start: int
    end: int
    surface: str
    full: str
    key: tuple[str, ...]
    sure: bool
    titled: bool
    opening: bool
    held: Held
    role: Role
    sex: Sex
    sentence: int

    @property
    def whole(self) -> bool:
        """Whether it can be a full name."""
        return self.sure and len(self.key) >= 2


def named(found: Attribution, sentence: int, *, sure: bool) -> Iterator[Named]:
    """The names of a sentence that are persons by themselves, or else those that may be."""
    in_credits = credited(found)
    for index, name in enumerate(found.items):
        if not isinstance(name, Name):
            continue
        credit = index in in_credits
        if sure != (credit or name.certainty == "sure" or _told(found, index, name)):
            continue
        if credit:
            role: Role | None = "other" if can_be_credited(found, name) else None
        else:
            role = role_of(found, index, name)
        if role:
            yield _named(found, index, role, sure=sure, sentence=sentence)


def _named(found: Attribution, index: int, role: Role, *, sure: bool, sentence: int) -> Named:
    words, name = found.words, found.items[index]
    surface = words.surface(name.start, name.end)
    alias = found.rules.aliases.longest(words, name.start)
    full = alias[1] if alias else display(surface)
    titled = first_of(found, index) < index
    return Named(
        start=words.starts[name.start],
        end=words.ends[name.end - 1],
        surface=surface,
        full=full,
        key=key_of(full),
        sure=sure,
        titled=titled,
        opening=name.start == 0,
        held=found.held.get(index, Held()),
        role=role,
        sex=_sex(found.rules, found, index, titled=titled),
        sentence=sentence,
    )


def _told(found: Attribution, index: int, name: Name) -> bool:
    """Whether the words after a name make a person of it: an office, or an age ("Denis Demchenko, 32 tuổi")."""
    if not 2 <= name.end - name.start <= 4:
        return False
    apposed = found.held.get(index, Held()).titles and found.gap(index - 1) != "" if index else False
    apposed = apposed or (first_of(found, index) == index and found.held.get(index, Held()).titles)
    return bool(apposed) or _AGE.match(found.words.text, found.words.ends[name.end - 1]) is not None


def _sex(rules: Rules, found: Attribution, index: int, *, titled: bool) -> Sex:
    """From "ông" or "bà" before the name, else from Thị or Văn in it."""
    before = found.items[index - 1] if titled else None
    if isinstance(before, Title) and before.sex != "unknown":
        return before.sex
    name = found.items[index]
    middle = found.words.lower[name.start + 1 : name.end - 1]
    if rules.female in middle:
        return "female"
    return "male" if rules.male in middle else "unknown"
