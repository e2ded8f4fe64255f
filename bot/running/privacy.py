"""What the bot keeps is for its owner's eyes only, and what was set aside as damaged is not forgotten about."""

import os
from collections.abc import Iterator
from pathlib import Path

from bot.running.alone import LOCK
from bot.running.backups import backups
from bot.settings import Settings
from retrieval.own_files import FOLDER, those_set_aside, tighten
from retrieval.store.opening import store_name


def keep_private() -> None:
    """What this process and those that it starts make from now on, nobody else can read."""
    os.umask(0o077)


def mend(settings: Settings) -> None:
    """Take from others what they may do with anything that is kept: an earlier version left it to the umask."""
    for each in _files(settings):
        tighten(each)
    for folder in _folders(settings):
        if folder.is_dir():
            tighten(folder)
    for folder in {path.parent for path in databases(settings)}:
        if folder.is_dir() and folder.stat().st_mode & 0o077 and _holds_ours_only(folder, settings):
            folder.chmod(folder.stat().st_mode & FOLDER)


def damaged(settings: Settings) -> Iterator[Path]:
    """What has been set aside."""
    library = settings.library.cache / store_name(settings.paths())
    keys = (settings.log.path.with_suffix(".key"),)
    for path in (*databases(settings), *keys, library, *library.parent.glob(f"{library.stem}.index-*")):
        yield from those_set_aside(path)


def databases(settings: Settings) -> tuple[Path, ...]:
    """The files of SQLite, but for the library."""
    paths = (settings.log.path, settings.chats.path, settings.inbox.path)
    return tuple(path for path in paths if path != Path(":memory:"))


def readable_for_others(settings: Settings) -> list[Path]:
    """The files and folders of the program's own that are."""
    return [path for path in (*_files(settings), *_folders(settings)) if path.exists() and path.stat().st_mode & 0o077]


def _files(settings: Settings) -> list[Path]:
    """The databases, with all that lies beside them by their names, and the locks of their folders."""
    return [
        each
        for path in databases(settings)
        for each in (*path.parent.glob(f"{path.stem}[.-]*"), path.with_name(LOCK))
        if each.exists()
    ]


def _folders(settings: Settings) -> tuple[Path, ...]:
    return settings.library.cache, settings.library.added, settings.channels.folder


def _holds_ours_only(folder: Path, settings: Settings) -> bool:
    """A folder that somebody uses for other things too is not ours to close."""
    stems = tuple(path.stem for path in databases(settings))
    ours = [path.absolute() for path in _folders(settings)]

    def is_ours(path: Path) -> bool:
        if path.is_dir():
            return any(mine == path or path in mine.parents for mine in ours) or bool(backups(path))
        return path.name.startswith(stems) or path.name == LOCK

    return all(map(is_ours, folder.absolute().iterdir()))
