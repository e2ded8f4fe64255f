"""Copies of what can't be read anew, made while the bot runs, and put back.

The databases are copied by SQLite's own online backup, so that each copy is whole. The library is not copied: it is
made anew from the articles. Nor is the inbox: what had come in and was not done with at that time is past.
"""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from bot.settings import Settings
from retrieval.own_files import make_folder, tighten
from retrieval.polling import feed_folder

_README = """A backup of Trích: `trich restore THIS-FOLDER` puts it back.

It holds questions as people asked them. Who has deleted them since (/xoa, /forget) has deleted them from what the bot
keeps, not from here, and restoring brings them back: keep backups no longer than you must, and nobody else's eyes on
them.
"""
_FORM = "%Y-%m-%dT%H%M%SZ"  # sorted as text: by time


class BackupError(Exception):
    """No copy was made, or none put back; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept where, by its name in a backup: databases, single files, folders of articles."""

    databases: Mapping[str, Path]
    files: Mapping[str, Path]
    folders: Mapping[str, Path]

    @classmethod
    def of(cls, settings: Settings) -> "Kept":
        """As the settings have it."""
        return cls(
            {"queries.sqlite3": settings.log.path, "chats.sqlite3": settings.chats.path},
            {"queries.key": settings.log.path.with_suffix(".key")},
            {
                "added": settings.library.added,
                "channels": settings.channels.folder,
                "feeds": feed_folder(settings.library.cache),
            },
        )

    def all(self) -> Iterator[tuple[str, Path]]:
        """Names and places of everything."""
        for kind in (self.databases, self.files, self.folders):
            yield from kind.items()


def back_up(kept: Kept, folder: Path, now: datetime, most: int | None = None) -> Path:
    """Copy everything into a new folder below `folder`, named by the time `now` (aware), for its owner's eyes only.

    A kill leaves no half of a backup under such a name. With `most`, only so many are kept, the newest. Raises
    BackupError.
    """
    target = folder / now.astimezone(UTC).strftime(_FORM)
    if target.exists():
        raise BackupError(f"{target} is there already")
    try:
        make_folder(folder)
        unfinished = Path(mkdtemp(dir=folder, prefix=".unfinished-"))  # readable for its owner only
        try:
            _copy(kept, unfinished)
            (unfinished / "README.txt").write_text(_README, encoding="utf-8")
            tighten(unfinished)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        for old in sorted(backups(folder))[: -most if most else 0]:
            shutil.rmtree(old)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"no backup was made in {folder}: {error}") from error
    return target


def backups(folder: Path) -> list[Path]:
    """The backups below a folder."""
    return [path for path in folder.iterdir() if path.is_dir() and _time(path.name)]


def restore(kept: Kept, backup: Path, *, replace: bool = False) -> list[Path]:
    """Put a backup's copies in their places, where the bot must not be running; returns the places.

    Raises BackupError: for a copy that is damaged, or, without `replace`, where something stands in its place.
    """
    present = [(backup / name, place) for name, place in kept.all() if (backup / name).exists()]
    if not present:
        raise BackupError(f"{backup} holds no backup")
    for name in kept.databases:
        if (backup / name).exists() and (wrong := damage(backup / name)):
            raise BackupError(f"{backup / name} is damaged: {wrong}")
    taken = [str(place) for _, place in present if place.exists() and not replace]
    if taken:
        raise BackupError(f"{', '.join(taken)}: there already; stop the bot and say --replace")
    try:
        for copy, place in present:
            _put(copy, place)
    except OSError as error:
        raise BackupError(f"not all of {backup} was put back: {error}") from error
    return [place for _, place in present]


def damage(path: Path) -> str:
    """What SQLite finds wrong in a file; empty where nothing is."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            found = [row for (row,) in db.execute("PRAGMA quick_check")]
    except sqlite3.Error as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(found[:3])


def _copy(kept: Kept, target: Path) -> None:
    for name, path in kept.databases.items():
        if path.is_file():
            with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target / name)) as copy:
                source.backup(copy)
    for name, path in kept.files.items():
        if path.is_file():
            shutil.copy2(path, target / name)
    for name, path in kept.folders.items():
        if path.is_dir():
            shutil.copytree(path, target / name)


def _put(copy: Path, place: Path) -> None:
    """Beside the place first, then in one step."""
    make_folder(place.parent)
    beside = place.with_name(f".{place.name}.restored")
    if copy.is_dir():
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(copy, beside)
        shutil.rmtree(place, ignore_errors=True)
    else:
        shutil.copy2(copy, beside)
        for journal in ("-wal", "-shm"):  # of the file that goes: SQLite would add them to that which comes
            place.with_name(place.name + journal).unlink(missing_ok=True)
    tighten(beside)
    beside.replace(place)


def _time(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None
