"""Bytes → articles: layout, encoding, metadata, what is article and what is not.

A file is read whole or refused with a clear word; what one file does wrong never stops the reading of others.
"""

from .files import SUFFIXES, find_files, is_readable
from .kinds import load_publishers, read, size_limit
from .sidecar import sidecar, sidecar_path
from .source import DEFAULT_LIMITS, Limits

# Loggers of libraries that tell of every bad input: it is reported as a `Problem`.
NOISY = ("htmldate", "pypdf", "readability_lxml", "trafilatura")

__all__ = [
    "DEFAULT_LIMITS",
    "NOISY",
    "SUFFIXES",
    "Limits",
    "find_files",
    "is_readable",
    "load_publishers",
    "read",
    "sidecar",
    "sidecar_path",
    "size_limit",
]
