"""One bot at a time on what is kept: two that share it would answer half of all questions twice."""

import fcntl
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

logger = logging.getLogger(__name__)

LOCK = "trich.lock"  # in each folder; it holds the id of the process, and stays when that has ended


class NotAlone(Exception):  # noqa: N818 - a state of the machine, named as people say it
    """Another process is at work there; the message says which, and what to do."""


@contextmanager
def alone(folders: Iterable[Path]) -> Iterator[None]:
    """Nobody else comes into the block for one of these folders, which are made. Raises NotAlone.

    The kernel holds the lock for the process, not for its children, and lets it go however that ends: a lock that a
    killed program left is none. Where nothing can be written, nothing is shared, and there is nothing to lock.
    """
    with ExitStack() as stack:
        for folder in sorted({folder.absolute() for folder in folders}):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file = stack.enter_context((folder / LOCK).open("a+", encoding="ascii"))
            except OSError as error:
                logger.warning("%s is not locked (%s)", folder, error.strerror)
                continue
            _lock(file, folder)
        yield


def _lock(file: IO[str], folder: Path) -> None:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.seek(0)
        whose = file.read(20).strip() or "unknown"
        raise NotAlone(
            f"process {whose} is a Trích that works with {folder} already: stop it, or give this one other paths in"
            " [inbox], [chats] and [log]"
        ) from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
