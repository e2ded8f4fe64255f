"""The facts of config/offices.toml, compiled once for looking up."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple, TypeVar

from retrieval.config_files import listed, load_toml
from retrieval.facts.phrases import Phrases, phrase_set, pieces
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


T = TypeVar("T")


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

    @classmethod
    def of_config(cls, data: Mapping[str, Any], *same: Mapping[str, str]) -> "Forms":
        """From the table `offices.forms`, and tables of other forms."""
        said: dict[str, str | None] = {" ".join(syllables(form)): None for form in listed(data["left_out"])}
        pairs = [pair for table in (*same, data["same"]) for pair in _forms(table)]  # the last one counts
        said |= {" ".join(syllables(form)): " ".join(syllables(kept)) for form, kept in pairs}
        return cls(said)


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

    @classmethod
    def from_config(cls) -> "Lexicon":
        """The lexicon of config/offices.toml. KeyError names a table that is missing."""
        data = load_toml("offices.toml")
        sets = _as_listed(data)
        facts = sets | _offices(data) | _complements(data) | _status(data) | _persons(data, sets)
        openers = facts["heads"].first_words | facts["titles"].first_words | facts["aliases"].first_words
        return cls(
            **facts,
            openers=openers,
            capital_openers=openers | facts["not_titles"].first_words,
            not_a_holder=facts["impersonal"] | facts["candidates"] | facts["kin"],
            not_the_named=facts["candidates"] | facts["kin"],
            around_no_person=facts["place_words"] | facts["not_persons"] | facts["locatives"],
        )

    def folded(self) -> "Lexicon":
        """The lexicon for offices in text without diacritics."""
        changed = {name: getattr(self, name).folded() for name in _FOLDED.split()}
        first_words = changed["heads"].first_words
        connectors = frozenset(map(fold, self.connectors))
        return replace(self, **changed, connectors=connectors, openers=first_words, capital_openers=first_words)


def _abbreviated(data: Mapping[str, Any], entries: Iterable[tuple[str, T]]) -> Iterator[tuple[str, T]]:
    """The entries, and each of them with the usual abbreviations: "Ủy viên T.Ư Đảng"."""
    for form, value in entries:
        forms = [form]
        for phrase, shorts in data["abbreviations"].items():
            forms += [longer.replace(phrase, short) for longer in forms if phrase in longer for short in shorts]
        for one in forms:
            yield one, value


def _offices(data: Mapping[str, Any]) -> dict[str, Any]:
    offices = data["offices"]
    together = offices["together"]
    certain, pairs = (
        [(first.strip(), second.strip()) for pair in listed(together[key]) for first, second in [pair.split("+")]]
        for key in ("certain", "pairs")
    )
    pairs += certain
    return {
        "heads": Phrases(_abbreviated(data, _heads(offices))),
        "of_bodies": frozenset(listed(offices["heads"]["of_bodies"])),
        "never_bare": frozenset(listed(offices["heads"]["never_bare"])),
        "adjectives": Phrases((form, form) for form in listed(offices["heads"]["adjectives"])),
        "national": {form: form for form in listed(offices["heads"]["of_state"])} | offices["national"],
        "forms": Forms.of_config(offices["forms"], offices["same"], data["places"]["same_countries"]),
        "of_places": offices["of_places"],
        "seats": {form: kind == "cities" for kind, forms in offices["seats"].items() for form in listed(forms)},
        "solo": tuple(sorted(listed(together["solo"]), key=len, reverse=True)),
        "pairs": frozenset([*pairs, *((second, first) for first, second in pairs)]),
        "certain": tuple(certain),
        "joining": frozenset(together["joining"]),
        "ranks": tuple(listed(together["ranks"])),
    }


def _heads(offices: Mapping[str, Any]) -> Iterable[tuple[str, Head]]:
    """Every form of every head. A head has a deputy: "Phó Giám đốc" and, for "Tổng Giám đốc", "Phó Tổng Giám đốc"."""
    of_office = phrase_set(listed(offices["heads"]["of_office"]))
    personal = phrase_set(listed(offices["heads"]["personal"]))
    of_city = phrase_set(listed(offices["heads"]["of_cities"]))
    same = {form.lower(): title for title, forms in offices["same"].items() for form in listed(forms)}

    def head(title: str, *, complete: bool, titles: tuple[str, ...] = ()) -> Head:
        key = " ".join(pieces(title))
        kinds = (key in of_office, key in personal, key in of_city)
        return Head(titles or (same.get(title.lower(), title),), complete, *kinds)

    complete = [(form, title) for title, forms in offices["complete"].items() for form in (title, *listed(forms))]
    for form, title in [*complete, *((f"Phó {form}", f"Phó {title}") for form, title in complete)]:
        yield form, head(title, complete=True)
    for form, joint in offices["joint"].items():
        yield form, head(form, complete=True, titles=tuple(listed(joint)))
    complemented = [*listed(offices["heads"]["complemented"]), *listed(offices["heads"]["of_office"])]
    for title in dict.fromkeys([*complemented, *offices["same"]]):
        for form in (title, *listed(offices["same"].get(title, ""))):
            yield form, head(title, complete=" Bộ " in title)
            if not form.startswith("Phó"):
                yield f"Phó {form}", head(f"Phó {title}", complete=False)


def _complements(data: Mapping[str, Any]) -> dict[str, Any]:
    complements, places, organisations = data["complements"], data["places"], data["organisations"]
    provinces = _plain(places["provinces"])
    countries = [*_forms(places["same_countries"]), *_plain(places["countries"])]
    others = _plain(places["others"]) + _plain(organisations["proper"])
    ministries = _plain(complements["ministries"]) + _forms(complements["forms"])
    kinds: tuple[tuple[str, Word], ...] = (("plain", "plain"), ("named", "named"), ("places", "place"))
    bodies = [*_forms(complements["bodies"]), *_plain(complements["bodies_as_they_are"])]
    words = [(form, kind) for table, kind in kinds for form in listed(organisations[table])]
    regions = [*_forms(organisations["regions"]), *_forms(organisations["teams"])]
    words += [(form, "region") for form, _ in regions]
    teams = organisations["teams"]
    return {
        "ministries": Phrases(ministries),
        "home": countries[0][0],
        "team": next(iter(teams)),
        "team_words": phrase_set([*teams, *(form for forms in teams.values() for form in listed(forms))]),
        "other_sports": Phrases((form, None) for form in listed(organisations["sports"]["others"])),
        "provinces": frozenset(form for form, _ in provinces),
        "cities": frozenset([*listed(places["cities"]), *places["same"]]),
        "with_region": frozenset(listed(complements["with_region"])),
        "without_region": tuple(listed(complements["without_region"])),
        "local_regions": frozenset(organisations["regions"]),
        "known": Phrases(_abbreviated(data, bodies)),
        "countries": Phrases(countries),
        "regions": Phrases(regions),
        "places": Phrases(_forms(places["same"]) + countries + provinces + others),
        "organisations": Phrases(_abbreviated(data, words)),
        "stop": phrase_set(listed(complements["stop"]["words"])),
        "institution_words": Phrases((form, None) for form in listed(complements["stop"]["compounds"])),
        "institution_syllables": phrase_set(complements["stop"]["syllables"].split()),
        "country_names": frozenset(form for form, _ in countries),
        "unlike": phrase_set(listed(organisations["unlike"]["words"])),
        "place_words": phrase_set([*listed(organisations["places"]), *(form for form, _ in regions)]),
    }


def _plain(value: str) -> list[tuple[str, str]]:
    return [(form, form) for form in listed(value)]


def _forms(table: Mapping[str, str | list[str]]) -> list[tuple[str, str]]:
    return [(form, kept) for kept, forms in table.items() for form in (kept, *listed(forms))]


# What is looked up without diacritics as well.
_FOLDED = (
    "heads adjectives after ministries parties known countries states places regions organisations institution_words"
    " forms"
)
# Fields that are lists of the file as they stand there: by their table the sets of phrases, and the phrases looked up.
_SETS = {
    "offices.heads": "kin candidates impersonal",
    "complements.stop": "connectors",
    "status": "compounds appointing proposals other_times",
    "titles": "plural modifiers pronoun_verbs",
    "persons": "surnames strong particles foreign family sino_vietnamese commemorated openings locatives never_acting"
    " nobody mononyms not_in_names",
    "organisations": "namesakes not_persons",
    "speech": "contrast before_subject circumstances asides no_verb_after passive",
}
_PHRASES = {
    "complements": "parties",
    "places": "states",
    "titles": "not_titles",
    "speech": "second reporting adverbs deciding",
}


def _as_listed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `_SETS` and `_PHRASES`."""
    tables = {**data, "offices.heads": data["offices"]["heads"], "complements.stop": data["complements"]["stop"]}
    found: dict[str, Any] = {}
    for table, names in _SETS.items():
        found |= {name: phrase_set(listed(tables[table][name])) for name in names.split()}
    for table, names in _PHRASES.items():
        found |= {name: Phrases((form, None) for form in listed(tables[table][name])) for name in names.split()}
    return found


