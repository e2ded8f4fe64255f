"""What config/offices.toml lists, compiled once for looking up; `lexicon_file` reads it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from retrieval.facts.phrases import Phrases
from retrieval.tokens import fold, syllables

Status = Literal["holds", "former", "late", "acting", "none"]
Sex = Literal["male", "female", "unknown"]
# A word after an office: the status it gives, "elect" where the office is not held yet.
After = Literal["holds", "former", "acting", "elect"]
# What a part of an institution's name is: after a "located" place little follows, after a "country" a name may; what
# follows a "named" one, or at some distance ("called") what is hardly a person's name, is what it is called.
Word = Literal["plain", "named", "called", "region", "place", "located", "country"]
# Which single word after a title is a person: any, a foreign one, none.
Single = Literal["any", "foreign", "none"]


# What is looked up without diacritics as well.
_FOLDED = (
    "heads adjectives after ministries parties known countries states places regions organisations institution_words"
    " forms"
)


class Forms:
    """What stands for words of offices where two of them are compared; None where they are left out before a name."""

    def __init__(self, said: Mapping[str, str | None]) -> None:
        self._said = said
        phrases = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
        self._pattern = re.compile(rf"(?<= )(?:{phrases})(?= )")

    def of_title(self, title: str) -> str:
        """The form of an office: its syllables, with what stands for them."""
        words = f" {' '.join(syllables(title))} "
        end = len(words) - 1

        def kept(found: re.Match[str]) -> str:
            said = self._said[found[0]]
            return said if said is not None else found[0] if found.end() == end else ""

        return " ".join(self._pattern.sub(kept, words).split())

    def folded(self) -> "Forms":
        """The same for what is typed without diacritics."""
        return Forms({fold(said): kept if kept is None else fold(kept) for said, kept in self._said.items()})


class TitleRule(NamedTuple):
    """What a title tells of the person it precedes."""

    sex: Sex
    single: Single


@dataclass(frozen=True, slots=True)
class Head:
    """The first part of an office.

    `titles` are the offices it stands for: two for "Người đứng đầu Đảng và Nhà nước". `complete` ones need no
    complement, those `of_office` may have another office as theirs ("Trợ lý Tổng thống"), after `personal` ones any
    name may follow, after those `of_city` a city's.
    """

    titles: tuple[str, ...]
    complete: bool
    of_office: bool
    personal: bool
    of_city: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Compiled facts; nothing in it changes. Sets hold lower-case phrases with single spaces.

    `seats` are the words for which an article may tell the place, True where that is a city. `remembered` are names
    that are persons whatever their form, `openers` the words with which an office or a title can begin,
    `capital_openers` those with a capital that begin anything but a name, `under` the offices that are another
    office's ("Trợ lý"); after `not_a_holder` an office without a name is nobody's, after `around_no_person` a name is a
    place's.
    """

    heads: Phrases[Head]
    never_bare: frozenset[str]
    of_bodies: frozenset[str]
    team: str
    team_words: frozenset[str]
    other_sports: Phrases[None]
    adjectives: Phrases[str]
    after: Phrases[After]
    between: Mapping[str, Status]
    left: Mapping[str, Status]
    compounds: frozenset[str]
    kin: frozenset[str]
    candidates: frozenset[str]
    impersonal: frozenset[str]
    not_a_holder: frozenset[str]
    not_the_named: frozenset[str]
    other_times: frozenset[str]
    appointing: frozenset[str]
    proposals: frozenset[str]
    plural: frozenset[str]
    modifiers: frozenset[str]
    national: Mapping[str, str]
    solo: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    certain: tuple[tuple[str, str], ...]
    ranks: tuple[str, ...]
    joining: frozenset[str]
    forms: Forms
    of_places: Mapping[str, Sequence[str]]
    seats: Mapping[str, bool]
    ministries: Phrases[str]
    parties: Phrases[None]
    home: str
    provinces: frozenset[str]
    cities: frozenset[str]
    with_region: frozenset[str]
    without_region: tuple[str, ...]
    local_regions: frozenset[str]
    known: Phrases[str]
    countries: Phrases[str]
    states: Phrases[None]
    places: Phrases[str]
    regions: Phrases[str]
    organisations: Phrases[Word]
    stop: frozenset[str]
    connectors: frozenset[str]
    institution_syllables: frozenset[str]
    institution_words: Phrases[None]
    country_names: frozenset[str]
    titles: Phrases[TitleRule]
    openers: frozenset[str]
    capital_openers: frozenset[str]
    not_titles: Phrases[None]
    surnames: frozenset[str]
    strong: frozenset[str]
    female: str
    male: str
    particles: frozenset[str]
    in_persons: frozenset[str]
    foreign: frozenset[str]
    family: frozenset[str]
    family_endings: tuple[str, ...]
    sino_vietnamese: frozenset[str]
    commemorated: frozenset[str]
    remembered: frozenset[str]
    never_acting: frozenset[str]
    nobody: frozenset[str]
    mononyms: frozenset[str]
    not_in_names: frozenset[str]
    of_companies: frozenset[str]
    openings: frozenset[str]
    locatives: frozenset[str]
    aliases: Phrases[str]
    namesakes: frozenset[str]
    unlike: frozenset[str]
    not_persons: frozenset[str]
    around_no_person: frozenset[str]
    place_words: frozenset[str]
    credits: frozenset[str]
    agencies: frozenset[str]
    pronoun_verbs: frozenset[str]
    speech: Phrases[bool]
    before_subject: frozenset[str]
    contrast: frozenset[str]
    reporting: Phrases[None]
    second: Phrases[None]
    adverbs: Phrases[None]
    deciding: Phrases[None]
    circumstances: frozenset[str]
    asides: frozenset[str]
    passive: frozenset[str]
    no_verb_after: frozenset[str]

    def folded(self) -> "Lexicon":
        """The lexicon for offices in text without diacritics."""
        changed = {name: getattr(self, name).folded() for name in _FOLDED.split()}
        first_words = changed["heads"].first_words
        connectors = frozenset(map(fold, self.connectors))
        return replace(self, **changed, connectors=connectors, openers=first_words, capital_openers=first_words)
