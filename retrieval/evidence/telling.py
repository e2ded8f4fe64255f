"""The words of a sentence that tell what a question asks for."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from retrieval import dates
from retrieval.config_files import listed, load_toml
from retrieval.evidence.asked import Asked
from retrieval.evidence.numbers import Number, Numbers
from retrieval.facts import Facts
from retrieval.query import Query
from retrieval.tokens import fold, syllables

_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x1F00))))  # of Latin, Greek, Cyrillic and Vietnamese letters
_CAPITALISED = rf"[{_CAPITALS}][\w'’-]*+"
# A name: words with capitals, numbers among them ("VF 3"), and what joins them ("Bến Thành - Thủ Thiêm").
_NAME = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:(?:\s|\s?[-–&]\s?){_CAPITALISED}|\s\d[\w.]*+){{0,9}}")
_CLOCK = re.compile(r"(?<![\w.,])\d{1,2}\s?(?:h|g|giờ)(?:\s?\d{1,2}(?:\s?phút)?)?(?!\w)", re.IGNORECASE)
# What is no date to the minute or year, but says when: "(1685)", "thế kỷ 15", "thập kỉ 1690".
_YEAR = re.compile(
    r"(?:(?:đầu|giữa|cuối) )?(?:thế k[ỷỉ]|thập k[ỷỉ]|thập niên|thiên niên kỷ) (?:thứ )?\w++(?: TCN| trước Công nguyên)?"
    r"|(?<![\w.,/-])(?:1[0-9]|20)\d\d(?![\w]|[.,/]\d)",
    re.IGNORECASE,
)
_SCORE = re.compile(r"(?<![\w/.,-])\d{1,3}\s?[-–]\s?\d{1,3}(?![\w/.,-]\d)")
_CLAUSE_END = re.compile(r"[.;:!?…]|,(?=\s)|$")
_QUOTATION = re.compile(r"[\"“][^\"“”]{8,}+[\"”]")
_SAID = re.compile(
    r"\b(?:rằng|là|cho biết|nói|khẳng định|nhấn mạnh|cho hay|thừa nhận|giải thích|đề nghị|yêu cầu)[ ,:]+"
)
_MEANS = re.compile(r"\b(?:là|gồm|nghĩa là|tức là|được gọi là)\s")
_WORD = re.compile(r"[^\W_]+")
_SAID_OF = re.compile(r"(?: [^\W_][\w-]*+){0,2}")  # what a noun is said to be: "màu xanh", "tội nhận hối lộ"
_BEGINS = ("Ông", "Bà", "Anh", "Chị", "Cô", "Theo", "Trong", "Tại", "Ngày", "Hôm", "Sau", "Trước", "Khi", "Đây", "Với")
_BEGINNING = re.compile(r"(?:\A|[.:!?…])[\s\"“'(–-]*\Z")
_NEAR = 4  # characters
_SHORTEST_CLAUSE = 3  # words


@dataclass(frozen=True, slots=True)
class Told:
    """`text[start:end]` tells what is asked for; `sure` where unit, noun or kind are those of the question, else it is
    of the sort only (a number, a name).
    """

    start: int
    end: int
    sure: bool


# How far a sentence tells what is asked for; "" where the question does not say what that is.
Level = Literal["", "told", "doubtful", "untold"]
LEVELS: tuple[Level, ...] = ("told", "doubtful", "untold")


def level(asked: Asked, told: Sequence[Told]) -> Level:
    """How far a sentence tells what is asked for, by what was found of it there."""
    if not asked.tells:
        return ""
    return ("told" if told[0].sure else "doubtful") if told else "untold"


class Telling:
    """Finds them. Immutable: one object serves all threads."""

    def __init__(self, facts: Facts, numbers: Numbers, words: Mapping[str, Sequence[str]]) -> None:
        self._facts, self.numbers = facts, numbers
        self._reason = re.compile(rf"(?<!\w)(?:{_either(words['reasons'])})\s", re.IGNORECASE)
        self._locative = re.compile(rf"(?<!\w)(?:{_either(words['locatives'])})\s$", re.IGNORECASE)
        self._finders: Mapping[str, Callable[[Asked, str], Iterator[Told]]] = {
            "number": self._number,
            "score": self._score,
            "day": self._day,
            "clock": self._clock,
            "person": self._person,
            "who": self._who,
            "place": self._place,
            "name": self._name,
            "office": self._office,
            "reason": self._because,
            "speech": self._speech,
            "meaning": self._meaning,
            "kind": self._kind,
        }

    @classmethod
    def from_config(cls, facts: Facts) -> Self:
        """Of config/evidence.toml."""
        given: Mapping[str, Any] = load_toml("evidence.toml")
        units = {name: listed(words) for name, words in given["units"].items()}
        return cls(facts, Numbers(units), {name: listed(words) for name, words in given["words"].items()})

    def told(self, asked: Asked, query: Query, text: str) -> tuple[Told, ...]:
        """What in the text tells what is asked for and is not in the question, the likeliest first: what is sure, then
        who holds the office of the question, then what the words of the question stand closest around.
        """
        known = frozenset(map(fold, query.terms))
        found: dict[tuple[int, int], Told] = {}
        for told in (told for kind in asked.tells for told in self._finders[kind](asked, text)):
            if _is_new(text[told.start : told.end], known):
                found.setdefault((told.start, told.end), told)
        places = [m.start() for m in _WORD.finditer(text) if fold(m[0]) in known]
        clauses = [m.start() for m in _CLAUSE_END.finditer(text)]
        holders = self._holders(query, text) if query.offices and len(found) > 1 else frozenset()

        def rank(told: Told) -> tuple[bool, bool, int, int, int]:
            """Sure before unsure; then who holds it; then in the clause with most words of the question, and close to
            them.
            """
            first, end = _clause_of(told, clauses)
            said = sum(first <= place < end for place in places)
            is_holder = (told.start, told.end) in holders
            return not told.sure, not is_holder, -said, _distance(told, places), told.start

        return tuple(sorted(found.values(), key=rank))

    def _holders(self, query: Query, text: str) -> frozenset[tuple[int, int]]:
        """Where those stand who hold an office that the question speaks of."""
        persons = self._facts.persons_in(text)
        return frozenset((m.start, m.end) for m in persons if any(map(query.speaks_of, m.offices)))

    def _number(self, asked: Asked, text: str) -> Iterator[Told]:
        dated = [(e.start, e.end) for e in dates.find(text) if e.kind != "relative"]
        clocks = [m.span() for m in _CLOCK.finditer(text)] if "time" not in asked.units else []
        for number in self.numbers.of(text):
            if any(start < number.end and number.start < end for start, end in (*dated, *clocks)):
                continue
            counted = " " + " ".join(number.after[:2])  # "60 di sản"
            names_it = asked.name == "count" and _are_alike(number.after[:2], asked.counted)
            whole = names_it and text[number.end :].lower().startswith(counted)
            end = number.end + len(counted) if whole else number.end
            yield Told(number.start, end, self._fits(asked, number, text[number.start : number.end]))

    @staticmethod
    def _fits(asked: Asked, number: Number, text: str) -> bool:
        """The number has a unit of what is asked for, or counts what is counted; any unit where neither is said."""
        if asked.units:
            return not number.units.isdisjoint(asked.units)
        named = [fold(word) for word in (asked.noun, *asked.counted[:1]) if word]
        words = [fold(word) for word in (*text.split(), *number.after)]
        return any(word in words for word in named) if named else bool(number.units)

    @staticmethod
    def _score(asked: Asked, text: str) -> Iterator[Told]:
        for found in _SCORE.finditer(text):
            yield Told(*found.span(), asked.name == "score")

    @staticmethod
    def _day(asked: Asked, text: str) -> Iterator[Told]:
        found = [(e.start, e.end, e.kind != "relative") for e in dates.find(text)]
        yield from (Told(*place) for place in found)
        for year in _YEAR.finditer(text):
            if not any(start < year.end() and year.start() < end for start, end, _ in found):
                yield Told(*year.span(), True)

    @staticmethod
    def _clock(asked: Asked, text: str) -> Iterator[Told]:
        for found in _CLOCK.finditer(text):
            yield Told(*found.span(), True)

    def _person(self, asked: Asked, text: str) -> Iterator[Told]:
        for mention in self._facts.persons_in(text):
            if mention.how == "named":
                yield Told(mention.start, mention.end, True)

    def _who(self, asked: Asked, text: str) -> Iterator[Told]:
        """Who it is may be a club, a country, "bé gái 13 tuổi": any name is of the sort. One with a family name is sure
        where no other is known to be a person's.
        """
        unknown = not any(self._person(asked, text))
        for start, end in _names(text):
            first, *others = text[start:end].split()
            yield Told(start, end, unknown and bool(others) and first.lower() in self._facts.lexicon.surnames)

    def _place(self, asked: Asked, text: str) -> Iterator[Told]:
        persons = [(m.start, m.end) for m in self._facts.persons_in(text)]
        for start, end in _names(text):
            if not any(first < end and start < last for first, last in persons):
                before = text[:start].rstrip().rpartition(" ")[2]
                is_kind = asked.noun != "" and fold(before) == fold(asked.noun)  # "huyện nào" – "huyện Krông Nô"
                sure = is_kind or bool(self._locative.search(text[max(0, start - 30) : start]))
                yield Told(start - len(before) - 1 if is_kind else start, end, sure)

    @staticmethod
    def _name(asked: Asked, text: str) -> Iterator[Told]:
        for start, end in _names(text):
            yield Told(start, end, True)

    def _office(self, asked: Asked, text: str) -> Iterator[Told]:
        for office in self._facts.offices_in(text):
            yield Told(office.start, office.end, True)

    def _because(self, asked: Asked, text: str) -> Iterator[Told]:
        for found in self._reason.finditer(text):
            yield from _clause(text, found.start(), found.end())

    @staticmethod
    def _speech(asked: Asked, text: str) -> Iterator[Told]:
        for found in _QUOTATION.finditer(text):
            yield Told(*found.span(), True)
        if after := _SAID.search(text):
            yield from (Told(after.end(), end, True) for end in [len(text.rstrip(" .!?…"))] if end > after.end())

    @staticmethod
    def _meaning(asked: Asked, text: str) -> Iterator[Told]:
        if found := _MEANS.search(text):
            yield from _clause(text, found.end(), found.end())

    @staticmethod
    def _kind(asked: Asked, text: str) -> Iterator[Told]:
        for found in _WORD.finditer(text):
            if fold(found[0]) == fold(asked.noun):
                after = _SAID_OF.match(text, found.end())
                if after and after[0].strip():
                    yield Told(found.start(), after.end(), True)


def _clause(text: str, start: int, after: int) -> Iterator[Told]:
    """From `start` to the end of the clause that has words after `after`."""
    for end in _CLAUSE_END.finditer(text, after):
        if len(text[after : end.start()].split()) >= _SHORTEST_CLAUSE:
            yield Told(start, end.start(), True)
            return


def _names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand: of the first word of a sentence a capital says nothing, unless others follow."""
    for found in _NAME.finditer(text):
        start, end = found.span()
        first, *others = found[0].split()
        if (not others or first in _BEGINS) and _BEGINNING.search(text, max(0, start - _NEAR), start):
            start += len(first) + 1
        if start < end:
            yield start, end


def _is_new(text: str, known: frozenset[str]) -> bool:
    return any(fold(word) not in known for word in syllables(text))


def _distance(told: Told, places: Sequence[int]) -> int:
    """How far the nearest words of the question stand, in characters; the more of them close by, the less."""
    away = sorted(min(abs(place - told.start), abs(place - told.end)) for place in places)[:3]
    return sum(away) // max(len(away), 1)


def _clause_of(told: Told, ends: Sequence[int]) -> tuple[int, int]:
    at = bisect_right(ends, told.start)
    return (ends[at - 1] if at else 0), next((end for end in ends[at:] if end >= told.end), told.end)


def _are_alike(words: Sequence[str], others: Sequence[str]) -> bool:
    return len(words) == len(others) > 1 and [*map(fold, words)] == [*map(fold, others)]


def _either(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
