"""Whether a name is a person who acts, one who is only named, or no person at all."""

import re
from typing import Literal

from retrieval.facts import context
from retrieval.facts.attribution import first_of
from retrieval.facts.chains import Attribution
from retrieval.facts.institutions import institution
from retrieval.facts.items import Title
from retrieval.facts.persons import Name, is_place

Role = Literal["actor", "other"]

_INITIALS = re.compile(r"(?:\w\.)+\w?\.?")
# So many words may stand between "Công ty" and its name: "Công ty cổ phần đầu tư và phát triển …".
_LONGEST_KIND = 8
_CREDITED = ("-", "–", "/", "&", "và", ",")


def credited(found: Attribution) -> frozenset[int]:
    """The names, by index in `found.items`, that are those of photographers and authors: "Ảnh: A - B"."""
    indices: set[int] = set()
    for index, item in enumerate(found.items):
        if isinstance(item, Name) and _credited(found, index, indices):
            indices.add(index)
    return frozenset(indices)


def _credited(found: Attribution, index: int, credited: set[int]) -> bool:
    if context.is_credit(found.rules, found.words, found.items[first_of(found, index)].start):
        return True
    before = index - 1
    if before not in credited:
        return False
    start = found.words.ends[found.items[before].end - 1]
    return found.words.text[start : found.words.starts[found.items[index].start]].strip() in _CREDITED


def can_be_credited(found: Attribution, name: Name) -> bool:
    """A photographer's name or initials, not an agency."""
    words, rules = found.words, found.rules
    if name.end - name.start == 1:
        return _INITIALS.fullmatch(words.words[name.start]) is not None
    return (
        words.phrase(name.start, name.end) not in rules.agencies
        and not is_place(rules, words, name.start, name.end)
        and rules.organisations.longest(words, name.start) is None
        and name.end - name.start <= 5
    )


def role_of(found: Attribution, index: int, name: Name) -> Role | None:
    """The role of a name without a credit; None where it is no person's."""
    words, rules = found.words, found.rules
    phrase = words.phrase(name.start, name.end)
    first = found.items[first_of(found, index)]
    titled = index > 0 and isinstance(found.items[index - 1], Title) and first.start < name.start
    if _INITIALS.fullmatch(words.words[name.start]) and name.end - name.start == 1:
        return None
    if not titled and _after_any(found, first.start, rules.namesakes):
        return (
            "other" if name.certainty == "sure" and name.end - name.start >= 2 and not _is_city(found, name) else None
        )
    if first is name and (_after_any(found, name.start, rules.around_no_person) or _is_called_so(found, name)):
        return None
    if rules.aliases.longest(words, name.start) or phrase in rules.never_acting:
        return "other"
    if phrase in rules.commemorated and not titled and not found.held.get(index):
        return "other"
    return "actor"


def _after_any(found: Attribution, position: int, phrases: frozenset[str]) -> bool:
    """Whether one of the phrases ends right before the word; "yêu cầu" is no bridge."""
    words = found.words
    return context.ends_with(words, position, phrases) and not context.ends_with(words, position, found.rules.unlike)


def _is_called_so(found: Attribution, name: Name) -> bool:
    """Whether the name is part of that of a company or another institution: "Công ty cổ phần Trần Anh"."""
    words, rules = found.words, found.rules
    start = name.start
    while start and not words.gaps[start] and name.start - start < _LONGEST_KIND:
        start -= 1
        begun = rules.organisations.longest(words, start)
        if begun and begun[1] == "named" and begun[0] <= name.start:
            return institution(rules, words, start) >= name.end
    return False


def _is_city(found: Attribution, name: Name) -> bool:
    return context.ends_with(found.words, name.start, found.rules.place_words)
