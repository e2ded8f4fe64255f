"""Dataclasses of arrays in memory-mapped files, one file a field."""

from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

Arrays = TypeVar("Arrays")


def save(arrays: Any, folder: Path) -> None:
    """Write each field of a dataclass of arrays to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for field in fields(arrays):
        np.save(folder / f"{field.name}.npy", getattr(arrays, field.name))


def load(kind: type[Arrays], folder: Path) -> Arrays:
    """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
    files = (folder / f"{field.name}.npy" for field in fields(kind))  # type: ignore[arg-type]
    # As plain arrays over the mapping: slicing np.memmap itself costs ten times as much.
    return kind(*(np.asarray(np.load(file, mmap_mode="r")) for file in files))
