"""Jobs: a topic in dated quotes."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.finding.desk import Desk
from bot.outgoing.calls import ATTACHED
from bot.pages import timeline_pages
from bot.pages.timeline_pages import Order
from bot.taps.kinds import Export
from bot.texts.catalogue import picture_words
from bot.texts.reply import Language
from bot.texts.rich import file, picture, with_media
from retrieval import Library, Quote, Timeline
from retrieval.timeline import Period, split_off
from retrieval.timeline.export import as_csv, as_ics, has_days
from retrieval.timeline.picture import described, draw

logger = logging.getLogger(__name__)

_TOPICS = 6  # offered where none is named
_MOST_LEFT = 60  # entries that are drawn to be folded up; more would not fit in a message


@dataclass(frozen=True, slots=True)
class Told:
    """The pages of a timeline with the quotes that stand first in it; or that there is none, with what came nearest.

    `in_calendar`: whether it has days. `picture`: None where it has no date with a year, else `described` in words.
    `attached` are the files that `rich` has inside, by the names that it has for them: name and content.
    `days` of `total` entries are on the pages, those that matter most; 0: all of them. `rich` says the same as all
    pages in one rich message, which `holds_all` entries where those left out fit in, folded up.
    """

    pages: list[str]
    quotes: tuple[Quote, ...] = ()
    in_calendar: bool = False
    picture: bytes | None = None
    described: str = ""
    is_empty: bool = False
    days: int = 0
    total: int = 0
    rich: Mapping[str, Any] | None = None
    attached: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    holds_all: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command asks for: a topic in a period; without a topic, those that may be chosen. `days` are how many,
    those that matter most (0: all; None: the first few). It comes from these `sources` first, or `only`.
    """

    topic: str
    period: Period
    topics: tuple[str, ...] = ()
    days: int | None = None
    sources: frozenset[str] = frozenset()
    only: bool = False


def _told(library: Library, wanted: Wanted) -> Timeline:
    tell = partial(library.timeline, wanted.topic, wanted.period.since, wanted.period.until)
    timeline = tell(publishers=wanted.sources)
    return timeline if timeline.entries or wanted.only or not wanted.sources else tell()


def read(desk: Desk, text: str, today: date) -> Wanted:
    """What is wanted by the words after the command."""
    library = desk.library
    topic, period = split_off(text, today, library.is_named)
    if topic:
        return Wanted(topic, period)
    topics = library.topics_in(period) if period else library.topics
    return Wanted(topic, period, tuple(topics[:_TOPICS]))


def tell(  # noqa: PLR0913 - what is told, and how
    desk: Desk, wanted: Wanted, language: Language, order: Order, *, pictured: bool, now: datetime | None = None
) -> Told:
    """The timeline; with a picture, where it is long enough for one. `now`: with its files in the rich message."""
    timeline = _told(desk.library, wanted)
    if not timeline.entries:
        chosen = wanted.only and bool(wanted.sources)
        texts = desk.replies.no_timeline(timeline, desk.library.sources, language, chosen=chosen)
        return Told(texts, timeline.nearest, is_empty=True)
    drawn, words_for_it = None, ""
    if pictured and len(timeline.entries) >= timeline_pages.PICTURED:
        try:
            drawn = draw(timeline, picture_words(language))
            words_for_it = described(timeline, picture_words(language))
        except ValueError as error:
            logger.info("no picture with a timeline: %s", error)
    days = timeline_pages.first_days(timeline) if wanted.days is None else wanted.days
    shown = replace(timeline, entries=timeline.leading(days)) if days else timeline
    quotes = tuple(entry.quotes[0] for entry in shown.entries[: timeline_pages.MOST_ENTRIES])
    total = len(timeline.entries)
    pages = desk.replies.timeline(shown, language, order, total)
    left = tuple(entry for entry in timeline.entries if entry not in shown.entries)
    draw_with = partial(desk.replies.rich_timeline, shown, language, order, total)
    whole = draw_with(replace(timeline, entries=left)) if 0 < len(left) <= _MOST_LEFT else None
    rich = None if timeline.partial else whole or draw_with()  # that it is partial stands on the pages
    told = Told(pages, quotes, has_days(timeline), drawn, words_for_it, days=days, total=total, rich=rich)
    told = replace(told, holds_all=whole is not None)
    return _with_files(told, timeline, now) if now and rich else told


def _with_files(told: Told, timeline: Timeline, now: datetime) -> Told:
    """With the picture and the files in the rich message."""
    kinds: tuple[Export, ...] = ("csv", "ics") if told.in_calendar else ("csv",)
    attached = {
        f"{ATTACHED}{kind}": (timeline_pages.file_name(timeline.topic, kind), _exported(timeline, kind, now))
        for kind in kinds
    }
    files = [file(f"attach://{name}") for name in attached]
    pictures = []
    if told.picture is not None:
        attached[f"{ATTACHED}picture"] = ("timeline.png", told.picture)
        pictures.append(picture(f"attach://{ATTACHED}picture", told.described))
    return replace(told, rich=with_media(told.rich or {}, pictures, files), attached=attached)


def export(desk: Desk, wanted: Wanted, kind: Export, now: datetime) -> bytes:
    """The timeline as a file."""
    return _exported(_told(desk.library, wanted), kind, now)


def _exported(timeline: Timeline, kind: Export, now: datetime) -> bytes:
    # Spreadsheets know UTF-8 by its mark.
    return as_csv(timeline).encode("utf-8-sig") if kind == "csv" else as_ics(timeline, now).encode()
