"""Zip files of all other kinds, of zip files too, within limits."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from retrieval.records import Problem, Reading

from . import sidecar
from .files import UNREAD_KIND, is_readable, is_unread
from .source import Budget, Limits, Source, UnreadableError

_ENCRYPTED = 0x1  # general purpose bit 0 of the zip format
_SMALL = 1_000_000  # bytes that may be packed as tightly as they like


def read_zip(
    source: Source, data: bytes, read: Callable[[Source, bytes], Iterator[Reading | Problem]]
) -> Iterator[Reading | Problem]:
    """The articles of every member that is a readable file, in the order of names; a member refused is a problem.

    A member's name becomes part of its articles' ids, and nothing is ever written where it points.
    """
    limits = source.limits
    if source.depth >= limits.depth:
        raise UnreadableError(f"archives in archives, more than {limits.depth} deep: left out")
    budget = source.budget or Budget(limits.unpacked, limits.members)
    with open_zip(data) as archive:
        members = {info.filename: info for info in archive.infolist() if not info.filename.endswith("/")}
        budget.members -= len(members)
        if budget.members < 0:
            raise UnreadableError(f"more than {limits.members:,} files in it")
        if not any(is_readable(name) or is_unread(name) for name in members):
            yield Problem(source.path, "no file in it of a kind that is read")
        for name in sorted(filter(is_unread, members)):
            yield Problem(f"{source.path}/{_shown(name)}", UNREAD_KIND)
        for name in sorted(filter(is_readable, members)):
            try:
                content = read_member(archive, members[name], limits, budget)
                beside = members.get(name + sidecar.SUFFIX)
                notes = read_member(archive, beside, limits, budget) if beside else None
            except UnreadableError as error:
                yield Problem(f"{source.path}/{_shown(name)}", str(error))
                continue
            override, problems = sidecar.read_sidecar(f"{source.path}/{name}", notes)
            yield from problems
            yield from read(source.member(name, override, budget), content)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive. Raises `UnreadableError` where it is none."""
    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError) as error:
        raise UnreadableError(f"damaged or no .zip: {error}") from None


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits, budget: Budget) -> bytes:
    """One member unpacked; raises `UnreadableError` where it is encrypted, damaged, misnamed or too large."""
    if not info.filename.isprintable():
        raise UnreadableError("line break or control character in the file name: rename it")
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError("encrypted")
    if info.file_size > limits.bulk:
        raise UnreadableError(f"{info.file_size:,} bytes, above the limit of {limits.bulk:,} for a file in an archive")
    if info.file_size > _SMALL and info.file_size > limits.ratio * info.compress_size:
        raise UnreadableError(f"packed more than {limits.ratio}:1, as no text is: a zip bomb?")
    if info.file_size > budget.unpacked:
        raise UnreadableError(f"the archive unpacks to more than {limits.unpacked:,} bytes: left out")
    budget.unpacked -= info.file_size
    try:
        with archive.open(info) as member:
            return member.read(info.file_size)  # never more than announced, and checked above
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"damaged: {error}") from None


def _shown(name: str) -> str:
    return name if name.isprintable() else ascii(name)
