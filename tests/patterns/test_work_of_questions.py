"""What strangers ask costs calls in proportion to its length, on the whole way of a question through a library, and so
does what it is answered with.
"""

import datetime
from collections.abc import Callable
from itertools import islice

import pytest

from bot.deciding.asking import goes_on, looks_like_question
from bot.deciding.bare import topic_in
from bot.deciding.english import named_in
from bot.deciding.small_talk import small_talk
from bot.ground.splitting import pieces
from bot.texts import answer_pages
from bot.texts.reply import Replies
from bot.texts.rich import rich_message
from retrieval import Library
from retrieval.records import NO_DATE, Article, Quote
from retrieval.timeline import split_off
from tests.patterns.work import NEWS, CopiedText, in_proportion, some_names

_TODAY = datetime.date(2025, 10, 1)
_ASKED = [
    "A.", "? ", ", ", "a ", "2/9 ", "15-9, 16-9, ", "năm 2024 đến ", "từ 3/2025 ", "7 ngày qua ", "hôm nay ", "TBT ",
    "ông An nói ", "Hà Nội ", "giá vàng ", "ai là Bộ trưởng ", "còn năm 2024? ", "và ", "nguyen van ", "who is ", "🙂",
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("articles")
    for number, name in enumerate(islice(some_names(8), 8)):
        text = f"{NEWS}Ông {name} nói giá vàng là {number} triệu đồng. Cầu Hà Nội dài {number}00 mét."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    library = Library.open([folder])
    for ways in _ASKING.values():
        ways(library, "Ông An nói gì về giá vàng từ 3/2025?")
    return library


def _told(library: Library, text: str) -> None:
    topic, period = split_off(text, _TODAY, library.is_named)
    library.timeline(topic, period.since, period.until)


def _decided(_library: Library, text: str) -> None:
    for way in (looks_like_question, goes_on, small_talk, topic_in, named_in):
        way(text)


_ASKING: dict[str, Callable[[Library, str], object]] = {
    "decided": _decided,
    "read": lambda library, text: library.read_question(text, _TODAY),
    "gone on from": lambda library, text: library.read_question("còn 2024?", _TODAY, library.read_question(text)),
    "asked": lambda library, text: library.ask(text, today=_TODAY, read=False),
    "told of": _told,
    "who": lambda library, text: library.who(text, _TODAY),
}


@pytest.mark.parametrize("shape", _ASKED)
@pytest.mark.parametrize("way", _ASKING)
def test_a_question_costs_its_length(way: str, shape: str, library: Library) -> None:
    in_proportion(lambda text: _ASKING[way](library, text), shape, 400, 1_200)


@pytest.mark.parametrize("shape", ["a ", "&", "<b>", "A. ", "🙂", "a\n", "\n\n", "https://a.b/c "])
def test_a_long_quote_costs_its_length_as_messages_and_as_a_rich_one(shape: str) -> None:
    replies = Replies()

    def rendered(text: str) -> None:
        article = Article("1", None, None, None, None, NO_DATE, NO_DATE, text, "a.txt")
        quote = Quote(text, article, 0, len(text), NO_DATE, 1.0)
        parts = list(replies.quote(quote, "vi"))
        assert answer_pages.curated(replies, [quote], "vi")
        rich_message(parts)

    rendered("a")  # what is compiled once
    in_proportion(rendered, shape, 10_000, 30_000)


def test_a_text_is_not_copied_for_each_message_of_it() -> None:
    text = CopiedText("Một câu. " * 20_000)
    assert "".join(pieces(text, 4096)) == text
    assert text.copied <= 3 * len(text)
