"""The sentence tells of another number than the one asked about: another ordinal, year, day or part of a day."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from retrieval import numerals
from retrieval.numerals import value
from retrieval.query import Query
from retrieval.ranking.objections.words import LOOSE, Words
from retrieval.tokens import fold

_TELLING = 32  # a number from here on is found anywhere in a sentence; a smaller one only beside what it numbers
_YEARS = range(1900, 2100)
_PARTS_OF_DAYS = frozenset({"sáng", "trưa", "chiều", "tối", "sang", "trua", "chieu", "toi"})
_DAY_AND_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})[-/](\d{1,2})(?![\d-])")
_ORDINAL = "thu"  # "lần thứ 32", folded
_CLOSE = 7  # syllables from a name to its number: "Đại hội đại biểu toàn quốc lần thứ XIV"


def tells_another_number(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> bool:
    """What the question numbers bears another number there, and nowhere in the article the one asked for."""
    inside, everywhere = ({value(s) for s in text.syllables} for text in (sentence, around))
    if (
        _is_another_day(query, inside, told)
        or _lacks_the_day(query, around, told)
        or _is_another_part_of_day(query, around)
    ):
        return True
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
        ordinals = set(_numbers_after(before, around)) if fold(before[-1]) == _ORDINAL else set()
        if ordinals and number not in ordinals | inside:
            return True
        if before[-1] in LOOSE:
            if here and number not in everywhere:
                return True
            continue
        there = set(_numbers_after(before, around)) if len(before) == 2 else set()
        if (there or here) and number not in there | set(_numbers_after(before[-1:], around)):
            return True
    return False


def _is_another_day(query: Query, inside: Collection[int | None], told: Sequence[bool]) -> bool:
    """Of a day, month and year in a row the sentence, or its date, has one or two."""
    known = [told[at] or value(term) in inside for at, term in enumerate(query.terms)]
    return any(
        0 < sum(known[at : at + 3]) < 3
        for at in range(len(query.terms) - 2)
        if all(term.isdecimal() for term in query.terms[at : at + 3]) and int(query.terms[at + 2]) in _YEARS
    )


def _lacks_the_day(query: Query, around: Words, told: Sequence[bool]) -> bool:
    """The days and months that the question names, "15-9", stand nowhere in the article, nor are they its date."""
    asked = {(int(day), int(month)) for day, month in _DAY_AND_MONTH.findall(query.text)}
    terms = enumerate((value(day), value(month)) for day, month in pairwise(query.terms))
    places = [(at, pair) for at, pair in terms if pair in asked]
    if not places:
        return False
    followed = {(value(first), value(second) or second) for first, second in around.pairs()}
    return not any(
        (told[at] and told[at + 1]) or followed.intersection([(day, month), (day, "tháng"), (day, "thang")])
        for at, (day, month) in places
    )


def _is_another_part_of_day(query: Query, around: Words) -> bool:
    """Of the morning, afternoon or evening of a day that the question names the article has another."""
    told = around.pairs()
    return any(
        part in _PARTS_OF_DAYS
        and day.isdecimal()
        and (part, day) not in told
        and any((other, day) in told for other in _PARTS_OF_DAYS)
        for part, day in pairwise(query.terms)
    )


def _numbers_after(words: Sequence[str], text: Words) -> Iterator[int]:
    """The numbers that follow these words: at once, or a few syllables on after "thứ"."""
    size = len(words)
    for at in range(len(text.syllables) - size):
        if tuple(text.syllables[at : at + size]) != tuple(words):
            continue
        following = [value(syllable) for syllable in text.syllables[at + size : at + size + _CLOSE]]
        ordinal = (
            n for n, before in zip(following[1:], text.syllables[at + size :], strict=False) if fold(before) == _ORDINAL
        )
        number = following[0] if following[0] is not None else next(ordinal, None)
        if number is not None:
            yield number
