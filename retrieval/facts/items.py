"""One sentence in order: its offices, titles and names, and what stands to the left of one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from retrieval.facts import offices, runs
from retrieval.facts.lexicon import Lexicon, Sex, Single, Status
from retrieval.facts.offices import Office
from retrieval.facts.runs import Name
from retrieval.facts.words import Words

T = TypeVar("T")

_LONGEST_PHRASE = 5
_LINKS = (":", "-", "–", "—")


def ends_with(words: Words, position: int, phrases: Collection[str]) -> bool:
    """Whether one of the phrases ends right before word `position`."""
    return any(phrase in phrases for phrase in _before(words, position))


def lookup(words: Words, position: int, phrases: Mapping[str, T]) -> T | None:
    """The value of the longest of the phrases that ends right before word `position`."""
    return next((phrases[phrase] for phrase in _before(words, position) if phrase in phrases), None)


def _before(words: Words, position: int) -> list[str]:
    """The phrases of glued words that end right before word `position`, longest first."""
    if position >= len(words) or words.gaps[position]:
        return []
    first = position - 1
    while first > max(0, position - _LONGEST_PHRASE) and not words.gaps[first]:
        first -= 1
    return [words.phrase(start, position) for start in range(max(first, 0), position)]


def status_before(lexicon: Lexicon, words: Words, position: int) -> Status | None:
    """ "former" after cựu and nguyên, "late" after cố, "acting" after quyền; None where nothing is said."""
    found = lookup(words, position, lexicon.left)
    # "Quyền" ends "chủ quyền", "bản quyền"; "nguyên" ends "Tây Nguyên"; "cố" ends "sự cố".
    if found and position >= 2 and not words.gaps[position - 1]:
        compound = words.phrase(position - 2, position)
        return None if compound in lexicon.compounds else found
    return found


def modified_from(lexicon: Lexicon, words: Words, position: int) -> int:
    """The word from which on an office is said to be held in some way or by somebody new: "cựu", "tân", "nữ"."""
    if status_before(lexicon, words, position):
        position -= 1
    glued = position > 0 and not words.gaps[position]
    return position - 1 if glued and words.lower[position - 1] in lexicon.modifiers else position


def is_plural(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether "các", "hai", "một số" stands before, with or without "nguyên" or "đồng chí" between."""
    position = modified_from(lexicon, words, position)
    if words.phrase(max(0, position - 2), position) == "đồng chí":
        position -= 2
    return ends_with(words, position, lexicon.plural) or words.gaps[position].isdigit()


