"""Questions, counted: each test breaks something and shows that every one of them was answered, once."""

import asyncio
import shutil
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.context import Bot
from bot.running.running import at_work
from bot.sandbox.chats import Chat
from bot.sandbox.serve import serving
from bot.sandbox.tally import answers
from bot.sandbox.world import Message, World
from bot.settings import Settings
from bot.updates.rich import read
from retrieval import Library
from tests.bot.conftest import ARTICLES, pointed_at
from tests.bot.faults.programs import ROOT, Programs
from tests.clock import PATIENCE
from tests.libraries import written

# One of three is answered by a rich message.
QUESTIONS = ("Cây cầu dài bao nhiêu mét?", "/ai Trần Văn Bách", "Lễ hội hoa ban mở tại đâu?")
TOLD = ("1.200 mét", "rút ngắn 20 phút", "thị trấn Mường Kha")
ANSWERING = ["sendMessage", "sendRichMessage"]

Show = Callable[..., None]
Start = Callable[..., AbstractAsyncContextManager[Process]]


def ask(world: World, chats: Sequence[Chat], each: int = 1) -> None:
    """Every person asks `each` questions, turn and turn about, beginning each with another one."""
    for number in range(each):
        for person, chat in enumerate(chats):
            world.say(world.users[chat.id], chat, QUESTIONS[(person + number) % len(QUESTIONS)])


def text_of(message: Message) -> str:
    """What it says, in whatever form."""
    return read(message["rich_message"]).text if "rich_message" in message else str(message.get("text", ""))


def people(world: World, count: int) -> list[Chat]:
    """The private chats of so many."""
    return [world.private_chat(world.add_user(f"Lan {number}")) for number in range(count)]


def is_answer(message: Message) -> bool:
    """Whether it answers one of `QUESTIONS`."""
    return any(told in text_of(message) for told in TOLD)


async def all_answered(world: World) -> None:
    await world.until(lambda: world.tally().lost == 0, PATIENCE)


async def ask_and_hear(world: World, chats: Sequence[Chat]) -> None:
    """Every person asks, and is answered."""
    ask(world, chats)
    await all_answered(world)


def answers_in_order(chat: Chat) -> bool:
    """Whether each question there is answered after those before it."""
    given = answers(chat)
    order = [number for asked in chat.asked for number in given.get(asked, ())]
    return order == sorted(order)


async def eventually(condition: Callable[[], bool]) -> None:
    """Until something holds that nobody tells of: a row in a file, a count, a line in a log."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - as nobody tells
            await asyncio.sleep(0.005)


async def listening(world: World) -> None:
    """Until the bot polls."""
    async with asyncio.timeout(PATIENCE):
        await world.updates.changed.until(lambda: world.updates.awaited)


async def acknowledged(world: World) -> None:
    """Until Telegram has been told that all updates have arrived."""
    async with asyncio.timeout(PATIENCE):
        await world.updates.changed.until(lambda: len(world.updates) == 0)


def changed(settings: Settings, section: str, **values: Any) -> Settings:
    """The settings, some of one section changed."""
    return settings.model_copy(update={section: getattr(settings, section).model_copy(update=values)})


def kept_in(folder: Path, settings: Settings) -> Settings:
    """The settings, with all that is written while the bot runs in one folder."""
    for section, name in (("log", "queries"), ("inbox", "inbox"), ("chats", "chats")):
        settings = changed(settings, section, path=folder / f"{name}.sqlite3")
    return settings


async def ends_in_order(process: Process) -> None:
    """Told to end, it does, and says nothing of it."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        await process.wait()
    assert process.returncode == 0
    assert process.stderr is not None
    assert b"Traceback" not in await process.stderr.read()


@asynccontextmanager
async def at_work_for(world: World, settings: Settings, library: Library) -> AsyncIterator[Bot]:
    """The bot at work in this world; what it was given has been handled when the block is over."""
    async with serving(world) as address:
        bot = build(pointed_at(address, world, settings), library)
        async with at_work(bot):
            yield bot


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich messages go out where there are any, so that each fault meets them beside plain ones."""
    monkeypatch.setenv("TRICH_REPLY__RICH", "true")


@pytest.fixture(autouse=True)
def _unread(unread: None) -> None:
    """What is counted here is answers, thousands of them."""


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def quick(settings: Settings) -> Settings:
    """With little patience: an answer that takes longer than 0.3 s is given up."""
    return changed(settings, "telegram", timeout=0.3, poll=1)


@pytest.fixture
def show(request: pytest.FixtureRequest) -> Show:
    """Assert that every question was answered once; the figures go into pytest's report (--junitxml)."""

    def assert_each_once(world: World, fault: str) -> None:
        tally = world.tally()
        figures = f"{tally.sent} sent, {tally.answered} answered, {tally.lost} lost, {tally.doubled} doubled"
        request.node.user_properties.append((fault, figures))
        assert tally.sent > 0
        assert (tally.answered, tally.lost, tally.doubled) == (tally.sent, 0, 0)

    return assert_each_once


def articles_written(settings: Settings) -> None:
    """Our articles, where the settings have them."""
    articles = settings.log.path.parent.parent / "articles"
    articles.mkdir()
    written(articles / "articles.jsonl", ARTICLES)


@pytest.fixture(scope="session")
def programs() -> Iterator[Programs]:
    programs = Programs()
    yield programs
    programs.close()


@pytest.fixture
def start(settings: Settings, programs: Programs, monkeypatch: pytest.MonkeyPatch) -> Start:
    """The program on our articles, each time with what the last one left; the world's address is in the environment.

    Some are started by Python itself, as by those who use it: `python=True`.
    """
    articles_written(settings)
    monkeypatch.setenv("TRICH_INBOX__GRACE_SECONDS", "0.5")

    @asynccontextmanager
    async def started(
        world: World,
        program: Sequence[str] = ("-m", "bot"),
        until: Callable[[World], Awaitable[object]] = listening,
        *,
        python: bool = False,
    ) -> AsyncIterator[Process]:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", world.token)
        process = await (
            asyncio.create_subprocess_exec(sys.executable, *program, cwd=ROOT, stderr=PIPE, start_new_session=True)
            if python
            else programs.start(program)
        )
        try:
            await until(world)
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    return started


@pytest.fixture
async def served(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    async with serving(world) as address:
        monkeypatch.setenv("TRICH_TELEGRAM__BASE_URL", f"{address}/bot")
        yield world


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MiB, where there may be one: for root, on Linux."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(  # noqa: S603
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)],  # noqa: S607 - wherever it is
        check=False,
        capture_output=True,
    )
    if not mounted or mounted.returncode:
        pytest.skip("a file system of its own cannot be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)  # noqa: S603, S607
