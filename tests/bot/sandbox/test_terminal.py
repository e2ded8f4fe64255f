import asyncio
import contextlib
import io
import os
import pty
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from bot.sandbox.message_text import formatted_text
from bot.sandbox.messaging import send_message
from bot.sandbox.rendering import lines
from bot.sandbox.schemas.messages import SendMessage
from bot.sandbox.terminal import chat
from bot.sandbox.world import Chat, Message, World
from bot.texts.catalogue import short_texts
from tests.clock import PATIENCE

WORDS = short_texts("vi", "terminal")
GREETING = f"{WORDS['greeting']}\n"


@contextlib.asynccontextmanager
async def answering(world: World, *answers: str) -> AsyncIterator[None]:
    """A bot that sends these messages, in HTML, after each update."""

    async def answer() -> None:
        offset = 0
        while True:
            for update in await world.updates.poll(offset, limit=1, seconds=50):
                offset = update["update_id"] + 1
                for text in answers:
                    chat = world.chat(update["message"]["chat"]["id"])
                    world.post(chat, world.bot, *formatted_text(text, "HTML"))

    task = asyncio.create_task(answer())
    try:
        yield
    finally:
        task.cancel()


def ends(read: int, write: int) -> Iterator[tuple[int, io.FileIO]]:
    """What the chat reads from, and what to type into."""
    with open(read, "rb", buffering=0) as stdin, open(write, "wb", buffering=0) as typing:
        yield stdin.fileno(), typing


@pytest.fixture
def keyboard() -> Iterator[tuple[int, io.FileIO]]:
    """A pipe."""
    yield from ends(*os.pipe())


@pytest.fixture
def window() -> Iterator[tuple[int, io.FileIO]]:
    """A terminal."""
    master, terminal = os.openpty()
    yield from ends(terminal, master)


class Told(io.StringIO):
    """A screen that tells of every write."""

    def __init__(self, screen: io.StringIO, tell: Callable[[], object]) -> None:
        super().__init__()
        self._screen = screen
        self._tell = tell

    def write(self, text: str) -> int:
        written = self._screen.write(text)
        self._tell()
        return written


def screen(width: int = 80, *, terminal: bool = False) -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    return Console(file=output, width=width, force_terminal=terminal, highlight=False, color_system=None), output


async def test_each_piped_line_is_asked_and_waits_for_its_answer(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    typing.write("một\n\nhai\r\n[b]ba".encode())
    typing.close()
    console, output = screen()
    async with answering(world, "<b>Đây</b>:\n<blockquote>Câu &lt;1&gt;.</blockquote>"):
        await chat(world, WORDS, console=console, stdin=stdin, lull=0)
    answer = "Trích: Đây:\n│ Câu <1>.\n"
    assert output.getvalue() == (f"{GREETING}Bạn: một\n{answer}Bạn: \nBạn: hai\n{answer}Bạn: [b]ba\n{answer}Bạn: \n")


async def test_letters_cut_in_the_middle_of_their_bytes_are_put_together(
    world: World, keyboard: tuple[int, io.FileIO]
) -> None:
    stdin, typing = keyboard
    console, output = screen()
    async with answering(world, "vâng"):
        talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=stdin, lull=0))
        for byte in "ế\n".encode():
            typing.write(bytes([byte]))
        await world.until(lambda: len(world.chats) == 1 and len(next(iter(world.chats.values())).messages) == 2)
        typing.write(b"\xff")
        typing.close()
        await talking
    said = [message["text"] for message in next(iter(world.chats.values())).messages.values()]
    assert said == ["ế", "vâng", "\ufffd", "vâng"]
    assert "Bạn: ế\n" in output.getvalue()


