"""A file → the pieces that it is read in, each of which can be read in another process."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval import reading
from retrieval.processes import Failure
from retrieval.records import Problem
from retrieval.refreshing.preparing import Piece, Prepared, Rules
from retrieval.refreshing.workers import Bounds, exceeded

# Lines read, and articles written, at once: what a kill costs at most. Bytes, and lines.
_BYTES, _LINES = 300_000, 500


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: as given, its name below its root, its key in the store."""

    path: Path
    name: str
    key: str
    rules: Rules

    def look(self) -> str:
        """What changes whenever the file or its sidecar is written, as far as the file system tells."""
        looks = [path.stat() for path in (self.path, reading.sidecar_path(self.path)) if path.is_file()]
        return " ".join(f"{look.st_size}:{look.st_mtime_ns}:{look.st_ctime_ns}" for look in looks)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece that is to be read, or has been, and the share of the file that is read with it."""

    piece: Piece | Prepared
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Parts:
    """All of a file that is to be read. Of one that has an article in each line (`by_line`) `units` are the digests
    of its lines, and those `kept` need not be read.
    """

    parts: Iterable[Part]
    by_line: bool = False
    units: Sequence[str] = ()
    kept: frozenset[str] = frozenset()


def parts(file: File, data: bytes, sidecar: bytes | None, known: frozenset[str]) -> Parts:
    """What is to be read of a file; `known` are the units of it that have been read before."""
    name = file.name.lower()
    if not data.strip():
        return Parts([Part(_piece(file, data, sidecar))])
    if name.endswith(".jsonl"):
        return _of_lines(file, data, sidecar, known)
    if name.endswith(".jsonl.gz"):
        return Parts(_of_packed_lines(file, data, sidecar), by_line=True)
    return Parts([Part(_piece(file, data, sidecar))])


def _piece(file: File, data: bytes, sidecar: bytes | None, first: int = 0) -> Piece:
    return Piece(file.name, str(file.path), data, sidecar, file.rules, first)


def _of_lines(file: File, data: bytes, sidecar: bytes | None, known: frozenset[str]) -> Parts:
    """Of a file of lines only those that the store does not have yet, and each once."""
    lines = data.split(b"\n")
    salt = hashlib.sha256(file.rules.digest + (sidecar or b"")).digest()
    units = [hashlib.blake2b(line, digest_size=16, key=salt).hexdigest() for line in lines]
    kept = known.intersection(units)
    first = {unit: number for number, unit in reversed(list(enumerate(units)))}
    # Blank lines in their place: the numbers of the others stay.
    left = [
        b"" if unit in kept or first[unit] != number else line
        for number, (unit, line) in enumerate(zip(units, lines, strict=True))
    ]
    return Parts(_cut(file, left, sidecar, len(left)), by_line=True, units=units, kept=kept)


def _of_packed_lines(file: File, data: bytes, sidecar: bytes | None) -> Iterator[Part]:
    lines = (line.removesuffix(b"\n") for line in reading.lines_of(data, reading.DEFAULT_LIMITS, compressed=True))
    try:
        yield from _cut(file, lines, sidecar, 0)
    except reading.UnreadableError as error:
        yield Part(Prepared(((0, Problem(str(file.path), str(error))),)))


def _cut(file: File, lines: Iterable[bytes], sidecar: bytes | None, total: int) -> Iterator[Part]:
    """Pieces of some lines each, without those that are all blank; `total` is how many there are, if that is known."""
    number, size, some = 1, 0, list[bytes]()
    for line in lines:
        some.append(line)
        size += len(line)
        if size >= _BYTES or len(some) == _LINES:
            if size or number == 1:
                share = (number + len(some) - 1) / total if total else 0.0
                yield Part(_piece(file, b"\n".join(some), sidecar, number), share)
            number, size, some = number + len(some), 0, []
    if size or number == 1:
        yield Part(_piece(file, b"\n".join(some), sidecar, number))


def single_lines(piece: Piece) -> Iterator[Piece]:
    """The lines of a piece, each as a piece; none where it is not of lines."""
    if not piece.first:
        return
    for number, line in enumerate(piece.data.split(b"\n"), piece.first):
        if line.strip():
            yield replace(piece, data=line, first=number)


def ended(piece: Piece, why: Failure, bounds: Bounds) -> Problem:
    """That the reading of a piece was ended."""
    return Problem(_where(piece), f"{exceeded(why, bounds)}: left out", piece.first)


def given_up(piece: Piece) -> Problem:
    """That what follows a line is not read either."""
    return Problem(_where(piece), "too many of its lines could not be read: the next ones are left out", piece.first)


def _where(piece: Piece) -> str:
    return f"{piece.path}:{piece.first}" if piece.first else piece.path
