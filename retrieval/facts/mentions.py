"""What is found: mentions of persons, and the persons of one article."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from retrieval.facts.lexicon import Lexicon, Sex, Status
from retrieval.facts.words import is_vietnamese
from retrieval.tokens import syllables

How = Literal["named", "title", "pronoun"]
Role = Literal["actor", "other"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A person mentioned in an article. `text[start:end] == surface`.

    `name` is the full name as the article has it ("Tô Lâm" for "Tổng Bí thư", "ông Lâm"). `offices` are those the text
    gives here, in their kept form, completed from the same article ("Bộ trưởng" → "Bộ trưởng Bộ Ngoại giao"); `status`
    says in what way they are held, "none" where no office is given. `role` is "other" for who is only named:
    photographers, authors, streets, statues, thoughts. `how`: by name, by title alone, by pronoun. `sentence` is the
    index of the sentence.
    """

    start: int
    end: int
    surface: str
    name: str
    offices: tuple[str, ...]
    status: Status
    role: Role
    how: How
    sentence: int


# Syllables of a part of a name, words of a title without what it is of: more are asked of none.
_LONGEST_PART, _LONGEST_TITLE = 8, 12
_MINISTRY = re.compile(r"^((?:Bộ|Thứ) trưởng) Bộ ")


def key_of(surface: str) -> tuple[str, ...]:
    """A name for comparing: lower-case syllables, tone marks in one place."""
    return tuple(syllables(surface))


def display(surface: str) -> str:
    """A name as it is shown: single spaces, and no capitals throughout (TRẦN BÌNH → Trần Bình)."""
    words = surface.split()
    if len(surface) > 3 and surface.isupper() and "." not in surface:
        words = [word.capitalize() for word in words]
    return " ".join(words)


@dataclass(slots=True)
class Person:
    """What an article says of a person: `offices` are those held at the time of the article."""

    name: str
    key: tuple[str, ...]
    offices: dict[str, None] = field(default_factory=dict)
    past_offices: dict[str, None] = field(default_factory=dict)
    sex: Sex = "unknown"


