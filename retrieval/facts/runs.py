"""Capitalised runs, and which of them are persons."""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from retrieval.facts.lexicon import Lexicon, Single
from retrieval.facts.words import Words, is_vietnamese

# Nobody in the news has more names than that; longer runs are headlines, organisations, lists without commas.
_LONGEST_NAME = 5
_LONGEST_VIETNAMESE_NAME = 4
_SHORTEST_NAME = 2
# Words between "phu nhân" and the names after it: "phu nhân Tổng Bí thư, Chủ tịch nước Tô Lâm Ngô Phương Ly".
_NEAR = 9
# So many capitals are those of given names: KP Sharma Oli.
_INITIALS = 2
# Up to here letters are those of western languages too: "Véran" is a name.
_LAST_WESTERN = "ÿ"
# "von", "bin": so many times in a run, and one after the other.
_MOST_PARTICLES, _MOST_IN_A_ROW = 4, 3
_MOST_PLACES = 6  # one after the other: more are a list
ARABIC = "al-"  # one such word is a name
# The given name of a Korean: Choi Won-kwon.
_KOREAN = re.compile("[A-Z][a-z]{1,5}-[a-z]{2,6}")
# A family name by its ending: shorter words than "Putov" end so by chance.
_SHORTEST_FAMILY = 5

