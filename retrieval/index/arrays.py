"""Dataclasses of arrays in memory-mapped files, one file a field."""

import json
import zlib
from collections.abc import Iterator
from dataclasses import fields
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


def check(folder: Path) -> None:
    """Raises OSError or ValueError where a file is not as it was sealed: to read from a mapping what is missing at the
    file's end kills the process. Of large ones only the size is looked at.
    """
    if folder.is_dir() and not (folder / _SEAL).is_file():
        raise ValueError("it is not sealed")
    sealed = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    small = sum(size for size, _ in sealed.values()) <= _LOOKED_THROUGH
    for name, (size, checksum) in sealed.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size or (small and zlib.crc32(path.read_bytes()) != checksum):
            raise ValueError(f"{name} is not as it was written")


def sizes(folder: Path) -> Iterator[tuple[Path, int]]:
    """The path of each file in a sealed folder, and how large it was sealed."""
    sealed = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    return ((folder / name, size) for name, (size, _) in sealed.items())


def load(kind: type[Arrays], folder: Path) -> Arrays:
    """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
    files = (folder / f"{field.name}.npy" for field in fields(kind))  # type: ignore[arg-type]
    # As plain arrays over the mapping: slicing np.memmap itself costs ten times as much.
    return kind(*(np.asarray(np.load(file, mmap_mode="r")) for file in files))
