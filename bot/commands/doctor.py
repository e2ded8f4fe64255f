"""trich doctor."""

import asyncio
import dataclasses
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.commands.failing import FAILED, settings

if TYPE_CHECKING:
    from bot.doctor.finding import Finding
    from bot.settings import Settings

app = typer.Typer()

_MARKS = {"good": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}


@app.command()
def doctor(
    offline: Annotated[bool, typer.Option("--offline", help="Look at this machine only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Look at everything the bot needs, and say what to do. Exit status: 1 where something does not work."""
    from bot.ground import logs

    chosen = settings()
    logs.configure("CRITICAL", [])
    found = []
    for finding in _findings(chosen, offline=offline):
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    if any(finding.level == "bad" for finding in found):
        raise typer.Exit(FAILED)


def _findings(chosen: "Settings", *, offline: bool) -> "Iterator[Finding]":
    from bot.doctor import machine, network
    from retrieval.polling import Fetcher

    yield from machine.look(chosen)
    if not offline:
        yield from asyncio.run(network.look_at_telegram(chosen))
        yield from network.look_at_feeds(chosen.feeds(), Fetcher(), chosen.bounds())
    yield from machine.look_at_library(chosen)


def _show(finding: "Finding") -> None:
    mark, colour = _MARKS[finding.level]
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text.assemble((f"{mark} ", colour), (f"{finding.subject}: ", "bold"), finding.what))
    if finding.advice:
        console.print(Text(f"    → {finding.advice}", style="dim"))
