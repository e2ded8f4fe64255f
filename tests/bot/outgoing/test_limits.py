import pytest

from bot.outgoing.limits import Rates, Turns, Window

TELEGRAM = Rates(chat_per_second=1, chat_burst=1, group_per_minute=20, overall_per_second=30)
PERSON, GROUP = 7, -100


def sent(turns: Turns, chat_id: int | str, count: int, now: float = 0.0) -> list[float]:
    """When each of so many messages, asked for one after the other, may go."""
    moments = []
    for _ in range(count):
        now = turns.over_all(turns.in_chat(chat_id, now))
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


def test_all_chats_together_get_thirty_messages_a_second() -> None:
    turns = Turns(TELEGRAM)
    moments = [turns.over_all(turns.in_chat(chat, 0.0)) for chat in range(1, 91)]
    assert moments == [0.0] * 30 + [1.0] * 30 + [2.0] * 30


def test_a_chat_that_is_held_up_holds_up_no_other() -> None:
    turns = Turns(TELEGRAM)
    turns.hold(GROUP, until=50.0, now=0.0)
    assert turns.in_chat(GROUP, 1.0) == 50.0
    assert turns.held(GROUP) == 50.0
    assert turns.over_all(turns.in_chat(PERSON, 1.0)) == 1.0


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
