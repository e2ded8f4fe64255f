"""A call that a fault befalls (see `faults`), as its connection feels it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, FaultQueue

Result = TypeVar("Result")


class Gone(Exception):  # noqa: N818 - no error: the client has left
    """Nobody waits for the answer any more."""


async def fail(
    request: Request, fault: Fault, faults: FaultQueue, answer: Callable[[], Awaitable[Response]]
) -> Response:
    """What the bot gets instead of the `answer`, be it an error, or late."""
    given = await _given(answer) if fault.handled else None
    match fault.kind:
        case "error":
            raise ApiError(fault.code, fault.description, fault.parameters)
        case "body":
            return Response(fault.body, fault.code, media_type="text/html")
        case "hold" if await while_connected(request, faults.hold()):
            given = given or await _given(answer)
            if isinstance(given, ApiError):
                raise given
            return given
        case _:
            return await _dropped(request)


async def _given(answer: Callable[[], Awaitable[Response]]) -> Response | ApiError:
    try:
        return await answer()
    except ApiError as error:
        return error


async def _dropped(request: Request) -> Response:
    """Close the connection without a word; needs the server of `serve`, which hands on its transport."""
    request.state.transport.abort()
    await _disconnected(request)
    return Response()  # to nobody


async def while_connected(request: Request, work: Coroutine[Any, Any, Result]) -> Result:
    """The work's result; work whose client goes away is given up, and raises Gone."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Gone
    finally:
        working.cancel()
        leaving.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
