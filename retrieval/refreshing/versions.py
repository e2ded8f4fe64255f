"""What made the things that are stored: fingerprints of code and lists.

A change of one makes anew what hangs on it, and nothing else.
"""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from retrieval.config_files import data_folder

_PACKAGE = Path(__file__).parent.parent

# Articles and their sentences, with the dates of these.
_READING = (
    *("reading", "dates", "records.py", "sentences", "tokens.py", "numerals.py"),
    *("refreshing/preparing.py", "refreshing/pieces.py", "store/copies.py", "store/stored.py"),
)
_READING_LISTS = ("reference_dates.toml", "publishers.toml", "sentences.toml")
# Libraries that decide where a sentence ends, and what of a page or a document is text.
_LIBRARIES = ("underthesea", "trafilatura", "feedparser", "lxml", "pypdfium2", "python-docx")
# Persons and offices in the sentences. Any list may hold what is known of them but those that are known not to.
_FACTS = ("facts", "dates", "tokens.py", "numerals.py", "store/sightings.py")
_NO_FACTS = frozenset(
    {
        *("default.toml", "evidence.toml", "holders.toml", "publishers.toml", "questions.toml", "question_words.txt"),
        *("ranking.toml", "reference_dates.toml", "sentences.toml", "synonyms.toml"),
    }
)


def reading_version() -> bytes:
    """What reading a file depends on besides the file."""
    libraries = (f"{name} {_installed(name)}".encode() for name in _LIBRARIES)
    return _digest([*_sources(_READING), *libraries, *_lists(_READING_LISTS)])


def facts_version() -> str:
    """What the facts of an article depend on besides its sentences."""
    lists = sorted(path.name for path in data_folder("config").iterdir() if path.suffix in (".toml", ".txt"))
    return _digest([*_sources(_FACTS), *_lists(name for name in lists if name not in _NO_FACTS)]).hex()[:16]


def _digest(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def _sources(names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        place = _PACKAGE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            yield str(path.relative_to(_PACKAGE)).encode()
            yield path.read_bytes()


def _lists(names: Iterable[str]) -> Iterator[bytes]:
    for name in names:
        yield name.encode()
        yield (data_folder("config") / name).read_bytes()


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
