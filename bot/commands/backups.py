"""trich backup and trich restore."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.failing import fail, settings

app = typer.Typer()


@app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Where backups are kept, each in a folder of its own.")],
    keep: Annotated[int | None, typer.Option("--keep", min=1, help="So many, the newest; older ones go.")] = None,
) -> None:
    """Copy the query log, the chats, and articles that can't be read anew; the bot may be running."""
    from bot.running.backups import BackupError, Kept, back_up
    from bot.running.privacy import keep_private

    keep_private()
    try:
        typer.echo(back_up(Kept.of(settings()), folder, datetime.now(UTC), keep))
    except BackupError as error:
        fail(str(error))


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(help="One of the folders that trich backup made.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also where something stands in its place.")] = False,
) -> None:
    """Put a backup in place; the bot must not be running. What people have deleted since it was made comes back."""
    from bot.running.backups import BackupError, Kept
    from bot.running.backups import restore as put_back
    from bot.running.privacy import keep_private

    keep_private()
    try:
        for place in put_back(Kept.of(settings()), backup, replace=replace):
            typer.echo(place)
    except BackupError as error:
        fail(str(error))
