"""A web application inside the program's own event loop."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

_REQUEST_WITHIN = 10.0  # seconds from a connection, or the first byte on it, to the end of a request's headers
_GRACE = 2  # seconds for answers under way when the server stops


class PortInUse(OSError):  # noqa: N818 - a state of the machine, named as people say it
    """Another program listens there already."""


@contextlib.asynccontextmanager
async def serving(
    app: Starlette, host: str, port: int, setting: str, http: "type[Punctual] | None" = None
) -> AsyncIterator[str]:
    """Serve the application while the block runs; gives its address, such as `http://127.0.0.1:43123`.

    Port 0 takes a free one; `http` says how patiently requests are read. Raises PortInUse, whose message names the
    address and the `setting` that changes it.
    """
    listener = _listener(host, port, setting)
    server = _Server(
        uvicorn.Config(
            app,
            http=http or Punctual,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=_GRACE,
            date_header=False,  # refreshed by the tick that _Server does without
        )
    )
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    try:
        yield _address(listener)
    finally:
        server.stopping.set()
        await task


def _listener(host: str, port: int, setting: str) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named asyncio switches Nagle's algorithm off; else each answer waits 40 ms for an ACK.
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


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Punctual(H11Protocol):
    """Closes a connection on which no whole request comes: uvicorn would keep it, and whoever opens many, for ever."""

    within = _REQUEST_WITHIN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._awaited: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """As asyncio calls it."""
        super().connection_made(transport)
        self._await()

    def data_received(self, data: bytes) -> None:
        """As asyncio calls it."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._forget()
        elif before is None or before.response_complete:
            self._await()

    def shutdown(self) -> None:
        """As uvicorn calls it when the server stops: a request that has not come as a whole is not waited for."""
        if self.cycle is not None and not self.cycle.response_complete and self.cycle.more_body:
            self.transport.close()
        else:
            super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """As asyncio calls it."""
        self._forget()
        super().connection_lost(exc)

    def _await(self) -> None:
        if self._awaited is None:
            self._awaited = self.loop.call_later(self.within, self.transport.close)

    def _forget(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None


class _Server(uvicorn.Server):
    """Uvicorn as a guest: the program handles signals, and stopping doesn't wait for a tick."""

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
