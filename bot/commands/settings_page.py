"""trich settings."""

import typer

app = typer.Typer()


@app.command()
def settings() -> None:
    """What each setting does, its default, and the variable that sets it (Markdown)."""
    from bot.settings_page import page

    typer.echo(page(), nl=False)
