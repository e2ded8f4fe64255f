"""What a question asks of persons and offices: who holds one, since when, what somebody holds, what somebody said.

Only where all of the question is that: the words of config/holders.toml, and between them an office or a person and
nothing else. "Thứ trưởng nào phát biểu dẫn đề hội nghị?" asks for more, and is answered by ranked sentences.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, Literal, Self

from retrieval.config_files import listed, load_toml
from retrieval.dates.ranges import ALWAYS, Period, read_period, split_off
from retrieval.facts import LocatedOffice
from retrieval.tokens import fold, normalize
from retrieval.who.identities import People

Kind = Literal["holder", "before", "since", "until", "office", "said"]
_KINDS: tuple[Kind, ...] = ("since", "until", "before", "holder", "office", "said")
# Whose holder is asked for: who is in it, who was and is no more, who does it for the time being.
Standing = Literal["holds", "former", "acting"]
_Slot = tuple[str, int, int]

# A longer question asks for more than this; it also bounds what matching costs.
_MOST_WORDS = 30
# So many ways to divide a question are tried: "Bộ trưởng Bộ Y tế Lê Văn Tám" into an office and a person.
_MOST_WAYS = 40
_LONGEST_RANGE = 8  # words: "từ tháng 3 năm 2024 đến tháng 5"
_FEW = 2  # words
_SHORT = 3  # letters of "TP."
_EDGES = " \t\n,;:?!.…\"“”'‘’()[]-–"
_PARTS_OF_MONTH = {"dau thang": (1, 10), "giua thang": (11, 20), "cuoi thang": (21, 0)}
_HEAD_OF = "nguoi dung dau "
# Words before and after an office that tell whether it is held.
_FORMER = frozenset({"nguyên", "cựu", "cố", "nguyen", "cuu"})
_ACTING = frozenset({"quyền"})
_LOOSE = frozenset({"nữ", "nu", "ông", "bà", "ngài", "vị"})
_PRESENT = frozenset({"tân", "tan", "vị", "ngài", "đương kim", "đương nhiệm", "duong kim", "duong nhiem", "mới", "moi"})


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked: of an `office` in its kept form, or of a `person` as named, with a `topic` where it is what
    somebody said; within a period, or `now`. Not `known` is an office that begins like one and goes on as none.
    """

    kind: Kind
    office: str = ""
    person: str = ""
    topic: str = ""
    standing: Standing = "holds"
    period: Period = ALWAYS
    now: bool = False
    known: bool = True


