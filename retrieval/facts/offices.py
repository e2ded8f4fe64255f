"""The grammar of offices: a head, what belongs to it, and the institution or place it is of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrieval.facts.complements import Unit, kept_complement
from retrieval.facts.institutions import begun, institution
from retrieval.facts.lexicon import After, Head, Lexicon
from retrieval.facts.phrases import Phrases
from retrieval.facts.runs import is_surname
from retrieval.facts.words import Words, is_vietnamese

T = TypeVar("T")

# Units of a complement: "UBND" + "tỉnh Quảng Trị", "Việt Nam" + "tại" + "Nga".
_MOST_UNITS = 6
_NEAR = 24  # words from a coach to the sport
# "Quân khu 7", "quận 12".
_OF = ("của", "cua")
_CLUB = "FC"
_MINISTRY = ("bộ", "bo")
_NUMBERED = re.compile("khu|quận|phường|đoàn|khóa|vùng|số|ấp|thôn|phố|xã|đồng|y")
_NUMBER = re.compile(r"[ ]\d{1,3}(?![\d.,/]?\d)|[ ][IVX]{1,5}(?!\w)")
_AGE = re.compile(r"[Uu]\.?\s?(\d\d)(?=\s)")
GOVERNMENT = ("Bộ trưởng", "Thứ trưởng", "Phó Bộ trưởng")


@dataclass(frozen=True, slots=True)
class Office:
    """The office in the words start … end-1: `titles` are its kept forms, `complement` what it is of, "" if it says
    nothing of that.
    """

    start: int
    end: int
    titles: tuple[str, ...]
    complement: str
    head: Head
    country: str
    after: After | None
    stop: int  # offset in the text after the office, its number included ("Quân khu 7")


def at(lexicon: Lexicon, words: Words, first: int) -> Office | None:
    """The office that begins at word `first`."""
    found = lexicon.heads.longest(words, first)
    if found is None:
        return None
    end, head = found
    adjective = _follows(lexicon.adjectives, words, end)
    end = adjective[0] if adjective else end
    after = _follows(lexicon.after, words, end)
    end = after[0] if after else end
    if head.titles[0] in lexicon.of_bodies and not _is_of_body(lexicon, words, end):
        return None  # "thành viên BTS", "thành viên Tập đoàn"
    units = units_at(lexicon, words, end, head)
    end = units[-1].end if units else end
    after = after or _follows(lexicon.after, words, end)
    end = max(end, after[0]) if after else end
    complement = _brand(words, end) if units else ""
    complement = complement or _kept(lexicon, words, first, head, units)
    suffix = "".join(f" {part}" for part in (adjective[1] if adjective else "", complement) if part)
    country = next((unit.text for unit in units if unit.country), "")
    titles = tuple(title + suffix for title in head.titles)
    end, stop = _past_abbreviation(words, end) if units else (end, _stop(words, end))
    return Office(first, end, titles, complement, head, country, after[1] if after else None, stop)


def _is_of_body(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a body that governs or advises begins here: "Hội đồng", "Ủy ban", "Chính phủ", no band and no company."""
    position += position < len(words) and words.lower[position] in _OF
    if position >= len(words) or words.gaps[position]:
        return False
    word = begun(lexicon, words, position)
    return (word is not None and word[1] == "plain") or lexicon.known.longest(words, position) is not None


def complement_at(lexicon: Lexicon, words: Words, position: int, head: Head) -> str:
    """The complement that begins at this word, as it is kept; "" where none does."""
    units = units_at(lexicon, words, position, head) if position < len(words) else []
    return _kept(lexicon, words, position, head, units)


def _kept(lexicon: Lexicon, words: Words, position: int, head: Head, units: Sequence[Unit]) -> str:
    """A complement as it is kept; in words of volleyball, or of a team of the young, a coach's country is that, and not
    its football team.
    """
    complement = kept_complement(lexicon, head, units)
    country = complement.removeprefix(f"{lexicon.team} ")
    near = range(max(0, position - _NEAR), min(len(words), position + _NEAR))
    if country in lexicon.country_names and any(_is_of_others(lexicon, words, at) for at in near):
        return country
    return complement


