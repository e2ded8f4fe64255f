"""Programs forked from one that has imported what they need, which takes a processor two seconds for each that Python
starts. Each is a process in a session of its own, with an id by which it is killed and a status with which it ends.

`Programs` starts `python -m tests.bot.faults.programs`, and sends it a request for each: files, among them one to read
what is wanted from. It forks a keeper, which forks the program, tells its id, waits for it and tells how it has ended.
"""

import asyncio
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from asyncio import StreamReader, StreamReaderProtocol
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[3]
# What is sent with each request: where it stands, what the program's standard error is, and where is told of it.
_FILES = 3


class Program(Process):
    """As one that asyncio has started."""

    def __init__(self, pid: int, stderr: StreamReader, told: StreamReader) -> None:
        self.pid, self.stderr = pid, stderr
        self._status: int | None = None
        self._ended = asyncio.create_task(self._end(told))

    async def _end(self, told: StreamReader) -> int:
        self._status = int(await told.read())
        return self._status

    @property
    def returncode(self) -> int | None:
        """The exit status, or the signal that has ended it, negative; None while it runs."""
        return self._status

    async def wait(self) -> int:
        """Until it has ended."""
        return await asyncio.shield(self._ended)

    async def communicate(self, _: object = None) -> tuple[bytes, bytes]:
        """What it yet says on standard error, once it has ended."""
        assert self.stderr is not None
        said = await self.stderr.read()
        await self.wait()
        return b"", said

    def send_signal(self, signal: int) -> None:
        """Unless it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal)

    def terminate(self) -> None:
        """As who stops it does."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """As nobody can prevent."""
        self.send_signal(signal.SIGKILL)


class Programs:
    """Starts them, with this process' environment."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", __name__, str(theirs.fileno())]
            self._server = subprocess.Popen(  # noqa: S603 - ourselves
                command, cwd=ROOT, pass_fds=[theirs.fileno()], start_new_session=True
            )

    async def start(self, program: Sequence[str]) -> Program:
        """`python` with these arguments, `-m` or `-c` and others."""
        wanted, wants = os.pipe()
        stderr, says = os.pipe()
        told, tells = os.pipe()
        try:
            socket.send_fds(self._line, [b"!"], [wanted, says, tells])
        finally:
            for file in (wanted, says, tells):
                os.close(file)
        with os.fdopen(wants, "w", encoding="utf-8") as request:
            json.dump((program, dict(os.environ)), request)
        reader, tidings = await _reader(stderr), await _reader(told)
        return Program(int(await tidings.readline()), reader, tidings)

    def close(self) -> None:
        """No more are started."""
        self._line.close()
        self._server.wait()


async def _reader(file: int) -> StreamReader:
    reader = StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: StreamReaderProtocol(reader), os.fdopen(file, "rb"))
    return reader


def main(line: socket.socket) -> None:
    """In the process that they are forked from: fork them, until nobody wants any; in each of them: be the program."""
    from bot import app, command_line  # noqa: F401, PLC0415 - for those forked from here
    from bot.finding import preloaded  # noqa: F401, PLC0415
    from bot.running import alone, offline, opening, running  # noqa: F401, PLC0415
    from retrieval import known  # noqa: PLC0415

    while True:
        _, files, _, _ = socket.recv_fds(line, 1, _FILES)
        if not files:
            return
        if keeper := os.fork():
            for file in files:
                os.close(file)
            os.waitpid(keeper, os.WNOHANG)
        elif not (process := os.fork()):
            break
        else:
            _keep(process, *files)
    wanted, stderr, tells = files
    line.close()
    os.setsid()
    os.dup2(stderr, 2)
    with os.fdopen(wanted, encoding="utf-8") as request:
        (how, what, *arguments), environment = json.load(request)
    os.close(stderr)
    os.close(tells)
    os.environ.clear()
    os.environ.update(environment)
    known.cross_encoder.cache_clear()  # the environment says whether there is one
    sys.argv = [how, *arguments]
    if how == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(what, {"__name__": "__main__"})  # noqa: S102 - as Python does


def _keep(process: int, wanted: int, stderr: int, tells: int) -> None:
    """Tell of the program, and end with it. Its standard error ends when nobody has it open any more."""
    os.close(wanted)
    os.close(stderr)
    os.write(tells, f"{process}\n".encode())
    os.write(tells, str(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])).encode())
    os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
