"""The articles that operators have sent: files in a folder of their own, each with what a link says of it."""

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from retrieval.polling import Fetcher, Skip
from retrieval.polling.archive import write_atomically
from retrieval.polling.fetch import Fetched
from retrieval.polling.outcome import FetchError
from retrieval.reading import SUFFIXES, is_readable, sidecar_path

_OTHER = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 50  # characters of four bytes at most, without the digest: file systems take 255 bytes
_DIGEST = 12
_PDF, _FEED = b"%PDF", re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_BEGINNING = 2000  # bytes in which a feed says that it is one


@dataclass(frozen=True, slots=True)
class Addition:
    """A file that was sent, or fetched from `url`: its name, as far as it says what kind it is, and its bytes."""

    name: str
    content: bytes
    url: str | None = None

    @classmethod
    def fetched(cls, url: str, content: bytes) -> Self:
        """What stands at an address, as the kind that its name says, else that its bytes say."""
        last = urlsplit(url).path.rstrip("/").rpartition("/")[2] or urlsplit(url).hostname or "trang"
        if not last.lower().endswith(SUFFIXES):
            feed = _FEED.search(content[:_BEGINNING])
            last += ".pdf" if content.startswith(_PDF) else ".xml" if feed else ".html"
        return cls(last, content, url)

    @property
    def is_readable(self) -> bool:
        """Whether a file of this kind is read at all."""
        return is_readable(self.kept_as)

    @property
    def is_feed(self) -> bool:
        """Whether it is a list of articles, each with an address of its own."""
        return self.name.lower().endswith((".xml", ".rss", ".atom"))

    @property
    def digest(self) -> str:
        """What tells it from all others."""
        return hashlib.sha256(self.content).hexdigest()[:_DIGEST]

    @property
    def kept_as(self) -> str:
        """A file name that a person recognises, and that is no hidden file and no README."""
        suffix = next((s for s in SUFFIXES if self.name.lower().endswith(s)), "")
        named = unicodedata.normalize("NFC", self.name[: len(self.name) - len(suffix)])
        stem = _OTHER.sub("-", named).strip("-._")[:_LONGEST_NAME]
        stem = stem if stem and not stem.lower().startswith("readme") else f"bai-{stem}".rstrip("-")
        return f"{stem}-{self.digest}{suffix}"

    @property
    def sidecar(self) -> bytes:
        """What the file itself may not say: the address of its only article. Strings in JSON are such in TOML."""
        return b"" if self.url is None or self.is_feed else f"url = {json.dumps(self.url)}\n".encode()

    def write(self, folder: Path) -> Path:
        """Write it and its sidecar; where it now is. A kill leaves no half of a file. Raises OSError."""
        path = folder / self.kept_as
        if self.sidecar:
            write_atomically(sidecar_path(path), self.sidecar)
        write_atomically(path, self.content)
        return path


def is_kept(folder: Path, digest: str) -> bool:
    """Whether these bytes are in the folder."""
    return bool(_files(folder, digest))


def remove(folder: Path, digest: str) -> bool:
    """Remove them; whether they were there. Raises OSError."""
    files = _files(folder, digest)
    for path in files:
        path.unlink()
        sidecar_path(path).unlink(missing_ok=True)
    return bool(files)


def _files(folder: Path, digest: str) -> list[Path]:
    return [path for path in folder.glob(f"*-{digest}.*") if is_readable(path.name)]


@dataclass(frozen=True, slots=True)
class Refused:
    """A page that was not fetched, and why."""

    reason: Skip
    message: str


def fetched(fetcher: Fetcher, url: str) -> Fetched | Refused:
    """What stands at an address, for another process to find out."""
    try:
        return fetcher.get(url, home=url)
    except FetchError as error:
        return Refused(error.reason, str(error))
