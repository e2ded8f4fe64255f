from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram.ext import ExtBot

from bot.once.inbox import Inbox
from tests.bot.outgoing.scripted import Server, started


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def bot(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ExtBot[None]]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    inbox = Inbox(tmp_path / "inbox.sqlite3", 1)
    await inbox.open()
    yield (bot := await started(server, inbox))
    await bot.request.shutdown()
    await inbox.close()
