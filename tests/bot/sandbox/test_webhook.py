"""Webhooks: updates brought to a real address, again and again until it takes them."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.sandbox.serve import serving
from bot.sandbox.signals import Signal
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api
from tests.clock import PATIENCE


@dataclass
class Receiver:
    """The bot's own little web server."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)  # for the next requests; then 200
    got: list[tuple[str | None, dict[str, Any]]] = field(default_factory=list)  # the secret, the update
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    changed: Signal = field(default_factory=Signal)
    most_at_once: int = 0
    _at_once: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except asyncio.IncompleteReadError:
            return  # the client has gone
        finally:
            writer.close()
            await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            fields = dict(line.lower().split(": ", 1) for line in head.decode().splitlines()[1:] if line)
            body = await reader.readexactly(int(fields["content-length"]))
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.got.append((fields.get("x-telegram-bot-api-secret-token"), json.loads(body)))
            self.changed.notify()
            await self.answering.wait()
            self._at_once -= 1
            status = self.statuses.pop(0) if self.statuses else 200
            writer.write(f"HTTP/1.1 {status} So\r\ncontent-length: 0\r\n\r\n".encode())


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.answering.set()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.ensure_future(receiver.serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    yield receiver
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def taken(world: World) -> None:
    """Wait until nothing waits any more."""
    async with asyncio.timeout(PATIENCE):
        await world.updates.changed.until(lambda: len(world.updates) == 0)


async def test_updates_are_brought_with_the_secret(
    bot: Bot, world: World, an: User, chat: Chat, receiver: Receiver
) -> None:
    waiting = world.say(an, chat, "một")
    assert await bot.set_webhook(receiver.url, secret_token="Bi_mat-1", max_connections=1)
    said = [waiting, world.say(an, chat, "hai"), world.say(an, chat, "ba")]
    await taken(world)
    assert receiver.got == [("bi_mat-1", update) for update in said]
    assert await bot.delete_webhook()
    world.say(an, chat, "bốn")
    assert len(await bot.get_updates()) == 1
    assert len(receiver.got) == 3


async def test_an_update_that_is_refused_comes_again_until_it_is_taken(
    bot: Bot, world: World, an: User, chat: Chat, receiver: Receiver
) -> None:
    world.webhook_pause = 0
    receiver.statuses = [500, 403]
    await bot.set_webhook(receiver.url, max_connections=1)
    update = world.say(an, chat, "một")
    await taken(world)
    assert receiver.got == [(None, update)] * 3
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.pending_update_count) == (receiver.url, 1, 0)
    assert info.last_error_message == "Wrong response from the webhook: 403 So"
    assert info.last_error_date is not None


async def test_where_nobody_listens_updates_wait(bot: Bot, world: World, an: User, chat: Chat) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    await bot.set_webhook(f"http://127.0.0.1:{port}/", allowed_updates=["message"])
    update = world.say(an, chat, "một")
    async with asyncio.timeout(PATIENCE):
        await world.updates.changed.until(lambda: world.webhook is not None and world.webhook.last_error is not None)
    info = await bot.get_webhook_info()
    assert (info.last_error_message, info.pending_update_count) == ("Connection refused", 1)
    assert info.allowed_updates == ("message",)
    await bot.delete_webhook()
    assert [each.update_id for each in await bot.get_updates()] == [update["update_id"]]


@pytest.mark.parametrize("connections", [1, 3])
async def test_only_so_many_are_brought_at_once(
    api: Api, world: World, chat: Chat, receiver: Receiver, connections: int
) -> None:
    receiver.answering.clear()
    await api("setWebhook", url=receiver.url, max_connections=connections)
    for number in range(5):
        world.say(world.users[chat.id], chat, str(number))
    async with asyncio.timeout(PATIENCE):
        await receiver.changed.until(lambda: len(receiver.got) == connections)
    receiver.answering.set()
    await taken(world)
    assert receiver.most_at_once == connections
    assert sorted(update["message"]["text"] for _, update in receiver.got) == list("01234")
    await api("deleteWebhook")


async def test_an_update_can_be_brought_twice(api: Api, world: World, an: User, chat: Chat, receiver: Receiver) -> None:
    await api("setWebhook", url=receiver.url)
    update = world.say(an, chat, "một")
    await taken(world)
    world.updates.repeat(update)
    async with asyncio.timeout(PATIENCE):
        await world.updates.changed.until(lambda: world.updates.first() is None)
    assert receiver.got == [(None, update)] * 2
    await api("deleteWebhook")


async def test_a_webhook_outlives_an_outage(world: World, an: User, chat: Chat, receiver: Receiver) -> None:
    async with serving(world) as url, httpx.AsyncClient() as client:
        await client.post(f"{url}/bot{world.token}/setWebhook", json={"url": receiver.url})
    update = world.say(an, chat, "một")
    assert receiver.got == []
    async with serving(world):
        await taken(world)
    assert receiver.got == [(None, update)]


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, world: World, receiver: Receiver) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await world.updates.changed.until(lambda: world.updates.awaited)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert await bot.set_webhook("")
    assert await bot.get_updates() == ()


async def test_what_waits_is_dropped_if_asked(bot: Bot, world: World, an: User, chat: Chat, receiver: Receiver) -> None:
    world.say(an, chat, "một")
    await bot.set_webhook(receiver.url, drop_pending_updates=True)
    update = world.say(an, chat, "hai")
    await taken(world)
    assert receiver.got == [(None, update)]


@pytest.mark.parametrize(
    ("url", "secret", "said"),
    [
        ("http://example.org/hook", "", "bad webhook: an https url must be provided for webhook"),
        ("ftp://127.0.0.1/hook", "", "bad webhook: an https url must be provided for webhook"),
        ("https://example.org:8081/", "", "bad webhook: webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://example.org:port/", "", "bad webhook: invalid url specified"),
        ("http://127.0.0.1:1/", "bí mật", "secret token contains unallowed characters"),
        ("http://127.0.0.1:1/", "a" * 257, "secret token contains unallowed characters"),
    ],
)
async def test_set_webhook_refuses(bot: Bot, world: World, url: str, secret: str, said: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){said}"):
        await bot.set_webhook(url, secret_token=secret)
    assert world.webhook is None
