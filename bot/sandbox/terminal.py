"""The chat with the bot in the terminal: a person's private chat in the sandbox, read from the keyboard."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from bot.sandbox.entities import is_blank
from bot.sandbox.errors import ApiError
from bot.sandbox.keyboard import typed_lines
from bot.sandbox.rendering import lines
from bot.sandbox.world import Message, User, World

_GREETING = "Gõ câu hỏi rồi nhấn Enter; Ctrl-D để thôi."
_YOU = "Bạn: "
_BOT = "Trích: "


async def chat(
    world: World,
    *,
    console: Console | None = None,
    stdin: int | None = None,
    patience: float = 30,
    lull: float = 0.3,
) -> None:
    """Talk with the bot until the input ends or Ctrl-C; each line is a message, and waits for its answer.

    `patience` is how many seconds may pass without an answer before the person is told so and asked on; `lull` is
    how many seconds of silence end an answer of several messages. `stdin` is a file descriptor (default: standard
    input). Returns normally on Ctrl-C (SIGINT) and SIGTERM as well.
    """
    talk = _Talk(world, world.add_user("Bạn"), console or Console(highlight=False), patience, lull)
    task = asyncio.create_task(talk.run(sys.stdin.fileno() if stdin is None else stdin))
    try:
        with _cancelled_by_signals(task):
            await asyncio.wait({task})
    finally:
        task.cancel()
    if not task.cancelled():
        task.result()


@contextlib.contextmanager
def _cancelled_by_signals(task: asyncio.Task[None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, task.cancel)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


class _Talk:
    def __init__(self, world: World, person: User, console: Console, patience: float, lull: float) -> None:
        self._world = world
        self._person = person
        self._chat = world.private_chat(person)
        self._console = console
        self._patience = patience
        self._lull = lull
        self._seen = 0  # id of the last message that is on the screen

    async def run(self, stdin: int) -> None:
        try:
            self._notice(_GREETING)
            self._prompt()
            async for line in typed_lines(stdin):
                if not os.isatty(stdin):
                    self._print(Text(line))  # nobody typed it, so nothing has shown it
                await self._ask(line)
                self._prompt()
        except SystemExit:  # rich's word for a pipe that nobody reads any more; let out of a task, it breaks the loop
            return
        finally:
            self._console.print()

    async def _ask(self, line: str) -> None:
        if is_blank(line):
            return
        self._show_new()
        try:
            update = self._world.say(self._person, self._chat, line)
        except ApiError:  # what isn't blank can only be too long
            self._notice("Tin dài quá 4.096 ký tự, Telegram không gửi được.")
            return
        self._seen = update["message"]["message_id"]
        if not await self._something_new(self._patience, status="Trích đang tìm…"):
            self._notice(f"(Trích chưa trả lời sau {self._patience:g} giây.)")
        while self._show_new():
            await self._something_new(self._lull)

    async def _something_new(self, seconds: float, status: str = "") -> bool:
        """Whether the bot writes within that time."""
        spinner = self._console.status(status) if status and self._console.is_terminal else contextlib.nullcontext()
        try:
            with spinner:
                await self._world.next_message(self._chat, after=self._seen, seconds=seconds)
        except TimeoutError:
            return False
        return True

    def _show_new(self) -> bool:
        """Print what the bot has written since; whether there was anything."""
        new = self._world.messages_of_bot(self._chat, after=self._seen)
        for message in new:
            self._seen = message["message_id"]
            self._show(message)
        return bool(new)

    def _show(self, message: Message) -> None:
        for line in lines(message, self._console, Text.assemble((_BOT, "bold cyan"))):
            self._print(line)

    def _prompt(self) -> None:
        self._console.print(Text(_YOU, style="bold green"), end="")

    def _notice(self, text: str) -> None:
        self._print(Text(text, style="dim"))

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)
