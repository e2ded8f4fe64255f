"""A message as lines of a terminal."""

import pytest
from rich.text import Text

from bot.sandbox.message_text import formatted_text
from bot.sandbox.rendering import lines
from bot.sandbox.world import Chat, Message, World
from tests.bot.sandbox.screens import WORDS, screen


def rendered(message: Message, width: int = 80, *, terminal: bool = False) -> list[Text]:
    console, _ = screen(width, terminal=terminal)
    return list(lines(message, console, WORDS))


@pytest.fixture
def message(world: World, chat: Chat) -> Message:
    markup = (
        "<i>Hai</i> câu:\n<blockquote>Một <b>hai</b> ba bốn năm sáu.</blockquote>\n"
        '<a href="https://a.vn/1">Báo A</a>\n\n<blockquote>Bảy 😀\ntám.</blockquote>\nhttps://b.vn/ <a href="https://b.vn/">https://b.vn/</a>'
    )
    return world.post(chat, world.bot, *formatted_text(markup, "HTML"))


def test_lines_have_bars_and_addresses_in_full(message: Message) -> None:
    assert [line.plain for line in rendered(message)] == [
        "Trích: Hai câu:",
        "│ Một hai ba bốn năm sáu.",
        "Báo A (https://a.vn/1)",
        "",
        "│ Bảy 😀",
        "│ tám.",
        "https://b.vn/ https://b.vn/",
    ]


def test_a_terminal_shows_where_a_link_leads_and_opens_all_of_it(world: World, chat: Chat) -> None:
    address = f"https://www.bao.vn/{'tin' * 20}.html?a=1#:~:text=một%20câu"
    markup = f'<a href="{address}">Báo A</a> <a href="https://b.vn/1">B</a>'
    said = world.post(chat, world.bot, *formatted_text(markup, "HTML"))
    [line] = rendered(said, width=200, terminal=True)
    assert line.plain == f"Trích: Báo A (bao.vn/{'tin' * 13}t…) B (b.vn/1)"
    assert {style.link for span in line.spans if not isinstance(style := span.style, str)} >= {address}


def test_lines_are_wrapped_in_a_terminal_with_a_bar_on_each(message: Message) -> None:
    plain = [line.plain.rstrip() for line in rendered(message, width=16, terminal=True)]
    assert plain[1:4] == ["│ Một hai ba bốn", "│ năm sáu.", "Báo A (a.vn/1)"]


def test_styles_and_links_are_those_of_the_entities(message: Message) -> None:
    styles = {
        (line.plain[span.start : span.end], style.bold, style.italic, style.link)
        for line in rendered(message)
        for span in line.spans
        if not isinstance(style := span.style, str)
    }
    assert ("Hai", None, True, None) in styles
    assert ("hai", True, None, None) in styles
    assert ("Báo A", None, None, "https://a.vn/1") in styles


def test_a_message_that_begins_with_a_quote_has_the_name_above_it(world: World, chat: Chat) -> None:
    quote = world.post(chat, world.bot, *formatted_text("<blockquote>a</blockquote>", "HTML"))
    assert [line.plain for line in rendered(quote)] == ["Trích: ", "│ a"]


def test_pictures_and_files_are_named_above_their_captions(world: World, chat: Chat) -> None:
    caption = world.caption("Dòng thời gian\nxem https://a.vn")
    picture = world.put(chat, world.bot, {"photo": [{"width": 640, "height": 480}]} | caption)
    assert [line.plain for line in rendered(picture)] == [
        "Trích: [Ảnh 640×480]", "Dòng thời gian", "xem https://a.vn",
    ]  # fmt: skip
    file = world.put(chat, world.bot, {"document": {"file_name": "nhật ký\x7f.csv"}})
    assert [line.plain for line in rendered(file)] == ["Trích: [Tệp nhật ký\ufffd.csv]"]


def test_characters_that_command_a_terminal_are_not_sent_to_it(world: World, chat: Chat) -> None:
    sly = world.post(chat, world.bot, *formatted_text("a\x1b[2J\x9b2Jb\x7f"))
    assert [line.plain for line in rendered(sly)] == ["Trích: a [2J\ufffd2Jb\ufffd"]
