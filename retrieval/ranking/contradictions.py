"""What speaks against a sentence as the answer, however well the rest fits: it tells of another number, office,
person, or has nothing of what is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Literal, TypeVar

from rapidfuzz import fuzz

from retrieval import numerals
from retrieval.index.marks import Mark
from retrieval.numerals import value
from retrieval.query import Query
from retrieval.tokens import fold

T = TypeVar("T")

Objection = Literal["", "another office", "another person", "another number", "nothing of the kind asked for"]
# Before a number these say nothing of what is numbered.
_LOOSE = frozenset(
    [
        "thứ", "lần", "số", "là", "có", "được", "hơn", "gần", "khoảng", "chỉ", "của", "và", "đến",
        "từ", "trên", "dưới", "với", "thu", "lan", "so", "la", "co", "hon", "gan",
    ]
)  # fmt: skip
_TELLING = 32  # a number from here on is found anywhere in a sentence; a smaller one only beside what it numbers
_YEARS = range(1900, 2100)
_CLOSE = 7  # syllables from a name to its number: "Đại hội đại biểu toàn quốc lần thứ XIV"
_MISSPELT = 75  # of 100: two spellings of one name are more alike
# Between an office and the institution that it leads: "Bộ trưởng Bộ Ngoại giao".
_OF = frozenset({"bộ", "ban", "bo"})
_ABBREVIATED = frozenset({"ubnd", "hđnd", "hdnd", "tp"})
_WHEN = frozenset({"năm", "tháng", "ngày", "nam", "thang", "ngay", "hiện", "hien"})
_THAT = (("rằng",), ("rang",))
_ABOUT = frozenset({"về", "ve"})
_NEW = frozenset({"tân", "tan"})
_LISTS = frozenset({"gồm", "là", "như", "gom", "la", "nhu"})
_HOUR = re.compile(r"\d{1,2}[hg](?:\d\d)?")
_HOURS = frozenset({"giờ", "gio"})
_PLACES = frozenset(
    {"phố", "ngõ", "phường", "xã", "thôn", "quận", "huyện", "pho", "ngo", "phuong", "xa", "thon", "quan", "huyen"}
)
_NO_OFFICE = frozenset({"quán", "quan", "đoàn", "doan"})  # "đại sứ quán", "chủ tịch đoàn"
_COMPLEMENT = 8  # syllables after an office that may tell whose it is


@dataclass(frozen=True, slots=True)
class Words:
    """The syllables of a text in lower case, folded where the question is typed without diacritics, and their marks."""

    syllables: Sequence[str]
    marks: Sequence[int]

    def pairs(self) -> set[tuple[str, str]]:
        """Every two syllables in a row."""
        return set(_pairs(self.syllables))


def objection(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> Objection:
    """What speaks against the sentence; `around` is its article, `told` (M,) the terms that its date tells."""
    if _speaks_of_another_office(query, sentence, around):
        return "another office"
    if _lacks_what_is_asked_for(query, sentence, around):
        return "nothing of the kind asked for"
    if _is_another_person(query, sentence, around) or _is_nobody_there(query, around):
        return "another person"
    if _is_only_named(query, sentence, around, told):
        return "nothing of the kind asked for"
    return "another number" if _is_another_number(query, sentence, around, told) else ""


def _speaks_of_another_office(query: Query, sentence: Words, around: Words) -> bool:
    if _lacks_an_office(query, around):
        return True
    if query.kind == "said":
        return _lacks_the_institution(query, around)
    return query.asks_holder and bool(query.offices) and _is_another_office(query, sentence, around)


def _lacks_what_is_asked_for(query: Query, sentence: Words, around: Words) -> bool:
    match query.kind:
        case "said":
            return not (_is_said(query, sentence) and _has_topic(query, around))
        case "hour":
            return not _has_hour(sentence)
        case "list":
            return _only_counts(query, sentence)
        case _:
            return _lacks_a_place(query, sentence)


def _is_another_number(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> bool:
    """What the question numbers bears another number there, and nowhere in the article the one asked for."""
    inside, everywhere = ({value(s) for s in text.syllables} for text in (sentence, around))
    for at, term in enumerate(query.terms):
        number: int | None = None if term.isalpha() and term in numerals.WORDS else value(term)
        if number is None or not at or told[at] or value(query.terms[at - 1]) is not None:
            continue
        if number in _YEARS and number not in everywhere:
            return True
        if number in (inside if number >= _TELLING else ()) or 1900 + number in inside:
            continue
        before = query.terms[max(at - 2, 0) : at]
        here = set(_numbers_after(before[-1:], sentence))
        if before[-1] in _LOOSE:
            if here and number not in everywhere:
                return True
            continue
        there = set(_numbers_after(before, around)) if len(before) == 2 else set()
        if (there or here) and number not in there | set(_numbers_after(before[-1:], around)):
            return True
    return False


def _numbers_after(words: Sequence[str], text: Words) -> Iterator[int]:
    """The numbers that follow these words: at once, or a few syllables on after "thứ"."""
    size = len(words)
    for at in range(len(text.syllables) - size):
        if tuple(text.syllables[at : at + size]) != tuple(words):
            continue
        following = [value(syllable) for syllable in text.syllables[at + size : at + size + _CLOSE]]
        ordinal = (
            n for n, before in zip(following[1:], text.syllables[at + size :], strict=False) if fold(before) == "thu"
        )
        number = following[0] if following[0] is not None else next(ordinal, None)
        if number is not None:
            yield number


def _is_another_person(query: Query, sentence: Words, around: Words) -> bool:
    """A name there is partly like one in the question: Lê Hoài Trung for Lê Hoài Nam, Phạm Gia Túc for Trần Văn Túc."""
    if not query.capitals and query.names_only:
        known = around.pairs()
        return not all(pair in known for pair in pairwise(query.terms))
    typed = query.capitals
    told = Mark.CAPITAL if typed else Mark.CAPITAL | Mark.FIRST  # at the beginning a capital says nothing
    capital = [mark & told == Mark.CAPITAL for mark in sentence.marks]
    here = {pair for pair, both in zip(_pairs(sentence.syllables), _pairs(capital), strict=True) if all(both)}
    doubtful = [
        (at, pair)
        for at, pair in enumerate(_pairs(query.terms))
        if pair not in here and any(_is_other(pair, other) for other in here)
    ]
    if not doubtful:
        return False
    known = around.pairs()
    lower = {s for s, mark in zip(around.syllables, around.marks, strict=True) if not mark & Mark.CAPITAL}
    for at, pair in doubtful:
        if pair in known or (typed and not typed.issuperset(pair)):
            continue
        follows = at > 0 and (query.terms[at - 1], pair[0]) in _pairs(sentence.syllables)
        if typed or (follows and pair[1] not in lower and pair[1] not in _LOOSE):
            return True
    return False


def _is_only_named(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> bool:
    """Of all that is asked about a name, with its title, the whole article has nothing: "Hà Kim Ngọc sinh ở đâu"."""
    named = {s for s, mark in zip(sentence.syllables, sentence.marks, strict=True) if mark & Mark.CAPITAL}
    titles = [(start, end) for start, end in query.offices if len(named.intersection(query.terms[end : end + 2])) == 2]
    asked = [
        (at, term)
        for at, term in enumerate(query.terms)
        if term not in named and not any(start <= at < end for start, end in titles)
    ]
    if not asked or len(asked) == len(query.terms):
        return False
    everywhere = set(around.syllables)
    otherwise = {place for short, start, end in query.short if short in everywhere for place in range(start, end)}
    return not any(term in everywhere or told[at] or at in otherwise for at, term in asked)


def _is_other(asked: tuple[str, str], there: tuple[str, str]) -> bool:
    """Two syllables of a name, of which one is another one, and not only spelt in another way."""
    return any(
        asked[same] == there[same] and fuzz.ratio(asked[1 - same], there[1 - same]) < _MISSPELT for same in (0, 1)
    )


def _pairs(items: Sequence[T]) -> list[tuple[T, T]]:
    return list(pairwise(items))


def _lacks_an_office(query: Query, around: Words) -> bool:
    """The question speaks of an office that the whole article has not."""
    return any(not _places(query.terms[start:end], around) for start, end in query.offices)


def _is_said(query: Query, sentence: Words) -> bool:
    """Somebody says something there."""
    return any(_places(verb, sentence) for verb in (*query.speech, *_THAT))


def _lacks_the_institution(query: Query, around: Words) -> bool:
    """Who is to have said something holds an office of what the whole article has not: "Bộ trưởng Công an"."""
    asked = Words(query.terms, ())
    verbs = {at for verb in query.speech for at in _places(verb, asked)}
    for start, end in query.offices:
        upto = min((at for at in verbs if at >= end), default=end)
        complement = query.terms[end:upto]
        if len(complement) == 2 and not query.capitals.issuperset(
            complement
        ):  # else it is a name, which may stand apart
            near = bool(query.capitals)
            lacks = (
                not _follows(complement, query.terms[start:end], around) if near else complement not in around.pairs()
            )
            if lacks and not query.abbreviates(end, around.syllables):
                return True
    return False


def _follows(complement: tuple[str, ...], head: Sequence[str], text: Words) -> bool:
    """Soon after an office stands this complement."""
    ends = (at + len(head) for at in _places(head, text))
    return any(complement in _pairs(text.syllables[end : end + _COMPLEMENT]) for end in ends)


def _has_hour(sentence: Words) -> bool:
    """A time of day is there: "9h30", "9 giờ"."""
    return any(_HOUR.fullmatch(syllable) for syllable in sentence.syllables) or any(
        second in _HOURS and value(first) is not None for first, second in _pairs(sentence.syllables)
    )


def _only_counts(query: Query, sentence: Words) -> bool:
    """The number of what is asked for stands there, and after it nothing that begins a list."""
    numbers = {value(term) for term in query.terms if term.isdecimal()}
    places = [at for at, syllable in enumerate(sentence.syllables) if value(syllable) in numbers]
    return bool(places) and not any(_LISTS.intersection(sentence.syllables[at : at + _COMPLEMENT]) for at in places)


def _lacks_a_place(query: Query, sentence: Words) -> bool:
    """It asks for a place of a kind whose names are written with it, "phố nào", and there is none."""
    kind = set(query.terms[max(query.slot - 1, 0) : max(query.slot, 0)])
    return bool(kind & _PLACES) and not kind.intersection(sentence.syllables)


def _is_nobody_there(query: Query, around: Words) -> bool:
    """Of the name with which the question begins the whole article has not a syllable: "Tô Lâm thăm … khi nào"."""
    name = query.terms[:2]
    return len(name) == 2 and name[1] in query.capitals and not set(name).intersection(around.syllables)


def _has_topic(query: Query, around: Words) -> bool:
    """The article has at least half of the runs of two syllables of what somebody is to speak about."""
    about = next((at for at, term in enumerate(query.terms) if term in _ABOUT and at >= query.slot >= 0), None)
    topic = list(pairwise(query.terms[about + 1 :])) if about is not None else []
    return 2 * len(around.pairs().intersection(topic)) >= len(topic)


def _places(run: Sequence[str], text: Words) -> list[int]:
    """Where the syllables stand in a row."""
    size, wanted = len(run), tuple(run)
    return [
        at for at, s in enumerate(text.syllables) if s == wanted[0] and tuple(text.syllables[at : at + size]) == wanted
    ]


def _is_another_office(query: Query, sentence: Words, around: Words) -> bool:
    """The question asks who holds an office, and the sentence has none such, or that of another institution."""
    start, end = query.offices[0]
    modified = start > 0 and query.terms[start - 1] in query.modifiers
    before = query.terms[: start - 1 if modified else start]
    if before and before[-1] not in _NEW:  # it asks for somebody else: "phu nhân Tổng Bí thư", "ai là trợ lý Bộ trưởng"
        return not _places(before[-2:], around)
    modifier = query.terms[start - 1] if modified else ""
    asked = end if query.slot == end else end + 2  # "Thứ trưởng nào phát biểu" asks for one of any institution
    complement = list(takewhile(lambda term: value(term) is None and term not in _WHEN, query.terms[end:asked]))
    head = query.terms[start:end]
    if (
        len(complement) == 2
        and not query.abbreviates(end, around.syllables)
        and not any(
            tuple(complement) in _pairs(around.syllables[at + len(head) : at + len(head) + _COMPLEMENT])
            for at in _places(head, around)
            if _modifier(around, at, query.modifiers) == modifier
        )
    ):
        return True
    same = [at for at in _places(head, sentence) if _modifier(sentence, at, query.modifiers) == modifier]
    return all(_leads_another(complement, sentence, at + len(head)) for at in same)


def _modifier(sentence: Words, at: int, modifiers: Sequence[str]) -> str:
    before = sentence.syllables[at - 1] if at else ""
    return before if before in modifiers else ""


def _leads_another(complement: Sequence[str], sentence: Words, at: int) -> bool:
    """After an office stands an institution, and not the one asked for."""
    following = sentence.syllables[at : at + _COMPLEMENT]
    if following and following[0] in _NO_OFFICE:
        return True
    if not complement or complement[0] in following:
        return False
    if len(complement) == 1:  # "Tổng thống Pháp", "Chủ tịch nước"
        return True
    skipped = 1 if following and following[0] in _OF else 0
    capital = [bool(mark & Mark.CAPITAL) for mark in sentence.marks[at + skipped : at + skipped + 2]]
    # "Ngoại giao" is an institution; of "Lê Hoài Trung" every syllable has a capital, of "UBND tỉnh" we don't know
    return capital == [True, False] and following[skipped] not in _ABBREVIATED
