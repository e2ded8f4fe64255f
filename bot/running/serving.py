"""A web application inside the program's own event loop."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.guest import listening, served

_REQUEST_WITHIN = 10.0  # seconds from a connection, or the first byte on it, to the end of a request's headers


@contextlib.asynccontextmanager
async def serving(
    app: Starlette, host: str, port: int, setting: str, http: "type[Punctual] | None" = None
) -> AsyncIterator[str]:
    """Serve the application while the block runs; gives its address, such as `http://127.0.0.1:43123`.

    Port 0 takes a free one; `http` says how patiently requests are read. Raises PortInUse, whose message names the
    address and the `setting` that changes it.
    """
    async with served(app, listening(host, port, setting), http or Punctual) as address:
        yield address


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