def is_credit(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether the word is a photographer's or an author's name: "Ảnh: …", "Nguồn - …", "Ảnh TRẦN BÌNH"."""
    if not position:
        return False
    gap = words.gaps[position]
    if gap and gap not in _LINKS:
        return False
    if not gap and not words.words[position].isupper():
        return False
    first = max(0, position - 3)
    return any(words.phrase(start, position) in lexicon.credits for start in range(first, position))


@dataclass(frozen=True, slots=True)
class Title:
    """ "ông", "Đại tướng", "ca sĩ": makes a person of what follows."""

    start: int
    end: int
    sex: Sex
    single: Single


Item = Office | Title | Name


def items(lexicon: Lexicon, words: Words) -> list[Item]:
    """The offices, titles and names of a sentence, in order."""
    found: list[Item] = []
    position, last = 0, len(words)
    lower, capital, openers = words.lower, words.capital, lexicon.openers
    while position < last:
        if not capital[position] and lower[position] not in openers:  # by far the most words
            position += 1
            continue
        item = _item(lexicon, words, position, found[-1] if found else None)
        if item:
            found.append(item)
        position = item.end if item else _skipped(lexicon, words, position)
    return found


def _item(lexicon: Lexicon, words: Words, position: int, previous: Item | None) -> Item | None:
    if not words.capital[position]:
        alias = _alias(lexicon, words, position)
        return alias or offices.at(lexicon, words, position) or _title(lexicon, words, position)
    if words.lower[position] not in lexicon.capital_openers:
        return _name(lexicon, words, position, previous)
    alias = _alias(lexicon, words, position)
    if alias:
        return alias
    office = offices.at(lexicon, words, position)
    if office or lexicon.not_titles.longest(words, position):
        return office
    title = _title(lexicon, words, position)
    if title and isinstance(previous, Title) and _is_surname(words, previous, title):
        title = None
    return title or _name(lexicon, words, position, previous)


def _is_surname(words: Words, previous: Title, title: Title) -> bool:
    """Whether a title after a title is a surname: "ông Cô Gia Thọ"."""
    single = title.sex != "unknown" and title.end == title.start + 1 < len(words)
    return single and _adjacent(words, previous, title.start) and words.capital[title.end] and not words.gaps[title.end]


def _alias(lexicon: Lexicon, words: Words, position: int) -> Name | None:
    """ "Bác Hồ", "bầu Đức", but not in "bác Hồ Văn A"."""
    found = lexicon.aliases.longest(words, position)
    if found is None or (found[0] < len(words) and not words.gaps[found[0]] and words.capital[found[0]]):
        return None
    return Name(position, found[0], "sure", position) if words.capital[found[0] - 1] else None


def _name(lexicon: Lexicon, words: Words, position: int, previous: Item | None) -> Name | None:
    if _opens_sentence(lexicon, words, position) or lexicon.known.longest(words, position):
        return None
    if words.lower[position] in lexicon.left and _office_follows(lexicon, words, position):
        return None
    if isinstance(previous, Office | Title) and _adjacent(words, previous, position):
        family = isinstance(previous, Office) and not previous.head.personal
        employed = isinstance(previous, Office) and not previous.complement and (family or previous.head.of_city)
        return runs.after_title(lexicon, words, position, runs.Expected(_single(previous), family, employed))
    name = runs.alone(lexicon, words, position)
    return None if name.certainty == "perhaps" and runs.is_place(lexicon, words, name.start, name.end) else name


def _office_follows(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether the word says how the office after it is held: "Quyền Vụ trưởng", "Nguyên Giám đốc"."""
    after = position + 1
    return after < len(words) and not words.gaps[after] and offices.at(lexicon, words, after) is not None


def _single(previous: Office | Title) -> Single:
    """Which single word is a name here: after "Chủ tịch Masan" hardly any, it goes on as "Masan Group"."""
    if isinstance(previous, Title):
        return previous.single
    if previous.head.of_city and not previous.complement:
        return "none"
    return "foreign" if not previous.complement or previous.country else "none"


def _title(lexicon: Lexicon, words: Words, position: int) -> Title | None:
    """A title; Anh amid a sentence is a country."""
    found = lexicon.titles.longest(words, position)
    country = words.lower[position] == "anh" and words.capital[position] and position and not words.gaps[position]
    if found is None or country:
        return None
    return Title(position, found[0], found[1].sex, found[1].single)


def _opens_sentence(lexicon: Lexicon, words: Words, position: int) -> bool:
    """Whether the capital is that of a sentence: "Theo Nguyễn Văn A"."""
    opens = position == 0 or words.gaps[position] != ""
    return opens and words.lower[position] in lexicon.openings and not words.shouting


def _skipped(lexicon: Lexicon, words: Words, position: int) -> int:
    """Where reading goes on after a word that begins nothing: past the run or the place that it begins."""
    if not words.capital[position] or _opens_sentence(lexicon, words, position):
        return position + 1
    if words.lower[position] in lexicon.left and _office_follows(lexicon, words, position):
        return position + 1
    found = lexicon.not_titles.longest(words, position) or lexicon.known.longest(words, position)
    return found[0] if found else max(position + 1, runs.run_end(lexicon, words, position))


def _adjacent(words: Words, item: Office | Title, position: int) -> bool:
    return position == item.end and not words.text[stop(words, item) : words.starts[position]].strip()


def stop(words: Words, item: Item) -> int:
    """The offset after an item."""
    return item.stop if isinstance(item, Office) else words.ends[item.end - 1]


def between(words: Words, first: Item, second: Item) -> str:
    """The text between two items in lower case, without outer white space."""
    start = second.origin if isinstance(second, Name) else second.start
    return words.text[stop(words, first) : words.starts[start]].strip().lower()
