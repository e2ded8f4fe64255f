"""Jobs: what there is to answer from."""

from dataclasses import replace

from bot.finding.desk import Desk
from bot.pages.source_pages import SourcePage
from bot.texts.reply import Collection, Language


def collection(desk: Desk) -> Collection:
    """How much it is, and of which days."""
    return Collection.of(desk.library.sources)


def names(desk: Desk) -> tuple[str, ...]:
    """The papers and channels, those with most articles first."""
    return tuple(source.publisher for source in desk.library.sources if source.publisher)


def page(
    desk: Desk, number: int, language: Language, chosen: frozenset[str] = frozenset(), *, only: bool = False
) -> tuple[str, SourcePage]:
    """A page of the list of sources, and which it is; with those that a group has `chosen`."""
    sources = desk.library.sources
    view = replace(SourcePage.of(sources, number), chosen=tuple(sorted(chosen)), only=only)
    return desk.replies.sources(view, Collection.of(sources), language), view
