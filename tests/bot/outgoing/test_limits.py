import asyncio

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
    """Time passes on it only where somebody waits, and a little (`late`) whenever anybody wakes."""

    def __init__(self, late: float = 0.0) -> None:
        self.now = 0.0
        self._late = late

    def time(self) -> Time:
        return Time(clock=lambda: self.now, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.now += seconds + self._late
        await asyncio.sleep(0)


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(begin <= moment < begin + 1 for moment in moments) for begin in moments)


@pytest.mark.parametrize("late", [0.0, 0.01, 0.3])
async def test_of_all_that_leaves_no_more_than_thirty_arrive_in_any_second_though_some_take_longer(
    late: float,
) -> None:
    machine, left = Machine(late), []
    line = Line(30, machine.time())

    async def send(number: int) -> None:
        await line.leave()
        left.append(machine.now + (0.19 if number % 7 == 0 else 0.0))

    async def hurry() -> None:
        await line.leave(urgent=True)
        left.append(machine.now)

    await asyncio.gather(*(send(number) for number in range(200)), *(hurry() for _ in range(50)))
    assert len(left) == 250
    assert most_in_a_second(left) <= 30
    assert machine.now < 30


async def test_what_is_urgent_goes_before_what_waits() -> None:
    machine = Machine()
    line, order = Line(30, machine.time()), []

    async def leave(*, urgent: bool) -> None:
        await line.leave(urgent=urgent)
        order.append(urgent)

    await asyncio.gather(*(leave(urgent=False) for _ in range(100)), leave(urgent=True), leave(urgent=True))
    assert [place for place, urgent in enumerate(order) if urgent] == [5, 6]


async def test_the_line_is_free_until_as_many_have_left_as_may() -> None:
    machine = Machine()
    line = Line(30, machine.time())
    for _ in range(5):
        assert line.is_free
        await line.leave()
    assert not line.is_free
    machine.now = 1.3
    assert line.is_free


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
