"""Telegram brings the updates: what becomes of them is what becomes of those that are fetched."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from telegram import Bot, Update

from bot.app import build
from bot.incoming.webhook import create_app
from bot.running.running import at_work
from bot.running.serving import Punctual
from bot.running.serving import serving as serving_app
from bot.sandbox.faults import held_response
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from retrieval.settings import SettingsError
from tests.bot.conftest import pointed_at
from tests.bot.faults.conftest import (
    QUESTIONS,
    all_answered,
    answers_in_order,
    ask,
    changed,
    eventually,
    people,
)
from tests.bot.querylog.test_log import rows
from tests.bot.running.test_running import free_port
from tests.clock import PATIENCE

SECRET = "only-for-tests_0123456789"  # noqa: S105 - opens nothing
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def by_webhook(settings: Settings, largest: int = 100_000) -> Settings:
    port = free_port()
    settings = changed(
        settings, "webhook", url=f"http://127.0.0.1:{port}/here", path="/here", port=port, largest=largest
    )
    return settings.model_copy(update={"webhook_secret": SecretStr(SECRET)})


async def test_questions_that_are_brought_are_answered_once_and_in_order(settings: Settings, library: Library) -> None:
    world = World()
    chats = people(world, 4)
    async with serving(world) as address:
        ask(world, chats, each=2)  # while the bot is not yet there
        async with at_work(build(pointed_at(address, world, by_webhook(settings)), library)):
            ask(world, chats, each=3)
            await all_answered(world)
            repeated = world.say(world.users[chats[0].id], chats[0], QUESTIONS[0])
            await all_answered(world)
            world.updates.repeat(repeated)
            ask(world, chats)
            await all_answered(world)
    for chat in chats:
        assert answers_in_order(chat)
    assert world.tally().doubled == 0
    assert len(rows(settings.log.path)) == 4 * 6 + 1
    [hook] = [call.params for call in world.calls_of("setWebhook")]
    assert hook["secret_token"] == SECRET


async def test_telegram_is_told_that_an_update_arrived_before_it_is_answered(
    settings: Settings, library: Library
) -> None:
    """Else it would bring it again while the answer is under way."""
    world = World()
    async with serving(world) as address:
        world.faults.add(held_response(method="sendMessage"))
        async with at_work(build(pointed_at(address, world, by_webhook(settings)), library)):
            ask(world, people(world, 1))
            await all_answered(world)
            await eventually(lambda: len(world.updates) == 0)
            await eventually(lambda: world.faults.held == 1)
            world.faults.clear()
    assert world.tally().doubled == 0


async def test_polling_after_a_webhook_takes_up_where_it_ended(settings: Settings, library: Library) -> None:
    world = World()
    chats = people(world, 2)
    async with serving(world) as address:
        async with at_work(build(pointed_at(address, world, by_webhook(settings)), library)):
            ask(world, chats)
            await all_answered(world)
        ask(world, chats)
        async with at_work(build(pointed_at(address, world, settings), library)):
            await all_answered(world)
    assert (world.tally().answered, world.tally().doubled) == (4, 0)


class Taken(list[int]):
    async def __call__(self, updates: Sequence[Update]) -> None:
        self.extend(update.update_id for update in updates)


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
async def client(taken: Taken) -> AsyncIterator[httpx.AsyncClient]:
    app: Starlette = create_app("/here", SECRET, 10_000, taken, Bot("1:x"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hook") as client:
        yield client


@pytest.mark.parametrize("headers", [{}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: "é"}])
async def test_without_the_secret_nothing_is_taken(
    client: httpx.AsyncClient, taken: Taken, headers: dict[str, str]
) -> None:
    sent = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    response = await client.post("/here", json={"update_id": 1}, headers=sent)
    assert (response.status_code, taken) == (401, [])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"update_id": "1"}', b"\xff", b"[" * 5000])
async def test_what_is_no_update_is_refused(client: httpx.AsyncClient, taken: Taken, body: bytes) -> None:
    response = await client.post("/here", content=body, headers={HEADER: SECRET})
    assert (response.status_code, taken) == (400, [])


async def test_what_is_too_large_is_not_read_to_its_end(client: httpx.AsyncClient, taken: Taken) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 10_000_000:
            read += 1000
            yield b"x" * 1000

    response = await client.post("/here", content=endless(), headers={HEADER: SECRET})
    assert (response.status_code, taken) == (413, [])


class Hurried(Punctual):
    within = 0.05


HEAD = f"POST /here HTTP/1.1\r\nHost: hook\r\n{HEADER}: {SECRET}\r\nContent-Length: 100\r\n"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [("", b""), (HEAD, b""), (f"{HEAD}\r\n{{", b"HTTP/1.1 408 "), (f"GET / HTTP/1.1\r\nHost: hook\r\n\r\n{HEAD}", b"")],
    ids=["nothing", "half of the headers", "half of the body", "half of the second request"],
)
async def test_a_connection_on_which_nothing_more_comes_is_closed(taken: Taken, sent: str, answer: bytes) -> None:
    app = create_app("/here", SECRET, 10_000, taken, Bot("1:x"), within=0.05)
    async with serving_app(app, "127.0.0.1", 0, "PORT", Hurried) as address:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(sent.encode())
        async with asyncio.timeout(PATIENCE):
            assert answer in await reader.read()
        writer.close()
    assert taken == []


async def test_a_body_that_does_not_come_does_not_keep_the_bot_from_stopping(
    taken: Taken, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app("/here", SECRET, 10_000, taken, Bot("1:x"), within=1000)
    async with asyncio.timeout(PATIENCE):
        async with serving_app(app, "127.0.0.1", 0, "PORT") as address:
            _, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
            writer.write(f"{HEAD}\r\n{{".encode())
            await writer.drain()
            await asyncio.sleep(0)
        writer.close()
    assert (taken, caplog.records) == ([], [])


async def test_an_update_that_cannot_be_parsed_is_taken_bare(client: httpx.AsyncClient, taken: Taken) -> None:
    response = await client.post("/here", content=json.dumps({"update_id": 5, "message": 7}), headers={HEADER: SECRET})
    assert (response.status_code, taken) == (200, [5])


@pytest.mark.parametrize("secret", [None, "short", "with a space in it 123"])
def test_a_webhook_needs_a_secret(settings: Settings, monkeypatch: pytest.MonkeyPatch, secret: str | None) -> None:
    assert not settings.webhook.url
    monkeypatch.setenv("TRICH_WEBHOOK__URL", "https://example.org/telegram")
    if secret is not None:
        monkeypatch.setenv("TRICH_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET") as caught:
        Settings.load()
    assert not secret or secret not in str(caught.value)
