"""Lines from standard input without blocking the event loop."""

import asyncio
import codecs
import contextlib
import os
import sys
import threading
from collections.abc import AsyncIterator

_CHUNK = 1 << 16
_STANDARD_INPUT = 0


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


def can_edit(descriptor: int) -> bool:
    """Whether lines from there can be edited: it and standard output are the terminal that the program was started in,
    on a system that knows how.
    """
    try:
        import readline  # noqa: F401, PLC0415 - as input() has it do the editing; not every Python has it
        import termios  # noqa: F401, PLC0415 - likewise
    except ImportError:
        return False
    return descriptor == _STANDARD_INPUT and os.isatty(descriptor) and sys.stdout.isatty()


async def edited_lines(prompt: str) -> AsyncIterator[str]:
    """Each line as the person at standard input has edited it, with the arrow keys, Ctrl-A, earlier lines and so on.

    A thread waits for it. Nothing ends that but a line, so it is left behind where the chat ends before, and the
    terminal put back into the state in which it was.
    """
    import termios  # noqa: PLC0415 - where `can_edit`

    loop, terminal = asyncio.get_running_loop(), _STANDARD_INPUT
    before = termios.tcgetattr(terminal)
    try:
        while True:
            line: asyncio.Future[str | None] = loop.create_future()
            threading.Thread(target=_typed, args=(prompt, loop, line), daemon=True).start()
            if (typed := await line) is None:
                return
            yield typed
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _typed(prompt: str, loop: asyncio.AbstractEventLoop, line: asyncio.Future[str | None]) -> None:
    """Tells the line; None at the end of input."""
    typed: str | None = None
    with contextlib.suppress(EOFError, OSError):  # the terminal may be gone
        try:
            typed = input(prompt)
        except UnicodeDecodeError:
            typed = "\ufffd"

    def tell() -> None:
        if not line.done():
            line.set_result(typed)

    with contextlib.suppress(RuntimeError):  # nobody waits any more
        loop.call_soon_threadsafe(tell)


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
