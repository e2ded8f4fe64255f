"""The names of one sentence: who acts, who is only named, who is no person at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.facts.attribution import first_of
from retrieval.facts.chains import Attribution, Held
from retrieval.facts.institutions import institution
from retrieval.facts.items import Title, ends_with, is_credit
from retrieval.facts.lexicon import Lexicon, Sex
from retrieval.facts.mentions import Role, display, key_of
from retrieval.facts.runs import Name

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
    if is_credit(found.lexicon, found.words, found.items[first_of(found, index)].start):
        return True
    before = index - 1
    if before not in credited:
        return False
    start = found.words.ends[found.items[before].end - 1]
    return found.words.text[start : found.words.starts[found.items[index].start]].strip() in _CREDITED


def can_be_credited(found: Attribution, name: Name) -> bool:
    """A photographer's name or initials, not an agency."""
    words, lexicon = found.words, found.lexicon
    if name.end - name.start == 1:
        return _INITIALS.fullmatch(words.words[name.start]) is not None
    return (
        words.phrase(name.start, name.end) not in lexicon.agencies
        and lexicon.organisations.longest(words, name.start) is None
    )


def role_of(found: Attribution, index: int, name: Name) -> Role | None:
    """The role of a name without a credit; None where it is no person's."""
    words, lexicon = found.words, found.lexicon
    phrase = words.phrase(name.start, name.end)
    first = found.items[first_of(found, index)]
    titled = index > 0 and isinstance(found.items[index - 1], Title) and first.start < name.start
    if _is_nobody(found, name, titled=titled):
        return None
    if not titled and _after_any(found, first.start, lexicon.namesakes):
        return "other" if name.certainty == "sure" and name.end - name.start >= 2 else None
    if first is name and (_after_any(found, name.start, lexicon.around_no_person) or _is_called_so(found, name)):
        return None
    alias = lexicon.aliases.longest(words, name.start)
    if phrase in lexicon.never_acting or (alias and alias[1].lower() in lexicon.never_acting):
        return "other"
    if phrase in lexicon.commemorated and not titled and not found.held.get(index):
        return "other"
    return "actor"


def _is_nobody(found: Attribution, name: Name, *, titled: bool) -> bool:
    """Whether it is a kitchen god, a company or initials whatever stands around it."""
    words, lexicon = found.words, found.lexicon
    if name.end - name.start == 1 and _INITIALS.fullmatch(words.words[name.start]):
        return True
    named = words.words[name.start : name.end]
    if len(named) == 1 and not lexicon.country_names.isdisjoint(named[0].split("-")):
        return True  # "Ngoại trưởng Nga-Mỹ"
    rest = lexicon.places.longest(words, name.start + 1) if len(named) > 2 and not titled else None
    if rest and rest[0] == name.end and words.lower[name.start] not in lexicon.strong:
        return True  # "Từ Nam Phi"
    return words.phrase(name.start, name.end) in lexicon.nobody or not lexicon.of_companies.isdisjoint(named)


def _after_any(found: Attribution, position: int, phrases: frozenset[str]) -> bool:
    """Whether one of the phrases ends right before the word; "yêu cầu" is no bridge."""
    words = found.words
    return ends_with(words, position, phrases) and not ends_with(words, position, found.lexicon.unlike)


def _is_called_so(found: Attribution, name: Name) -> bool:
    """Whether the name is part of that of a company or another institution: "Công ty cổ phần Trần Anh"."""
    words, lexicon = found.words, found.lexicon
    start = name.start
    while start and not words.gaps[start] and name.start - start < _LONGEST_KIND:
        start -= 1
        begun = lexicon.organisations.longest(words, start)
        if begun and begun[1] == "named" and begun[0] <= name.start and not ends_with(words, begun[0], lexicon.unlike):
            return institution(lexicon, words, start) >= name.end
    return False


_AGE = re.compile(r"\s?[,(–-]\s?(?:\d{1,2}\stuổi|sinh\snăm\s\d{4}|SN\s?\d{4})")


@dataclass(frozen=True, slots=True)
class Named:
    """A name: `sure` where it is a person by itself, `titled` after a title or an office, `opening` a sentence.

    `full` is the name as it is shown, as far as the sentence tells it.
    """

    start: int
    end: int
    surface: str
    full: str
    key: tuple[str, ...]
    sure: bool
    titled: bool
    opening: bool
    held: Held
    role: Role
    sex: Sex
    sentence: int


def named(found: Attribution, sentence: int, *, sure: bool) -> Iterator[Named]:
    """The names of a sentence that are persons by themselves, or else those that may be."""
    in_credits = credited(found)
    for index, name in enumerate(found.items):
        if not isinstance(name, Name):
            continue
        credit = index in in_credits
        if sure != (credit or name.certainty == "sure" or _told(found, index, name)):
            continue
        if credit:
            role: Role | None = "other" if can_be_credited(found, name) else None
        else:
            role = role_of(found, index, name)
        if role:
            yield _named(found, index, role, sure=sure, sentence=sentence)


def _named(found: Attribution, index: int, role: Role, *, sure: bool, sentence: int) -> Named:
    words, name = found.words, found.items[index]
    surface = words.surface(name.start, name.end)
    alias = found.lexicon.aliases.longest(words, name.start)
    full = alias[1] if alias else display(surface)
    titled = first_of(found, index) < index
    return Named(
        start=words.starts[name.start],
        end=words.ends[name.end - 1],
        surface=surface,
        full=full,
        key=key_of(full),
        sure=sure,
        titled=titled,
        opening=name.start == 0,
        held=found.held.get(index, Held()),
        role=role,
        sex=_sex(found.lexicon, found, index, titled=titled),
        sentence=sentence,
    )


def _told(found: Attribution, index: int, name: Name) -> bool:
    """Whether the words after a name make a person of it: an office, or an age ("Denis Demchenko, 32 tuổi")."""
    if not 2 <= name.end - name.start <= 4 or found.lexicon.organisations.longest(found.words, name.start):
        return False
    apposed = found.held.get(index, Held()).titles and found.gap(index - 1) != "" if index else False
    apposed = apposed or (first_of(found, index) == index and found.held.get(index, Held()).titles)
    return bool(apposed) or _AGE.match(found.words.text, found.words.ends[name.end - 1]) is not None


def _sex(lexicon: Lexicon, found: Attribution, index: int, *, titled: bool) -> Sex:
    """From "ông" or "bà" before the name, else from Thị or Văn in it."""
    before = found.items[index - 1] if titled else None
    if isinstance(before, Title) and before.sex != "unknown":
        return before.sex
    name = found.items[index]
    middle = found.words.lower[name.start + 1 : name.end - 1]
    if lexicon.female in middle:
        return "female"
    return "male" if lexicon.male in middle else "unknown"
