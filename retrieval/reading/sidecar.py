"""`name.meta.toml` beside a file: what it says of the article overrides everything else."""

import tomllib
from pathlib import Path

from retrieval.records import Problem

from .metadata import Metadata, from_mapping, known_names

SUFFIX = ".meta.toml"


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of a file is, if it has one."""
    return path.with_name(path.name + SUFFIX)


def sidecar(path: Path) -> bytes | None:
    """The content of the sidecar of a file; None where it has none. Raises OSError where it cannot be read."""
    beside = sidecar_path(path)
    return beside.read_bytes() if beside.is_file() else None


def read_sidecar(path: str, data: bytes | None) -> tuple[Metadata, tuple[Problem, ...]]:
    """What the sidecar of `path` says, and what is wrong in it, naming file and key; the rest of it counts."""
    if data is None:
        return Metadata(), ()
    name = path + SUFFIX
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Metadata(), (Problem(name, f"not valid TOML, left aside: {error}"),)
    metadata, wrong = from_mapping(values)
    unknown = [f"{key!r} is no key of a sidecar" for key in values if key not in known_names()]
    return metadata, tuple(Problem(name, message) for message in (*wrong, *unknown))
