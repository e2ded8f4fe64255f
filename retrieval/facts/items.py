"""One sentence in order: its offices, titles and names."""

from dataclasses import dataclass

from retrieval.facts import offices, persons
from retrieval.facts.offices import Office
from retrieval.facts.persons import Name
from retrieval.facts.rules import Rules, Sex, Single
from retrieval.facts.words import Words


@dataclass(frozen=True, slots=True)
class Title:
    """ "ông", "Đại tướng", "ca sĩ": makes a person of what follows."""

    start: int
    end: int
    sex: Sex
    single: Single


Item = Office | Title | Name


def items(rules: Rules, words: Words) -> list[Item]:
    """The offices, titles and names of a sentence, in order."""
    found: list[Item] = []
    position, last = 0, len(words)
    lower, capital, openers = words.lower, words.capital, rules.openers
    while position < last:
        if not capital[position] and lower[position] not in openers:  # by far the most words
            position += 1
            continue
        item = _item(rules, words, position, found[-1] if found else None)
        if item:
            found.append(item)
        position = item.end if item else _skipped(rules, words, position)
    return found


def _item(rules: Rules, words: Words, position: int, previous: Item | None) -> Item | None:
    if not words.capital[position]:
        return offices.at(rules, words, position) or _title(rules, words, position)
    if words.lower[position] not in rules.capital_openers:
        return _name(rules, words, position, previous)
    alias = rules.aliases.longest(words, position)
    if alias:
        return Name(position, alias[0], "sure")
    office = offices.at(rules, words, position)
    if office or rules.not_titles.longest(words, position):
        return office
    return _title(rules, words, position) or _name(rules, words, position, previous)


def _name(rules: Rules, words: Words, position: int, previous: Item | None) -> Name | None:
    if _opens_sentence(rules, words, position) or rules.known.longest(words, position):
        return None
    if words.lower[position] in rules.left and _office_follows(rules, words, position):
        return None
    if isinstance(previous, Office | Title) and _adjacent(words, previous, position):
        family = isinstance(previous, Office) and not previous.head.personal
        return persons.after_title(rules, words, position, _single(previous), family=family)
    name = persons.alone(rules, words, position)
    return None if name.certainty == "perhaps" and persons.is_place(rules, words, name.start, name.end) else name


def _office_follows(rules: Rules, words: Words, position: int) -> bool:
    """Whether the word says how the office after it is held: "Quyền Vụ trưởng", "Nguyên Giám đốc"."""
    after = position + 1
    return after < len(words) and not words.gaps[after] and offices.at(rules, words, after) is not None


def _single(previous: Office | Title) -> Single:
    """Which single word is a name here: after "Chủ tịch Masan" hardly any, it goes on as "Masan Group"."""
    if isinstance(previous, Title):
        return previous.single
    return "foreign" if not previous.complemented or previous.country else "none"


def _title(rules: Rules, words: Words, position: int) -> Title | None:
    """A title; Anh amid a sentence is a country."""
    found = rules.titles.longest(words, position)
    country = words.lower[position] == "anh" and words.capital[position] and position and not words.gaps[position]
    if found is None or country:
        return None
    return Title(position, found[0], found[1].sex, found[1].single)


def _opens_sentence(rules: Rules, words: Words, position: int) -> bool:
    """Whether the capital is that of a sentence: "Theo Nguyễn Văn A"."""
    opens = position == 0 or words.gaps[position] != ""
    return opens and words.lower[position] in rules.openings and not words.shouting


def _skipped(rules: Rules, words: Words, position: int) -> int:
    """Where reading goes on after a word that begins nothing: past the run or the place that it begins."""
    if not words.capital[position] or _opens_sentence(rules, words, position):
        return position + 1
    if words.lower[position] in rules.left and _office_follows(rules, words, position):
        return position + 1
    found = rules.not_titles.longest(words, position) or rules.known.longest(words, position)
    return found[0] if found else max(position + 1, persons.run_end(rules, words, position))


def _adjacent(words: Words, item: Office | Title, position: int) -> bool:
    return position == item.end and not words.text[stop(words, item) : words.starts[position]].strip()


def stop(words: Words, item: Item) -> int:
    """The offset after an item."""
    return item.stop if isinstance(item, Office) else words.ends[item.end - 1]


def between(words: Words, first: Item, second: Item) -> str:
    """The text between two items in lower case, without outer white space."""
    return words.text[stop(words, first) : words.starts[second.start]].strip().lower()
