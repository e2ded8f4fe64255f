"""The grammar of offices: a head ("Bộ trưởng", "Phó Chủ tịch"), what belongs to it, and the body or place it is of."""

import re
from dataclasses import dataclass
from typing import TypeVar

from retrieval.facts.institutions import institution
from retrieval.facts.phrases import Phrases
from retrieval.facts.rules import After, Head, Rules
from retrieval.facts.syllable import is_vietnamese
from retrieval.facts.words import Words

T = TypeVar("T")

# Units of a complement: "UBND" + "tỉnh Quảng Trị", "Việt Nam" + "tại" + "Nga".
_MOST_UNITS = 6
# "Quân khu 7", "quận 12".
_OF = "của"
_NUMBERED = re.compile("khu|quận|phường|đoàn|khóa|vùng|số|ấp|thôn|phố|xã")
_NUMBER = re.compile(r"[ ]\d{1,3}(?![\d.,/]?\d)|[ ][IVX]{1,5}(?!\w)")
GOVERNMENT = ("Bộ trưởng", "Thứ trưởng", "Phó Bộ trưởng")


@dataclass(frozen=True, slots=True)
class Office:
    """The office in the words start … end-1; `titles` are its kept forms."""

    start: int
    end: int
    titles: tuple[str, ...]
    complemented: bool
    head: Head
    country: str
    after: After | None
    stop: int  # offset in the text after the office, its number included ("Quân khu 7")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of a complement: where it ends, how it is kept, and whether it is a country."""

    end: int
    text: str
    country: bool = False


def at(rules: Rules, words: Words, first: int) -> Office | None:
    """The office that begins at word `first`."""
    found = rules.heads.longest(words, first)
    if found is None:
        return None
    end, head = found
    adjective = _follows(rules.adjectives, words, end)
    end = adjective[0] if adjective else end
    after = _follows(rules.after, words, end)
    end = after[0] if after else end
    units = _units(rules, words, end, head)
    end = units[-1].end if units else end
    after = after or _follows(rules.after, words, end)
    end = max(end, after[0]) if after else end
    parts = [adjective[1] if adjective else "", *(unit.text for unit in units)]
    suffix = "".join(f" {part}" for part in parts if part)
    country = next((unit.text for unit in units if unit.country), "")
    titles = tuple(title + suffix for title in head.titles)
    return Office(first, end, titles, bool(units), head, country, after[1] if after else None, _stop(words, end))


def _stop(words: Words, end: int) -> int:
    """The offset after word end-1 and the number that belongs to it."""
    number = _NUMBER.match(words.text, words.ends[end - 1]) if _NUMBERED.match(words.lower[end - 1]) else None
    return number.end() if number else words.ends[end - 1]


def _follows(phrases: Phrases[T], words: Words, position: int) -> tuple[int, T] | None:
    """The phrase that follows with only spaces before it: where it ends, and its value."""
    return phrases.longest(words, position) if position < len(words) and not words.gaps[position] else None


def _units(rules: Rules, words: Words, position: int, head: Head) -> list[_Unit]:
    """The complement from `position` on."""
    units: list[_Unit] = []
    while len(units) < _MOST_UNITS and position < len(words) and not words.gaps[position]:
        unit = _unit(rules, words, position, head, first=not units)
        if unit is None and not head.complete:
            unit = _connected(rules, words, position, head)
        if unit is None or (unit.country and units and units[-1].text == unit.text):
            break  # "Bộ trưởng Quốc phòng Israel Israel Katz"
        units.append(unit)
        position = unit.end
    return units


def _connected(rules: Rules, words: Words, position: int, head: Head) -> _Unit | None:
    """A unit after a connecting word: "tại Liên bang Nga", "của Real Madrid" (kept without "của")."""
    after = position + 1
    if words.lower[position] not in rules.connectors or after >= len(words) or words.gaps[after]:
        return None
    of = words.lower[position] == _OF
    if of and (not words.capital[after] or rules.heads.longest(words, after)):
        return None  # "Trợ lý của Tổng thống Mỹ A": A is the president
    unit = _unit(rules, words, after, head, first=of)
    return unit and _Unit(unit.end, unit.text if of else f"{words.lower[position]} {unit.text}", unit.country)


def _unit(rules: Rules, words: Words, position: int, head: Head, *, first: bool) -> _Unit | None:
    if head.complete:
        return _country(rules, words, position, head) if first else None
    if head.of_office and first:
        inner = at(rules, words, position)
        if inner:
            return _Unit(inner.end, ", ".join(inner.titles))
    if first and head.titles[0].startswith(GOVERNMENT):
        ministry = _ministry(rules, words, position)
        if ministry:
            return ministry
    return (
        _listed(rules.known, words, position)
        or _country(rules, words, position, head)
        or _place(rules, words, position)
        or _region(rules, words, position)
        or _institution(rules, words, position, head, first=first)
    )


def _ministry(rules: Rules, words: Words, position: int) -> _Unit | None:
    """ "Bộ Ngoại giao" or "Ngoại giao" alone: both are kept as "Bộ Ngoại giao"."""
    after = position + (words.lower[position] == "bộ")
    if after >= len(words) or (words.gaps[after] and after > position):
        return None
    found = rules.ministries.longest(words, after)
    return found and _Unit(found[0], f"Bộ {found[1]}")


def _listed(phrases: Phrases[str], words: Words, position: int) -> _Unit | None:
    found = phrases.longest(words, position)
    return found and _Unit(found[0], found[1])


def _place(rules: Rules, words: Words, position: int) -> _Unit | None:
    """A listed place; Chủ tịch Hồ Chí Minh is a man."""
    place = _listed(rules.places, words, position) if words.capital[position] else None
    return None if place and words.phrase(position, place.end) in rules.never_acting else place


def _country(rules: Rules, words: Words, position: int, head: Head) -> _Unit | None:
    """A country. Đức, Nga, Anh can begin a Vietnamese name too, unless the office is one of states."""
    found = rules.countries.longest(words, position) if words.capital[position] else None
    if found is None:
        return None
    end, country = found
    followed = end < len(words) and not words.gaps[end] and words.capital[end] and is_vietnamese(words.words[end])
    if end - position == 1 and followed and not head.personal:
        return None
    return _Unit(end, country, country=True)


def _region(rules: Rules, words: Words, position: int) -> _Unit | None:
    """ "tỉnh Quảng Trị", "thành phố Đà Nẵng" (kept as "TP Đà Nẵng")."""
    region = rules.regions.longest(words, position)
    if region is None or region[0] >= len(words) or words.gaps[region[0]] or not words.capital[region[0]]:
        return None
    place = rules.places.longest(words, region[0])
    return place and _Unit(place[0], f"{region[1]} {place[1]}")


def _institution(rules: Rules, words: Words, position: int, head: Head, *, first: bool) -> _Unit | None:
    """An institution, company or place by its first word, or by any words where the office is of no state."""
    word = rules.organisations.longest(words, position)
    if word is None and (head.personal or not first):
        return None
    end = institution(rules, words, position)
    if end == position:
        return None
    return _Unit(end, re.sub(r"\s+", " ", words.text[words.starts[position] : _stop(words, end)]))