# `sure`: a person by its form or by what stands before it. `perhaps`: only if the article names that person elsewhere.
Certainty = Literal["sure", "perhaps"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the words start … end-1; a country, a city or an employer before it begins at word `origin`."""

    start: int
    end: int
    certainty: Certainty
    origin: int


def run_end(lexicon: Lexicon, words: Words, first: int) -> int:
    """The end of the run of capitalised words from `first` on: "Bùi Thanh Sơn", "Ursula von der Leyen"."""
    end = _stretch_end(lexicon, words, first)
    for _ in range(_MOST_PARTICLES):
        particle = end < len(words) and not words.gaps[end] and words.lower[end] in lexicon.particles
        if not particle or words.capital[end] or words.are_vietnamese(first, end):
            break
        after = _after_particles(lexicon, words, end)
        if not after:
            break
        end = _stretch_end(lexicon, words, after - 1)
    return end


def _stretch_end(lexicon: Lexicon, words: Words, first: int) -> int:
    """The end of the words with capitals from `first` on, looked for once for all words of a stretch."""
    known, at = words.stretches, first
    while at not in known:
        at += 1
        if at >= len(words) or words.gaps[at] or not words.capital[at] or _breaks_off(lexicon, words, at):
            end = at
            break
    else:
        end = known[at]
    known.update(dict.fromkeys(range(first, at), end))
    return end


def _breaks_off(lexicon: Lexicon, words: Words, position: int) -> bool:
    return _office_begins(lexicon, words, position) or _is_function_word(lexicon, words, position)


def _is_function_word(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether a word that no name holds has a capital: "Tô Lâm Những"; Tran Trong Khanh is typed without diacritics."""
    if words.lower[position] not in lexicon.not_in_names or words.shouting:
        return False
    after = position + 1
    goes_on = after < len(words) and not words.gaps[after] and words.capital[after]
    return not (goes_on and words.words[position].isascii())


def _office_begins(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether an office begins inside a run. Quốc Vương can be a name: one of its words has to be in lower case."""
    found = lexicon.heads.longest(words, position)
    return found is not None and (found[0] - position >= 3 or not all(words.capital[position : found[0]]))


def _after_particles(lexicon: Lexicon, words: Words, position: int) -> int:
    """The word after "von der" if it is a glued capitalised one, plus one; a Vietnamese one not after "de"; else 0."""
    end = position
    last = min(len(words), position + _MOST_IN_A_ROW)
    while end < last and words.lower[end] in lexicon.particles and not words.capital[end] and not words.gaps[end]:
        end += 1
    if end >= len(words) or words.gaps[end] or not words.capital[end]:
        return 0
    return end + 1


def is_surname(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether the word is a capitalised Vietnamese surname."""
    return words.capital[position] and words.lower[position] in lexicon.surnames


def is_foreign_run(words: Words, first: int, last: int) -> bool:
    """Whether a word without diacritics stands before foreign ones: a hang is a cave, Hang Chuon Naron a man."""
    first_word = words.words[first]
    return first_word.isascii() and is_vietnamese(first_word) and not words.are_vietnamese(first, last)


def name_in(lexicon: Lexicon, words: Words, first: int, last: int) -> int | None:
    """Where a full name begins that ends the run first … last-1: "Quảng Trị | Võ Văn Hưng", "Nvidia | Jensen Huang"."""
    starts = range(max(first, last - _LONGEST_VIETNAMESE_NAME), last - 1)
    known = [start for start in starts if words.phrase(start, last) in lexicon.sino_vietnamese]
    if known:
        return known[0]
    family = [start for start in starts if is_surname(lexicon, words, start) and words.are_vietnamese(start, last)]
    certain = [start for start in family if words.lower[start] in lexicon.strong]
    if certain or family:
        return (certain or family)[0]
    given = [start for start in starts if words.lower[start] in lexicon.foreign]
    given = given or [start for start in starts if _is_foreign(lexicon, words, start, last)]
    if given:
        return given[0]
    abbreviations = [_abbreviation(words, i) for i in range(first, last)]
    return first + 1 if last - first >= 2 and abbreviations[0] and not any(abbreviations[1:]) else None


def _abbreviation(words: Words, position: int) -> bool:
    word = words.words[position]
    return word.isupper() and sum(character != "." for character in word) >= 2


def is_place(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    """Whether the run begins with a place or an institution, and nothing in it is left for a person."""
    for _ in range(_MOST_PLACES):
        found = lexicon.places.longest(words, first)
        if found is None or found[0] >= last:
            return found is not None
        first = found[0]
    return True


class Expected(NamedTuple):
    """What a title or an office tells of the name after it.

    `single` says which single word is certainly a name here, `family` that a Vietnamese name has to begin with a
    surname, `employed` that an employer or a city may stand before the name: "CEO Kaspersky Eugene Kaspersky".
    """

    single: Single
    family: bool
    employed: bool


def after_title(lexicon: Lexicon, words: Words, first: int, expected: Expected) -> Name | None:
    """The person whose title or office ends right before word `first`, where a capitalised run begins."""
    single, family, employed = expected
    last = (_quiet_end if words.shouting else _one_name_end)(lexicon, words, first)
    if is_place(lexicon, words, first, last) and not _commemorated(lexicon, words, first, last):
        return None
    begun = first
    first = _after_origin(lexicon, words, first, last)
    if first == begun:
        first = (_after_employer if employed else _after_country)(lexicon, words, first, last)
    if first > begun and is_place(lexicon, words, first, last):
        return None  # "đại biểu Quốc hội TP Hà Nội"
    origin = begun if employed else first
    if _is_institution(lexicon, words, first, last):
        return None
    if _length(lexicon, words, first, last) > _LONGEST_NAME or _no_name(words, first, last):
        return None
    if last - first == 1:
        foreign = not is_vietnamese(words.words[first])
        known = words.lower[first] in lexicon.foreign or words.lower[first] in lexicon.mononyms
        known = known or words.lower[first].startswith(ARABIC)
        certain = single == "any" or (foreign and (single == "foreign" or known))
    else:
        certain = not family or is_surname(lexicon, words, first) or not words.are_vietnamese(first, last)
        certain = certain or words.phrase(first, last) in lexicon.remembered or words.lower[first] in lexicon.foreign
    spoilt = _is_cut_off(words, last) or _is_glued(words, last - 1)
    return Name(first, last, "sure" if certain and not spoilt else "perhaps", origin)


def _length(lexicon: Lexicon, words: Words, first: int, last: int) -> int:
    """The words of a name that count: "Mohammed bin Jassim" has two."""
    return sum(word not in lexicon.in_persons for word in words.words[first:last])


def _is_institution(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    """Whether the run begins like an institution or a place: "Trường Chinh" is a man."""
    begun = lexicon.organisations.longest(words, first) is not None and not is_surname(lexicon, words, first)
    return begun and not (_commemorated(lexicon, words, first, last) or is_foreign_run(words, first, last))


def _is_cut_off(words: Words, last: int) -> bool:
    """Whether a feed has cut the text within the name: "Tổng Bí thư Tô Lâ..."."""
    dots = last == len(words) and words.gaps[last].startswith(("..", "…"))
    return dots and not words.text[words.end :].strip()


def _is_glued(words: Words, position: int) -> bool:
    """Whether a word is two syllables that lack the space between them: "Nguyễn Thanh Longđề" nghị."""
    word = words.words[position]
    if max(word) <= _LAST_WESTERN or is_vietnamese(word):
        return False
    return any(is_vietnamese(word[:at]) and is_vietnamese(word[at:]) for at in range(2, len(word) - 1))


def _one_name_end(lexicon: Lexicon, words: Words, first: int) -> int:
    """The end of the first name of a run: in "phu nhân Tổng Bí thư Tô Lâm Ngô Phương Ly" two persons stand."""
    last = run_end(lexicon, words, first)
    two = last - first > _LONGEST_NAME or (last - first > _SHORTEST_NAME + 1 and _is_of_kin(lexicon, words, first))
    if not two or words.shouting or not is_surname(lexicon, words, first) or not words.are_vietnamese(first, last):
        return last
    latest = min(first + _LONGEST_VIETNAMESE_NAME, last - _SHORTEST_NAME)
    strong = (i for i in range(first + _SHORTEST_NAME, latest + 1) if words.lower[i] in lexicon.strong)
    return next(strong, last)


def _is_of_kin(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether somebody's wife, son or sister is spoken of shortly before."""
    before = range(max(0, position - _NEAR), position)
    return any(
        words.phrase(i, i + size) in lexicon.kin and words.phrase(max(0, i - 1), i + 1) not in lexicon.compounds
        for i in before
        for size in (1, 2)
    )


def _no_name(words: Words, first: int, last: int) -> bool:
    """An abbreviation, "VFF"."""
    return last - first == 1 and (len(words.words[first]) == 1 or (_abbreviation(words, first) and not words.shouting))


def _commemorated(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    """Whether the run is a name that a place has too: Hồ Chí Minh."""
    return words.phrase(first, last) in lexicon.commemorated


def _after_origin(lexicon: Lexicon, words: Words, first: int, last: int) -> int:
    """Past the country or the club in "ca sĩ Mỹ Taylor Swift", "HLV Arsenal Mikel Arteta"; Mỹ Tâm is a name."""
    found = lexicon.places.longest(words, first)
    if found is None and last - first >= 3 and _abbreviation(words, first) and not _abbreviation(words, first + 1):
        initials = len(words.words[first]) <= _INITIALS and not is_vietnamese(words.words[first + 1])
        return first + (not initials)  # "Giám đốc FBI Kash Patel", "Thủ tướng KP Sharma Oli"
    if found is None or found[0] >= last:
        return first
    named = not is_vietnamese(words.words[found[0]])
    # "Hong Kong Hứa Thiệu Hùng"; Mỹ Tâm and Lê Mỹ Linh are names.
    named = named or (found[0] - first >= 2 and last - found[0] >= 2 and is_surname(lexicon, words, found[0]))
    return found[0] if named else first


def _after_employer(lexicon: Lexicon, words: Words, first: int, last: int) -> int:
    """Past a foreign city or company that no list has, to a first name: "Uruapan Carlos Manzo"."""
    if words.lower[first] in lexicon.foreign or is_vietnamese(words.words[first]):
        return first
    return next((i for i in range(first + 1, last - 1) if words.lower[i] in lexicon.foreign), first)


def _after_country(lexicon: Lexicon, words: Words, first: int, last: int) -> int:
    """Past a country of two words before a name of several, whatever it looks like: "Trung Quốc Địch Lệ Nhiệt Ba"."""
    found = lexicon.countries.longest(words, first)
    return found[0] if found and found[0] - first >= 2 and last - found[0] >= _SHORTEST_NAME else first


def _quiet_end(lexicon: Lexicon, words: Words, first: int) -> int:
    """The end of a name in a line of capitals: before the first word that ends a name, or at the end of the line."""
    last = first + 1
    while last < min(len(words), first + _LONGEST_VIETNAMESE_NAME) and not words.gaps[last]:
        if last >= first + _SHORTEST_NAME and words.lower[last] in lexicon.stop:
            break
        last += 1
    return last


def alone(lexicon: Lexicon, words: Words, first: int) -> Name:
    """What a run is that has no title before it, by its form alone: "Moscow Yekaterina Zinovieva" without Moscow."""
    last = _one_name_end(lexicon, words, first)
    start = _after_origin(lexicon, words, first, last)
    sure = not words.shouting and _looks_like_person(lexicon, words, start, last)
    sure = sure or (last - first == 1 and words.lower[first] in lexicon.mononyms)
    start = start if sure else first
    return Name(start, last, "sure" if sure else "perhaps", start)


def _looks_like_person(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    length = _length(lexicon, words, first, last)
    if length > 1 and words.phrase(first, last) in lexicon.remembered:
        return True
    if length == 2 and _KOREAN.fullmatch(words.words[last - 1]):
        return True
    if not 2 <= length <= _LONGEST_NAME or not _by_form(lexicon, words, first, last):
        return False
    return not any(_inside_place(lexicon, words, i, last) for i in range(first, last))


def _by_form(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    word = words.lower[first]
    if word in lexicon.surnames and words.are_vietnamese(first, last):
        return last - first >= 3 or word in lexicon.strong
    foreign = _is_foreign(lexicon, words, first, last) and not words.are_vietnamese(first, last)
    return foreign and not any(_abbreviation(words, i) for i in range(first, last))


def _is_foreign(lexicon: Lexicon, words: Words, first: int, last: int) -> bool:
    """Whether a run begins like a foreign person's name, or is two or three words that end like one."""
    if words.lower[first] in lexicon.foreign or not lexicon.in_persons.isdisjoint(words.words[first + 1 : last - 1]):
        return True
    family = words.lower[last - 1]
    if not 2 <= last - first <= 3 or is_vietnamese(words.words[first]):
        return False
    return family in lexicon.family or (len(family) >= _SHORTEST_FAMILY and family.endswith(lexicon.family_endings))


def _inside_place(lexicon: Lexicon, words: Words, position: int, last: int) -> bool:
    """Whether a place of at least two words begins here: Hoàng Anh *Gia Lai* is no person, Lê *Mỹ* Linh is one."""
    found = lexicon.places.longest(words, position)
    return found is not None and found[0] - position >= 2 and found[0] <= last
