"""Jobs: what there is to answer from."""

from bot.finding.desk import Desk
from bot.pages.source_pages import SourcePage
from bot.texts.reply import Collection, Language


def collection(desk: Desk) -> Collection:
    """How much it is, and of which days."""
    return Collection.of(desk.library.sources)


def names(desk: Desk) -> tuple[str, ...]:
    """The papers and channels, those with most articles first."""
    return tuple(source.publisher for source in desk.library.sources if source.publisher)


def page(desk: Desk, number: int, language: Language) -> tuple[str, SourcePage]:
    """A page of the list of sources, and which it is."""
    sources = desk.library.sources
    view = SourcePage.of(sources, number)
    return desk.replies.sources(view, Collection.of(sources), language), view