def _is_of_others(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether another sport than football, or the age of a team, is named here."""
    aged = words.lower[position] == "u" and _AGE.match(words.text, words.starts[position]) is not None
    return aged or lexicon.other_sports.longest(words, position) is not None


def _past_abbreviation(words: Words, end: int) -> tuple[int, int]:
    """The word and the offset after an office, past "(VFF)"."""
    if _is_bracketed(words, end) and (words.words[end].isupper() or _brand(words, end)):
        return end + 1, words.ends[end] + 1
    return end, _stop(words, end)


def _is_bracketed(words: Words, position: int) -> bool:
    """Whether the word stands alone in brackets."""
    return position < len(words) and words.gaps[position] == "(" and words.gaps[position + 1].startswith(")")


def _brand(words: Words, position: int) -> str:
    """The name in brackets after that of a company by which it goes, "ngân hàng Lộc Phát (LPBank)"; "" where none is.

    It has capitals inside; of one in capitals throughout the long form is kept.
    """
    word = words.words[position] if _is_bracketed(words, position) else ""
    return word if word and not word.isupper() and word[1:] != word[1:].lower() else ""


def _stop(words: Words, end: int) -> int:
    """The offset after word end-1 and the number that belongs to it."""
    number = _NUMBER.match(words.text, words.ends[end - 1]) if _NUMBERED.match(words.lower[end - 1]) else None
    return number.end() if number else words.ends[end - 1]


def _follows(phrases: Phrases[T], words: Words, position: int) -> tuple[int, T] | None:
    """The phrase that follows with only spaces before it: where it ends, and its value."""
    return phrases.longest(words, position) if position < len(words) and not words.gaps[position] else None


def units_at(lexicon: Lexicon, words: Words, position: int, head: Head) -> list[Unit]:
    """The complement from `position` on."""
    units: list[Unit] = []
    while len(units) < _MOST_UNITS and position < len(words) and not words.gaps[position]:
        unit = _unit(lexicon, words, position, head, first=not units)
        if unit is None and not head.complete:
            unit = _connected(lexicon, words, position, head)
            if unit and not unit.country and units and units[-1].listed and words.lower[position] == "tại":
                break  # "bổ nhiệm làm Trưởng ban Tuyên giáo Trung ương tại Hà Nội"
        if unit is None or (unit.country and units and units[-1].text == unit.text):
            break  # "Bộ trưởng Quốc phòng Israel Israel Katz"
        units.append(unit)
        position = unit.end
    return units


def _connected(lexicon: Lexicon, words: Words, position: int, head: Head) -> Unit | None:
    """A unit after a connecting word: "tại Liên bang Nga", "của Real Madrid" (kept without "của")."""
    after = position + 1
    if words.lower[position] not in lexicon.connectors or after >= len(words) or words.gaps[after]:
        return None
    of = words.lower[position] in _OF
    named = words.capital[after] or lexicon.organisations.longest(words, after)
    if of and (not named or lexicon.heads.longest(words, after)):
        return None  # "Trợ lý của Tổng thống Mỹ A": A is the president
    unit = _unit(lexicon, words, after, head, first=of)
    return unit and Unit(unit.end, unit.text if of else f"{words.lower[position]} {unit.text}", unit.country)


def _unit(lexicon: Lexicon, words: Words, position: int, head: Head, *, first: bool) -> Unit | None:
    if head.complete:
        return _country(lexicon, words, _past_party(lexicon, words, position), head) if first else None
    if head.of_office and first:
        inner = at(lexicon, words, position)
        if inner:
            return Unit(inner.end, ", ".join(inner.titles))
    if first and head.titles[0].startswith(GOVERNMENT):
        ministry = _ministry(lexicon, words, position)
        if ministry:
            return ministry
    return (
        _team(lexicon, words, position)
        or _body(lexicon, words, position)
        or _country(lexicon, words, position, head)
        or _place(lexicon, words, position)
        or _region(lexicon, words, position, head)
        or _institution(lexicon, words, position, head, first=first)
    )


def _past_party(lexicon: Lexicon, words: Words, position: int) -> int:
    """Past "đảng Cộng sản" in "Tổng Bí thư đảng Cộng sản Trung Quốc"."""
    party = lexicon.parties.longest(words, position)
    return party[0] if party and party[0] < len(words) and not words.gaps[party[0]] else position


def _ministry(lexicon: Lexicon, words: Words, position: int) -> Unit | None:
    """ "Bộ Ngoại giao" or "Ngoại giao" alone: both are kept as "Bộ Ngoại giao"."""
    found = _follows(lexicon.ministries, words, position + (words.lower[position] in _MINISTRY))
    return found and Unit(found[0], f"Bộ {found[1]}")


def _body(lexicon: Lexicon, words: Words, position: int) -> Unit | None:
    """A listed body, but "Đảng ủy Quốc hội" and "Đảng Dân chủ" are no "Đảng"."""
    found, kind = lexicon.known.longest(words, position), lexicon.organisations.longest(words, position)
    if found is None or (kind and kind[0] > found[0]):
        return None
    end = found[0]
    named = kind and end < len(words) and not words.gaps[end] and words.capital[end] and end - position == 1
    if named and not lexicon.places.longest(words, end) and institution(lexicon, words, position) > end:
        return None
    return Unit(end, found[1], listed=True)


def _place(lexicon: Lexicon, words: Words, position: int) -> Unit | None:
    """A listed place; Chủ tịch Hồ Chí Minh is a man."""
    found = lexicon.places.longest(words, position) if words.capital[position] else None
    if found is None or found[1] in lexicon.country_names or words.phrase(position, found[0]) in lexicon.never_acting:
        return None
    end, text = found
    if end < len(words) and words.words[end] == _CLUB and not words.gaps[end]:
        return Unit(end + 1, f"{text} {_CLUB}")
    family = _before_family(lexicon, words, end)
    if family > end:
        return Unit(family, words.surface(position, family))
    return Unit(end, text, local=text in lexicon.provinces or text in lexicon.cities)


def _before_family(lexicon: Lexicon, words: Words, position: int) -> int:
    """The end of foreign words that go on with a company's name before a Vietnamese person: "FPT Telecom Hoàng Việt
    Anh"; `position` where none do.
    """
    end = position
    while end < len(words) and not words.gaps[end] and words.capital[end] and not is_vietnamese(words.words[end]):
        end += 1
    person = end + 1 < len(words) and is_surname(lexicon, words, end) and not (words.gaps[end] or words.gaps[end + 1])
    return end if person and words.capital[end + 1] else position


def _country(lexicon: Lexicon, words: Words, position: int, head: Head) -> Unit | None:
    """A country, "nước" or not. Đức, Nga, Anh can begin a Vietnamese name too, unless the office is one of states."""
    found = lexicon.countries.longest(words, position) if words.capital[position] else None
    state = None if found else lexicon.states.longest(words, position)
    if state and state[0] < len(words) and not words.gaps[state[0]] and words.capital[state[0]]:
        position = state[0]
        found = lexicon.countries.longest(words, position)
    if found is None:
        return None
    end, country = found
    followed = end < len(words) and not words.gaps[end] and words.capital[end] and is_vietnamese(words.words[end])
    ambiguous = end - position == 1 and is_vietnamese(words.words[position])
    if ambiguous and followed and (not head.personal or head.titles[0] in lexicon.never_bare):
        return None
    return Unit(end, country, country=True)


def _region(lexicon: Lexicon, words: Words, position: int, head: Head) -> Unit | None:
    """ "tỉnh Quảng Trị", "thành phố Đà Nẵng" (kept as "TP Đà Nẵng"); a mayor is of New York."""
    region = lexicon.regions.longest(words, position)
    if region is None or region[0] >= len(words) or words.gaps[region[0]] or not words.capital[region[0]]:
        return None
    place = lexicon.places.longest(words, region[0])
    local = region[1] in lexicon.local_regions
    return place and Unit(place[0], place[1] if head.of_city else f"{region[1]} {place[1]}", local=local)


def _team(lexicon: Lexicon, words: Words, position: int) -> Unit | None:
    """ "U23 Việt Nam", "U.23 Malaysia", "đội tuyển U22 Việt Nam": kept as "U23 Việt Nam"."""
    team = lexicon.regions.longest(words, position)
    position = team[0] if team and team[1] not in lexicon.local_regions else position
    if position + 1 >= len(words) or words.lower[position] != "u":
        return None
    age = _AGE.match(words.text, words.starts[position])
    country = lexicon.countries.longest(words, position + 1)
    return Unit(country[0], f"U{age[1]} {country[1]}") if age and country else None


def _institution(lexicon: Lexicon, words: Words, position: int, head: Head, *, first: bool) -> Unit | None:
    """An institution, company or place by its first word, or by any words where the office is of no state."""
    word = begun(lexicon, words, position)
    if word is None and (head.personal or not first):
        return None
    end = institution(lexicon, words, position)
    if end == position:
        return None
    local = word is not None and word[1] == "place"
    text = " ".join(words.text[words.starts[position] : _stop(words, end)].split()).rstrip(".")
    return Unit(end, text, local=local)
