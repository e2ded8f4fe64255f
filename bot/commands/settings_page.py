"""trich settings."""

import typer

from bot.settings_page import page

app = typer.Typer()


@app.command()
def settings() -> None:
    """What each setting does, its default, and the variable that sets it (Markdown)."""
    typer.echo(page(), nl=False)
