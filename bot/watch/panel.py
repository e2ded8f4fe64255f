"""The buttons by which watches are listed, set, paused and removed; pure."""

from collections.abc import Sequence

from bot.taps.buttons import Button
from bot.taps.kinds import WatchTap
from bot.watch.watches import Watch

_HOURS_IN_A_ROW = 6


def list_buttons(watches: Sequence[Watch]) -> list[list[Button]]:
    """One for each watch."""
    return [[Button("watch_item", WatchTap(watch.id, "show"), values={"watch": watch})] for watch in watches]


def watch_buttons(watch: Watch, hour: int, *, topics: bool = False) -> list[list[Button]]:
    """What can be done with a watch, in a chat that is told of a day's articles at `hour`; `topics`: the chat may have
    a topic for it alone.
    """
    pausing = "resume" if watch.paused else "pause"
    return [
        [Button("watch_once", WatchTap(watch.id, "once"), chosen=not watch.daily)],
        [Button("watch_daily", WatchTap(watch.id, "daily"), chosen=watch.daily, values={"hour": hour})],
        *([[Button("watch_hours", WatchTap(watch.id, "hours"))]] if watch.daily else []),
        *([[Button("watch_apart", WatchTap(watch.id, "apart"))]] if topics and watch.thread is None else []),
        [
            Button(f"watch_{pausing}", WatchTap(watch.id, pausing)),
            Button("watch_remove", WatchTap(watch.id, "remove")),
        ],
        [Button("watch_list", WatchTap(0, "list"))],
    ]


def hour_buttons(watch: Watch, hour: int) -> list[list[Button]]:
    """The hours of a day."""
    hours = [
        Button("watch_hour", WatchTap(watch.id, f"at{at}"), chosen=at == hour, values={"hour": at}) for at in range(24)
    ]
    return [hours[at : at + _HOURS_IN_A_ROW] for at in range(0, len(hours), _HOURS_IN_A_ROW)]


def news_buttons() -> list[list[Button]]:
    """Under a message of news."""
    return [[Button("watch_list", WatchTap(0, "open"))]]
