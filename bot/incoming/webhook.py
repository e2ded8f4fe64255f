"""Updates that Telegram brings instead of being asked for them; what becomes of them is the same."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.updates.parsing import identified, parsed

_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name of a header


def create_app(  # noqa: PLR0913 - each a trait of the webhook
    path: str,
    secret: str,
    largest: int,
    take: Callable[[Sequence[Update]], Awaitable[bool | None]],
    bot: Bot,
    *,
    within: float = 10.0,
) -> Starlette:
    """`POST path` with an update; 200 when it is remembered, 503 where it can be neither remembered nor done with.

    401 without the secret, 413 for more than `largest` bytes, 408 for a body that isn't there `within` so many seconds,
    400 for what is no update.
    """

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(_SECRET, "").encode(), secret.encode()):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        try:
            async with asyncio.timeout(within):
                body = await _body(request, largest)
        except TimeoutError:
            return Response(status_code=HTTPStatus.REQUEST_TIMEOUT, headers={"Connection": "close"})
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            updates = identified([json.loads(body)])
        except (ValueError, RecursionError):
            updates = []
        if not updates:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        taken = await take([parsed(update, bot) for update in updates])
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE if taken is False else HTTPStatus.OK)

    return Starlette(routes=[Route(path, receive, methods=["POST"])])


async def _body(request: Request, largest: int) -> bytes | None:
    """The body; None where it is too large, and reading stops."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > largest:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
