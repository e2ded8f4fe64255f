"""Texts that cost a pattern most: what leads to one of its repetitions, what it repeats many times over, and no end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any

from tests.patterns.counting import CountingPattern

_CHARACTER = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN}
_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
_GROUPS = {_constants.SUBPATTERN: 3, _constants.ATOMIC_GROUP: None}
# Of each kind that patterns tell apart; a pattern's own letters come to them.
_CHARACTERS = "a1 \n_-.,:;!?()[]{}<>/\"'“”’»…*@#&=~|\\`+^$%AXĐẤáơ\u0301\u00a0\u200b\x00"
_ENDS = ("", "\x00")
_FEW = 3  # repetitions up to so many are a constant
_WAYS = 2  # of alternatives so many are tried


@dataclass(frozen=True, slots=True)
class Attack:
    """A beginning, what is repeated after it, and an end."""

    prefix: str
    repeated: str
    end: str

    def text(self, length: int) -> str:
        """The text of about this length."""
        return self.prefix + self.repeated * max(1, (length - len(self.prefix)) // len(self.repeated)) + self.end


class Attacks:
    """Those on one pattern."""

    def __init__(self, pattern: CountingPattern) -> None:
        self._pattern = pattern
        nodes = list(_characters(pattern.tree, pattern.flags))
        own = {chr(code) for node, _ in nodes for code in _codes(node)}
        self._letters = [*_CHARACTERS, *sorted(own)]
        self._classes = [node for node in nodes if node[0][0] != _constants.LITERAL]

    def all(self) -> list[Attack]:
        """All of them, each once."""
        pumped = dict.fromkeys(self._pumped(self._pattern.tree, self._pattern.flags, ("",)))
        ways = ((p, b) for prefix, body in pumped for p, b in ((prefix, body), ("", prefix + body), ("", prefix)) if b)
        return [Attack(prefix, body, end) for prefix, body in dict.fromkeys(ways) for end in _ENDS]

    def _pumped(self, nodes: Any, flags: int, prefixes: Sequence[str]) -> Iterator[tuple[str, str]]:
        """What leads to each repetition, and what it may repeat."""
        before = list(prefixes)
        for node in nodes:
            operation, given = node
            for inner, inner_flags in _inside(node, flags):
                yield from self._pumped(inner, inner_flags, before)
            if operation in _REPEATS and given[1] > _FEW:
                bodies = {*self._samples(given[2], flags), *self._kinds(given[2], flags)} - {""}
                yield from ((prefix, body) for prefix in before for body in sorted(bodies))
            before = list(dict.fromkeys(prefix + one for prefix in before for one in self._samples([node], flags)))[
                :_WAYS
            ]

    def _kinds(self, nodes: Any, flags: int) -> list[str]:
        """A character of each kind that a repetition takes, as its parts and all classes tell them apart."""
        inner = [self._pattern.accepting(node, f) for node, f in _characters(nodes, flags)]
        classes = [self._pattern.accepting(node, f) for node, f in self._classes]
        kinds: dict[tuple[bool, ...], str] = {}
        for letter in self._letters:
            if any(accepts(letter) for accepts in inner):
                kinds.setdefault(tuple(accepts(letter) for accepts in (*inner, *classes)), letter)
        return list(kinds.values())

    def _samples(self, nodes: Any, flags: int) -> list[str]:
        """A few short texts that nodes one after the other may match, where what they look around for is left aside."""
        found = [""]
        for node in nodes:
            more = self._sample(node, flags)
            found = (
                [one + more[at % len(more)] for at, one in enumerate(found)]
                if len(found) >= len(more)
                else [found[at % len(found)] + one for at, one in enumerate(more)]
            )
        return found[:_WAYS]

    def _sample(self, node: Any, flags: int) -> list[str]:
        operation, given = node
        if operation in _CHARACTER:
            accepts = self._pattern.accepting(node, flags)
            taken = [letter for letter in self._letters if accepts(letter)]
            return [chr(given)] if operation == _constants.LITERAL else taken[:_WAYS] or [""]
        if operation in _REPEATS:
            return [one * max(given[0], 1) for one in self._samples(given[2], flags)]
        if operation == _constants.BRANCH:
            return [one for way in given[1] for one in self._samples(way, flags)[:1]][:_WAYS]
        if operation in _GROUPS:
            return [one for inner, inner_flags in _inside(node, flags) for one in self._samples(inner, inner_flags)]
        return [""]


def _inside(node: Any, flags: int) -> Iterator[tuple[Any, int]]:
    """The parts of a node that has parts, with their flags."""
    operation, given = node
    if operation == _constants.SUBPATTERN:
        yield given[3], (flags | given[1]) & ~given[2]
    elif operation == _constants.ATOMIC_GROUP:
        yield given, flags
    elif operation in _REPEATS:
        yield given[2], flags
    elif operation == _constants.BRANCH:
        yield from ((way, flags) for way in given[1])
    elif operation in {_constants.ASSERT, _constants.ASSERT_NOT}:
        yield given[1], flags


def _characters(nodes: Any, flags: int) -> Iterator[tuple[Any, int]]:
    """Every node that takes a single character, however deep."""
    for node in nodes:
        if node[0] in _CHARACTER:
            yield node, flags
        for inner, inner_flags in _inside(node, flags):
            yield from _characters(inner, inner_flags)


def _codes(node: Any) -> Iterator[int]:
    """The letters that are written in a node, and the ends of its ranges."""
    operation, given = node
    if operation in {_constants.LITERAL, _constants.NOT_LITERAL}:
        yield given
    elif operation == _constants.RANGE:
        yield from given
    elif operation == _constants.IN:
        for inner in given:
            yield from _codes(inner)
