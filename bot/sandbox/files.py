"""The files that people and the bot have sent."""

import hashlib
import itertools
import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

LARGEST_DOWNLOAD = 20 << 20  # bytes; what getFile gives


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file's bytes and names; `path` is what follows `/file/bot<token>/`."""

    id: str
    unique_id: str
    path: str
    name: str | None
    content: bytes
    size: tuple[int, int] | None = None  # width and height of a picture, in pixels

    @property
    def mime_type(self) -> str:
        """Guessed from the name."""
        return mimetypes.guess_type(self.name or "")[0] or "application/octet-stream"

    def as_json(self) -> dict[str, Any]:
        """What File, Document and PhotoSize have in common."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.content)}

    def as_photo(self) -> dict[str, Any]:
        """The Bot API's PhotoSize."""
        width, height = self.size or (0, 0)
        return self.as_json() | {"width": width, "height": height}

    def as_document(self) -> dict[str, Any]:
        """The Bot API's Document."""
        return self.as_json() | {"file_name": self.name or "file", "mime_type": self.mime_type}


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._numbers = itertools.count(1)

    def add(
        self, folder: str, content: bytes, name: str | None = None, size: tuple[int, int] | None = None
    ) -> StoredFile:
        """Keep a file ("photos" or "documents")."""
        number = next(self._numbers)
        suffix = f".{name.rpartition('.')[2]}" if name and "." in name else ".jpg" if size else ""
        unique = hashlib.sha256(content).hexdigest()[:16]
        file = StoredFile(
            f"{folder[:1].upper()}{number:07}{unique}", unique, f"{folder}/file_{number}{suffix}", name, content, size
        )
        self._by_id[file.id] = file
        return file

    def all(self) -> Iterable[StoredFile]:
        """Every file, in the order in which they came."""
        return [*self._by_id.values()]

    def restore(self, files: Iterable[StoredFile]) -> None:
        """Files of an earlier run; new ones get other paths."""
        self._by_id |= {file.id: file for file in files}
        numbers = (int(file.path.rpartition("_")[2].partition(".")[0]) for file in self._by_id.values())
        self._numbers = itertools.count(max(numbers, default=0) + 1)

    def next_album(self) -> int:
        """A number for an album."""
        return next(self._numbers)

    def of(self, file_id: str, otherwise: str = "wrong file identifier/HTTP URL specified") -> StoredFile:
        """The file with this id; raises ApiError with the words of the method that asks."""
        if file_id not in self._by_id:
            raise bad_request(otherwise)
        return self._by_id[file_id]

    def at(self, path: str) -> StoredFile | None:
        """The file at this path."""
        return next((file for file in self._by_id.values() if file.path == path), None)
