"""Bytes → articles: layout, encoding, metadata, what is article and what is not.

A file is read whole or refused with a clear word; what one file does wrong never stops the reading of others.
"""

from .files import SUFFIXES, find_files, is_readable
from .ids import Ids, repeated
from .json_lines import lines_of
from .kinds import load_publishers, read, size_limit
from .sidecar import sidecar, sidecar_path
from .source import DEFAULT_LIMITS, Limits, UnreadableError

# Loggers of libraries that tell of every bad input: it is reported as a `Problem`.
NOISY = ("htmldate", "readability_lxml", "trafilatura")

__all__ = [
    "DEFAULT_LIMITS",
    "NOISY",
    "SUFFIXES",
    "Ids",
    "Limits",
    "UnreadableError",
    "find_files",
    "is_readable",
    "lines_of",
    "load_publishers",
    "read",
    "repeated",
    "sidecar",
    "sidecar_path",
    "size_limit",
]
