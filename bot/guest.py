"""A web server inside an event loop that is another's. It knows nothing of the bot, so the sandbox has it too."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_GRACE = 2  # seconds for answers under way when the server stops


class PortInUse(OSError):  # noqa: N818 - a state of the machine, named as people say it
    """Another program listens there already."""


@contextlib.asynccontextmanager
async def served(app: Starlette, listener: socket.socket, http: type[H11Protocol]) -> AsyncIterator[str]:
    """Serve the application while the block runs; gives its address, such as `http://127.0.0.1:43123`.

    `http` reads its requests.
    """
    server = _Guest(
        uvicorn.Config(
            app,
            http=http,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_GRACE,
            date_header=False,  # refreshed by the tick that _Guest does without
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        host, port = listener.getsockname()[:2]
        yield f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    finally:
        server.stopping.set()
        await task


def listening(host: str, port: int, setting: str) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises PortInUse, whose message names the address and the
    `setting` that changes it.
    """
    # With the protocol named asyncio switches Nagle's algorithm off; else each answer waits 40 ms for an ACK.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno != errno.EADDRINUSE:
            raise
        raise PortInUse(f"cannot listen on {host}:{port}: the port is in use; set {setting}") from None
    return listener


class _Guest(uvicorn.Server):
    """The program handles signals, and stopping doesn't wait for a tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.stopping = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.stopping.wait()
