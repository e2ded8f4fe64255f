"""What is known of message ids."""

from datetime import UTC, datetime

from telegram import Chat, Message, Update

from bot.once.known_ids import KnownIds

GROUP = -1_000_000_000_007


def _update(message_id: int, second: int) -> Update:
    return Update(message_id, Message(message_id, datetime.fromtimestamp(second, UTC), Chat(GROUP, "supergroup")))


def test_after_a_restart_the_ids_of_a_group_are_known_once_nothing_of_the_earlier_run_can_be_above() -> None:
    known = KnownIds()
    known.resume()
    known.note_update(_update(5, 100))
    assert known.before_next(GROUP) == ()
    known.note_result(1, {"message_id": 9, "date": 200}, (), 1.0)
    known.note_update(_update(6, 199))
    assert known.before_next(GROUP) == ()
    known.note_update(_update(7, 201))
    assert known.before_next(GROUP) == (7,)


def test_after_a_restart_the_ids_of_a_group_are_known_once_something_was_sent_there() -> None:
    known = KnownIds()
    known.resume()
    known.note_result(GROUP, {"message_id": 30, "date": 200}, (), 1.0)
    assert known.before_next(GROUP) == (30,)


def test_without_an_earlier_run_nothing_of_one_is_feared() -> None:
    known = KnownIds()
    known.note_update(_update(5, 100))
    assert known.before_next(GROUP) == (5,)
