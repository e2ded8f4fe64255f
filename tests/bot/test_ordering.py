import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

from telegram import Chat, Message, Update

from bot.ordering import InOrderWithinChat


def update_in(chat_id: int, update_id: int = 1) -> Update:
    message = Message(update_id, datetime(2026, 1, 1, tzinfo=UTC), Chat(chat_id, Chat.PRIVATE))
    return Update(update_id, message=message)


async def test_updates_of_one_chat_are_handled_in_their_order() -> None:
    processor = InOrderWithinChat()
    done: list[int] = []
    first_may_go_on = asyncio.Event()

    async def handle(number: int) -> None:
        if number == 0:
            await first_may_go_on.wait()
        done.append(number)

    async with asyncio.TaskGroup() as tasks:
        for number in range(5):
            tasks.create_task(processor.process_update(update_in(1, number), handle(number)))
        await asyncio.sleep(0)  # all have begun
        assert done == []
        first_may_go_on.set()
    assert done == [0, 1, 2, 3, 4]


async def test_updates_of_two_chats_are_handled_side_by_side() -> None:
    processor = InOrderWithinChat()
    here, there = asyncio.Event(), asyncio.Event()

    async def meet(mine: asyncio.Event, other: asyncio.Event) -> None:
        mine.set()
        await other.wait()

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(processor.process_update(update_in(1), meet(here, there)))
        tasks.create_task(processor.process_update(update_in(2), meet(there, here)))


async def test_a_flood_in_one_chat_leaves_room_for_another() -> None:
    processor = InOrderWithinChat()
    flood_may_end, answered = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        await flood_may_end.wait()

    async def answer() -> None:
        answered.set()

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        for number in range(300):
            tasks.create_task(processor.process_update(update_in(1, number), stuck()))
        tasks.create_task(processor.process_update(update_in(2), answer()))
        await answered.wait()
        flood_may_end.set()


async def test_an_update_that_fails_lets_the_next_one_through() -> None:
    processor = InOrderWithinChat()
    handled = asyncio.Event()

    async def fail() -> None:
        raise RuntimeError

    async def succeed() -> None:
        handled.set()

    calls: list[Coroutine[Any, Any, None]] = [fail(), succeed()]
    await asyncio.gather(*(processor.process_update(update_in(1), call) for call in calls), return_exceptions=True)
    assert handled.is_set()


async def test_an_update_without_a_chat_waits_for_nobody() -> None:
    processor = InOrderWithinChat()
    handled = asyncio.Event()

    async def handle() -> None:
        handled.set()

    await processor.process_update(Update(1), handle())
    assert handled.is_set()


async def test_nothing_is_kept_of_a_chat_that_is_quiet() -> None:
    processor = InOrderWithinChat()
    await processor.process_update(update_in(1), asyncio.sleep(0))
    assert not processor._locks
