"""Dataclasses of arrays in memory-mapped files, one file a field."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from mmap import mmap
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from retrieval.own_files import tighten

Arrays = TypeVar("Arrays")

_SEAL = "sealed.json"
_LOOKED_THROUGH = 200_000_000  # bytes: a fifth of a second


def save(arrays: Any, folder: Path) -> None:
    """Write each field of a dataclass of arrays to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in fields(arrays):
        np.save(folder / f"{field.name}.npy", getattr(arrays, field.name))


def seal(folder: Path) -> None:
    """Write down how large each file of a folder is, and its checksum; nothing in it changes from then on, and nobody
    but its owner reads it.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sealed = {str(path.relative_to(folder)): (path.stat().st_size, zlib.crc32(path.read_bytes())) for path in files}
    (folder / _SEAL).write_text(json.dumps(sealed), encoding="utf-8")
    tighten(folder)


def check(folder: Path, *, whole: bool = True) -> None:
    """Raises OSError or ValueError where a file is not as it was sealed: to read from a mapping what is missing at the
    file's end kills the process. Of large ones only the size is looked at, and of all without `whole`.
    """
    if folder.is_dir() and not (folder / _SEAL).is_file():
        raise ValueError("it is not sealed")
    sealed = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    read = whole and sum(size for size, _ in sealed.values()) <= _LOOKED_THROUGH
    for name, (size, checksum) in sealed.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or (read and zlib.crc32(path.read_bytes()) != checksum):
            raise ValueError(f"{name} is not as it was written")


def load(kind: type[Arrays], folder: Path) -> Arrays:
    """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
    files = (folder / f"{field.name}.npy" for field in fields(kind))  # type: ignore[arg-type]
    # As plain arrays over the mapping: slicing np.memmap itself costs ten times as much.
    return kind(*(np.asarray(np.load(file, mmap_mode="r")) for file in files))


def mappings(held: object) -> Iterator[mmap]:
    """The mapped files that the arrays of a dataclass, or of those in it, look at."""
    if is_dataclass(held):
        for field in fields(held):
            yield from mappings(getattr(held, field.name))
    while isinstance(held, np.ndarray):
        held = held.base
    if isinstance(held, mmap):
        yield held
