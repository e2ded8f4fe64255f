"""The buttons under a timeline; pure."""

from dataclasses import dataclass, replace

from bot.pages.timeline_pages import STEP, Order
from bot.taps.buttons import Button, turning
from bot.taps.kinds import Export, TimelineTap


def topic_button(shown: int, topic: str) -> Button:
    """For a whole timeline, by its topic."""
    return Button(title=topic, does=TimelineTap(shown, "topic"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a timeline a message is: at a page, from 0, of so many; with `days` of its `total` entries (0: all)."""

    shown: int
    order: Order
    page: int
    pages: int
    days: int = 0
    total: int = 0

    def whole(self, *, holds_all: bool) -> "Place":
        """The same where one message holds all pages; `holds_all`: and the entries that are not on them."""
        return replace(self, page=0, pages=1, total=self.days if holds_all else self.total)

    def buttons(self, *, in_calendar: bool, files: bool = True) -> list[list[Button]]:
        """Row by row: to other pages; the other way round, more; as `files` (`in_calendar`: one of days)."""
        neighbours = turning(
            ("timeline_previous", "timeline_next"),
            self.page,
            self.pages,
            lambda page: TimelineTap(self.shown, self.order, page, self.days),
        )
        other: Order = "oldest" if self.order == "newest" else "newest"
        row = [Button(f"timeline_{other}", TimelineTap(self.shown, other, 0, self.days))]
        if self.days and self.days != self.total:
            more = self.days * STEP if self.days * STEP < self.total else 0
            row.append(Button("timeline_more", TimelineTap(self.shown, self.order, 0, more)))
        kinds: tuple[Export, ...] = ("csv", "ics") if in_calendar else ("csv",)
        exports = [Button(f"timeline_{kind}", TimelineTap(self.shown, kind)) for kind in kinds if files]
        return [buttons for buttons in (neighbours, row, exports) if buttons]