class People:
    """The persons of one article by full name. Filled once, in the order of the text, then asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_key: dict[tuple[str, ...], Person] = {}
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._by_part: defaultdict[tuple[str, ...], dict[tuple[str, ...], None]] = defaultdict(dict)
        self._by_family: defaultdict[str, list[Person]] = defaultdict(list)
        self._holding: defaultdict[str, dict[tuple[str, ...], Person]] = defaultdict(dict)
        self._holders: dict[str, Mapping[tuple[str, ...], Person]] = {}
        self._of_kind: defaultdict[str, dict[str, list[Person]]] = defaultdict(dict)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def add(self, name: str, key: tuple[str, ...]) -> Person:
        """The person of this full name."""
        person = self._by_key.get(key)
        if person is None:
            person = self._by_key[key] = Person(name, key)
        return person

    def settle(self) -> None:
        """Join cut-off names to the whole ones, and learn the parts of all names. After the last `add`."""
        longer: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for key in self._by_key:
            for size in range(1, min(len(key), _LONGEST_PART + 1)):
                longer[key[:size]].append(key)
        for key, person in list(self._by_key.items()):
            whole = longer.get(key, ())
            if len(whole) == 1 and self._by_key[whole[0]].offices.keys() & person.offices.keys():
                self._same[key] = whole[0]
                del self._by_key[key]
        for key, person in self._by_key.items():
            for size in range(1, min(len(key), _LONGEST_PART + 1)):
                self._by_part[key[-size:]][key] = None
            if self._family_first(person):
                self._by_family[key[0]].append(person)
            for office in person.offices:
                self._holding[office][key] = person
                for title in _beginnings(office):
                    self._of_kind[title].setdefault(office, []).append(person)

    def exactly(self, key: tuple[str, ...]) -> Person | None:
        """The person of this full name, or of the whole name of which it is cut off."""
        return self._by_key.get(self._same.get(key, key))

    def meant(self, key: tuple[str, ...]) -> Person | None:
        """The one person of the article whose full name ends with this: "Sơn", "ông Trump"; or begins, as "ông Tập"."""
        ending = self._by_part.get(key, {})
        if ending:
            return self._by_key[next(iter(ending))] if len(ending) == 1 else None
        if len(key) > 1:
            return None
        first = self._by_family.get(key[0], ())
        return first[0] if len(first) == 1 else None

    def _family_first(self, person: Person) -> bool:
        """Chinese and Korean persons go by their family name; a Vietnamese one never does."""
        return person.name.lower() in self._lexicon.sino_vietnamese or person.key[0] not in self._lexicon.surnames

    def may_be(self, name: str, sex: Sex) -> bool:
        """Whether a pronoun of this sex may stand for the person; one of unknown sex has to hold an office at least."""
        person = self._by_key.get(key_of(name))
        if person is None:
            return False
        return person.sex == sex or (person.sex == "unknown" and bool(person.offices))

    def holders(self, title: str) -> Mapping[tuple[str, ...], Person]:
        """Those who hold the office, or one of the kind where the title is the mere head ("Bộ trưởng"), by name."""
        title = self._lexicon.national.get(title, title)
        if title not in self._holders:
            self._holders[title] = {**self._holding.get(title, {}), **self._holders_of_kind(title)}
        return self._holders[title]

    def _holders_of_kind(self, title: str) -> dict[tuple[str, ...], Person]:
        offices = {} if title in self._lexicon.national.values() else self._of_kind.get(title, {})
        return {person.key: person for persons in offices.values() for person in persons}

    def offices_of(self, person: Person | None, key: tuple[str, ...], titles: tuple[str, ...]) -> tuple[str, ...]:
        """Offices as given, completed from what the article says of the person elsewhere."""
        known = {**person.offices, **person.past_offices} if person else {}
        held = [self._completed(key, title, known) for title in titles]
        return tuple(dict.fromkeys(office for office in held if office and office not in self._lexicon.never_bare))

    def _completed(self, key: tuple[str, ...], title: str, known: Iterable[str]) -> str | None:
        longer = [office for office in known if office.startswith(f"{title} ")]
        return longer[0] if len(longer) == 1 else kept_title(self._lexicon, key, title)


def kept_title(lexicon: Lexicon, key: tuple[str, ...], title: str) -> str | None:
    """An office as it is kept of a person of this name.

    Without a country the offices of state are Vietnamese for a Vietnamese name only: the bare "Chủ tịch nước" of a
    foreigner is left out, and a foreign "Bộ trưởng Quốc phòng" is not made a "Bộ trưởng Bộ Quốc phòng".
    """
    national = lexicon.national.get(title, title)
    if not _is_foreigner(lexicon, key) or _has_country(lexicon, title):
        return national
    if national != title:
        return title
    if title in lexicon.national.values() or " Bộ " in title:
        named = _MINISTRY.sub(r"\1 ", title)
        return named if named != title else None
    return title


def _has_country(lexicon: Lexicon, title: str) -> bool:
    words = title.split()
    return any(" ".join(words[-size:]) in lexicon.country_names for size in range(1, 4))


def _is_foreigner(lexicon: Lexicon, key: tuple[str, ...]) -> bool:
    if " ".join(key) in lexicon.sino_vietnamese or not all(is_vietnamese(word) for word in key):
        return True
    return len(key) > 1 and key[0] not in lexicon.surnames


def _beginnings(office: str) -> Iterator[str]:
    """What an office may be a kind of, which are its first words: "Giám đốc" of "Giám đốc Sở Y tế"."""
    end = office.find(" ")
    for _ in range(_LONGEST_TITLE):
        if end < 0:
            return
        yield office[:end]
        end = office.find(" ", end + 1)
