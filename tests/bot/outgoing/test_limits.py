import asyncio
import heapq
from contextlib import AsyncExitStack

import pytest

from bot.outgoing.limits import Line, Rates, Time, Turns, Window

TELEGRAM = Rates(chat_per_second=1, chat_burst=1, group_per_minute=20, overall_per_second=30)
PERSON, GROUP = 7, -100


def sent(turns: Turns, chat_id: int | str, count: int, now: float = 0.0) -> list[float]:
    """When each of so many messages, asked for one after the other, may go."""
    moments = []
    for _ in range(count):
        now = turns.in_chat(chat_id, now)
        moments.append(now)
    return moments


def test_a_window_lets_no_more_through_than_it_may_wherever_it_is_laid() -> None:
    window, moments = Window(3, 10.0), []
    for now in (0.0, 1.0, 9.0, 9.0, 9.0, 30.0, 30.0, 30.0, 30.0):
        moment = window.free_at(now)
        window.take(moment)
        moments.append(moment)
    assert moments == [0.0, 1.0, 9.0, 10.0, 11.0, 30.0, 30.0, 30.0, 40.0]


def test_a_chat_gets_one_message_a_second() -> None:
    assert sent(Turns(TELEGRAM), PERSON, 4) == [0, 1, 2, 3]


def test_a_chat_that_was_quiet_gets_a_few_at_once() -> None:
    burst = Rates(chat_per_second=1, chat_burst=3, group_per_minute=20, overall_per_second=30)
    assert sent(Turns(burst), PERSON, 7) == [0, 0, 0, 3, 3, 3, 6]


@pytest.mark.parametrize("group", [GROUP, "@a_channel"])
def test_a_group_gets_twenty_messages_a_minute(group: int | str) -> None:
    moments = sent(Turns(TELEGRAM), group, 41)
    assert moments[19] == 19
    assert moments[20] == 60
    assert moments[40] == 120


class Machine:
    """Time passes on it only where all wait, and a little (`late`) whenever anybody wakes."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 0.0
        self._late = late
        self._waking: list[float] = []

    def time(self) -> Time:
        return Time(clock=lambda: self.now, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds + self._late
        heapq.heappush(self._waking, until)
        while self.now < until:
            await asyncio.sleep(0)
            if self._waking[0] == until:
                self.now = max(self.now, until)
        self._waking.remove(until)
        heapq.heapify(self._waking)


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(begin <= moment < begin + 1 for moment in moments) for begin in moments)


@pytest.mark.parametrize("late", [0.0, 0.01, 0.3])
async def test_no_more_than_thirty_reach_the_server_in_any_second_however_late_it_takes_some_up(late: float) -> None:
    machine, reached = Machine(late), []
    line = Line(30, machine.time())

    async def send(number: int, *, urgent: bool) -> None:
        """It is counted at the server when it arrives, or when it is done, or in between; answers take up to 0.9 s."""
        there, done = ((0.01, 0.02), (0.01, 0.9), (0.9, 0.0), (0.3, 0.1), (0.0, 0.0))[number % 5]
        async with line.leaving(urgent=urgent):
            await machine.sleep(there)
            reached.append(machine.now)
            await machine.sleep(done)

    await asyncio.gather(*(send(number, urgent=number % 5 == 4) for number in range(250)))
    assert len(reached) == 250
    assert most_in_a_second(reached) <= 30
    assert machine.now < 30


async def test_what_is_urgent_goes_before_what_waits() -> None:
    machine = Machine()
    line, order = Line(30, machine.time()), []

    async def leave(*, urgent: bool) -> None:
        async with line.leaving(urgent=urgent):
            order.append(urgent)

    await asyncio.gather(*(leave(urgent=False) for _ in range(100)), leave(urgent=True), leave(urgent=True))
    assert max(place for place, urgent in enumerate(order) if urgent) < 10


async def test_the_line_is_free_until_as_many_have_left_as_may() -> None:
    machine = Machine()
    line = Line(30, machine.time())
    for _ in range(5):
        assert line.is_free
        async with line.leaving():
            pass
    assert not line.is_free
    machine.now = 1.3
    assert line.is_free


async def test_calls_that_are_not_answered_hold_up_others_for_two_seconds_at_most() -> None:
    machine = Machine()
    line = Line(30, machine.time())
    async with AsyncExitStack() as unanswered:
        for _ in range(30):
            await unanswered.enter_async_context(line.leaving())
        async with line.leaving():
            assert machine.now <= 2.0


def test_a_chat_that_is_held_up_holds_up_no_other() -> None:
    turns = Turns(TELEGRAM)
    turns.hold(GROUP, until=50.0, now=0.0)
    assert turns.in_chat(GROUP, 1.0) == 50.0
    assert turns.held(GROUP) == 50.0
    assert turns.in_chat(PERSON, 1.0) == 1.0


def test_a_shorter_hold_ends_no_longer_one() -> None:
    turns = Turns(TELEGRAM)
    turns.hold(PERSON, until=50.0, now=0.0)
    turns.hold(PERSON, until=5.0, now=0.0)
    assert turns.in_chat(PERSON, 1.0) == 50.0


def test_chats_that_are_quiet_are_forgotten() -> None:
    turns = Turns(TELEGRAM)
    for chat in range(1, 5000):
        turns.in_chat(chat, now=chat * 1.0)
    assert len(turns._chats) <= 1024
