"""A regular expression engine that counts its steps: backtracking as `re` does, over the parse tree that `re` makes.

It finds what `re` finds (test_counting.py compares them), so what it counts is what `re` has to do, on any machine.
"""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from re import _compiler, _constants, _parser  # type: ignore[attr-defined]  # typeshed leaves them out
from typing import Any

End = int
NONE: End = -1
Rest = Callable[[int], End]  # what must match from there on; where that ends, or NONE
Part = Callable[[int, Rest], End]

_CHARACTER = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN}
_REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}


class TooManyStepsError(Exception):
    """More steps than were allowed."""


class CountingPattern:
    """A pattern that counts: one step for each character looked at and each place begun at."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.tree = _parser.parse(pattern, flags)
        self.flags: int = self.tree.state.flags
        self.steps = 0
        self._allowed = 0
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}
        self._accepting: dict[tuple[str, int], Callable[[str], bool]] = {}
        self._word = self.accepting((_constants.IN, [(_constants.CATEGORY, _constants.CATEGORY_WORD)]), self.flags)
        self._whole = self._sequence(self.tree, self.flags)
        self._begins = self._beginning(self.tree, self.flags)

    def search(self, text: str, allowed: int) -> list[tuple[int, int]]:
        """Where `finditer` finds it; the steps are in `steps`."""
        found, start = [], 0
        with self._counting(text, allowed):
            while start <= len(text):
                end = self._at(start, _here)
                if end >= 0:
                    found.append((start, end))
                start = max(end, start + 1)
        return found

    def match(self, text: str, allowed: int, *, whole: bool) -> End:
        """Where `match` ends, or `fullmatch` where it must be the whole text; NONE."""
        with self._counting(text, allowed):
            return self._at(0, self._at_end if whole else _here)

    @contextmanager
    def _counting(self, text: str, allowed: int) -> Iterator[None]:
        self._text, self.steps, self._allowed = text, 0, allowed
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(1_000_000)  # a frame of Python each repetition; none of C
        try:
            yield
        finally:
            sys.setrecursionlimit(limit)

    def _at(self, start: int, rest: Rest) -> End:
        self._count()
        if not self._begins(self._text[start : start + 1]):
            return NONE
        self._groups = {}
        return self._whole(start, rest)

    def _at_end(self, at: int) -> End:
        return at if at == len(self._text) else NONE

    def _count(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps > self._allowed:
            raise TooManyStepsError

    def accepting(self, node: Any, flags: int) -> Callable[[str], bool]:
        """Whether a character is what a node of the tree takes, as `re` itself judges it."""
        key = repr(node), flags
        if key in self._accepting:
            return self._accepting[key]
        one = _parser.SubPattern(self.tree.state, [node])
        local = flags & ~self.flags
        compiled = _compiler.compile(
            _parser.SubPattern(self.tree.state, [(_constants.SUBPATTERN, (None, local, 0, one))])
        )
        known: dict[str, bool] = {}

        def accepts(character: str) -> bool:
            if character not in known:
                known[character] = compiled.fullmatch(character) is not None
            return known[character]

        self._accepting[key] = accepts
        return accepts

    def _sequence(self, nodes: Any, flags: int) -> Part:
        parts = [self._part(node, flags) for node in nodes]
        if len(parts) == 1:
            return parts[0]

        def match(at: int, rest: Rest, position: int = 0) -> End:
            if position == len(parts):
                return rest(at)
            return parts[position](at, lambda end: match(end, rest, position + 1))

        return match

    def _part(self, node: Any, flags: int) -> Part:
        operation, given = node
        if operation in _CHARACTER:
            return self._character(node, flags)
        if operation == _constants.AT:
            return self._place(given, flags)
        return getattr(self, f"_{str(operation).lower()}")(given, flags)  # type: ignore[no-any-return]

    def _character(self, node: Any, flags: int) -> Part:
        accepts = self.accepting(node, flags)

        def match(at: int, rest: Rest) -> End:
            self._count()
            return rest(at + 1) if at < len(self._text) and accepts(self._text[at]) else NONE

        return match

    def _subpattern(self, given: Any, flags: int) -> Part:
        group, added, taken, nodes = given
        inner = self._sequence(nodes, (flags | added) & ~taken)
        if group is None:
            return inner

        def match(at: int, rest: Rest) -> End:
            def close(end: int) -> End:
                before = self._groups.get(group)
                self._groups[group] = at, end
                result = rest(end)
                if result < 0:
                    self._groups.pop(group)
                    if before is not None:
                        self._groups[group] = before
                return result

            return inner(at, close)

        return match

    def _branch(self, given: Any, flags: int) -> Part:
        """As in `re`, only the alternatives are tried that may begin with the character that stands there."""
        ways = [(self._sequence(nodes, flags), self._beginning(nodes, flags)) for nodes in given[1]]
        known: dict[str, list[Part]] = {}

        def match(at: int, rest: Rest) -> End:
            character = self._text[at : at + 1]
            if character not in known:
                known[character] = [way for way, begins in ways if begins(character)]
            self._count()
            for way in known[character]:
                end = way(at, rest)
                if end >= 0:
                    return end
            return NONE

        return match

    def _beginning(self, nodes: Any, flags: int) -> Callable[[str], bool]:
        """Whether a sequence may match what begins with a character; with "" at the end of the text."""
        if not len(nodes):
            return lambda _: True
        operation, given = nodes[0]
        if operation in _CHARACTER:
            accepts = self.accepting(nodes[0], flags)
            return lambda character: character != "" and accepts(character)
        if operation == _constants.SUBPATTERN:
            return self._beginning(given[3], (flags | given[1]) & ~given[2])
        if operation == _constants.BRANCH:
            ways = [self._beginning(way, flags) for way in given[1]]
            return lambda character: any(begins(character) for begins in ways)
        if operation in _REPEATS and given[0] > 0:
            return self._beginning(given[2], flags)
        return lambda _: True

    def _atomic_group(self, given: Any, flags: int) -> Part:
        inner = self._sequence(given, flags)

        def match(at: int, rest: Rest) -> End:
            end = inner(at, _here)
            return rest(end) if end >= 0 else NONE

        return match

    def _max_repeat(self, given: Any, flags: int) -> Part:
        fewest, most, nodes = given
        if len(nodes) == 1 and nodes[0][0] in _CHARACTER:
            return self._characters(fewest, most, self.accepting(nodes[0], flags))
        inner = self._sequence(nodes, flags)

        def match(at: int, rest: Rest, count: int = 0, last: int = -1) -> End:
            if count < most and (count < fewest or at != last):
                end = inner(at, lambda end: match(end, rest, count + 1, at))
                if end >= 0:
                    return end
            return rest(at) if count >= fewest else NONE

        return match

    def _run(self, at: int, most: int, accepts: Callable[[str], bool]) -> int:
        """Where the run of such characters ends."""
        end, stop = at, min(len(self._text), at + most)
        while end < stop and accepts(self._text[end]):
            end += 1
        self._count(end - at + 1)
        return end

    def _characters(self, fewest: int, most: int, accepts: Callable[[str], bool]) -> Part:
        def match(at: int, rest: Rest) -> End:
            for end in range(self._run(at, most, accepts), at + fewest - 1, -1):
                self._count()
                result = rest(end)
                if result >= 0:
                    return result
            return NONE

        return match

    def _min_repeat(self, given: Any, flags: int) -> Part:
        fewest, most, nodes = given
        inner = self._sequence(nodes, flags)

        def match(at: int, rest: Rest, count: int = 0) -> End:
            self._count()
            if count >= fewest:
                end = rest(at)
                if end >= 0:
                    return end
            if count == most:
                return NONE
            return inner(at, lambda end: match(end, rest, count + 1) if end > at or count < fewest else NONE)

        return match

    def _possessive_repeat(self, given: Any, flags: int) -> Part:
        fewest, most, nodes = given
        inner = self._sequence(nodes, flags)

        def match(at: int, rest: Rest) -> End:
            count = 0
            while count < most:
                end = inner(at, _here)
                if end < 0 or (end == at and count >= fewest):
                    break
                at, count = end, count + 1
            return rest(at) if count >= fewest else NONE

        return match

    def _assert(self, given: Any, flags: int) -> Part:
        return self._looking(given, flags, wanted=True)

    def _assert_not(self, given: Any, flags: int) -> Part:
        return self._looking(given, flags, wanted=False)

    def _looking(self, given: Any, flags: int, *, wanted: bool) -> Part:
        direction, nodes = given
        inner = self._sequence(nodes, flags)
        back = nodes.getwidth()[0] if direction < 0 else 0

        def match(at: int, rest: Rest) -> End:
            found = at >= back and inner(at - back, _here) >= 0
            return rest(at) if found == wanted else NONE

        return match

    def _groupref(self, group: int, flags: int) -> Part:
        fold = str.lower if flags & re.IGNORECASE else str

        def match(at: int, rest: Rest) -> End:
            self._count()
            if group not in self._groups:
                return NONE
            start, end = self._groups[group]
            length = end - start
            self._count(length)
            return rest(at + length) if fold(self._text[at : at + length]) == fold(self._text[start:end]) else NONE

        return match

    def _holds(self, where: Any, flags: int) -> Callable[[int], bool]:
        lines = bool(flags & re.MULTILINE)
        if where == _constants.AT_BEGINNING:
            return lambda at: at == 0 or (lines and self._text[at - 1] == "\n")
        if where == _constants.AT_BEGINNING_STRING:
            return lambda at: at == 0
        if where == _constants.AT_END:
            return lambda at: self._text[at : at + 1] in {"", "\n"} and (lines or at >= len(self._text) - 1)
        if where == _constants.AT_END_STRING:
            return lambda at: at == len(self._text)
        boundary = where == _constants.AT_BOUNDARY
        return lambda at: bool(self._text) and (self._is_word(at - 1) != self._is_word(at)) == boundary

    def _is_word(self, at: int) -> bool:
        return 0 <= at < len(self._text) and self._word(self._text[at])

    def _place(self, where: Any, flags: int) -> Part:
        holds = self._holds(where, flags)

        def match(at: int, rest: Rest) -> End:
            self._count()
            return rest(at) if holds(at) else NONE

        return match


def _here(at: int) -> End:
    return at
