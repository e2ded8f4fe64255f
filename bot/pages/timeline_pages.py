"""A timeline in pages: what its buttons are and ask for, which entries go on a page; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.ground.splitting import MESSAGE_LIMIT, units, visible
from retrieval import Quote, Timeline, TimelineEntry
from retrieval.tokens import fold

Order = Literal["oldest", "newest"]
Export = Literal["csv", "ics"]
Label = Literal[
    "timeline_previous",
    "timeline_next",
    "timeline_oldest",
    "timeline_newest",
    "timeline_more",
    "timeline_csv",
    "timeline_ics",
]

PATTERN = re.compile(r"timeline:(\d{1,18}):(?:(oldest|newest):(\d{1,6})(?::(\d{1,4}))?|(csv|ics)|(topic))")

# A page has no more entries than can be taken in, and fewer where they are long.
MOST_ENTRIES = 5
# With so many entries and more, there is a picture.
PICTURED = 5
# Of a story of more days than so many the few that matter most are shown; each tap on "more" shows thrice as many.
FEW, FIRST, _STEP = 8, 5, 3
_HEAD = 400  # UTF-16 units kept free for the line above the entries


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks of the timeline `view`: a page of its `days` that matter most (0: of all), a file, or
    (neither) to be sent it at all.
    """

    view: int
    order: Order = "oldest"
    page: int | None = None
    export: Export | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its label."""

    label: Label
    data: str


def read_tap(data: str) -> Tap | None:
    """What the callback data of a button asks for; None if it is no data of these buttons."""
    match = PATTERN.fullmatch(data)
    if match is None:
        return None
    order: Order = "newest" if match[2] == "newest" else "oldest"
    export: Export | None = "csv" if match[5] == "csv" else "ics" if match[5] == "ics" else None
    return Tap(int(match[1]), order, int(match[3]) if match[3] else None, export, int(match[4] or 0))


def topic_data(view: int) -> str:
    """The callback data of a button that asks for a whole timeline."""
    return f"timeline:{view}:topic"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a timeline a message is: at a page, from 0, of so many; with `days` of its `total` entries (0: all)."""

    view: int
    order: Order
    page: int
    pages: int
    days: int = 0
    total: int = 0

    def buttons(self, *, in_calendar: bool) -> list[list[Button]]:
        """Row by row: to the neighbouring pages; the other way round, more; as files (`in_calendar`: one holds any)."""
        turning: list[Button] = []
        if self.page > 0:
            turning.append(Button("timeline_previous", self._data(self.order, self.page - 1)))
        if self.page < self.pages - 1:
            turning.append(Button("timeline_next", self._data(self.order, self.page + 1)))
        if self.order == "newest":
            turned = Button("timeline_oldest", self._data("oldest", 0))
        else:
            turned = Button("timeline_newest", self._data("newest", 0))
        row = [turned]
        if self.days:
            more = self.days * _STEP if self.days * _STEP < self.total else 0
            row.append(Button("timeline_more", _data(self.view, self.order, 0, more)))
        files = [Button("timeline_csv", f"timeline:{self.view}:csv")]
        if in_calendar:
            files.append(Button("timeline_ics", f"timeline:{self.view}:ics"))
        return [buttons for buttons in (turning, row, files) if buttons]

    def _data(self, order: Order, page: int) -> str:
        return _data(self.view, order, page, self.days)


def _data(view: int, order: Order, page: int, days: int) -> str:
    return f"timeline:{view}:{order}:{page}{f':{days}' if days else ''}"


def first_days(timeline: Timeline) -> int:
    """How many days are shown first; 0 for all."""
    return FIRST if len(timeline.entries) > FEW else 0


def ordered(timeline: Timeline, order: Order) -> Sequence[TimelineEntry]:
    """The entries; those whose year is not known come last either way."""
    if order == "oldest":
        return timeline.entries
    known = [entry for entry in timeline.entries if "XXXX" not in entry.date.edtf]
    return [*reversed(known), *timeline.entries[len(known) :]]


def paged(parts: Sequence[str]) -> list[tuple[str, ...]]:
    """The rendered entries, page by page."""
    pages: list[tuple[str, ...]] = []
    page: tuple[str, ...] = ()
    for part in parts:
        longer = (*page, part)
        if page and (len(longer) > MOST_ENTRIES or units(visible("\n\n".join(longer))) > MESSAGE_LIMIT - _HEAD):
            pages.append(page)
            longer = (part,)
        page = longer
    return [*pages, page] if page else pages


def shown(entry: TimelineEntry) -> tuple[Quote, ...]:
    """The quotes of an entry that are shown in full: the first, and the one of its article for which it is there."""
    return (entry.quotes[0], *entry.about)


def others(entry: TimelineEntry) -> tuple[Quote, ...]:
    """The first quote of each further article."""
    seen = {entry.quotes[0].article.id}
    found = []
    for quote in entry.quotes:
        if quote.article.id not in seen:
            seen.add(quote.article.id)
            found.append(quote)
    return tuple(found)


def file_name(topic: str, ending: str) -> str:
    """A name for a file that every system takes: "dong-thoi-gian-doi-ngoai.csv"."""
    words = re.findall(r"[a-z0-9]+", fold(topic))
    return f"{'-'.join(['dong-thoi-gian', *words])[:60].rstrip('-')}.{ending}"
