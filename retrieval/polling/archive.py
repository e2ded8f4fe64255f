"""The articles of one feed on disk: JSON Lines, one file for each day on which articles were first seen.

What is new changes one small file, so that a reader of the folder never has to read all of a feed again for it.
A line has the fields of an article line, and `entry`, the digest of the feed's entry, and `full`, whether its text is
that of its page. Lines that are no such articles are left as they are.
"""

import datetime
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.own_files import make_folder, private

_PATTERN = "*.jsonl"


@dataclass(frozen=True, slots=True)
class Kept:
    """An article that is on disk already: in which file, from what entry, and whether with its page's text."""

    path: Path
    entry: str
    full: bool


class Archive:
    """The articles of one feed, in a folder of its own. Its methods raise `OSError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __bool__(self) -> bool:
        return any(self._folder.glob(_PATTERN))

    def kept(self, ids: Collection[str]) -> dict[str, Kept]:
        """Those of `ids` that are on disk."""
        found: dict[str, Kept] = {}
        for path in sorted(self._folder.glob(_PATTERN)):
            with path.open("rb") as lines:
                for line in lines:
                    record = _parsed(line)
                    name = record.get("id")
                    if isinstance(name, str) and name in ids:
                        found[name] = Kept(path, str(record.get("entry")), record.get("full") is True)
        return found

    def put(self, lines: Mapping[str, bytes], kept: Mapping[str, Kept], today: datetime.date) -> bool:
        """Write the lines, by article id: those that are kept in their place, the others at the end of today's file.

        An empty line takes the article out. A kill leaves each file as it was or as it is meant to be. Whether any file
        is another now.
        """
        by_path: dict[Path, dict[str, bytes]] = {}
        for name, line in lines.items():
            path = kept[name].path if name in kept else self._folder / f"{today.isoformat()}.jsonl"
            by_path.setdefault(path, {})[name] = line
        changed = [_write(path, changes) for path, changes in by_path.items()]
        return any(changed)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file so that a kill, or a power cut, leaves the old or the new one. Raises `OSError`."""
    make_folder(path.parent)
    beside = path.with_name(f".{path.name}.new")  # hidden: never read as articles, and overwritten the next time
    with open(beside, "wb", opener=private) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, changes: Mapping[str, bytes]) -> bool:
    before = path.read_bytes() if path.exists() else b""
    after = b"".join(_merged(before, changes))
    if after == before:
        return False
    if after:
        write_atomically(path, after)
    else:
        path.unlink()
    return True


def _merged(before: bytes, changes: Mapping[str, bytes]) -> Iterable[bytes]:
    """The lines with those changed, then those added."""
    left = dict(changes)
    for line in filter(None, before.split(b"\n")):
        name = _parsed(line).get("id")
        new = left.pop(name, None) if isinstance(name, str) else None
        yield line + b"\n" if new is None else new
    yield from left.values()


def _parsed(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