class Asking:
    """Reads questions with the phrases of config/holders.toml."""

    def __init__(self, data: Mapping[str, Any], heads: Mapping[str, str]) -> None:
        self._accented = {name: _longest_first(listed(phrases)) for name, phrases in data["words"].items()}
        self._folded = {name: _longest_first(map(fold, listed(phrases))) for name, phrases in data["words"].items()}
        self._begun = [{name: _by_first(of) for name, of in each.items()} for each in (self._accented, self._folded)]
        self._heads = {fold(name): listed(offices) for offices, names in heads.items() for name in listed(names)}
        self._ways: dict[Kind, list[list[str]]] = {kind: [way.split() for way in data[kind]] for kind in _KINDS}

    @classmethod
    def from_config(cls) -> Self:
        """With the phrases that are there. KeyError names a phrase that is missing."""
        data = load_toml("holders.toml")
        words = data["asking"]["words"]
        words["says"] += ", " + load_toml("offices.toml")["speech"]["verbs"]
        return cls(data["asking"], data["heads"])

    def read(
        self, people: People, question: str, today: date | None = None, *, accented: bool = True
    ) -> Iterator[AskedOf]:
        """What the question may ask, likeliest first: of persons it is not known yet whether there are any."""
        words = [word for word in map(_bare, normalize(question).split()) if word]
        if not 2 <= len(words) <= _MOST_WORDS:
            return
        phrases, kept = (self._accented, str.lower) if accented else (self._folded, fold)
        words, period = _without_period(words, today, [" ".join(phrase) for phrase in phrases["about"]])
        plain = [kept(word) for word in words]
        if any(_stands_in(phrase, plain) for phrase in phrases["first"]):
            return
        now = any(_stands_in(phrase, plain) for phrase in phrases["now"])
        there = _There(self._begun[not accented], plain)
        unknown: AskedOf | None = None
        known = False
        for kind in _KINDS:
            for way in self._ways[kind]:
                read: list[AskedOf] = []
                for slots in islice(_matched(way, there, 0), _MOST_WAYS if there.has_all(way) else 0):
                    parts = {name: _part(name, words, plain, first, last, phrases) for name, first, last in slots}
                    asked = self._asked(people, kind, parts, today)
                    if asked and not asked.known:
                        unknown = unknown or asked
                    elif asked:
                        read.append(asked)
                if read:
                    found = min(read, key=partial(_doubt, people))
                    known = known or bool(found.office)
                    yield replace(found, period=found.period or period, now=found.now or now)
        if unknown and not known:
            yield unknown

    def _asked(self, people: People, kind: Kind, parts: Mapping[str, str], today: date | None) -> AskedOf | None:
        """What is asked where the parts are what they should be: an office, a person that is no office."""
        person, topic = parts.get("person", ""), parts.get("topic", "")
        if person and kind != "said" and people.facts.office(person):
            return None
        if "body" in parts:
            head, standing, now = _apart(parts.get("head", ""))
            office = self._office_of(people, parts["body"], head)
            return AskedOf(kind, office, person, standing=standing, now=now) if office else None
        if "kind" in parts:
            first = _begun_office(people, parts["kind"])
            return AskedOf(kind, first.head, person) if first else None
        if "office" not in parts:
            return AskedOf(kind, person=person, topic=topic)
        asked = _of_office(people, AskedOf(kind, "", person, topic), parts["office"], today)
        if not asked.known and fold(parts["office"]).startswith(_HEAD_OF):
            body = " ".join(parts["office"].split()[_HEAD_OF.count(" ") :])
            office = self._office_of(people, body, "")
            asked = AskedOf(kind, office, person) if office else asked
        return asked if asked.known or _begun_office(people, asked.office) else None

    def _office_of(self, people: People, body: str, head: str) -> str | None:
        """The office at the head of a body, or the one named: of "Bộ Công an", or its "bộ trưởng"."""
        if head:
            return people.office(f"{head} {body}")
        plain = fold(body)
        prefix = max((name for name in self._heads if f"{plain} ".startswith(f"{name} ")), key=len, default=None)
        if prefix is None:
            return None
        rest = " ".join(body.split()[prefix.count(" ") + 1 :])
        forms = (form if "…" in form else f"{form} {rest}".strip() for form in self._heads[prefix])
        return people.office(*(form.replace("…", body) for form in forms))


def _doubt(people: People, asked: AskedOf) -> tuple[bool, int]:
    """The less, the likelier it is asked: an office that somebody holds, and a name without words of the question."""
    return bool(asked.office) and not people.is_held(asked.office), len(asked.person.split())


def _longest_first(phrases: Iterable[str]) -> list[tuple[str, ...]]:
    return sorted({tuple(phrase.split()) for phrase in phrases}, key=len, reverse=True)


_Phrases = Mapping[str, Sequence[tuple[str, ...]]]


def _part(  # noqa: PLR0913, PLR0917 - where a part stands, in both spellings
    name: str, words: Sequence[str], plain: Sequence[str], first: int, last: int, phrases: _Phrases
) -> str:
    """The words of a slot, without the "hiện nay" that may stand after it."""
    loose = [phrase for of in ("now", "thi") for phrase in phrases[of]] if name != "topic" else []
    while ends := next((p for p in loose if len(p) < last - first and tuple(plain[last - len(p) : last]) == p), None):
        last -= len(ends)
    if name == "person":
        first += next((len(p) for p in phrases["sir"] if tuple(plain[first : last - 1])[: len(p)] == p), 0)
    return " ".join(words[first:last])


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """The phrases by their first word, in their order."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], []).append(phrase)
    return found


class _There:
    """Which phrases stand where among the words of a question; looked for once, as every way to ask wants the same."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Sequence[tuple[str, ...]]]], plain: Sequence[str]) -> None:
        self._phrases, self._plain = phrases, tuple(plain)
        self._found: dict[str, list[list[int]]] = {}
        self.end = len(plain)

    def lengths(self, name: str) -> list[list[int]]:
        """For each word, and after the last, how many words the phrases of that name that begin there have."""
        if name not in self._found:
            begun = self._phrases[name]
            self._found[name] = [
                [len(phrase) for phrase in begun.get(word, ()) if self._plain[at : at + len(phrase)] == phrase]
                for at, word in enumerate((*self._plain, ""))
            ]
        return self._found[name]

    def has_all(self, way: Sequence[str]) -> bool:
        """Whether each phrase that the way can't do without stands anywhere."""
        return all(any(self.lengths(one[1:-1])) for one in way if one.endswith("}"))


