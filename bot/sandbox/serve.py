"""The sandbox's server inside the program's own event loop."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.live import Page
from bot.sandbox.server import create_app
from bot.sandbox.world import World

_GRACE = 2  # seconds for answers under way when the server stops


class PortInUse(OSError):  # noqa: N818 - a state of the machine, named as people say it
    """Another program listens there already."""


@contextlib.asynccontextmanager
async def serving(
    world: World,
    host: str = "127.0.0.1",
    port: int = 0,
    setting: str = "TRICH_SANDBOX__PORT",
    page: Page | None = None,
) -> AsyncIterator[str]:
    """Serve the world while the block runs; gives the address, such as `http://127.0.0.1:43123`.

    Port 0 takes a free one. python-telegram-bot's `base_url` is that address + `/bot`. Raises PortInUse, whose message
    names the address and the `setting` that changes it. At the end long polls, held answers and streams are released;
    the same world can be served again, as after an outage. `page`: see `create_app`.
    """
    app = create_app(world, host, page)
    async with _served(app, _listener(host, port, setting)) as address:
        world.changes.open()
        world.updates.open()
        world.faults.open()
        if world.webhook is not None:
            world.webhook.start()
        try:
            yield address
        finally:
            world.changes.close()
            world.updates.close()
            world.faults.close()
            if world.webhook is not None:
                await world.webhook.stop()


class _Protocol(H11Protocol):
    """Hands its transport on to the application, which closes it where a fault drops the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


@contextlib.asynccontextmanager
async def _served(app: Starlette, listener: socket.socket) -> AsyncIterator[str]:
    server = _Guest(
        uvicorn.Config(
            app,
            http=_Protocol,
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


def _listener(host: str, port: int, setting: str) -> socket.socket:
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
    """Uvicorn in an event loop that is another's: the program handles signals, and stopping doesn't wait for a tick."""

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
