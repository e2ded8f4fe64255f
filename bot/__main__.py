"""python -m bot: in Telegram where TELEGRAM_BOT_TOKEN is set, else in the terminal, over a local Bot API.

Exit status: 0 stopped by Ctrl-C, SIGTERM or the end of the chat; 1 it could not run; 2 a setting is wrong.
"""

import asyncio
import signal
import sys
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from telegram.error import Conflict, InvalidToken

from bot import logs
from bot.app import build
from bot.inbox import InboxError
from bot.querylog import QueryLogError
from bot.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.terminal import chat
from bot.sandbox.world import World
from bot.settings import Settings
from bot.state import StateError
from retrieval import Library, StoreError
from retrieval.settings import SettingsError

CANNOT_RUN = 1
WRONG_SETTINGS = 2


def main() -> int:
    """Run until stopped; the exit status."""
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        settings = Settings.load()
        logs.configure(settings.logging.level, _secrets(settings))
        library = _library(settings, console)
        asyncio.run(_in_telegram(settings, library, console) if settings.token else _in_terminal(settings, library))
    except (KeyboardInterrupt, asyncio.CancelledError):
        return 0
    except SettingsError as error:
        console.print(f"A setting is wrong.\n{error}")
        return WRONG_SETTINGS
    except InvalidToken:
        console.print("TELEGRAM_BOT_TOKEN was refused by Telegram: ask @BotFather for the right one.")
        return CANNOT_RUN
    except Conflict:
        console.print("Another instance of this bot is running: stop it, or set TRICH_TELEGRAM__CONFLICT=wait.")
        return CANNOT_RUN
    except (StoreError, QueryLogError, StateError, InboxError, OSError) as error:
        console.print(f"Trích cannot run: {error}")
        return CANNOT_RUN
    return 0


def _secrets(settings: Settings) -> list[str]:
    secrets = (settings.token, settings.log_key, settings.webhook_secret)
    return [secret.get_secret_value() for secret in secrets if secret]


def _library(settings: Settings, console: Console) -> Library:
    """The library, and what was read and what was not, on the console."""
    with console.status("Reading articles") as status:
        library = Library.open(
            settings.paths(),
            cache=settings.library.cache,
            progress=lambda done, total: status.update(f"Reading articles: {done:.0f} of {total}"),
        )
    for problem in library.problems:
        console.print(f"{problem.source}: {problem.message}")
    console.print(f"Articles: {len(library.articles)}, sentences: {len(library.sentences)}")
    if not library.articles:
        console.print("Without an article there is nothing to answer from: see `paths` of [library] in the settings.")
    return library


async def _in_telegram(settings: Settings, library: Library, console: Console) -> None:
    task = asyncio.current_task()
    if task is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    bot = build(settings, library)
    async with at_work(bot) as work:
        console.print(f"Answering as @{bot.bot.username}; Ctrl-C stops.")
        await work


async def _in_terminal(settings: Settings, library: Library) -> None:
    """The same application; only the Bot API is a local one, and its one user sits at the keyboard."""
    world = World()
    sandbox = settings.sandbox
    async with serving(world, sandbox.host, sandbox.port, setting="TRICH_SANDBOX__PORT") as address:
        local = settings.model_copy(
            update={
                "token": SecretStr(world.token),
                "telegram": settings.telegram.model_copy(update={"base_url": f"{address}/bot"}),
                "webhook": settings.webhook.model_copy(update={"url": ""}),
                # The local Bot API ends with the program: there is nobody to take an answer at the next start.
                "inbox": settings.inbox.model_copy(update={"path": Path(":memory:")}),
            }
        )
        async with at_work(build(local, library)):
            await chat(world)


if __name__ == "__main__":
    sys.exit(main())
