"""The list of sources, page by page."""

import pytest

from bot.ground.splitting import MESSAGE_LIMIT, units, visible
from bot.pages.source_pages import SourcePage
from bot.texts.reply import Collection, Language, Replies
from retrieval import Date, Source

FIRST, LAST = Date("2024-03-10", "published"), Date("2025-09-16", "published")


def many(count: int) -> list[Source]:
    return [Source(f"Báo {number}", count - number, FIRST, LAST) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "number", "shown", "at", "pages"),
    [
        (0, 0, 0, 0, 1),
        (15, 0, 15, 0, 1),
        (16, 0, 15, 0, 2),
        (16, 1, 1, 1, 2),
        (16, 99, 1, 1, 2),
        (5000, 7, 15, 7, 334),
    ],
)
def test_a_page_has_its_sources_and_says_which_it_is(count: int, number: int, shown: int, at: int, pages: int) -> None:
    view = SourcePage.of(many(count), number)
    assert (len(view.sources), view.number, view.pages) == (shown, at, pages)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("vi", "16. Báo 15 · 5 bài · 10/3/2024 – 16/9/2025"),
        ("en", "16. Báo 15 · 5 articles · 10 March 2024 – 16 September 2025"),
    ],
)
def test_a_line_names_the_source_its_articles_and_its_days(language: Language, line: str) -> None:
    sources = many(20)
    lines = visible(Replies().sources(SourcePage.of(sources, 1), Collection.of(sources), language)).splitlines()
    assert line in lines
    assert "210" in lines[0]


def test_one_day_stands_once_and_what_is_not_known_is_said() -> None:
    sources = [Source(None, 2, FIRST, FIRST), Source("<b>", 1)]
    text = visible(Replies().sources(SourcePage.of(sources, 0), Collection.of(sources), "vi"))
    assert text.splitlines()[-2:] == ["1. không rõ nguồn · 2 bài · 10/3/2024", "2. <b> · 1 bài"]


def test_long_names_fit_a_message() -> None:
    sources = [Source("<" * 500, 1, FIRST, LAST)] * 15
    assert units(visible(Replies().sources(SourcePage.of(sources, 0), Collection.of(sources), "vi"))) <= MESSAGE_LIMIT
