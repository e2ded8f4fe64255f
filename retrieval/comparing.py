"""Where papers that tell the same tell it differently: another number, name or date in the same place; pure.

Two sentences are laid side by side word by word. What stands between the same words and is a value of the same kind in
both, and not the same, is a difference; what only one of them has is none, nor is another way of writing the same.
Where a name differs and more than it, they are of two things. Where it is known which value answers the question, only
that counts; and of sentences that answer the same question, whatever their words, the numbers of one unit and the days
that answer it are laid side by side.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Literal

from retrieval import dates
from retrieval.dates.edtf import bounds
from retrieval.evidence.numbers import Numbers
from retrieval.records import Quote, Span
from retrieval.store.counting import newspaper
from retrieval.tokens import fold

Kind = Literal["number", "name", "date"]

_WORD = re.compile(r"\d++(?:[.,]\d++)*+|[^\W\d_]++")
_NEAR = timedelta(days=3)  # between the days on which two papers tell the same
_ANSWERS_NEAR = timedelta(days=1)  # likewise of answers: a number of victims grows from day to day
_ALIKE = 0.5  # of the words of the shorter sentence the other has as well
_FEWEST = 5  # words that both have
_SIDES = 2  # on both the same words stand beside what is another
_LONGEST = 8  # words of a value
_HEDGES = frozenset(
    {"hon", "gan", "khoang", "tren", "duoi", "it", "nhat", "toi", "da", "thieu", "chung", "uoc", "co", "len"}
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A paper's sentence, the words marked (`Quote.answer`) that differ from those of the first, and in what they do;
    in the first those from which the next differs.
    """

    quote: Quote
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class _Value:
    """`text[start:end]` is one; what is the same has the same `value`."""

    kind: Kind
    start: int
    end: int
    value: str | tuple[int | None, ...]


def compared(
    numbers: Numbers, first: Quote, others: Sequence[Quote], answers: Sequence[Quote] = ()
) -> tuple[Compared, ...]:
    """The first, and of each other paper the sentence that is most like it, where it differs, else one of the `answers`
    to the same question that does; none where none does.
    """
    best: dict[str, tuple[float, Quote]] = {}
    for other in others:
        paper = newspaper(other.article)
        if paper and paper != newspaper(first.article) and _is_near(first, other):
            alike = _likeness(first.text, other.text)
            if alike >= _ALIKE and alike > best.get(paper, (0.0, other))[0]:
                best[paper] = alike, other
    asked = _answer(numbers, first)
    found = [
        (
            other,
            [
                pair
                for pair in _differences(numbers, first.text, other.text)
                if not _of_its_own_day(first, other, pair) and (asked is None or pair[0] == asked)
            ],
        )
        for _, other in best.values()
    ]
    told = [(other, differences) for other, differences in found if differences and _is_the_same(differences)]
    telling = {newspaper(other.article) for other, _ in told} | {newspaper(first.article)}
    for other in answers:
        pair = _answered(numbers, first, other) if newspaper(other.article) not in telling else None
        if pair:
            told.append((other, [pair]))
            telling.add(newspaper(other.article))
    if not told:
        return ()
    mine, _ = told[0][1][0]
    return (
        Compared(_marked(first, mine)),
        *(
            Compared(_marked(other, differences[0][1]), tuple(dict.fromkeys(value.kind for _, value in differences)))
            for other, differences in told
        ),
    )


def _answered(numbers: Numbers, first: Quote, other: Quote) -> tuple[_Value, _Value] | None:
    """The values that answer in both, where they differ; a question for a name may have several right ones."""
    mine, theirs = (_answer(numbers, quote) for quote in (first, other))
    if mine is None or theirs is None or mine.kind == "name" or not other.article.publisher:
        return None
    if not (_is_near(first, other, _ANSWERS_NEAR) and _name_alike(first.text, other.text) and _differ(mine, theirs)):
        return None
    return None if _of_its_own_day(first, other, (mine, theirs)) else (mine, theirs)


def _answer(numbers: Numbers, quote: Quote) -> _Value | None:
    """The value that the words are which answer, or that is the only one in them."""
    if quote.answer is None:
        return None
    start, end = quote.answer.start - quote.start, quote.answer.end - quote.start
    inside = [value for value in _values(numbers, quote.text) if start < value.end and value.start < end]
    return inside[0] if len(inside) == 1 else None


def _is_the_same(differences: Sequence[tuple[_Value, _Value]]) -> bool:
    """Whether both tell of one thing: with another name and another number it is another one."""
    kinds = {value.kind for value, _ in differences}
    return "name" not in kinds or len(kinds) == 1


