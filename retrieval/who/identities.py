"""Who is meant: persons by name, typed in any way, and offices by who holds them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from retrieval.config_files import listed, load_toml
from retrieval.facts import Candidate, Facts, key_of, offices
from retrieval.facts.offices import Office
from retrieval.facts.queries import fit, name_key, near
from retrieval.facts.spelling import is_foreign, is_spelt_alike, sound
from retrieval.facts.words import words_of
from retrieval.tokens import fold
from retrieval.who.joining import Joining
from retrieval.who.register import Name, Register
from retrieval.who.weighing import Evidence, Tenure

_MOST_NEAR = 50
_SPELT_ALIKE = 70.0  # of 100: less than any part of a name as it is written
# Names with the same ending that are told apart: the best known.
_MOST_ALIKE = 40
# So many different persons of them: more are never offered, and one of them may be the one who is meant.
_MOST_OFFERED = 21
# And rows of such that are read: a name has few forms.
_MOST_LIKE = 4 * _MOST_ALIKE
# Holders of an office that are looked at: those shown most often.
_MOST_HOLDERS = 60


class People:
    """All persons of a library, each by all names that stand for one."""

    def __init__(self, facts: Facts, register: Register) -> None:
        self.facts = facts
        self.register = register
        self.joining = Joining(register, self.head_of)
        self._parsed: dict[str, Office | None] = {}

    def office(self, *typed: str) -> str | None:
        """The office that one of these means, as articles have it; else the first of them that is an office at all."""
        texts = [text for one in typed for text in self._without_home(one)]
        offices = [self.facts.office(text) for text in texts]
        held = (self._held(kept, text) for kept, text in zip(offices, texts, strict=True))
        return next(filter(None, held), None) or next(filter(None, offices), None)

    def _without_home(self, office: str) -> tuple[str, ...]:
        """An office as typed, and without the own country after it."""
        home = next((end for end in (" việt nam", " viet nam", " vn") if office.lower().endswith(end)), "")
        return (office, office[: -len(home)]) if home else (office,)

    def _held(self, office: str | None, typed: str) -> str | None:
        """The title of an office that articles show somebody in: this, or another form of it or of what is typed."""
        forms, accented = (self._titles, True) if fold(typed) != typed.lower() else (self._folded, False)
        form = self.facts.form(office or typed, accented=accented)
        found = forms.get(form)
        if found is None and office and not self.is_kind(office):
            further = [titles for other, titles in forms.items() if other.startswith(f"{form} ")]
            found = further[0] if len(further) == 1 and self._is_seat(further[0][0], form) else None
        return found[0] if found else None

    def _is_seat(self, title: str, form: str) -> bool:
        """Whether a title says more than the form of an office only by its city or province: "… Nhi đồng 1 TP.HCM"."""
        lexicon = self.facts.lexicon
        seat = next((place for place in (*lexicon.cities, *lexicon.provinces) if title.endswith(f" {place}")), "")
        return bool(seat) and fold(self.facts.form(title.removesuffix(f" {seat}"), accented=True)) == fold(form)

    def is_held(self, title: str) -> bool:
        """Whether articles show anybody in an office."""
        return self.facts.form(title, accented=True) in self._titles

    def titles_of(self, title: str) -> tuple[str, ...]:
        """All titles of articles that are forms of an office, first the one that most of them have."""
        return self._alike.get(title) or self._titles.get(self.facts.form(title, accented=True), (title,))

    @cached_property
    def _alike(self) -> dict[str, tuple[str, ...]]:
        return {title: titles for titles in self._titles.values() for title in titles}

    @cached_property
    def _titles(self) -> dict[str, tuple[str, ...]]:
        return self._by_form(accented=True)

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        return self._by_form(accented=False)

    def _by_form(self, *, accented: bool) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for title in self.register.titles():
            found[self.facts.form(title, accented=accented)].append(title)
        return {form: tuple(titles) for form, titles in found.items()}

    def match(self, query: str) -> tuple[Candidate, ...]:
        """The persons whom the query may mean, likeliest first, among equals those first who act most often.

        Those whose names sound like it, or are near, only where none has the syllables of the query.
        """
        key = name_key(self.facts.lexicon, query)
        if not key:
            return ()
        exact = self.register.names("person = ?", person_of(key))
        if len(key) > 1 and any(one.acting for one in exact):
            return (Candidate(_shown(exact).name, 100.0, "exact"),)
        like = [*exact, *self._written_like(key)]
        found = [(candidate, one) for one in _persons(like) if (candidate := fit(one.name, key))]
        found.sort(key=lambda pair: (-pair[0].score, -pair[1].acting, pair[1].name))
        alike = tuple(candidate for candidate, _ in found) or tuple(self._spelt_like(key))
        return alike or tuple(near(key, *self.register.all_names, _MOST_NEAR))

    def _spelt_like(self, key: Sequence[str]) -> Iterator[Candidate]:
        """Another spelling of a foreign name, or of the end of one: "Aragchi", "Zelenskyy"."""
        heard = self.register.names("sound = ?", sound(key)) if sound(key) else ()
        for one in sorted(_persons(heard), key=lambda one: (-one.acting, one.name)):
            if is_spelt_alike(key, one.person.split()[-len(key) :]):
                yield Candidate(one.name, _SPELT_ALIKE, "part")

    def once(self, names: Sequence[str]) -> list[str]:
        """Of names those of one person once, by the name that articles mostly have; of many the first."""
        wholes: dict[str, None] = {}
        for name in names[:_MOST_ALIKE]:
            if len(wholes) == _MOST_OFFERED:
                break
            wholes[self.joining.whole(person_of(key_of(name)))] = None
        return self.register.each_shown([*wholes])

    def is_same(self, name: str, other: str) -> bool:
        """Whether two names are of one person."""
        whole, its = (self.joining.whole(person_of(key_of(one))) for one in (name, other))
        return whole == its

    def _written_like(self, key: tuple[str, ...]) -> Iterable[Name]:
        """The names that have these syllables, folded too, or end or begin with them: of many the best known."""
        plain = [fold(part) for part in key]
        text = " ".join(plain)
        for column, written in (("person", person_of(key)), ("folded", text)):
            yield from self.register.names(
                f"last = ? AND {column} LIKE ? ORDER BY acting DESC LIMIT {_MOST_LIKE}", plain[-1], f"% {written}"
            )
        yield from self.register.names("folded = ?", text)
        if len(plain) > 1:
            yield from self.register.names("folded > ? AND folded < ?", f"{text} ", f"{text}!")

    def held_by(self, title: str, statuses: Sequence[str]) -> dict[str, int]:
        """Who is shown in an office, by a name each, with the number of articles; of many those with most."""
        counts: defaultdict[str, int] = defaultdict(int)
        for row in self.tenures_of(title):
            if row.status in statuses:
                counts[row.person] += row.articles
        most = sorted(counts, key=lambda person: (-counts[person], person))[:_MOST_HOLDERS]
        return {person: counts[person] for person in most}

    def rivals(self, title: str, persons: Sequence[str]) -> list[Evidence]:
        """What shows others than this person in an office, person by person."""
        by_person: defaultdict[str, list[Tenure]] = defaultdict(list)
        for row in self.tenures_of(title):
            if row.status not in ("former", "late", "ends") and row.person not in persons:
                by_person[row.person].append(row)
        return [Evidence(tuple(rows)) for rows in by_person.values()]

    def tenures_of(self, title: str) -> Iterator[Tenure]:
        """What is counted of an office, by all its titles."""
        return (row for one in self.titles_of(title) for row in self.register.tenures_of(one))

    def head_of(self, title: str) -> str:
        """An office without what it is of: "Tổng thống" of "Tổng thống Mỹ"; the title itself where it is no office."""
        office = self._office(title)
        return office.head.titles[0] if office else title

    def is_bare(self, title: str) -> bool:
        """Whether an office lacks what it is of: "Bộ trưởng", "Giám đốc"."""
        office = self._office(title)
        return office is not None and not (office.complement or office.head.complete)

    def is_kind(self, title: str) -> bool:
        """Whether there are many offices of this title: "Bộ trưởng", "Bí thư Tỉnh ủy"."""
        return self.is_bare(title) or title.rpartition(" ")[2] in self._unnamed

    def is_of_several(self, title: str) -> bool:
        """Whether more than one person holds the office at a time: "Phó Thủ tướng", "Đại biểu Quốc hội"."""
        return title.startswith(self._of_several)

    def places_of(self, title: str) -> frozenset[str]:
        """The places that an office names: "Quảng Trị" of "Chủ tịch UBND tỉnh Quảng Trị"."""
        words, found, position = words_of(title, 0, len(title)), set(), 0
        while position < len(words):
            place = self.facts.lexicon.places.longest(words, position) if words.capital[position] else None
            if place:
                found.add(place[1])
            position = place[0] if place else position + 1
        return frozenset(found)

    def is_short(self, title: str, other: str, persons: Sequence[str]) -> bool:
        """Whether a title leaves out words of another office, and is short for it where one person has both:
        "Bộ trưởng" and "Bộ trưởng Bộ Y tế", "Chủ tịch Trung Quốc" and "Chủ tịch nước Trung Quốc".
        """
        words, its = title.split(), other.split()
        following = iter(its)
        if len(title) >= len(other) or words[0] != its[0] or not all(word in following for word in words):
            return False
        office = self._office(title)
        return office is None or not office.head.complete or is_foreign(persons[0].split())

    def has_more_of(self, title: str, person: str) -> bool:
        """Whether a person of this name is shown in an office that the title is short for."""
        return any(self.is_short(title, other, (person,)) for other in self.register.offices(person))

    def _office(self, title: str) -> Office | None:
        if title not in self._parsed:
            words = words_of(title, 0, len(title))
            office = offices.at(self.facts.lexicon, words, 0) if len(words) else None
            self._parsed[title] = office if office and office.end == len(words) else None
        return self._parsed[title]

    @cached_property
    def _weighed(self) -> dict[str, Any]:
        return load_toml("holders.toml")

    @cached_property
    def _of_several(self) -> tuple[str, ...]:
        return tuple(listed(self._weighed["of_several"]))

    @cached_property
    def _unnamed(self) -> frozenset[str]:
        return frozenset(listed(self._weighed["unnamed"]))


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
