"""Work that is asked for often is done now and then."""

import asyncio

from bot.library.gathered import Gathered
from tests.clock import PATIENCE


async def test_work_is_done_once_for_many_who_ask_and_none_for_other_work() -> None:
    done: list[str] = []
    over = asyncio.Event()

    async def read() -> None:
        done.append("read")

    async def mend(why: str) -> None:
        done.append(why)
        over.set()

    gathered = Gathered(0)
    for why in ("cut off", "damaged"):
        gathered.ask(read)
        gathered.ask(mend, why)
    async with asyncio.timeout(PATIENCE):
        await over.wait()
    await gathered.close()
    assert done == ["read", "damaged"]
