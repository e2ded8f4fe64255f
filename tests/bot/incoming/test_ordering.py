import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.incoming.ordering import Lanes
from tests.clock import PATIENCE

Work = Callable[[], Awaitable[None]]


async def call(work: Work) -> None:
    await work()


async def finished(lanes: Lanes[Work]) -> None:
    async with asyncio.timeout(PATIENCE):
        await lanes.close(PATIENCE)


async def test_items_of_one_lane_are_worked_off_in_their_order() -> None:
    lanes = Lanes(call)
    done: list[int] = []
    first_may_go_on = asyncio.Event()

    def item(number: int) -> Work:
        async def work() -> None:
            if number == 0:
                await first_may_go_on.wait()
            done.append(number)

        return work

    for number in range(5):
        lanes.add("a", item(number))
    await asyncio.sleep(0)  # the first has begun
    assert done == []
    assert lanes.waiting("a") == len(lanes) == 5
    first_may_go_on.set()
    await finished(lanes)
    assert done == [0, 1, 2, 3, 4]


async def test_two_lanes_are_worked_off_side_by_side() -> None:
    here, there = asyncio.Event(), asyncio.Event()

    def meet(mine: asyncio.Event, other: asyncio.Event) -> Work:
        async def work() -> None:
            mine.set()
            await other.wait()

        return work

    lanes = Lanes(call)
    lanes.add("a", meet(here, there))
    lanes.add("b", meet(there, here))
    await finished(lanes)
    assert not len(lanes)


async def test_a_long_lane_leaves_room_for_another() -> None:
    lanes = Lanes(call)
    flood_may_end, answered = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        await flood_may_end.wait()

    async def answer() -> None:
        answered.set()

    for _ in range(3000):
        lanes.add("flood", stuck)
    lanes.add("b", answer)
    async with asyncio.timeout(PATIENCE):
        await answered.wait()
    flood_may_end.set()
    await finished(lanes)


async def test_an_item_that_fails_lets_the_next_one_through(caplog: pytest.LogCaptureFixture) -> None:
    lanes = Lanes(call)
    handled = asyncio.Event()

    async def fail() -> None:
        raise RuntimeError("broken")

    async def succeed() -> None:
        handled.set()

    lanes.add("a", fail)
    lanes.add("a", succeed)
    await finished(lanes)
    assert handled.is_set()
    assert "broken" in caplog.text


async def test_when_the_grace_is_over_what_is_under_way_is_cancelled_and_the_rest_not_begun() -> None:
    lanes = Lanes(call)
    begun: list[int] = []

    async def stuck() -> None:
        begun.append(1)
        await asyncio.Event().wait()

    for _ in range(3):
        lanes.add("a", stuck)
    async with asyncio.timeout(PATIENCE):
        await lanes.close(0.01)
    assert begun == [1]
    assert not len(lanes)


async def test_nothing_is_kept_of_a_lane_that_is_empty() -> None:
    lanes = Lanes(call)
    lanes.add("a", lambda: asyncio.sleep(0))
    await finished(lanes)
    assert not lanes._queues
    assert not lanes._tasks
