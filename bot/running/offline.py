"""The bot without Telegram: over a local Bot API, in a web page or in the terminal."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console

from bot.app import build
from bot.context import services_of
from bot.ground.monitor import Monitor
from bot.guest import PortInUse
from bot.running.explaining import explain
from bot.running.running import at_work
from bot.sandbox.keeping import kept
from bot.sandbox.live import Page
from bot.sandbox.scene import CHANNEL, FIRST_PERSON, set_scene
from bot.sandbox.serve import serving
from bot.sandbox.terminal import chat
from bot.sandbox.world import World
from bot.settings import SandboxSettings, Settings
from bot.texts.catalogue import languages, short_texts
from retrieval import Library
from retrieval.config_files import data_folder
from retrieval.settings import SettingsError

_PORT = 8731  # of the page, where it is free: a page that was open before finds the new start of the program
_PORT_SETTING = "TRICH_SANDBOX__PORT"
_TITLES = 5  # offered as questions to whoever brings articles of their own
_LONGEST_TITLE = 100


def sandboxed(settings: Settings) -> Settings:
    """The settings for a world of the program's own: its first person is an operator, its channel is read, and its
    questions go to a log of their own; the samples stay, where nothing else is configured.

    Raises SettingsError where the sandbox's own requirements are not installed.

    What is posted and added there goes into folders of their own, so that no trial is ever quoted to others; what a
    bot in Telegram has kept is read beside it.
    """
    if find_spec("python_multipart") is None:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is not set, and the page and the chat without Telegram need more than is installed:"
            " pip install 'trich[sandbox]'"
        )
    log, library, channels, operators = settings.log, settings.library, settings.channels, settings.operators
    paths = library.paths or ([] if settings.sources or channels.allowed else [data_folder("seeds")])
    kept = [folder for folder in (channels.folder, library.added) if folder.is_dir()]
    return settings.model_copy(
        update={
            "log": log.model_copy(update={"path": log.path.with_stem(f"{log.path.stem}-sandbox")}),
            "library": library.model_copy(update={"paths": [*paths, *kept], "added": _apart(library.added)}),
            "channels": channels.model_copy(
                update={"allowed": [*channels.allowed, f"@{CHANNEL}"], "folder": _apart(channels.folder)}
            ),
            "operators": operators.model_copy(update={"ids": operators.ids | {FIRST_PERSON}}),
        }
    )


def _apart(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-sandbox")


async def in_page(settings: Settings, library: Library, monitor: Monitor, console: Console) -> None:
    """Serve the page until Ctrl-C or SIGTERM."""
    world = World()
    samples = set_scene(world)
    are_ours = settings.library.paths == [data_folder("seeds")]
    words = {language: short_texts(language, "page") for language in languages()}
    page = Page(samples if are_ours else dict.fromkeys(samples, _titles(library)), words)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(kept(world, settings.sandbox.history))
        address = await stack.enter_async_context(_served(world, settings.sandbox, page))
        bot = build(_pointed_at(address, world, settings), library, monitor)
        services = services_of(bot)
        page.explain = partial(explain, services.library, services.memory.asked)
        work = await stack.enter_async_context(at_work(bot))
        console.print(f"Trích is at {address} (Ctrl-C stops).")
        if settings.sandbox.open_browser and _has_screen():
            await asyncio.to_thread(webbrowser.open, address)
        await work


async def in_terminal(settings: Settings, library: Library, monitor: Monitor, _console: Console) -> None:
    """One person sits at the keyboard, until the input ends or Ctrl-C."""
    world = World()
    async with AsyncExitStack() as stack:
        server = serving(world, settings.sandbox.host, settings.sandbox.port, _PORT_SETTING)
        address = await stack.enter_async_context(server)
        await stack.enter_async_context(at_work(build(_pointed_at(address, world, settings), library, monitor)))
        await chat(world, short_texts("vi", "terminal"))


@asynccontextmanager
async def _served(world: World, sandbox: SandboxSettings, page: Page) -> AsyncIterator[str]:
    """At the port that is set; where none is, at the usual one or, if that is in use, at any."""
    async with AsyncExitStack() as stack:
        try:
            server = serving(world, sandbox.host, sandbox.port or _PORT, _PORT_SETTING, page)
            address = await stack.enter_async_context(server)
        except PortInUse:
            if sandbox.port:
                raise
            address = await stack.enter_async_context(serving(world, sandbox.host, 0, _PORT_SETTING, page))
        yield address


def _pointed_at(address: str, world: World, settings: Settings) -> Settings:
    """The settings with the local Bot API in Telegram's place.

    It ends with the program, and its chats with it: at the next start there is nobody to take an answer, and a message
    with a known id is another one. So neither is kept.
    """
    memory = Path(":memory:")
    return settings.model_copy(
        update={
            "token": SecretStr(world.token),
            "telegram": settings.telegram.model_copy(update={"base_url": f"{address}/bot"}),
            "webhook": settings.webhook.model_copy(update={"url": ""}),
            "inbox": settings.inbox.model_copy(update={"path": memory}),
            "chats": settings.chats.model_copy(update={"path": memory}),
        }
    )


def _titles(library: Library) -> Sequence[str]:
    """Headlines of the last articles read, to be tapped as questions."""
    titles = (article.title for article in reversed(library.articles))
    return list(islice((title for title in titles if title and len(title) <= _LONGEST_TITLE), _TITLES))


def _has_screen() -> bool:
    """Whether somebody sits before the machine: a browser for the terminal would take the terminal away."""
    shows = sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return shows and sys.stdout.isatty()
