"""`/sandbox/`, what the page needs besides `control`: what changes as it changes, answers to wait for, files, menus.

GET /sandbox/events          server-sent events, each what has changed since the one before (see `views`), the first
                             all that there is; `Last-Event-ID` or ?after= goes on from an earlier one
GET /sandbox/taps/{id}       the bot's answer to a tap on a button, once there is one; null after a while
GET /sandbox/inline/{id}     its answer to an inline query, likewise
GET /sandbox/menu            ?chat=&user=: the commands that an app lists
GET /sandbox/files/{id}      a picture to show, a document to save
GET /sandbox/turns           ?chat=&message=: the update that this message, or else the last one, is about or came of;
                             what the bot did about it, and by what it chose its answer
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.chats import Chat
from bot.sandbox.control import call_as_json
from bot.sandbox.errors import bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.menus import menu
from bot.sandbox.turns import Turn, turns
from bot.sandbox.updates import Update
from bot.sandbox.views import viewed
from bot.sandbox.world import World

_PATIENCE = 15.0  # seconds for an answer, as Telegram's apps have it
_RETRY = 500  # milliseconds until a browser that has lost the stream tries again
_SILENCE = 20.0  # seconds without a change until a sign of life is sent

# What an answer was chosen by, as JSON; None for an update that asks nothing.
Explain = Callable[[Update], Awaitable[Mapping[str, Any] | None]]


@dataclass(slots=True)
class Page:
    """What the page offers besides the chats: questions to tap, and its own words by name (page.toml), both by
    language; and by what an answer was chosen.
    """

    samples: Mapping[str, Sequence[str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    explain: Explain | None = None


class Live:
    """The routes over one world."""

    def __init__(self, world: World, page: Page) -> None:
        self._world = world
        self._page = page
        self._epoch = uuid.uuid4().hex[:8]  # another start of the server has another world

    def routes(self) -> list[Route]:
        """All of them."""
        return [
            Route("/sandbox/events", self._events),
            Route("/sandbox/taps/{id}", self._tap),
            Route("/sandbox/inline/{id}", self._inline),
            Route("/sandbox/menu", self._menu),
            Route("/sandbox/files/{id}", self._file),
            Route("/sandbox/turns", self._turn),
        ]

    async def _events(self, request: Request) -> Response:
        known = request.headers.get("last-event-id") or request.query_params.get("after", "")
        epoch, _, number = known.partition("-")
        after = int(number) if epoch == self._epoch and number.isdecimal() else 0
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(after), media_type="text/event-stream", headers=headers)

    async def _stream(self, known: int) -> AsyncIterator[str]:
        changes = self._world.changes
        yield f"retry: {_RETRY}\n\n"
        if not known:
            bot = self._world.bot.as_json()
            yield f"event: hello\ndata: {json.dumps({'bot': bot}, ensure_ascii=False)}\n\n"
        while True:
            if changes.last > known or not known:
                keys, known = changes.since(known), changes.last
                news = json.dumps(viewed(self._world, keys), ensure_ascii=False)
                yield f"id: {self._epoch}-{known}\ndata: {news}\n\n"
            try:
                async with asyncio.timeout(_SILENCE):
                    if not await changes.after(known):
                        return
            except TimeoutError:
                yield ": still here\n\n"

    async def _tap(self, request: Request) -> Response:
        return await self._answer(self._world.callback_queries, request.path_params["id"])

    async def _inline(self, request: Request) -> Response:
        return await self._answer(self._world.inline_queries, request.path_params["id"])

    async def _answer(self, queries: Mapping[str, dict[str, Any] | None], query_id: str) -> Response:
        if query_id not in queries:
            raise bad_request("query not found")
        try:
            await self._world.until(lambda: queries[query_id] is not None or self._world.changes.closed, _PATIENCE)
        except TimeoutError:
            return _ok(None)
        return _ok(queries[query_id])

    async def _menu(self, request: Request) -> Response:
        chat, user = self._chat(request), self._world.users.get(_number(request, "user") or 0)
        if user is None:
            raise bad_request("user not found")
        return _ok(menu(self._world, chat, user))

    async def _file(self, request: Request) -> Response:
        file = self._world.files.of(request.path_params["id"])
        return Response(file.content, headers=_file_headers(file))

    async def _turn(self, request: Request) -> Response:
        message_id = _number(request, "message")
        happened = turns(self._world.updates.history, self._world.calls, self._chat(request).id)
        wanted = [turn for turn in happened if message_id is None or turn.concerns([message_id])]
        if not wanted:
            return _ok(None)
        turn = wanted[-1]
        return _ok(
            {
                "update": turn.update,
                "queued": turn.pushed.queued,
                "calls": [call_as_json(call) | {"after": call.at - turn.pushed.at} for call in turn.calls],
                "explanation": await self._explanation(turn, happened),
            }
        )

    async def _explanation(self, turn: Turn, happened: Sequence[Turn]) -> Mapping[str, Any] | None:
        """Of what the update asked; of a tap, by what the answer was chosen that the button stands under."""
        if self._page.explain is None:
            return None
        tapped = turn.update.get("callback_query", {}).get("message", {}).get("message_id")
        before = [each for each in happened if each is not turn and each.concerns([tapped])] if tapped else []
        for each in (turn, *before):
            if each.pushed.queued and (found := await self._page.explain(each.update)):
                return found
        return None

    def _chat(self, request: Request) -> Chat:
        return self._world.chat(_number(request, "chat") or 0)


def _number(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    try:
        return None if value is None else int(value)
    except ValueError:
        raise bad_request(f'wrong parameter "{name}"') from None


def _file_headers(file: StoredFile) -> dict[str, str]:
    """Only pictures are shown in place: what a document holds is anybody's."""
    if file.size is not None:
        return {"Content-Type": "image/png" if file.content.startswith(b"\x89PNG") else "image/jpeg"}
    name = quote(file.name or "file", safe="")
    return {"Content-Type": "application/octet-stream", "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}


def _ok(result: Any) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})
