"""What people type: an office in any spelling, a name in part or misspelt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from retrieval.names import offices
from retrieval.names.people import key_of
from retrieval.names.rules import Rules
from retrieval.names.words import words_of
from retrieval.tokens import fold, normalize

How = Literal["exact", "unaccented", "part", "near"]

_EXACT, _UNACCENTED, _PART, _PART_UNACCENTED = 100.0, 95.0, 85.0, 80.0
# Below it two Vietnamese names of three syllables differ in more than a slip of the finger: "Bui Than Son" is 96 like
# "Bùi Thanh Sơn", "Bùi Thanh Hà" 83. A near name never outranks a part that fits.
_NEAR = 85.0
_NEAR_WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known name that a query may mean; a higher `score` (0 … 100) is likelier."""

    name: str
    score: float
    how: How


class KnownNames:
    """Names prepared for `match`: worth keeping where many queries meet the same names. Immutable."""

    def __init__(self, names: Iterable[str]) -> None:
        self._keys = {name: key_of(name) for name in names}
        self._folded = {name: tuple(fold(part) for part in key) for name, key in self._keys.items()}
        self._texts = {name: " ".join(key) for name, key in self._folded.items()}

    def match(self, key: tuple[str, ...]) -> tuple[Candidate, ...]:
        """The names that the syllables may mean, likeliest first; in the order given among equals."""
        if not key:
            return ()
        plain = tuple(fold(part) for part in key)
        found = {
            name: Candidate(name, score, how)
            for name in self._keys
            if (fit := self._fit(name, key, plain))
            for score, how in [fit]
        }
        query = " ".join(plain)
        near = process.extract(query, self._texts, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=None)
        for _, score, name in near:
            found.setdefault(name, Candidate(name, round(score * _NEAR_WEIGHT, 1), "near"))
        return tuple(sorted(found.values(), key=lambda candidate: -candidate.score))

    def _fit(self, name: str, key: tuple[str, ...], plain: tuple[str, ...]) -> tuple[float, How] | None:
        """Whether the query is the name or a part of it, with its diacritics or typed without any."""
        whole = self._keys[name]
        if whole == key:
            return _EXACT, "exact"
        if plain == key and self._folded[name] == plain:
            return _UNACCENTED, "unaccented"
        if _part(whole, key):
            return _PART, "part"
        if plain == key and _part(self._folded[name], plain):
            return _PART_UNACCENTED, "part"
        return None


def _part(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether the syllables end the name ("Sơn", "Thanh Sơn") or begin it ("Bùi Thanh"); one alone must end it."""
    size = len(part)
    return size < len(whole) and (whole[-size:] == part or (size > 1 and whole[:size] == part))


def name_key(rules: Rules, query: str) -> tuple[str, ...]:
    """The syllables of a name without what stands before it: "ông Sơn", "Bộ trưởng Bùi Thanh Sơn"; aliases replaced."""
    text = normalize(query).strip()
    words = words_of(text, 0, len(text))
    position = 0
    while position < len(words):
        alias = rules.aliases.longest(words, position)
        if alias:
            return key_of(alias[1])
        office = offices.at(rules, words, position)
        title = rules.titles.longest(words, position)
        end = office.end if office else title[0] if title else position
        if end == position or end == len(words):
            break
        position = end
    return key_of(text[words.starts[position] :]) if position < len(words) else ()


def office(rules: Rules, folded: Rules, query: str) -> str | None:
    """The kept form of an office; None where the query is none or says more than an office."""
    text = " ".join(normalize(query).split())
    found = _office(rules, text)
    return _office(folded, text) if found is None and fold(text) == text.lower() else found


def _office(rules: Rules, text: str) -> str | None:
    capitals = _capitals(rules, text)
    words = words_of(capitals, 0, len(capitals))
    if not len(words) or not words.glued(0, len(words)):
        return None
    found = offices.at(rules, words, 0)
    if found is None or found.end < len(words) or found.after:
        return None
    return rules.national.get(found.titles[0], found.titles[0])


def _capitals(rules: Rules, text: str) -> str:
    """Places with capitals, as the papers write them: "chủ tịch ubnd tỉnh Quảng Trị"."""
    words = words_of(text, 0, len(text))
    letters = list(text)
    position = 0
    while position < len(words):
        place = rules.places.longest(words, position)
        last = place[0] if place else position
        for start in words.starts[position:last]:
            letters[start] = letters[start].upper()
        position = max(last, position + 1)
    return "".join(letters)
