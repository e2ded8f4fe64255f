"""Lines from standard input without a thread and without blocking the event loop."""

import asyncio
import codecs
import os
from collections.abc import AsyncIterator

_CHUNK = 1 << 16


async def typed_lines(descriptor: int) -> AsyncIterator[str]:
    """Each line without its end, as it comes from a terminal, a pipe or a file; bytes that aren't UTF-8 become U+FFFD.

    Ends at the end of input (Ctrl-D in a terminal).
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    pending = ""
    while chunk := await _chunk(descriptor):
        *complete, pending = (pending + decoder.decode(chunk)).split("\n")
        for line in complete:
            yield line.removesuffix("\r")
    if pending := pending + decoder.decode(b"", final=True):
        yield pending


async def _chunk(descriptor: int) -> bytes:
    """What is there to read, once something is; empty at the end of input."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    try:
        loop.add_reader(descriptor, readable.set)
    except OSError:  # a file or /dev/null cannot be watched, and never makes one wait
        return os.read(descriptor, _CHUNK)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)
    try:
        return os.read(descriptor, _CHUNK)
    except OSError:  # the terminal is gone
        return b""