def _of_its_own_day(first: Quote, other: Quote, pair: tuple[_Value, _Value]) -> bool:
    """Whether each tells of the day on which it was published: "hôm nay" of another day is another thing."""
    days = [bounds(quote.article.published.edtf) for quote in (first, other)]
    return all(
        day is not None and value.kind == "date" and value.value[:2] == (day[0].day, day[0].month)
        for day, value in zip(days, pair, strict=True)
    )


def _is_near(first: Quote, other: Quote, most: timedelta = _NEAR) -> bool:
    one, two = (bounds(each.article.published.edtf) for each in (first, other))
    return one is not None and two is not None and abs(one[0] - two[0]) <= most


def _likeness(one: str, other: str) -> float:
    words, others = ({fold(word) for word in _WORD.findall(text)} for text in (one, other))
    if not _name_alike(one, other):
        return 0.0
    both = len(words & others)
    return both / min(len(words), len(others)) if both >= _FEWEST else 0.0


def _name_alike(one: str, other: str) -> bool:
    """Whether they name something in common, where both name anything."""
    names, others = (
        {fold(word) for start, end in _names(text) for word in text[start:end].split()} for text in (one, other)
    )
    return not (names and others and names.isdisjoint(others))


def _differences(numbers: Numbers, one: str, other: str) -> Iterator[tuple[_Value, _Value]]:
    mine, theirs = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    my_values, their_values = _values(numbers, one), _values(numbers, other)
    same = SequenceMatcher(None, [fold(w[0]) for w in mine], [fold(w[0]) for w in theirs], autojunk=False)
    blocks = same.get_opcodes()
    for at, (tag, first, last, begin, end) in enumerate(blocks):
        if tag != "replace" or max(last - first, end - begin) > _LONGEST:
            continue
        around = [kind for kind, *_ in (*blocks[:at][-1:], *blocks[at + 1 :][:1]) if kind == "equal"]
        ours, two = _value_in(my_values, mine[first:last]), _value_in(their_values, theirs[begin:end])
        if len(around) == _SIDES and ours and two and _differ(ours, two):
            yield ours, two


def _differ(one: _Value, other: _Value) -> bool:
    if one.kind != other.kind or one.value == other.value:
        return False
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):  # the same day may have its year once only
        return any(a != b for a, b in zip(one.value, other.value, strict=True) if a and b)
    words, others = str(one.value).split(), str(other.value).split()
    if one.kind == "number":  # of the same unit: "một người" and "8" count two things
        return [word for word in words[-1:] if word.isalpha()] == [word for word in others[-1:] if word.isalpha()]
    return set(words).isdisjoint(others)


def _value_in(values: Sequence[_Value], words: Sequence[re.Match[str]]) -> _Value | None:
    """The value whose words, or some of them, are the ones replaced: these and no others, but "hơn" and the like."""
    said = [word for word in words if fold(word[0]) not in _HEDGES]
    inside = [value for value in values if said and value.start <= said[0].start() and said[-1].end() <= value.end]
    return inside[0] if len(inside) == 1 else None


def _values(numbers: Numbers, text: str) -> list[_Value]:
    told = dates.find(text)
    found = [_Value("date", each.start, each.end, (each.day, each.month, each.year)) for each in told if each.day]
    taken = [(each.start, each.end) for each in told]
    for number in numbers.of(text):
        if _is_free(taken, number.start, number.end):
            said = [word for word in fold(text[number.start : number.end]).split() if word not in _HEDGES]
            found.append(_Value("number", number.start, number.end, " ".join(said)))
            taken.append((number.start, number.end))
    return found + [
        _Value("name", *place, fold(text[slice(*place)])) for place in _names(text) if _is_free(taken, *place)
    ]


def _is_free(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return not any(first < end and start < last for first, last in taken)


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Two words with capitals or more side by side; not the first of the text, whose capital says nothing, and none
    with an abbreviation, which may stand for what another writes out.
    """
    words = list(_WORD.finditer(text))[1:]
    runs: list[list[re.Match[str]]] = [[]]
    for word in words:
        goes_on = runs[-1] and text[runs[-1][-1].end() : word.start()] == " "
        if not word[0][0].isupper():
            runs.append([])
        elif goes_on:
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        if len(run) > 1 and not any(len(word[0]) > 1 and word[0].isupper() for word in run):
            yield run[0].start(), run[-1].end()


def _marked(quote: Quote, value: _Value) -> Quote:
    return replace(quote, answer=Span(quote.start + value.start, quote.start + value.end, quote.kind))
