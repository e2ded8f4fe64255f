"""What people type: an office in any spelling, a name in part or misspelt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from retrieval.facts import offices
from retrieval.facts.lexicon import Lexicon
from retrieval.facts.mentions import key_of
from retrieval.facts.words import words_of
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


def fit(name: str, key: tuple[str, ...]) -> Candidate | None:
    """The name, where the syllables are all of it or a part of it, with its diacritics or typed without any."""
    whole, plain = key_of(name), tuple(fold(part) for part in key)
    if whole == key:
        return Candidate(name, _EXACT, "exact")
    if _part(whole, key):
        return Candidate(name, _PART, "part")
    folded = tuple(fold(part) for part in whole) if plain == key else ()
    if folded == plain:
        return Candidate(name, _UNACCENTED, "unaccented")
    return Candidate(name, _PART_UNACCENTED, "part") if _part(folded, plain) else None


def sorted_form(key: Iterable[str]) -> str:
    """The syllables of a name folded and sorted: by these misspelt names are compared (fuzz.token_sort_ratio)."""
    return " ".join(sorted(fold(part) for part in key))


def near(key: tuple[str, ...], forms: Sequence[str], names: Sequence[str], limit: int | None = None) -> list[Candidate]:
    """The names whose sorted form is written much like the syllables, likeliest first. 100,000 take tens of ms."""
    query = sorted_form(key)
    found = process.extract(query, forms, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=limit) if query else []
    return [Candidate(names[place], round(score * _NEAR_WEIGHT, 1), "near") for _, score, place in found]


def _part(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether the syllables end the name ("Sơn", "Thanh Sơn") or begin it ("Bùi Thanh"); one alone must end it."""
    size = len(part)
    return size < len(whole) and (whole[-size:] == part or (size > 1 and whole[:size] == part))


def name_key(lexicon: Lexicon, query: str) -> tuple[str, ...]:
    """The syllables of a name without what stands before it: "ông Sơn", "Bộ trưởng Bùi Thanh Sơn"; aliases replaced."""
    text = normalize(query).strip()
    words = words_of(text, 0, len(text))
    position = 0
    while position < len(words):
        alias = lexicon.aliases.longest(words, position)
        if alias:
            return key_of(alias[1])
        office = offices.at(lexicon, words, position)
        title = lexicon.titles.longest(words, position)
        end = office.end if office else title[0] if title else position
        if end == position or end == len(words):
            break
        position = end
    return key_of(text[words.starts[position] :]) if position < len(words) else ()


def office(lexicon: Lexicon, folded: Lexicon, query: str) -> str | None:
    """The kept form of an office; None where the query is none or says more than an office."""
    text = " ".join(normalize(query).split())
    found = _office(lexicon, text)
    return _office(folded, text) if found is None and fold(text) == text.lower() else found


def _office(lexicon: Lexicon, text: str) -> str | None:
    capitals = with_capitals(lexicon, text)
    words = words_of(capitals, 0, len(capitals))
    if not len(words):
        return None
    found = offices.at(lexicon, words, 0)
    if found is None or found.end < len(words) or found.after not in (None, "holds"):
        return None
    return lexicon.national.get(found.titles[0], found.titles[0])


def with_capitals(lexicon: Lexicon, text: str) -> str:
    """Places with capitals, as the papers write them: "chủ tịch ubnd tỉnh Quảng Trị"."""
    words = words_of(text, 0, len(text))
    letters = list(text)
    position = 0
    while position < len(words):
        place = lexicon.places.longest(words, position)
        last = place[0] if place else position
        for start in words.starts[position:last]:
            letters[start] = letters[start].upper()
        position = max(last, position + 1)
    return "".join(letters)
