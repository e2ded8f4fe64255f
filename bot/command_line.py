"""The command line: trich run | chat | ask | timeline | who | articles | refresh | eval | log | doctor | backup | …

`python -m bot` is `trich run`: in Telegram where TELEGRAM_BOT_TOKEN is set, else in a web page over a local Bot API.

Exit status: 0 done, answered, or stopped by Ctrl-C, SIGTERM or the end of the chat; 1 it could not run, not found;
2 a setting or an argument is wrong.
"""

import asyncio
import logging
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from bot.commands import backups, doctor, log, settings_page
from retrieval.__main__ import app as retrieval_app

if TYPE_CHECKING:  # a command imports what it needs: `trich --help` is to be there at once
    from bot.ground.monitor import Monitor
    from bot.settings import Settings
    from retrieval import Library

logger = logging.getLogger("bot")

CANNOT_RUN = 1
WRONG_SETTINGS = 2

Program = Callable[["Settings", "Library", "Monitor", Console], Coroutine[Any, Any, None]]

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Quotes from Vietnamese news, in Telegram."
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"trich {version('trich')}")
        raise typer.Exit


ShowVersion = Annotated[
    bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_version)
]


@app.callback()
def prepare(*, show_version: ShowVersion = False) -> None:
    """Quotes from Vietnamese news, in Telegram."""
    if not show_version:
        from bot.ground import logs

        logs.hush()


@app.command()
def run() -> None:
    """Answer in Telegram where TELEGRAM_BOT_TOKEN is set, else in a web page on this machine."""
    from bot.running.alone import alone

    with _told() as console:
        _begin_processes()
        settings, program, kept = _settings(console), _in_telegram, list[Path]()
        if settings.token:
            kept = [each.path.parent for each in (settings.inbox, settings.chats, settings.log)]
        else:
            from bot.running.offline import in_page, sandboxed

            settings, program = sandboxed(settings), in_page
        with alone(kept):
            _carry_out(program, settings, console)


@app.command()
def chat() -> None:
    """Talk with the bot in the terminal, without Telegram."""
    from bot.running.offline import in_terminal, sandboxed

    with _told() as console:
        _begin_processes()
        _carry_out(in_terminal, sandboxed(_settings(console)), console)


app.add_typer(retrieval_app)  # without a name, its commands stand beside the others
app.add_typer(backups.app)
app.add_typer(log.app, name="log")
app.add_typer(settings_page.app)
app.add_typer(doctor.app)


@contextmanager
def _told() -> Iterator[Console]:
    """What keeps the bot from running is told on standard error, each with its exit status."""
    from telegram.error import Conflict, InvalidToken

    from bot.memory.state import StateError
    from bot.once.inbox import InboxError
    from bot.querylog.log import QueryLogError
    from bot.running.alone import NotAlone
    from bot.running.privacy import keep_private
    from retrieval.settings import SettingsError
    from retrieval.store.schema import StoreError

    keep_private()
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # until there is an event loop that takes signals
        yield console
    except (KeyboardInterrupt, asyncio.CancelledError):
        return
    except SettingsError as error:
        _end(console, f"A setting is wrong.\n{error}", WRONG_SETTINGS)
    except InvalidToken:
        _end(console, "TELEGRAM_BOT_TOKEN was refused by Telegram: ask @BotFather for the right one.")
    except Conflict:
        _end(console, "Another instance of this bot is running: stop it, or set TRICH_TELEGRAM__CONFLICT=wait.")
    except (StoreError, QueryLogError, StateError, InboxError, NotAlone, OSError) as error:
        _end(console, f"Trích cannot run: {error}")


def _end(console: Console, why: str, status: int = CANNOT_RUN) -> NoReturn:
    from bot.ground import logs

    if isinstance(console.file, logs.LogFile):
        console.file.level = logging.ERROR
    console.print(why)
    raise typer.Exit(status) from None


def _settings(console: Console) -> "Settings":
    """The settings, in force for the log too; where programs read it, they get what the console would show."""
    from bot.ground import logs
    from bot.settings import Settings

    settings = Settings.load()
    logs.configure(settings.logging.level, _secrets(settings), settings.logging.format)
    if settings.logging.format != "text":
        console.file = logs.LogFile(logger)
    return settings


def _secrets(settings: "Settings") -> list[str]:
    secrets = (settings.token, settings.log_key, settings.webhook_secret)
    return [secret.get_secret_value() for secret in secrets if secret]


def _begin_processes() -> None:
    """Before anything is opened or read, secrets too: processes come from a fork of this one, so they have what is
    imported by now, and what they need besides is imported while the library is opened.
    """
    from bot.finding.worker import PRELOADED
    from bot.running import opening  # noqa: F401 - most of what is imported
    from retrieval.processes import serve

    serve(PRELOADED, fork=True)


def _carry_out(program: Program, settings: "Settings", console: Console) -> None:
    from bot.running.opening import begin

    asyncio.run(begin(program, settings, console))


async def _in_telegram(settings: "Settings", library: "Library", monitor: "Monitor", console: Console) -> None:
    from bot.app import build
    from bot.running.running import at_work

    bot = build(settings, library, monitor)
    async with at_work(bot) as work:
        console.print(f"Answering as @{bot.bot.username}; Ctrl-C stops.")
        await work
