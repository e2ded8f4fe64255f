"""The buttons by which a group's admins choose the papers and channels that its answers come from; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from bot.memory.policy import Policy

_EACH = 8  # sources on a page, below the two ways
_NAME = r"[0-9a-f]{16}"
PATTERN = re.compile(rf"from:(\d{{1,6}}):(show|first|only|all|{_NAME})")
_BACK = "policy:0:show"  # the panel of the group
Way = Literal["first", "only", "all"]
Label = Literal["sources_first", "sources_only", "sources_all", "previous_page", "next_page", "panel_chat", ""]


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button of page `number` asks for: a way, a source by its `name_of`, or neither: to be shown the page."""

    number: int
    way: Way | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its label, or with the name of a `source`; what is in force is `chosen`."""

    label: Label
    data: str
    chosen: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Page `number` of the names of all `sources`, with what a group has chosen, of which some may have left."""

    policy: Policy
    sources: Sequence[str]
    number: int = 0

    @property
    def all_names(self) -> list[str]:
        """The chosen first, those that have left among them."""
        chosen = self.policy.sources
        return [*sorted(chosen), *(name for name in self.sources if name not in chosen)]

    def rows(self) -> list[list[Button]]:
        """From top to bottom."""
        names, number = self.all_names, min(self.number, max(len(self.all_names) - 1, 0) // _EACH)
        shown = names[_EACH * number : _EACH * (number + 1)]
        chosen = self.policy.sources
        ways = [
            Button("sources_first", f"from:{number}:first", bool(chosen) and not self.policy.only),
            Button("sources_only", f"from:{number}:only", bool(chosen) and self.policy.only),
        ]
        turning = [Button("previous_page", f"from:{number - 1}:show")] if number else []
        if _EACH * (number + 1) < len(names):
            turning.append(Button("next_page", f"from:{number + 1}:show"))
        rows = [[Button("", f"from:{number}:{name_of(name)}", name in chosen, name)] for name in shown]
        last = [Button("panel_chat", _BACK)]
        everything = [Button("sources_all", f"from:{number}:all")] if chosen else []
        return [row for row in (ways if chosen else [], *rows, turning, everything, last) if row]


def read_tap(data: str) -> Tap | None:
    """What the callback data of a button asks for; None if it is no data of these buttons."""
    match = PATTERN.fullmatch(data)
    if match is None:
        return None
    ways: dict[str, Way] = {"first": "first", "only": "only", "all": "all"}
    if match[2] == "show" or match[2] in ways:
        return Tap(int(match[1]), ways.get(match[2]))
    return Tap(int(match[1]), source=match[2])


def name_of(source: str) -> str:
    """What a button carries for a source: its name may be longer than what a button can carry."""
    return blake2b(source.encode(), digest_size=8).hexdigest()
