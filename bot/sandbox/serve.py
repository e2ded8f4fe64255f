"""The sandbox's server inside the program's own event loop."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.sandbox.server import create_app
from bot.sandbox.world import World


class PortInUse(OSError):  # noqa: N818 - a state of the machine, named as people say it
    """Another program listens there already."""


@contextlib.asynccontextmanager
async def serving(
    world: World, host: str = "127.0.0.1", port: int = 0, setting: str = "TRICH_SANDBOX_PORT"
) -> AsyncIterator[str]:
    """Serve the world while the block runs; gives the address, such as `http://127.0.0.1:43123`.

    Port 0 takes a free one. python-telegram-bot's `base_url` is that address + `/bot`. Raises PortInUse, whose message
    names the address and the `setting` that changes it. At the end long polls and held answers are released; the same
    world can be served again, as after an outage.
    """
    listener = _listener(host, port, setting)
    config = uvicorn.Config(
        create_app(world, host),
        http=_Protocol,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        date_header=False,  # refreshed by the tick that _Server does without
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    world.updates.open()
    world.faults.open()
    if world.webhook is not None:
        world.webhook.start()
    await server.ready.wait()
    try:
        yield _address(listener)
    finally:
        world.updates.close()
        world.faults.close()
        if world.webhook is not None:
            await world.webhook.stop()
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
        raise PortInUse(f"cannot serve the sandbox on {host}:{port}: the port is in use; set {setting}") from None
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Protocol(H11Protocol):
    """Hands its transport on to the application, which closes it where a fault drops the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


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
