"""Replies as a running sandbox has them: sent in both forms, taken as strictly as Telegram takes them, and read."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from bot.sandbox.server import create_app
from bot.sandbox.world import World
from bot.updates.rich import read

_WORD = re.compile(r"\w+")


class Sending:
    """A bot that says each thing twice to one person."""

    def __init__(self, world: World, client: httpx.AsyncClient) -> None:
        self._world, self._client = world, client
        self._chat = world.private_chat(world.add_user("Lan"))

    async def html(self, messages: Sequence[str]) -> list[str]:
        """The words of messages in HTML, as a reader sees them."""
        shown = [await self._sent("sendMessage", text=text, parse_mode="HTML") for text in messages]
        return _WORD.findall("\n".join(message["text"] for message in shown))

    async def rich(self, message: Mapping[str, Any] | None) -> list[str]:
        """The words of a rich message, as a reader sees them."""
        assert message is not None
        reading = read((await self._sent("sendRichMessage", rich_message=message))["rich_message"])
        assert not reading.unknown
        return _WORD.findall(reading.text)

    async def _sent(self, method: str, **params: Any) -> dict[str, Any]:
        given = {"chat_id": self._chat.id, **params}
        answer = (await self._client.post(f"/bot{self._world.token}/{method}", json=given)).json()
        assert answer["ok"], (answer, params)
        message: dict[str, Any] = answer["result"]
        return message


@asynccontextmanager
async def sending() -> AsyncIterator[Sending]:
    """To a server of its own."""
    world = World()
    transport = httpx.ASGITransport(create_app(world))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield Sending(world, client)
