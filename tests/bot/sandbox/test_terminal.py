import asyncio
import contextlib
import io
import os
import pty
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.sandbox.message_text import formatted_text
from bot.sandbox.terminal import chat
from bot.sandbox.world import World
from tests.bot.sandbox.screens import WORDS, screen
from tests.clock import PATIENCE

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
