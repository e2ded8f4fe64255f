"""This machine: folders, disk, databases, letters, the library."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from bot.doctor.cluster import look_at_cluster
from bot.doctor.finding import Finding, bad, good, note
from bot.memory import tables
from bot.once import tables as inbox_tables
from bot.querylog import tables as querylog_tables
from bot.running.backups import damage
from bot.running.privacy import damaged, readable_for_others
from bot.settings import Settings
from retrieval import Library, StoreError
from retrieval.cluster.connection import ClusterError
from retrieval.cluster.opening import opened
from retrieval.own_database import Migration, unknown
from retrieval.polling.freshness import freshness
from retrieval.timeline.canvas import font

_MEGABYTE = 1_000_000
_TOO_LITTLE, _LITTLE = 200 * _MEGABYTE, 1000 * _MEGABYTE  # free on a disk
_NAMED = 5  # problems of the library


def look(settings: Settings) -> Iterator[Finding]:
    """Everything but the library, which takes longer."""
    yield from _folders(_data_folders(settings))
    yield from _databases(settings)
    yield from _private(settings)
    yield from _feeds(settings, datetime.now(UTC))
    yield _letters()
    if not settings.operators.ids:
        yield note("operators", "nobody is named", "put your Telegram user id into `ids` of [operators] to see /stats")


def look_at_library(settings: Settings) -> Iterator[Finding]:
    """Read what is new, as the bot does at its start, and tell what could not be read."""
    try:
        store = settings.library.store
        if store:
            yield from look_at_cluster(store)
            library = opened(store)
        else:
            library = Library.open(settings.paths(), settings.library.cache, bounds=settings.bounds())
    except ClusterError as error:
        do = "see `store` of [library], TRICH_OPENSEARCH_USER and …_PASSWORD; trich move loads it"
        yield bad("library", f"{store}: {error}", do)
        return
    except (StoreError, OSError) as error:
        yield bad("library", str(error), "see `paths` and `cache` of [library]; the cache may be deleted at any time")
        return
    for problem in library.problems[:_NAMED]:
        yield note("library", f"{problem.source}: {problem.message}", "mend the file, or leave it: the rest is read")
    if len(library.problems) > _NAMED:
        more = len(library.problems) - _NAMED
        yield note("library", f"{more} more problems", "trich articles lists them all")
    count = len(library.articles)
    if count:
        newest = max((source.last.edtf[:10] for source in library.sources if source.last), default="")
        when = f", the newest of {newest}" if newest else ", none with a date"
        yield good("library", f"{count:,} articles, {len(library.sentences):,} sentences{when}")
    else:
        yield bad("library", "there is no article", "see `paths` of [library]")


def _data_folders(settings: Settings) -> Sequence[Path]:
    folders = (
        settings.log.path.parent,
        settings.chats.path.parent,
        settings.inbox.path.parent,
        settings.library.cache,
        settings.library.added,
        settings.channels.folder,
    )
    return tuple(dict.fromkeys(folders))


def _folders(folders: Sequence[Path]) -> Iterator[Finding]:
    closed = [(folder, why) for folder in folders if (why := _unwritable(folder))]
    for folder, why in closed:
        yield bad("folders", f"{folder} cannot be written: {why}", "let the bot's user write there, or set another")
    if not closed:
        yield good("folders", ", ".join(map(str, folders)))
    free = min(shutil.disk_usage(_nearest(folder)).free for folder in folders)
    shown = f"{free / _MEGABYTE:,.0f} MB are free"
    if free < _TOO_LITTLE:
        yield bad("disk", shown, "make room: nothing can be logged or read on a full disk")
    else:
        yield note("disk", shown, "make room soon") if free < _LITTLE else good("disk", shown)


def _unwritable(folder: Path) -> str:
    """Why nothing can be written there; a folder that is yet to be made needs its parent."""
    place = _nearest(folder)
    if not place.is_dir():
        return f"{place} is no folder"
    try:
        with tempfile.TemporaryFile(dir=place):
            return ""
    except OSError as error:
        return os.strerror(error.errno) if error.errno else str(error)


def _nearest(folder: Path) -> Path:
    """The folder, or what there is of its path."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())


def _databases(settings: Settings) -> Iterator[Finding]:
    kept = (
        (settings.log.path, querylog_tables.MIGRATIONS),
        (settings.chats.path, tables.MIGRATIONS),
        (settings.inbox.path, inbox_tables.MIGRATIONS),
    )
    for path, migrations in kept:
        if not path.exists():
            yield good("databases", f"{path}: made at the first start")
        elif wrong := damage(path):
            yield bad("databases", f"{path} is damaged: {wrong}", "stop the bot; trich restore puts a backup in place")
        elif newer := _newer(path, migrations):
            yield bad("databases", f"{path} is of a newer version ({', '.join(newer)})", "update the program")
        else:
            yield good("databases", f"{path} is whole")


def _private(settings: Settings) -> Iterator[Finding]:
    """What was set aside, and what others may read."""
    for path in damaged(settings):
        advice = "trich restore puts a backup back; it goes with the next /xoa, or remove it"
        yield note("damaged", f"{path} was set aside, and its file begun anew", advice)
    readable = readable_for_others(settings)
    if readable:
        shown = ", ".join(map(str, readable[:_NAMED]))
        yield note("privacy", f"others on this machine may read {shown}", "trich run mends it at its start")


def _newer(path: Path, migrations: tuple[Migration, ...]) -> list[str]:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return sorted(unknown(db, migrations))


def _feeds(settings: Settings, now: datetime) -> Iterator[Finding]:
    """What the polls so far have left; that a feed answers now is seen in the network."""
    for feed in freshness(settings.feeds(), settings.library.cache):
        read = f"last read well {feed.read:%Y-%m-%d %H:%M} UTC" if feed.read else "never read well yet"
        brought = f", last new article {feed.brought:%Y-%m-%d %H:%M} UTC" if feed.brought else ""
        what = f"{feed.label}: {read}{brought}"
        trouble = feed.trouble(now)
        if trouble == "broken":
            yield note("freshness", f"{what}; {feed.error}", "look at its `url` in [[sources]]")
        elif trouble == "silent":
            yield note("freshness", f"{what}: silent for longer than usual", "see whether the paper has moved its feed")
        else:
            yield good("freshness", what)


def _letters() -> Finding:
    try:
        font(20).getmask("Tiếng Việt")
    except OSError:
        return bad("letters", "the letters of pictures are missing", "install the program anew")
    return good("letters", "pictures have all of Vietnamese")
