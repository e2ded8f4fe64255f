"""Folders and files → the files that are read, always in the same order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from retrieval.records import Problem

from . import sidecar

SUFFIXES = (
    ".txt", ".md", ".markdown", ".jsonl", ".jsonl.gz", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".docx",
    ".pdf", ".zip",
)  # fmt: skip


# What others save articles in, and is not read: named in a folder, so that nobody waits for it. Pictures are not.
UNREAD = (
    ".doc", ".rtf", ".odt", ".epub", ".csv", ".tsv", ".json", ".xls", ".xlsx", ".ods", ".pptx", ".ppt", ".mobi",
    ".azw3", ".mht", ".mhtml", ".webarchive", ".eml", ".pages", ".rar", ".7z", ".tar", ".tgz", ".tar.gz", ".gz",
    ".bz2", ".xz", ".parquet", ".db", ".sqlite",
)  # fmt: skip
# What is remembered of a feed beside its articles (`polling.state`).
_OWN = "state.json"

UNREAD_KIND = f"not a kind of file that is read: {' '.join(SUFFIXES)}"


def is_readable(name: str) -> bool:
    """Whether a file of this name is looked at: not hidden, no README, no sidecar, of a known kind."""
    base = name.rsplit("/", 1)[-1].lower()
    if base.startswith((".", "~$", "readme")) or base.endswith(sidecar.SUFFIX) or name.startswith("__MACOSX/"):
        return False
    return base.endswith(SUFFIXES)


def is_unread(name: str) -> bool:
    """Whether a file of this name may hold articles, in a form that is not read."""
    base = name.rsplit("/", 1)[-1].lower()
    if base.startswith((".", "~$", "readme")) or name.startswith("__MACOSX/") or base == _OWN:
        return False
    return base.endswith(UNREAD)


def find_files(roots: Sequence[Path]) -> Iterator[tuple[Path, str] | Problem]:
    """Every file to read as (path, name below its root); a root that is missing, or no such file, is a problem.

    A file given by itself is read whatever it is called, if its kind is known. Links to folders are not followed.
    """
    for root in roots:
        if root.is_dir():
            yield from _walk(root)
        elif not root.exists():
            yield Problem(_shown(root), "no such file or folder")
        elif not root.is_file():
            yield Problem(_shown(root), "neither a file nor a folder")
        elif not root.name.lower().endswith(SUFFIXES):
            yield Problem(_shown(root), UNREAD_KIND)
        else:
            yield _named(root, root.name)


def _walk(root: Path) -> Iterator[tuple[Path, str] | Problem]:
    unread: list[OSError] = []
    for folder, subfolders, names in os.walk(root, onerror=unread.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if is_readable(name):
                yield _named(path, path.relative_to(root).as_posix())
            elif is_unread(name):
                yield Problem(_shown(path), UNREAD_KIND)
        yield from (Problem(str(error.filename), f"cannot be read: {error.strerror}") for error in unread)
        unread.clear()


def _named(path: Path, name: str) -> tuple[Path, str] | Problem:
    if not path.is_file():
        return Problem(_shown(path), "not a regular file")
    if not name.isprintable():
        return Problem(_shown(path), "line break, control or undecodable character in the file name: rename it")
    return path, name


def _shown(path: Path) -> str:
    """The path on one line of valid text."""
    shown = str(path)
    return shown if shown.isprintable() else ascii(shown)