async def test_an_answer_of_several_messages_is_shown_whole(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    typing.write(b"a\n")
    typing.close()
    console, output = screen()
    async with answering(world, "một", "hai", "ba"):
        await chat(world, WORDS, console=console, stdin=stdin, lull=0)
    assert "Trích: một\nTrích: hai\nTrích: ba\n" in output.getvalue()


async def test_ctrl_d_in_a_terminal_ends_the_chat_and_nothing_typed_is_repeated(
    world: World, window: tuple[int, io.FileIO]
) -> None:
    stdin, typing = window
    typing.write("chào\n\x04".encode())
    console, output = screen()
    async with answering(world, "vâng"):
        await chat(world, WORDS, console=console, stdin=stdin, lull=0)
    assert output.getvalue() == f"{GREETING}Bạn: Trích: vâng\nBạn: \n"


@pytest.mark.parametrize("name", ["/dev/null", "empty"])
async def test_nothing_to_read_ends_the_chat(world: World, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").touch()
    console, output = screen()
    with (tmp_path / name).open() as stdin:
        await chat(world, WORDS, console=console, stdin=stdin.fileno())
    assert output.getvalue() == f"{GREETING}Bạn: \n"


async def test_questions_may_come_from_a_file(world: World, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("một\nhai\n", encoding="utf-8")
    console, output = screen()
    with questions.open() as stdin:
        async with answering(world, "vâng"):
            await chat(world, WORDS, console=console, stdin=stdin.fileno(), lull=0)
    assert output.getvalue().count("Trích: vâng") == 2


async def test_a_silent_bot_is_told_of_and_the_chat_goes_on(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    typing.write(b"a\nb\n")
    typing.close()
    console, output = screen()
    await chat(world, WORDS, console=console, stdin=stdin, patience=0.01, lull=0)
    assert output.getvalue().count("(Trích chưa trả lời sau 0.01 giây.)") == 2


async def test_a_late_answer_is_shown_before_the_next_one(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    typing.write(b"a\n")
    console, output = screen()
    asking_again = asyncio.Event()

    def prompted() -> bool:
        return output.getvalue().endswith("giây.)\nBạn: ")

    loop = asyncio.get_running_loop()
    console.file = Told(output, lambda: loop.call_soon(asking_again.set) if prompted() else None)
    talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=stdin, patience=0.01, lull=0))
    await asking_again.wait()
    [place] = world.chats.values()
    world.post(place, world.bot, "muộn", ())
    typing.write(b"b\n")
    typing.close()
    await talking
    assert "Bạn: b\nTrích: muộn\n(Trích chưa trả lời" in output.getvalue()


async def test_a_line_too_long_for_telegram_is_told_of(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    typing.write("😀".encode() * 2049)
    typing.close()
    console, output = screen()
    await chat(world, WORDS, console=console, stdin=stdin)
    assert "Tin dài quá 4.096 ký tự" in output.getvalue()
    assert len(world.updates) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_ctrl_c_ends_the_chat_normally(
    world: World, keyboard: tuple[int, io.FileIO], number: signal.Signals
) -> None:
    stdin, typing = keyboard
    typing.write(b"a\n")
    console, output = screen()
    talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=stdin))
    await world.updates.poll(0, limit=1, seconds=PATIENCE)
    os.kill(os.getpid(), number)
    await talking
    assert output.getvalue().endswith("\n")


async def test_a_chat_cancelled_from_outside_ends_as_cancelled(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    console, _ = screen()
    talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=keyboard[0]))
    await asyncio.sleep(0)
    talking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await talking


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


BUTTONS = {
    "inline_keyboard": [
        [{"text": "Thêm", "callback_data": "more"}, {"text": "Chuyển", "switch_inline_query": "a"}],
        [{"text": "Bài", "url": "https://a.vn/dai?b#c"}, {"text": "Chép", "copy_text": {"text": "câu\nnguồn"}}],
    ]
}


@contextlib.asynccontextmanager
async def with_buttons(world: World) -> AsyncIterator[list[str]]:
    """A bot that answers with buttons; a press is noted, told of, and changes the buttons. Thanks get a reaction."""
    pressed: list[str] = []

    def take(update: dict[str, Any]) -> None:
        if (query := update.get("callback_query")) is not None:
            pressed.append(query["data"])
            changed = query["message"] | {
                "reply_markup": {"inline_keyboard": [[{"text": "Hết", "callback_data": "no"}]]}
            }
            world.replace(changed)
            world.callback_queries[query["id"]] = {"text": "Đã ghi"}
            world.touch(changed)
        elif update["message"]["text"] == "cảm ơn":
            world.react(world.bot, update["message"], ["👍"])
        else:
            world.put(world.chat(update["message"]["chat"]["id"]), world.bot, {"text": "đáp", "reply_markup": BUTTONS})

    async def answer() -> None:
        offset = 0
        while True:
            for update in await world.updates.poll(offset, limit=1, seconds=50):
                offset = update["update_id"] + 1
                take(update)

    task = asyncio.create_task(answer())
    try:
        yield pressed
    finally:
        task.cancel()


async def talked(world: World, keyboard: tuple[int, io.FileIO], typed: str) -> tuple[str, list[str]]:
    """What is on the screen after these lines, and what was pressed."""
    stdin, typing = keyboard
    typing.write(typed.encode())
    typing.close()
    console, output = screen()
    async with with_buttons(world) as pressed:
        await chat(world, WORDS, console=console, stdin=stdin, lull=0)
    return output.getvalue(), pressed


async def test_a_number_presses_the_button_that_has_it(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n1\n")
    assert shown.endswith("Bạn: a\nTrích: đáp\n[1] Thêm\n[2] Bài   [3] Chép\nBạn: 1\nĐã ghi\n[4] Hết\nBạn: \n")
    assert pressed == ["more"]


async def test_links_and_what_is_to_be_copied_are_shown_in_full(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n2\n3\n")
    assert "Bạn: 2\nhttps://a.vn/dai?b#c\n" in shown
    assert "Bạn: 3\nSao chép:\ncâu\nnguồn\n" in shown
    assert pressed == []


async def test_a_number_that_no_button_has_is_asked(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "4\na\n4\n0\n")
    assert shown.count("Trích: đáp") == 4
    assert pressed == []


async def test_a_button_that_is_gone_is_said_to_be(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, pressed = await talked(world, keyboard, "a\n1\n1\n")
    assert shown.endswith("Bạn: 1\nNút này không còn nữa.\nBạn: \n")
    assert pressed == ["more"]


async def test_a_reaction_is_an_answer(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    shown, _ = await talked(world, keyboard, "cảm ơn\n")
    assert shown.endswith("Bạn: cảm ơn\nTrích: (thả 👍)\nBạn: \n")


async def test_the_line_after_the_bot_wants_a_reply_is_one(world: World, keyboard: tuple[int, io.FileIO]) -> None:
    stdin, typing = keyboard
    console, output = screen()
    talking = asyncio.create_task(chat(world, WORDS, console=console, stdin=stdin, lull=0))
    typing.write(b"a\n")
    await world.updates.poll(0, limit=1, seconds=50)
    [place] = world.chats.values()
    asking = await send_message(
        world,
        SendMessage.model_validate({"chat_id": place.id, "text": "vì sao?", "reply_markup": {"force_reply": True}}),
    )
    typing.write("sai\nkhác\n".encode())
    await world.until(lambda: len(place.messages) == 3)
    world.post(place, world.bot, "cảm ơn", ())
    typing.close()
    await world.until(lambda: len(place.messages) == 5)
    world.post(place, world.bot, "gì?", ())
    await talking
    replied = {m["text"]: m.get("reply_to_message", {}).get("message_id") for m in place.messages.values()}
    assert (replied["sai"], replied["khác"]) == (asking["message_id"], None)
    assert WORDS["replying"] in output.getvalue()


EDITING = """
import asyncio
from bot.texts.catalogue import short_texts
from bot.sandbox.terminal import chat
from bot.sandbox.world import World


async def main():
    world = World()

    async def answer():
        offset = 0
        while True:
            for update in await world.updates.poll(offset, limit=1, seconds=50):
                offset = update["update_id"] + 1
                said = update["message"]
                world.post(world.chat(said["chat"]["id"]), world.bot, "«" + said["text"] + "»", ())

    task = asyncio.create_task(answer())
    await chat(world, short_texts("vi", "terminal"), lull=0)
    task.cancel()


asyncio.run(main())
"""


def test_in_a_terminal_lines_can_be_edited_and_earlier_ones_called_again() -> None:
    """The program in a terminal of its own, as a person types: Ctrl-A, Delete, Left, Up."""
    pytest.importorskip("readline")
    pid, master = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, "-c", EDITING], os.environ | {"TERM": "xterm", "COLUMNS": "200"})  # noqa: S606

    screen = b""

    def until(words: str) -> None:
        nonlocal screen
        while words.encode() not in screen:
            screen += os.read(master, 1 << 16)
        screen = screen.partition(words.encode())[2]

    until("Bạn: ")
    os.write(master, "cầu Hương\x01Cái \x1b[3~C\n".encode())
    until("«Cái Cầu Hương»")
    until("Bạn: ")
    os.write(master, b"\x1b[A An\x1b[D\x1b[DX\n")
    until("«Cái Cầu Hương XAn»")
    until("Bạn: ")
    os.write(master, b"\x04")
    assert os.waitpid(pid, 0)[1] == 0
    os.close(master)
