"""Each call of the bot is counted to the update that it came of."""

from typing import Any

from bot.sandbox.state import Call
from bot.sandbox.turns import turns
from bot.sandbox.updates import Pushed

CHAT = 7


def said(update_id: int, message_id: int, at: float, kind: str = "message") -> Pushed:
    return Pushed({"update_id": update_id, kind: {"message_id": message_id, "chat": {"id": CHAT}}}, at, queued=True)


def tapped(update_id: int, query: str, message_id: int, at: float) -> Pushed:
    payload = {"id": query, "from": {"id": CHAT}, "message": {"message_id": message_id, "chat": {"id": CHAT}}}
    return Pushed({"update_id": update_id, "callback_query": payload}, at, queued=True)


def sent(message_id: int, at: float, reply_to: int | None = None, **params: Any) -> Call:
    """As python-telegram-bot calls: a form, in which objects are JSON."""
    reply = {} if reply_to is None else {"reply_parameters": f'{{"message_id": {reply_to}}}'}
    result = {"message_id": message_id} | ({} if reply_to is None else {"reply_to_message": {"message_id": reply_to}})
    return Call("sendMessage", {"chat_id": str(CHAT)} | reply | params, result, None, at=at)


def edited(message_id: int, at: float, reply_to: int) -> Call:
    result = {"message_id": message_id, "reply_to_message": {"message_id": reply_to}}
    return Call("editMessageText", {"chat_id": str(CHAT), "message_id": str(message_id)}, result, None, at=at)


def by_update(history: list[Pushed], calls: list[Call]) -> dict[int, list[float]]:
    return {turn.update["update_id"]: [call.at for call in turn.calls] for turn in turns(history, calls, CHAT)}


def test_answers_to_questions_asked_at_once_are_told_apart() -> None:
    history = [said(1, 1, 1.0), said(2, 2, 1.1)]
    assert by_update(history, [sent(3, 2.0, 1), sent(4, 2.1, 2)]) == {1: [2.0], 2: [2.1]}


def test_what_replies_to_nothing_follows_the_call_before_it() -> None:
    history = [said(1, 1, 1.0), said(2, 2, 1.1)]
    assert by_update(history, [sent(3, 2.0, 1), sent(4, 2.1), sent(5, 2.2, 2)]) == {1: [2.0, 2.1], 2: [2.2]}


def test_what_replies_to_nothing_belongs_to_what_it_stands_below() -> None:
    history = [said(1, 1, 1.0), said(2, 3, 3.0), tapped(3, "q", 4, 5.0)]
    calls = [sent(2, 2.0), sent(4, 4.0), sent(5, 6.0), sent(6, 6.1)]
    assert by_update(history, calls) == {1: [2.0], 2: [4.0], 3: [6.0, 6.1]}


def test_an_edited_question_has_the_edits_of_its_answer() -> None:
    history = [said(1, 1, 1.0), said(2, 1, 3.0, "edited_message")]
    assert by_update(history, [sent(2, 2.0, 1), edited(2, 4.0, 1)]) == {1: [2.0], 2: [4.0]}


def test_a_tap_has_its_notice_and_what_it_changed() -> None:
    history = [said(1, 1, 1.0), tapped(2, "q", 2, 3.0)]
    notice = Call("answerCallbackQuery", {"callback_query_id": "q"}, True, None, at=4.0)
    assert by_update(history, [sent(2, 2.0, 1), notice, edited(2, 5.0, 1)]) == {1: [2.0], 2: [4.0, 5.0]}


def test_a_sign_of_typing_belongs_to_the_latest() -> None:
    typing = Call("sendChatAction", {"chat_id": str(CHAT), "action": "typing"}, True, None, at=2.0)
    assert by_update([said(1, 1, 1.0), said(2, 2, 3.0)], [typing]) == {1: [2.0], 2: []}


def test_other_chats_and_calls_before_the_first_update_count_for_nothing() -> None:
    elsewhere = Call("sendMessage", {"chat_id": "8"}, {"message_id": 1}, None, at=2.0)
    assert by_update([said(1, 1, 1.0)], [sent(9, 0.5), elsewhere]) == {1: []}
