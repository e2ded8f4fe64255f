from telegram import Message

from bot.memory.follow_ups import FollowUps
from retrieval.query import Query, QuestionReader
from tests.bot.messages import LAN, message


def _from(user: int) -> Message:
    return message("Câu hỏi", **{"from": LAN | {"id": user}})


def _query(question: str) -> Query:
    return QuestionReader.from_config().read(question)


def test_each_person_in_each_chat_has_a_last_question() -> None:
    follow_ups = FollowUps()
    first, second = _query("Cầu Gió dài bao nhiêu?"), _query("Chợ Mới ở đâu?")
    follow_ups.remember(_from(1), first)
    follow_ups.remember(_from(2), second)
    assert follow_ups.before(_from(1)) == first
    assert follow_ups.before(_from(2)) == second
    assert follow_ups.before(_from(3)) is None


def test_who_asked_longest_ago_is_forgotten_first() -> None:
    follow_ups = FollowUps(size=2)
    for user in (1, 2, 1, 3):
        follow_ups.remember(_from(user), _query("Cầu Gió?"))
    assert [follow_ups.before(_from(user)) is None for user in (1, 2, 3)] == [False, True, False]
