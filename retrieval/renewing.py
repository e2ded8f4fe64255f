"""The library file of some paths brought up to date, for other processes to open."""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from retrieval.index.keeping import index_made
from retrieval.refreshing.refresh import Summary, refresh
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds
from retrieval.store.opening import store_name
from retrieval.store.schema import StoreError
from retrieval.store.store import Store


def renew(paths: Sequence[str | Path], cache: str | Path, bounds: Bounds = DEFAULT_BOUNDS) -> Summary:
    """Read what is new into the library file of these paths, for other processes to open (`Library.kept`).

    Whoever opens it meanwhile finds all of what is new, or nothing of it. Raises `StoreError`.
    """
    roots = [Path(path) for path in paths]
    path = Path(cache) / store_name(roots)
    with ExitStack() as stack:
        store = stack.enter_context(closing(Store(path)))
        if store.path is None:
            raise StoreError(f"{path}: nothing can be written there")
        try:
            with store.at_once() as seen:
                summary = refresh(store, roots, bounds=bounds)
                keep = stack.enter_context(index_made(path, seen))
            keep()
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: cannot be brought up to date ({error})") from error
    return summary
