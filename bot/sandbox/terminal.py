"""The chat with the bot in the terminal: a person's private chat in the sandbox, read from the keyboard."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

from rich.console import Console
from rich.text import Text

from bot.sandbox.entities import is_blank
from bot.sandbox.errors import ApiError
from bot.sandbox.keyboard import can_edit, edited_lines, typed_lines
from bot.sandbox.numbered import Button, Numbered
from bot.sandbox.rendering import lines
from bot.sandbox.world import Message, World

_AFTER_A_PRESS = 5.0  # seconds in which what a button does shows
_PROMPT = "\001\x1b[1;32m\002{}\001\x1b[0m\002"  # bold green; what stands between \001 and \002 takes no room


async def chat(  # noqa: PLR0913 - what a test changes
    world: World,
    words: Mapping[str, str],
    *,
    console: Console | None = None,
    stdin: int | None = None,
    patience: float = 30,
    lull: float = 0.3,
) -> None:
    """Talk with the bot until the input ends or Ctrl-C; each line is a message, and waits for its answer; a number
    presses the button that has it.

    `words`: what the chat says by itself (terminal.toml). `patience` is how many seconds may pass without an answer
    before the person is told so and asked on; `lull` is how many seconds of silence end an answer of several messages.
    `stdin` is a file descriptor (default: standard input). Returns normally on Ctrl-C (SIGINT) and SIGTERM as well.
    """
    talk = _Talk(world, words, console or Console(highlight=False), patience, lull)
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
    def __init__(self, world: World, words: Mapping[str, str], console: Console, patience: float, lull: float) -> None:
        self._world = world
        self._words = words
        self._person = world.add_user(words["you"].strip(" :"))
        self._chat = world.private_chat(self._person)
        self._console = console
        self._patience = patience
        self._lull = lull
        self._shown: dict[int, Message] = {}  # what of the bot is on the screen, by id
        self._buttons = Numbered()
        self._reply_to: int | None = None  # what the bot wants a reply to

    async def run(self, stdin: int) -> None:
        try:
            self._notice(self._words["greeting"])
            async for line in self._lines(stdin):
                await self._take(line)
        except SystemExit:  # rich's word for a pipe that nobody reads any more; let out of a task, it breaks the loop
            return
        finally:
            self._console.print()

    async def _lines(self, stdin: int) -> AsyncIterator[str]:
        you = self._words["you"]
        if can_edit(stdin):
            async for line in edited_lines(_PROMPT.format(you) if self._console.color_system else you):
                yield line
            return
        self._prompt()
        async for line in typed_lines(stdin):
            if not os.isatty(stdin):
                self._print(Text(line))  # nobody typed it, so nothing has shown it
            yield line
            self._prompt()

    async def _take(self, line: str) -> None:
        """A line: a number on the screen presses that button, all else is said."""
        if is_blank(line):
            return
        self._show_new()
        chosen = self._buttons.chosen(line)
        await (self._say(line) if chosen is None else self._press(*chosen))
        while self._show_new():
            await self._within(self._lull, self._has_news)

    async def _say(self, line: str) -> None:
        """Until the bot has said something or reacted."""
        try:
            update = self._world.say(self._person, self._chat, line, reply_to=self._reply_to)
        except ApiError:  # what isn't blank can only be too long
            self._notice(self._words["too_long"])
            return
        self._reply_to = None
        self._buttons.begin()
        asked: int = update["message"]["message_id"]

        def reactions() -> tuple[str, ...]:
            return self._chat.reactions.get(asked, {}).get(self._world.bot.id, ())

        def answered() -> bool:
            return bool(self._world.messages_of_bot(self._chat, after=asked) or reactions())

        await self._heard(answered)
        for emoji in reactions():
            self._print(Text.assemble((self._words["bot"], "bold cyan"), self._words["reacted"].format(emoji=emoji)))

    async def _press(self, message: Message, button: Button) -> None:
        """Until the bot has heard of it; what is a link or to be copied is shown in full."""
        if "callback_data" not in button:
            self._notice(button.get("url") or f"{self._words['to_copy']}\n{button['copy_text']['text']}")
            return
        try:
            query = self._world.tap(self._person, self._chat.messages[message["message_id"]], button["callback_data"])
        except (ApiError, KeyError):
            self._notice(self._words["button_gone"])
            return
        answers, number = self._world.callback_queries, query["callback_query"]["id"]
        await self._heard(lambda: answers[number] is not None)
        if told := (answers[number] or {}).get("text"):
            self._notice(told)
        else:  # then what it does comes after
            await self._within(_AFTER_A_PRESS, self._has_news, status=self._words["searching"])

    async def _heard(self, condition: Callable[[], bool]) -> None:
        """Until it comes about; told where that takes too long."""
        if not await self._within(self._patience, condition, status=self._words["searching"]):
            self._notice(self._words["silent"].format(seconds=f"{self._patience:g}"))

    def _new(self) -> list[Message]:
        """What the bot has written or changed since."""
        said = self._world.messages_of_bot(self._chat)
        return [message for message in said if self._shown.get(message["message_id"]) is not message]

    def _has_news(self) -> bool:
        return bool(self._new())

    async def _within(self, seconds: float, condition: Callable[[], bool], status: str = "") -> bool:
        """Whether it comes about within that time."""
        spinner = self._console.status(status) if status and self._console.is_terminal else contextlib.nullcontext()
        try:
            with spinner:
                await self._world.until(condition, seconds)
        except TimeoutError:
            return False
        return True

    def _show_new(self) -> bool:
        """Print what the bot has written since, and the buttons of what it has changed; whether there was anything."""
        new = self._new()
        for message in new:
            before = self._shown.get(message["message_id"])
            self._shown[message["message_id"]] = message
            if before is None or any(before.get(part) != message.get(part) for part in ("text", "caption")):
                for line in lines(message, self._console, self._words):
                    self._print(line)
            for row in self._buttons.rows(message):
                self._print(row)
            if message["message_id"] in self._chat.wants_reply:
                self._reply_to = message["message_id"]
                self._notice(self._words["replying"])
        return bool(new)

    def _prompt(self) -> None:
        self._console.print(Text(self._words["you"], style="bold green"), end="")

    def _notice(self, text: str) -> None:
        self._print(Text(text, style="dim"))

    def _print(self, line: Text) -> None:
        self._console.print(line, soft_wrap=True)
