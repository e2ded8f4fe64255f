"""The bot over a Bot API that others wrote: telegram-test-api, from npm, where it is installed.

    npm install telegram-test-api
    TELEGRAM_TEST_API=node_modules/telegram-test-api python -m pytest tests/bot/test_second_emulator.py

It knows getMe, getUpdates, sendMessage and edits; to all else it answers 500. It holds no polls, echoes the parameters
of a message into its answer, dates it in milliseconds, and answers an edit with null. Only its getMe has to be mended:
a User without `is_bot` is none.
"""

import asyncio
import os
import shutil
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.app import build
from bot.running.running import at_work
from bot.settings import Settings
from retrieval import Library
from tests.clock import PATIENCE

PACKAGE = os.environ.get("TELEGRAM_TEST_API")
pytestmark = pytest.mark.skipif(
    not PACKAGE or not shutil.which("node"), reason="telegram-test-api is not installed (see the file's first lines)"
)
SERVE = """
const folder = process.argv[1] + '/lib/';
const me = {id: 666, is_bot: true, first_name: 'Test', username: 'TestNameBot'};
require(folder + 'routes/bot/getMe').getMe = (app) =>
  app.all('/bot:token/getMe', (_, res) => res.sendResult({ok: true, result: me}));
const {TelegramServer} = require(folder + 'telegramServer');
const server = new TelegramServer({host: '127.0.0.1', port: 1});
server.config.port = 0;
server.start().then(() => console.log(server.server.address().port));
"""
TOKEN = "666:token"  # noqa: S105 - of a local server
Q = "Cây cầu dài bao nhiêu mét?"
GROUP = {"id": -50, "type": "group", "title": "Xóm"}


@pytest.fixture
async def emulator() -> AsyncIterator[str]:
    """Its address."""
    package = str(Path(PACKAGE or "").resolve())
    process = await asyncio.create_subprocess_exec("node", "-e", SERVE, package, stdout=PIPE)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            yield f"http://127.0.0.1:{int(await process.stdout.readline())}"
    finally:
        process.kill()
        await process.communicate()


class Person:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def says(self, text: str, chat: dict[str, Any]) -> None:
        sender = {"id": 1, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
        message = {"botToken": TOKEN, "from": sender, "chat": chat, "date": int(time.time()), "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        await self._client.post("/sendCommand" if text.startswith("/") else "/sendMessage", json=message)

    async def hears(self, chat: dict[str, Any]) -> list[str]:
        """What is new, once there is something."""
        async with asyncio.timeout(PATIENCE):
            while True:
                body = {"token": TOKEN, "chatId": chat["id"]}
                new = (await self._client.post("/getUpdates", json=body)).json()["result"]
                if new:
                    return [each["message"]["text"] for each in new]
                await asyncio.sleep(0.02)


async def test_each_question_gets_one_answer_in_private_and_in_groups(
    emulator: str, settings: Settings, library: Library
) -> None:
    telegram = settings.telegram.model_copy(update={"base_url": f"{emulator}/bot"})
    bot = build(settings.model_copy(update={"token": SecretStr(TOKEN), "telegram": telegram}), library)
    private = {"id": 1, "type": "private", "first_name": "Lan"}
    async with httpx.AsyncClient(base_url=emulator) as client, at_work(bot):
        lan = Person(client)
        for text, answer in ((Q, "1.200 mét"), ("/help", "Cách hỏi"), ("/theodoi cầu Hương An", "🔔")):
            await lan.says(text, private)
            [heard] = await lan.hears(private)
            assert answer in heard
        await lan.says("Chào cả nhà", GROUP)
        await lan.says(f"/hoi {Q}", GROUP)
        [heard] = await lan.hears(GROUP)
        assert "1.200 mét" in heard
