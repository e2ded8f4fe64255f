"""What is sent while nothing fits on the disk: written over in place, in a file that has its size from the start.

SQLite needs room for each transaction. Of an update that can't be written down Telegram is not told, so that it comes
again after a kill; what was sent on it by then would be sent again, were it not known from here. It holds numbers only:
of updates and of messages.
"""

import json
import logging
import os
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from struct import Struct, error
from typing import Any

from retrieval.own_files import make_folder, private

logger = logging.getLogger(__name__)

_HALF = 16 * 1024  # bytes; the halves are written in turn, so that one of them is whole whenever the program ends
_HEAD = Struct(">QLL")  # the sequence number of what follows, its length, its checksum
_MOST = 100  # sends, the last ones: as much as fits in a half, however long their numbers
_KEPT = 2 * 24 * 3600.0  # seconds; Telegram repeats an update for a day at most

_Key = tuple[int, int, int]  # bot, update, ordinal
# Ids that the message comes after; its own, or True where it has none, False where it is not there, None where it is
# not known whether it is; since when.
_Entry = tuple[tuple[int, ...], int | None, float]


class Spare:
    """Opened at the start. Its methods block for as long as a disk takes; they raise nothing. `path` None: in memory,
    for updates that are kept there alone.
    """

    def __init__(self, path: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._entries: dict[_Key, _Entry] = {}
        self._number = 0

    def __bool__(self) -> bool:
        return bool(self._entries)

    def open(self) -> None:
        """Read what an earlier run has left; the file gets its size while there is room for it."""
        if self._path is None:
            return
        try:
            make_folder(self._path.parent)
            with open(self._path, "ab", opener=private) as file:
                file.write(bytes(max(0, 2 * _HALF - file.tell())))
            written = self._path.read_bytes()
        except OSError as failure:
            logger.warning("%s: on a full disk nothing is known of what is sent (%s)", self._path, failure.strerror)
            return
        halves = filter(None, (_read(written[start : start + _HALF]) for start in (0, _HALF)))
        self._number, rows = max(halves, default=(0, []), key=lambda half: half[0])
        since = self._clock() - _KEPT
        self._entries = {
            (bot, update, ordinal): (tuple(after), message, at)
            for bot, update, ordinal, after, message, at in rows
            if at >= since
        }

    def on(self, bot: int, update: int) -> dict[int, tuple[tuple[int, ...], int | None]]:
        """What was about to be sent on an update, and what has become of it, by ordinal."""
        return {key[2]: entry[:2] for key, entry in self._entries.items() if key[:2] == (bot, update)}

    def note(self, bot: int, update: int, ordinal: int, after: Sequence[int], message: int | None) -> None:
        """A message is about to be sent, has this id, or was not taken (False)."""
        self._entries.pop((bot, update, ordinal), None)
        self._entries[bot, update, ordinal] = (tuple(after), message, self._clock())
        while len(self._entries) > _MOST:
            self._entries.pop(next(iter(self._entries)))
        self._write()

    def forget(self, bot: int, update: int) -> None:
        """It is written elsewhere that this update is done with."""
        before = len(self._entries)
        self._entries = {key: entry for key, entry in self._entries.items() if key[:2] != (bot, update)}
        if len(self._entries) < before:
            self._write()

    def _write(self) -> None:
        if self._path is None:
            return
        self._number += 1
        rows = [[*key, *entry] for key, entry in self._entries.items()]
        content = json.dumps(rows, separators=(",", ":")).encode()
        half = (_HEAD.pack(self._number, len(content), zlib.crc32(content)) + content).ljust(_HALF, b"\0")
        try:
            with self._path.open("r+b") as file:
                file.seek(self._number % 2 * _HALF)
                file.write(half)
                file.flush()
                os.fdatasync(file.fileno())
        except OSError as failure:
            logger.info("%s is not written (%s)", self._path, failure.strerror)


def _read(half: bytes) -> tuple[int, list[Any]] | None:
    """Its number and rows; None for one that is not whole, or has never been written."""
    try:
        number, length, checksum = _HEAD.unpack_from(half)
    except error:
        return None
    content = half[_HEAD.size : _HEAD.size + length]
    if not content or zlib.crc32(content) != checksum:
        return None
    return number, json.loads(content)
