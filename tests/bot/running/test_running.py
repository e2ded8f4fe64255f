import asyncio
import logging
import socket
from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from telegram.error import InvalidToken

from bot.app import build
from bot.running.running import at_work
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import pointed_at
from tests.clock import PATIENCE


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


class Warned(logging.Handler):
    """Tells that something has been logged."""

    def __init__(self) -> None:
        super().__init__()
        self.event = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if "trying again" in record.getMessage():
            self.event.set()


@pytest.fixture
def warned() -> Iterator[Warned]:
    handler = Warned()
    logger = logging.getLogger("bot.running.running")
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


async def test_telegram_that_comes_up_late_is_served(settings: Settings, library: Library, warned: Warned) -> None:
    world, port, over = World(), free_port(), asyncio.Event()

    async def run() -> None:
        async with at_work(build(pointed_at(f"http://127.0.0.1:{port}", world, settings), library)):
            await over.wait()

    async with asyncio.timeout(PATIENCE):
        bot = asyncio.create_task(run())
        await warned.event.wait()
        async with serving(world, port=port):
            user = world.add_user("Lan")
            world.say(user, world.private_chat(user), "/help")
            reply = await world.next_message(world.private_chat(user), after=1)
            over.set()
            await bot
    assert "Cách hỏi" in reply["text"]


async def test_a_refused_token_ends_it_and_closes_what_was_opened(settings: Settings, library: Library) -> None:
    world = World()
    async with serving(world) as address:
        wrong = pointed_at(address, world, settings).model_copy(update={"token": SecretStr("1:wrong")})
        bot = build(wrong, library)
        with pytest.raises(InvalidToken):
            async with at_work(bot):
                pass
    assert not bot.running
    assert not settings.log.path.exists()


def test_without_a_token_there_is_no_bot(settings: Settings, library: Library) -> None:
    with pytest.raises(ValueError, match="token"):
        build(settings, library)


async def test_a_server_that_holds_no_polls_is_not_asked_without_a_pause(settings: Settings, library: Library) -> None:
    world = World()
    hurried = settings.model_copy(update={"telegram": settings.telegram.model_copy(update={"poll": 0})})
    async with serving(world) as address, at_work(build(pointed_at(address, world, hurried), library)):
        await world.until(lambda: len(world.calls_of("getUpdates")) >= 3, 10)
    first, _, third, *_ = [call.at for call in world.calls_of("getUpdates")]
    assert third - first >= 0.3
