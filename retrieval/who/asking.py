"""What a question asks of persons and offices: who holds one, since when, what somebody holds, what somebody said.

Only where all of the question is that: the words of config/holders.toml, and between them an office or a person and
nothing else. "Thứ trưởng nào phát biểu dẫn đề hội nghị?" asks for more, and is answered by ranked sentences.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Self

from retrieval.config_files import load_toml
from retrieval.facts import Facts
from retrieval.timeline.ranges import ALWAYS, Period, split_off
from retrieval.tokens import fold, normalize

Kind = Literal["holder", "since", "until", "office", "said"]
_KINDS: tuple[Kind, ...] = ("since", "until", "holder", "office", "said")
# Whose holder is asked for: who is in it, who was and is no more, who does it for the time being.
Standing = Literal["holds", "former", "acting"]

# A longer question asks for more than this; it also bounds what matching costs.
_MOST_WORDS = 30
_EDGES = " \t\n,;:?!.…\"“”'‘’()[]-–"
# "Năm 2024 ai là …": what comes first may as well come last.
_FIRST = re.compile(
    r"(?:(?:vào|trong|hồi|vao|hoi)\s)?((?:(?:đầu|cuối|giữa|dau|cuoi|giua)\s)?(?:năm|tháng|quý|ngày|nam|thang|quy|ngay)\s[\d/.-]+"
    r"(?:\s(?:năm|nam)\s\d{4})?|(?:năm|nam)\s(?:nay|ngoái|ngoai)|hôm\s(?:nay|qua)|hom\s(?:nay|qua)),?\s(?P<rest>.+)",
    re.IGNORECASE,
)
_FORMER = re.compile(r"(?:nguyên|cựu|cố|nguyen|cuu|cố)\s", re.IGNORECASE)
_ACTING = re.compile(r"(?:quyền|tạm quyền)\s", re.IGNORECASE)
_PRESENT = re.compile(r"(?:tân|đương kim|đương nhiệm|vị|ngài|đồng chí|tan|duong kim|duong nhiem)\s", re.IGNORECASE)
_AFTER = re.compile(r"\s(?:đương nhiệm|đương kim|hiện nay|hiện tại|duong nhiem|duong kim|mới|mới nhất)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked: of an `office` in its kept form, or of a `person` as named, with a `topic` where it is what
    somebody said; within a period, or `now`.
    """

    kind: Kind
    office: str = ""
    person: str = ""
    topic: str = ""
    standing: Standing = "holds"
    period: Period = ALWAYS
    now: bool = False


class Asking:
    """Reads questions with the expressions of config/holders.toml."""

    def __init__(self, expressions: Mapping[str, Any]) -> None:
        words = expressions["words"]
        self._patterns: dict[Kind, list[re.Pattern[str]]] = {
            kind: [re.compile(pattern.format(**words)) for pattern in expressions[kind]] for kind in _KINDS
        }
        self._now = re.compile(rf"(?<!\w){words['now']}(?!\w)")

    @classmethod
    def from_config(cls) -> Self:
        """With the expressions that are there."""
        return cls(load_toml("holders.toml")["asking"])

    def read(self, facts: Facts, question: str, today: date | None = None) -> Iterator[AskedOf]:
        """What the question may ask, likeliest first: of persons it is not known yet whether there are any."""
        text = normalize(question).strip(_EDGES)
        first = _FIRST.fullmatch(text)
        words = [word for word in map(_bare, f"{first['rest']} {first[1]}".split() if first else text.split()) if word]
        if not 2 <= len(words) <= _MOST_WORDS:
            return
        whole, period = split_off(" ".join(words), today)
        words = whole.split()
        plain = " ".join(map(fold, words))
        now = bool(self._now.search(plain))
        for kind in _KINDS:
            for pattern in self._patterns[kind]:
                for parts in _parts(pattern, plain, words):
                    asked = _asked(facts, kind, parts, today)
                    if asked:
                        yield replace(asked, period=asked.period or period, now=asked.now or now)


def _parts(pattern: re.Pattern[str], plain: str, words: Sequence[str]) -> Iterator[dict[str, str]]:
    """The parts of a question that the expression names, as they were typed."""
    found = pattern.fullmatch(plain)
    if found:
        parts = {}
        for name in found.groupdict():
            if found[name]:
                first = plain.count(" ", 0, found.start(name))
                parts[name] = " ".join(words[first : first + found[name].count(" ") + 1])
        yield parts


def _asked(facts: Facts, kind: Kind, parts: Mapping[str, str], today: date | None) -> AskedOf | None:
    """What is asked where the parts are what they should be: an office, a person that is no office."""
    person, topic = parts.get("person", ""), parts.get("topic", "")
    if person and kind != "said" and facts.office(person):
        return None
    if "office" not in parts:
        return AskedOf(kind, person=person, topic=topic)
    name, period = split_off(parts["office"], today)
    standing: Standing = "holds"
    now = False
    if _FORMER.match(name):
        standing, name = "former", _FORMER.sub("", name, 1)
    elif _ACTING.match(name):
        standing, name = "acting", _ACTING.sub("", name, 1)
    elif _PRESENT.match(name) or _AFTER.search(name):
        now, name = True, _AFTER.sub("", _PRESENT.sub("", name, 1))
    office = facts.office(name)
    return AskedOf(kind, office, person, topic, standing, period, now) if office else None


def _bare(word: str) -> str:
    """A word without the punctuation around it; "TP." keeps its point."""
    bare = word.strip(_EDGES)
    return f"{bare}." if word.startswith(f"{bare}.") and bare.isupper() and len(bare) <= 3 else bare
