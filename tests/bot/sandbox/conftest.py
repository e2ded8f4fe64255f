"""A world with one person in it, and two ways to call its Bot API: plain HTTP and python-telegram-bot."""

import io
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.serve import serving
from bot.sandbox.server import create_app
from bot.sandbox.world import Chat, User, World

Answer = dict[str, Any]
Api = Callable[..., Awaitable[Answer]]


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """PTB warns where its errors give seconds as numbers, and takes this for consent to what it will give instead."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def world() -> World:
    return World(token="42:secret", bot_username="trich_bot")


@pytest.fixture
def an(world: World) -> User:
    return world.add_user("An", "an_nguyen")


@pytest.fixture
def chat(world: World, an: User) -> Chat:
    return world.private_chat(an)


@pytest.fixture
async def client(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """Straight into the application, without a socket."""
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def api(world: World, client: httpx.AsyncClient) -> Api:
    """`await api("sendMessage", chat_id=1, text="x")`: the answer to a call with a JSON body."""

    async def call(method: str, **params: Any) -> Answer:
        response = await client.post(f"/bot{world.token}/{method}", json=params)
        answer: Answer = response.json()
        assert response.status_code == answer.get("error_code", 200)
        return answer

    return call


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    """The real client library, over a real socket."""
    async with serving(world) as url:
        request, poll = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))  # reading certificates is slow
        async with Bot(world.token, base_url=f"{url}/bot", request=request, get_updates_request=poll) as bot:
            yield bot


def ends(read: int, write: int) -> Iterator[tuple[int, io.FileIO]]:
    """What the chat reads from, and what to type into."""
    with open(read, "rb", buffering=0) as stdin, open(write, "wb", buffering=0) as typing:
        yield stdin.fileno(), typing


@pytest.fixture
def keyboard() -> Iterator[tuple[int, io.FileIO]]:
    """A pipe."""
    yield from ends(*os.pipe())


@pytest.fixture
def window() -> Iterator[tuple[int, io.FileIO]]:
    """A terminal."""
    master, terminal = os.openpty()
    yield from ends(terminal, master)
