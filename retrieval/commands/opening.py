"""What commands begin with: the library opened, the feeds polled; and how they end where that fails."""

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.polling import Polled

INPUT_ERROR = 2

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def opened_of(paths: list[Path] | None, more: list[Path] | None, *, unread: bool = False) -> "Library":
    """The library of the given or the configured paths; its problems go to standard error.

    Where nothing of it can be read the program ends, unless it is what is `unread` that is asked for.
    """
    from retrieval.commands.progress import reading_bar
    from retrieval.library import Library
    from retrieval.settings import FileSettings, SettingsError
    from retrieval.store.schema import StoreError

    if more and not paths:
        fail(f"unexpected argument {str(more[0])!r}: put a question in quotes, and paths after --library")
    try:
        settings = FileSettings.load()
        if settings.library.store and not paths:
            return _in_cluster(settings.library.store)
        chosen = [*(paths or settings.paths()), *(more or [])]
        with reading_bar(errors) as progress:
            library = Library.open(chosen, settings.library.cache, progress, settings.bounds())
    except (StoreError, SettingsError, OSError) as error:
        fail(str(error))
    for problem in library.problems:
        errors.print(f"{problem.source}: {problem.message}", markup=False)
    missing = [str(path) for path in chosen if not path.exists()]
    if missing:
        raise typer.Exit(INPUT_ERROR)
    if not library.articles:
        errors.print(f"no article in {', '.join(map(str, chosen))}", markup=False)
        if library.problems and not unread:
            raise typer.Exit(INPUT_ERROR)
    return library


def _in_cluster(store: str) -> "Library":
    from retrieval.cluster.connection import ClusterError
    from retrieval.cluster.opening import opened

    try:
        return opened(store)
    except ClusterError as error:
        fail(f"{store}: {error}")


def polled_feeds() -> "list[Polled]":
    """Poll every configured feed that is due; what single entries lack goes to standard error."""
    from retrieval.commands.progress import reading_bar
    from retrieval.polling import Fetcher, poll
    from retrieval.settings import FileSettings, SettingsError

    try:
        settings = FileSettings.load()
    except SettingsError as error:
        fail(str(error))
    results: list[Polled] = []
    fetcher = Fetcher()
    feeds = settings.feeds()
    with reading_bar(errors) as progress:
        for done, feed in enumerate(feeds, 1):
            now = datetime.datetime.now(datetime.UTC)
            results += poll([feed], settings.library.cache, fetcher=fetcher, now=now, bounds=settings.bounds())
            progress(done, len(feeds), "feeds")
    for problem in (problem for result in results for problem in result.problems):
        errors.print(f"{problem.source}: {problem.message}", markup=False)
    return results


def tell_gaps(library: "Library") -> None:
    """Say, on standard error, where not all articles could be looked at."""
    if library.gaps:
        errors.print("a part of OpenSearch does not answer: not all articles were looked at", markup=False)


def fail(message: str) -> NoReturn:
    """End the program with this message, and the status of a usage or input error."""
    errors.print(message, markup=False)
    raise typer.Exit(INPUT_ERROR)
