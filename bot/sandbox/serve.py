"""The sandbox's server inside the program's own event loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.guest import listening, served
from bot.sandbox.live import Page
from bot.sandbox.server import create_app
from bot.sandbox.world import World


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
    async with served(app, listening(host, port, setting), _Protocol) as address:
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