def _matched(way: Sequence[str], there: _There, at: int) -> Iterator[tuple[_Slot, ...]]:
    """Where the slots of a way stand when its words are all from `at` on; each way to divide them, the longest slots
    first.
    """
    if not way:
        if at == there.end:
            yield ()
        return
    first, rest = way[0], way[1:]
    if first.startswith("<"):
        for end in range(there.end, at, -1):
            yield from (((first[1:-1], at, end), *others) for others in _matched(rest, there, end))
        return
    name, often = first.rstrip("?*")[1:-1], first[-1]
    for length in there.lengths(name)[at]:
        yield from _matched(way if often == "*" else rest, there, at + length)
    if often != "}":
        yield from _matched(rest, there, at)


def _without_period(words: Sequence[str], today: date | None, about: Iterable[str]) -> tuple[list[str], Period]:
    """The words without the range that they end or begin with: "năm 2024 ai là …", "… từ 3/2025"; what is said
    `about` a year is not of that year.
    """
    rest, period = split_off(" ".join(words), today)
    if period and not rest.lower().endswith(tuple(f" {phrase}" for phrase in about)):
        kept = rest.split()
        return kept, _part_of_month(words[len(kept) :], period)
    for size in range(min(_LONGEST_RANGE, len(words) - 2), 0, -1):
        period_first = read_period(" ".join(words[:size]), today)
        if period_first:
            return list(words[size:]), _part_of_month(words[:size], period_first)
    return list(words), ALWAYS


def _part_of_month(words: Sequence[str], period: Period) -> Period:
    """A third of the month that the words name: "giữa tháng 8/2025"."""
    first, last = _PARTS_OF_MONTH.get(" ".join(map(fold, words[:2])), (0, 0))
    if not first or period.since is None or period.until is None or period.since.month != period.until.month:
        return period
    return Period(period.since.replace(day=first), period.until.replace(day=last) if last else period.until)


def _stands_in(phrase: tuple[str, ...], words: Sequence[str]) -> bool:
    return any(tuple(words[at : at + len(phrase)]) == phrase for at in range(len(words)))


def _begun_office(people: People, name: str) -> LocatedOffice | None:
    """The office that a name is but for a few words: "Tổng thống sao Hỏa". With more of them it asks for more."""
    first = next((one for one in people.facts.offices_in(name) if one.start == 0), None)
    return first if first and len(name[first.end :].split()) <= _FEW else None


def _of_office(people: People, asked: AskedOf, name: str, today: date | None) -> AskedOf:
    """What is asked of an office as it is typed, with what stands around it: "cựu", "đương nhiệm", a year."""
    name, period = split_off(name, today)
    typed, standing, now = _apart(name)
    office = people.office(typed)
    return replace(asked, office=office or typed, standing=standing, period=period, now=now, known=office is not None)


def _apart(name: str) -> tuple[str, Standing, bool]:
    """An office without what stands around it, in what way it is held, and whether it is asked who is in it now."""
    words = name.split()
    standing: Standing = "holds"
    now = False
    while len(words) > 1:
        first, last = words[0].lower(), words[-1].lower()
        before, after = " ".join(words[:2]).lower(), " ".join(words[-2:]).lower()
        if first in _FORMER:
            standing, words = "former", words[1:]
        elif first in _ACTING:
            standing, words = "acting", words[1:]
        elif first in _LOOSE:
            words = words[1:]
        elif first in _PRESENT or before in _PRESENT:
            now, words = True, words[1 if first in _PRESENT else 2 :]
        elif last in _PRESENT or after in _PRESENT:
            now, words = True, words[: -1 if last in _PRESENT else -2]
        else:
            break
    return " ".join(words), standing, now


def _bare(word: str) -> str:
    """A word without the punctuation around it; "TP." keeps its point."""
    bare = word.strip(_EDGES)
    return f"{bare}." if word.startswith(f"{bare}.") and bare.isupper() and len(bare) <= _SHORT else bare
