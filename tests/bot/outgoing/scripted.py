"""A server whose answers are written down beforehand, a clock of our own, and the real Bot class over both."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.ground.metrics import Metrics
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from bot.outgoing.delivery import Delivery
from bot.outgoing.limits import Line, Rates, Time, Turns
from bot.outgoing.notes import Notes, Words
from bot.outgoing.request import Request
from bot.outgoing.wire import Wire

Answer = Callable[[str, dict[str, str]], httpx.Response]


class Server:
    """Answers each call with the next of `script`, once that is used up with success; remembers all."""

    def __init__(self) -> None:
        self.script: list[httpx.Response | Exception] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.sent_at: list[float] = []
        self.now = 0.0
        self.down_until = 0.0
        self.sleeping = asyncio.Event()
        self.may_wake = asyncio.Event()  # sleep takes no time, unless a test says so
        self.may_wake.set()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        method = request.url.path.rpartition("/")[2]
        params = dict(httpx.QueryParams((await request.aread()).decode()))
        self.calls.append((method, params))
        self.sent_at.append(self.now)
        if self.now < self.down_until:
            raise httpx.ConnectError("refused")
        answer = self.script.pop(0) if self.script else ok(params)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        self.sleeping.set()
        await self.may_wake.wait()
        self.now = max(self.now, until)


def ok(params: dict[str, str], message_id: int = 1) -> httpx.Response:
    chat = {"id": int(params.get("chat_id", "1")), "type": "private"}
    message = {"message_id": message_id, "date": 0, "chat": chat, "text": params.get("text", "")}
    return httpx.Response(200, json={"ok": True, "result": message})


def refusal(code: int, description: str, **parameters: Any) -> httpx.Response:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    return httpx.Response(code, json=body)


def bad(reason: str) -> httpx.Response:
    return refusal(400, f"Bad Request: {reason}")


DONE = httpx.Response(200, json={"ok": True, "result": True})
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("a", callback_data="b")]])
NOT_FOUND, NOT_MODIFIED = bad("message to edit not found"), bad("message is not modified")


async def started(server: Server, inbox: Inbox) -> ExtBot[None]:
    """A run of the program, with what an earlier one has kept."""
    known = KnownIds()
    known.restore(await inbox.message_ids())
    rates = Rates(chat_per_second=1, chat_burst=1, group_per_minute=20, overall_per_second=30)
    time = Time(1.0, 10.0, lambda: server.now, server.sleep)
    wire = Wire(Turns(rates), Line(rates.overall_per_second, time), time, Metrics())
    request = Request("http://127.0.0.1/bot", 5)
    request._client = httpx.AsyncClient(transport=httpx.MockTransport(server))
    return ExtBot(
        "1:x",
        "http://127.0.0.1/bot",
        request=request,
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": False}),
        rate_limiter=Delivery(wire, inbox, known, Notes(lambda _: Words("perhaps", None))),
    )


def methods(server: Server) -> list[str]:
    return [method for method, _ in server.calls]
