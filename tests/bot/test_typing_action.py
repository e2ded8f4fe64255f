"""The sign of typing: only where an answer takes long, and never in its way."""

import asyncio

import pytest
from telegram.error import NetworkError

from bot.handlers.typing_action import announced


class Signs:
    """Counts the signs; the work can wait for the first."""

    def __init__(self, error: Exception | None = None) -> None:
        self.count = 0
        self.first = asyncio.Event()
        self.error = error

    async def __call__(self) -> None:
        self.count += 1
        self.first.set()
        if self.error:
            raise self.error

    async def long_work(self) -> str:
        await self.first.wait()
        await asyncio.sleep(0)
        return "answer"


async def quick_work() -> str:
    await asyncio.sleep(0)
    return "answer"


@pytest.mark.parametrize("error", [None, NetworkError("down")], ids=["shown", "refused"])
async def test_a_long_answer_is_announced_and_a_sign_that_fails_harms_nothing(error: Exception | None) -> None:
    signs = Signs(error)
    assert await announced(signs, signs.long_work(), 0) == "answer"
    assert signs.count == 1


async def test_a_quick_answer_is_not() -> None:
    signs = Signs()
    assert await announced(signs, quick_work()) == "answer"
    assert signs.count == 0


async def test_a_sign_that_hangs_delays_nothing() -> None:
    begun = asyncio.Event()

    async def hanging() -> None:
        begun.set()
        await asyncio.Event().wait()

    async def work() -> str:
        await begun.wait()
        return "answer"

    assert await announced(hanging, work(), 0) == "answer"
