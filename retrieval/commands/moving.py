"""trich move: a library from this machine into OpenSearch, or back."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from retrieval.cluster.connection import Cluster
    from retrieval.library import Library
    from retrieval.settings import FileSettings

app = typer.Typer()


@app.command()
def move(
    store: Annotated[str, typer.Argument(help="opensearch://host:9200/name")],
    back: Annotated[bool, typer.Option("--back", help="From there into the cache on this machine.")] = False,
    questions: Annotated[
        Path | None, typer.Option("--questions", help="A file with a question a line: ask both, and tell what differs.")
    ] = None,
    shards: Annotated[int, typer.Option("--shards", min=1, help="Parts of a new collection.")] = 3,
    copies: Annotated[int, typer.Option("--copies", min=0, help="Of each part, beside the first.")] = 1,
) -> None:
    """Bring the collection in OpenSearch up to date with the library of this machine, or that one from it.

    What was stopped goes on. Exit status: 1 where answers differ.
    """
    from retrieval.cluster.connection import WRITING, Address, Cluster, ClusterError
    from retrieval.cluster.loading import Copies
    from retrieval.settings import FileSettings, SettingsError
    from retrieval.store.schema import StoreError

    try:
        settings = FileSettings.load()
        cluster = Cluster(Address.of(store), WRITING)
        library = _fetched(cluster, settings) if back else _loaded(cluster, settings, Copies(shards, copies))
        if questions is not None:
            _compare(library, store, questions)
    except ClusterError as error:
        sys.stderr.write(f"{store}: {error}\n")
        raise typer.Exit(2) from None
    except (ValueError, SettingsError, StoreError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        raise typer.Exit(2) from None


def _loaded(cluster: "Cluster", settings: "FileSettings", copies: object) -> "Library":
    from retrieval.cluster.loading import Copies, load
    from retrieval.library import Library

    library = Library.open(settings.paths(), settings.library.cache, bounds=settings.bounds())
    sent = load(cluster, *library.parts(), _told, copies if isinstance(copies, Copies) else Copies())
    print(f"{len(library.articles):,} articles, {len(library.sentences):,} sentences; sent anew: {sent:,}")
    return library


def _fetched(cluster: "Cluster", settings: "FileSettings") -> "Library":
    from retrieval.cluster.moving import fetch
    from retrieval.library import Library
    from retrieval.store.opening import store_name

    paths, cache = settings.paths(), settings.library.cache
    cache.mkdir(parents=True, exist_ok=True)
    count = fetch(cluster, cache / store_name(paths), _told)
    print(f"{count:,} articles")
    return Library.kept(paths, cache)


def _compare(library: "Library", store: str, questions: Path) -> None:
    from retrieval.cluster.moving import compare
    from retrieval.cluster.opening import opened

    asked = [line.strip() for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    differences = [found for found in compare(library, opened(store), asked) if found]
    for found in differences:
        print(f"{found.question}\n  here:  {' '.join(found.first)}\n  there: {' '.join(found.second)}")
    print(f"{len(asked) - len(differences):,} of {len(asked):,} questions have the same status and first quote")
    if differences:
        raise typer.Exit(1)


def _told(done: int, of: int) -> None:
    """On a terminal, how far it is."""
    if sys.stderr.isatty() and (done % 200 == 0 or done == of):
        sys.stderr.write(f"\r{done:,} of {of:,} articles{chr(10) if done == of else ''}")
