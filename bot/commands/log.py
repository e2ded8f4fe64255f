"""trich log: what operators see in Telegram, at the terminal."""

import asyncio
import dataclasses
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.failing import INPUT_ERROR, fail, settings

if TYPE_CHECKING:
    from bot.reports.period import Days
    from bot.reports.stats import Day, Stats

app = typer.Typer(no_args_is_help=True, help="What people asked, and what became of it.")
console = Console(highlight=False, markup=False)

Range = Annotated[
    list[str] | None,
    typer.Argument(metavar="[DAYS]...", help='Such as 30, 9/2025, 2025, or "từ 1/9/2025 đến 15/9/2025".'),
]
LogPath = Annotated[Path | None, typer.Option("--log", metavar="PATH", help="Default: the configured query log.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command(name="stats")
def show_stats(days: Range = None, log: LogPath = None, as_json: AsJson = False) -> None:
    """Questions, answers, refusals, votes and the 95th percentile of durations, day by day (default: a week)."""
    from bot.reports.stats import stats

    asked = _days(days, 7)
    with _opened(log) as db:
        counted = stats(db, asked.since, asked.until)
    if as_json:
        _print_json(dataclasses.asdict(counted))
    else:
        console.print(_table(counted))


@app.command(name="unanswered")
def show_unanswered(
    days: Range = None,
    log: LogPath = None,
    as_json: AsJson = False,
    most: Annotated[int, typer.Option("--most", min=1, help="So many at most.")] = 50,
) -> None:
    """What people asked in vain, the same questions together (default: a month)."""
    from bot.reports.period import BEGINNING
    from bot.reports.unanswered import unanswered
    from retrieval.records import VIETNAM

    asked = _days(days, 30)
    with _opened(log) as db:
        found = unanswered(db, asked.since or BEGINNING, asked.until)
    if as_json:
        _print_json(dataclasses.asdict(found))
        return
    table = Table("times", "last", "question", "other wordings", box=None)
    for group in found.groups[:most]:
        last = group.last.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M")
        table.add_row(str(group.count), last, group.question, " / ".join(group.others[:3]))
    console.print(table)
    more = len(found.groups) - most
    if more > 0 or found.more:
        console.print(f"and {max(more, 0)} more, besides {found.more} questions in rare wordings")


@app.command()
def export(
    days: Range = None,
    log: LogPath = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """The rows as comma-separated values (default: a month)."""
    from bot.reports.period import BEGINNING
    from bot.reports.table import lines

    asked = _days(days, 30)
    with _opened(log) as db, _output(to) as file:
        file.writelines(lines(db, asked.since or BEGINNING, asked.until))


@app.command()
def acts(log: LogPath = None, as_json: AsJson = False) -> None:
    """What operators have done, the last first."""
    with _opened(log) as db:
        rows = db.execute("SELECT at, operator, act, outcome FROM acts ORDER BY id DESC").fetchall()
    if as_json:
        _print_json([dict(row) for row in rows])
        return
    table = Table("at (UTC)", "operator", "act", "outcome", box=None)
    for row in rows:
        table.add_row(row["at"][:19], str(row["operator"]), row["act"], row["outcome"])
    console.print(table)


def _days(typed: list[str] | None, usual: int) -> "Days":
    from bot.reports.period import read_days
    from retrieval.records import VIETNAM

    text = " ".join(typed or ())
    days = read_days(text, datetime.now(VIETNAM).date(), usual)
    if days is None:
        fail(f"{text!r} names no days; some are 30, 9/2025, 2025", INPUT_ERROR)
    return days


@contextmanager
def _opened(path: Path | None) -> Iterator[sqlite3.Connection]:
    """The log, brought up to date where an older version of the program wrote it."""
    from bot.querylog.reading import reading
    from retrieval.own_database import NewerFileError
    from retrieval.own_files import DamageError

    try:
        path = path or settings().log.path
        if not path.is_file():
            fail(f"{path}: there is no query log yet")
        asyncio.run(_migrated(path))
        with reading(path) as db:
            yield db
    except NewerFileError as error:
        fail(f"{path} was written by a newer version of Trích ({error}): update the program")
    except (OSError, sqlite3.Error, DamageError) as error:
        fail(f"{path} cannot be read: {error}")


async def _migrated(path: Path) -> None:
    from bot.ground.database import connect
    from bot.querylog.tables import MIGRATIONS

    await (await connect(path, MIGRATIONS, patience=5, mend=False)).close()


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Spreadsheets know UTF-8 by its mark, which pipes don't want."""
    if path is None:
        yield sys.stdout
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            yield file


def _table(counted: "Stats") -> Table:
    columns = ("day", "asked", "answered", "refused", "declined", "failed", "good", "bad", "p95 ms", "commands")
    table = Table(*columns, box=None, padding=(0, 1, 0, 0))  # within 80 characters
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"
    for day in counted.days:
        if day.asked or day.commands:
            table.add_row(day.day.isoformat(), *_figures(day))
    table.add_row("all", *_figures(counted.total), style="bold")
    return table


def _figures(day: "Day") -> list[str]:
    counts = (day.asked, day.answered, day.refused, day.declined, day.failed, day.liked, day.disliked)
    return [*map(str, counts), "" if day.p95_ms is None else f"{day.p95_ms:.0f}", str(day.commands)]


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
