"""config/offices.toml → `Lexicon`: which table of the file makes which of its fields."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from retrieval.config_files import listed, load_toml
from retrieval.facts.lexicon import Forms, Head, Lexicon, Status, TitleRule, Word
from retrieval.facts.phrases import Phrases, phrase_set, pieces
from retrieval.tokens import syllables

T = TypeVar("T")

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


def lexicon() -> Lexicon:
    """The lexicon of config/offices.toml. KeyError names a table that is missing."""
    data = load_toml("offices.toml")
    sets = _as_listed(data)
    facts = sets | _offices(data) | _complements(data) | _status(data) | _persons(data, sets)
    openers = facts["heads"].first_words | facts["titles"].first_words | facts["aliases"].first_words
    return Lexicon(
        **facts,
        openers=openers,
        capital_openers=openers | facts["not_titles"].first_words,
        not_a_holder=facts["impersonal"] | facts["candidates"] | facts["kin"],
        not_the_named=facts["candidates"] | facts["kin"],
        around_no_person=facts["place_words"] | facts["not_persons"] | facts["locatives"],
    )


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
        "forms": _compared(offices["forms"], offices["same"], data["places"]["same_countries"]),
        "of_places": offices["of_places"],
        "seats": {form: kind == "cities" for kind, forms in offices["seats"].items() for form in listed(forms)},
        "solo": tuple(sorted(listed(together["solo"]), key=len, reverse=True)),
        "pairs": frozenset([*pairs, *((second, first) for first, second in pairs)]),
        "certain": tuple(certain),
        "joining": frozenset(together["joining"]),
        "ranks": tuple(listed(together["ranks"])),
    }


def _compared(data: Mapping[str, Any], *same: Mapping[str, str]) -> Forms:
    """From the table `offices.forms`, and tables of other forms."""
    said: dict[str, str | None] = {" ".join(syllables(form)): None for form in listed(data["left_out"])}
    pairs = [pair for table in (*same, data["same"]) for pair in _forms(table)]  # the last one counts
    said |= {" ".join(syllables(form)): " ".join(syllables(kept)) for form, kept in pairs}
    return Forms(said)


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
