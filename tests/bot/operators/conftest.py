"""An operator in a private chat with the bot."""

from collections.abc import Awaitable, Callable

import pytest

from bot.querylog.log import QueryLog
from bot.querylog.rows import Row
from bot.sandbox.world import World
from bot.settings import Settings
from tests.bot.faults.conftest import changed
from tests.bot.groups import Reader

OPERATOR = 1001  # the first person in a world


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return changed(settings, "operators", ids=frozenset({OPERATOR}))


def operator(world: World, language: str = "vi") -> Reader:
    """The operator, as the first person in this world."""
    reader = Reader(world, language, world.users.get(OPERATOR))
    assert reader.user.id == OPERATOR
    return reader


Logged = Callable[..., Awaitable[None]]


@pytest.fixture
def logged(settings: Settings) -> Logged:
    """Writes rows into the bot's log."""

    async def write(*rows: Row) -> None:
        log = QueryLog(settings.log.path)
        await log.open()
        for row in rows:
            await log.write(row)
        await log.close()

    return write
