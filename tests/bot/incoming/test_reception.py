"""What comes in late: told by the dates of other messages, whatever this machine believes the time to be."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot, Update

from bot.ground.metrics import Metrics
from bot.incoming.reception import Handlers, Patience, Reason, Reception
from bot.once.inbox import Inbox
from bot.once.known_ids import KnownIds
from tests.clock import Clock

HOUR = 3600
NOON = 1_700_000_000  # at Telegram


class Done:
    """What became of the updates, by id."""

    def __init__(self) -> None:
        self.of: dict[int, str] = {}

    async def handle(self, update: Update) -> None:
        self.of[update.update_id] = "answered"

    async def decline(self, update: Update, reason: Reason, _tell: bool) -> None:
        self.of[update.update_id] = reason


@pytest.fixture
def done() -> Done:
    return Done()


@pytest.fixture(params=[0, NOON + 1.5 * HOUR, NOON - 1.5 * HOUR, 4e9], ids=["1970", "ahead", "behind", "2096"])
def clock(request: pytest.FixtureRequest) -> Clock:
    clock = Clock()
    clock.now = request.param
    return clock


@pytest.fixture
async def reception(tmp_path: Path, done: Done, clock: Clock) -> AsyncIterator[Reception]:
    inbox = Inbox(tmp_path / "inbox.sqlite3", 1, clock=clock)
    await inbox.open()
    handlers = Handlers(done.handle, done.decline, lambda _: True)
    yield Reception(inbox, KnownIds(), Metrics(), Patience(1000, HOUR, clock), handlers)
    await inbox.close()


def asked(update_id: int, date: int, chat: int = 7, **more: Any) -> Update:
    message = {"message_id": update_id, "date": date, "chat": {"id": chat, "type": "private"}, "text": "Ai?"} | more
    return Update.de_json({"update_id": update_id, "edited_message" if more else "message": message}, None)


async def settled(reception: Reception) -> None:
    await reception.close(10)


async def test_what_is_asked_now_is_answered_whatever_the_machines_clock_says(reception: Reception, done: Done) -> None:
    await reception.take([asked(1, NOON)])
    await settled(reception)
    assert done.of == {1: "answered"}


async def test_what_is_old_beside_another_message_is_told_so(reception: Reception, done: Done, clock: Clock) -> None:
    await reception.take([asked(1, NOON - HOUR - 1), asked(2, NOON - HOUR + 1), asked(3, NOON)])
    clock.now += 2 * HOUR
    await reception.take([asked(4, NOON)])
    await reception.take([asked(5, NOON + 2 * HOUR)])
    await settled(reception)
    assert done.of == {1: "too_late", 2: "answered", 3: "answered", 4: "too_late", 5: "answered"}


async def test_while_more_wait_at_telegram_nothing_is_judged(reception: Reception, done: Done) -> None:
    old = [asked(number, NOON - 2 * HOUR) for number in range(200)]
    await reception.take(old[:100])
    await asyncio.sleep(0)
    assert done.of == {}
    await reception.take(old[100:])
    await reception.take([asked(200, NOON)])
    await settled(reception)
    assert [done.of[number] for number in range(201)] == ["too_late"] * 200 + ["answered"]


async def test_what_was_gathered_is_judged_when_nothing_more_comes(reception: Reception, done: Done) -> None:
    await reception.take([asked(number, NOON) for number in range(100)])
    await reception.take([])
    await settled(reception)
    assert set(done.of.values()) == {"answered"}
    assert len(done.of) == 100


async def test_what_was_gathered_is_handled_before_the_end(reception: Reception, done: Done) -> None:
    await reception.take([asked(number, NOON) for number in range(100)])
    await settled(reception)
    assert len(done.of) == 100


async def test_a_message_is_as_new_as_its_edit(reception: Reception, done: Done) -> None:
    await reception.take([asked(1, NOON - 2 * HOUR), asked(2, NOON - 3 * HOUR, edit_date=NOON)])
    await settled(reception)
    assert done.of[1] == "too_late"


class Start:
    """A start of the program: it takes up what is left, and ends in no order, as by a kill."""

    def __init__(self, path: Path, lethal: int) -> None:
        self.inbox, self.done, self._lethal = Inbox(path, 1), Done(), lethal
        self.killed = asyncio.Event()
        handlers = Handlers(self.handle, self.done.decline, lambda _: True)
        self.reception = Reception(self.inbox, KnownIds(), Metrics(), Patience(1000, HOUR), handlers)

    async def handle(self, update: Update) -> None:
        """Nobody gets any further, once the program is killed."""
        if update.update_id == self._lethal:
            self.killed.set()
        if self.killed.is_set():
            await asyncio.Event().wait()
        await self.done.handle(update)

    async def take_up(self) -> None:
        await self.inbox.open()
        await self.reception.take_up(Bot("1:A"))

    async def left(self) -> dict[int, int]:
        """What each counts that was begun with and is not done with."""
        return {each.update["update_id"]: each.begun for each in await self.inbox.unfinished()}


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Callable[[int], Awaitable[Start]]]:
    """Starts after one that was killed with two updates of one chat and one of another."""
    path = tmp_path / "inbox.sqlite3"
    inbox = Inbox(path, 1)
    await inbox.open()
    await inbox.receive([asked(1, NOON), asked(2, NOON), asked(3, NOON, chat=8)])
    await inbox.close()

    starts: list[Start] = []

    async def started(lethal: int) -> Start:
        start = Start(path, lethal)
        starts.append(start)
        await start.take_up()
        return start

    yield started
    for each in starts:  # what a kill would have ended too
        await each.reception.close(0)


async def test_what_kills_the_program_is_set_aside_and_nothing_that_waited_is(
    start: Callable[[int], Awaitable[Start]],
) -> None:
    left = []
    for _ in range(2):
        killed = await start(1)
        await killed.killed.wait()
        left.append(await killed.left())
        await killed.inbox.close()
    last = await start(1)
    await last.reception.close(10)
    assert left[0] in ({1: 3, 2: 0, 3: 3}, {1: 3, 2: 0})  # 3 was begun with beside it, or done with before
    assert left[1][1] == 6
    assert [*left[1].values()].count(6) == 1
    assert last.done.of.get(1) == "gave_up"
    assert await last.left() == {}
    await last.inbox.close()


async def test_what_even_kills_the_program_as_it_is_told_is_not_looked_at_any_more(
    start: Callable[[int], Awaitable[Start]],
) -> None:
    first = await start(0)
    await first.reception.close(10)
    await first.inbox.receive([asked(4, NOON)])
    await first.inbox.begin(4, 106)
    await first.inbox.close()
    last = await start(0)
    await last.reception.close(10)
    assert (last.done.of, await last.left()) == ({}, {})
    await last.inbox.close()


async def test_an_end_in_good_order_is_nobodys_fault(start: Callable[[int], Awaitable[Start]]) -> None:
    for _ in range(4):
        ended = await start(1)
        await ended.killed.wait()
        await ended.reception.close(0)
        assert set((await ended.left()).values()) == {0}
        await ended.inbox.close()
