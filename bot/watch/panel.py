"""The buttons by which watches are listed, set, paused and removed; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from bot.watch.watches import Watch

Act = Literal["list", "open", "show", "once", "daily", "hours", "pause", "resume", "remove"]
Label = Literal[
    "watch_item", "watch_once", "watch_daily", "watch_hours", "watch_pause", "watch_resume", "watch_remove",
    "watch_list", "watch_hour",
]  # fmt: skip

PATTERN = re.compile(rf"watch:(\d{{1,15}}):({'|'.join(get_args(Act))}|at(\d\d?))")
_HOURS_IN_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks for, of a watch by its number (0: of none); `hour` where it sets one.

    `list` turns the message into the list, `open` sends the list anew.
    """

    watch: int
    act: Act | None
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its label; what is in force is `chosen`. `watch` and `hour` are what the label tells."""

    label: Label
    data: str
    chosen: bool = False
    watch: Watch | None = None
    hour: int | None = None


def list_buttons(watches: Sequence[Watch]) -> list[list[Button]]:
    """One for each watch."""
    return [[Button("watch_item", _data(watch.id, "show"), watch=watch)] for watch in watches]


def watch_buttons(watch: Watch, hour: int) -> list[list[Button]]:
    """What can be done with a watch, in a chat that is told of a day's articles at `hour`."""
    pausing: Act = "resume" if watch.paused else "pause"
    return [
        [Button("watch_once", _data(watch.id, "once"), not watch.daily)],
        [Button("watch_daily", _data(watch.id, "daily"), watch.daily, hour=hour)],
        *([[Button("watch_hours", _data(watch.id, "hours"))]] if watch.daily else []),
        [
            Button("watch_resume" if watch.paused else "watch_pause", _data(watch.id, pausing)),
            Button("watch_remove", _data(watch.id, "remove")),
        ],
        [Button("watch_list", _data(0, "list"))],
    ]


def hour_buttons(watch: Watch, hour: int) -> list[list[Button]]:
    """The hours of a day."""
    hours = [Button("watch_hour", f"watch:{watch.id}:at{at}", at == hour, hour=at) for at in range(24)]
    return [hours[at : at + _HOURS_IN_A_ROW] for at in range(0, len(hours), _HOURS_IN_A_ROW)]


def news_buttons() -> list[list[Button]]:
    """Under what is told."""
    return [[Button("watch_list", _data(0, "open"))]]


def read_tap(data: str) -> Tap | None:
    """What the callback data of a button asks for; None if it is no data of these buttons."""
    match = PATTERN.fullmatch(data)
    if match is None:
        return None
    number, act, hour = match.groups()
    if hour is not None:
        return Tap(int(number), None, int(hour)) if int(hour) < 24 else None
    return Tap(int(number), act)  # type: ignore[arg-type]  # as the pattern has it


def _data(watch: int, act: Act) -> str:
    return f"watch:{watch}:{act}"