def _status(data: Mapping[str, Any]) -> dict[str, Any]:
    status = data["status"]
    sides: tuple[Status, ...] = ("former", "late", "acting")
    return {
        "left": {form: side for side in sides for form in phrase_set(listed(status[side]))},
        "after": Phrases((form, kind) for kind, forms in status["after"].items() for form in listed(forms)),
        "between": {form: kind for kind, forms in status["between"].items() for form in phrase_set(listed(forms))},
        "credits": phrase_set(listed(data["credits"]["words"])),
        "agencies": phrase_set(listed(data["credits"]["not_persons"])),
    }


def _persons(data: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    persons, titles = data["persons"], data["titles"]
    kinds = {
        "male": TitleRule("male", "any"),
        "female": TitleRule("female", "any"),
        "civil": TitleRule("unknown", "any"),
        "known_by_one": TitleRule("unknown", "foreign"),
        "neutral": TitleRule("unknown", "none"),
    }
    return {
        "titles": Phrases((form, rule) for table, rule in kinds.items() for form in listed(titles[table])),
        "female": persons["female"].lower(),
        "male": persons["male"].lower(),
        "in_persons": frozenset(listed(persons["in_persons"])),
        "family_endings": tuple(listed(persons["family_endings"])),
        "remembered": sets["sino_vietnamese"] | sets["commemorated"],
        "of_companies": frozenset(listed(persons["of_companies"])),
        "aliases": Phrases((form, name) for name, forms in persons["aliases"].items() for form in listed(forms)),
        "speech": Phrases(
            (form, table == "verbs") for table in ("verbs", "no_verbs") for form in listed(data["speech"][table])
        ),
    }
