"""A timeline in pages: which entries go on a page, in which order; pure."""

import re
from collections.abc import Sequence
from typing import Literal

from bot.ground.splitting import MESSAGE_LIMIT, units, visible
from retrieval import Quote, Timeline, TimelineEntry
from retrieval.store.counting import newspaper
from retrieval.tokens import fold

Order = Literal["oldest", "newest"]
# A page has no more entries than can be taken in, and fewer where they are long.
MOST_ENTRIES = 5
# With so many entries and more, there is a picture.
PICTURED = 5
# Of a story of more days than so many the few that matter most are shown; each tap on "more" shows thrice as many.
FEW, FIRST, STEP = 8, 5, 3
_HEAD = 400  # UTF-16 units kept free for the line above the entries


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
    """The first quote of each further paper, or where none is known article."""
    papers: dict[str, Quote] = {}
    for quote in entry.quotes:
        papers.setdefault(newspaper(quote.article) or quote.article.id, quote)
    return tuple(papers.values())[1:]


def file_name(topic: str, ending: str) -> str:
    """A name for a file that every system takes: "dong-thoi-gian-doi-ngoai.csv"."""
    words = re.findall(r"[a-z0-9]+", fold(topic))
    return f"{'-'.join(['dong-thoi-gian', *words])[:60].rstrip('-')}.{ending}"
