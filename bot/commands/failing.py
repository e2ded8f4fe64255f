"""How a command ends where it can't do what it was asked: a line on standard error, and its exit status."""

from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from bot.settings import Settings

FAILED = 1
INPUT_ERROR = 2


def fail(message: str, status: int = FAILED) -> NoReturn:
    """End the command."""
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(message)
    raise typer.Exit(status)


def settings() -> "Settings":
    """The settings; the command ends where one is wrong."""
    from bot.settings import Settings
    from retrieval.settings import SettingsError

    try:
        return Settings.load()
    except SettingsError as error:
        fail(str(error), INPUT_ERROR)
