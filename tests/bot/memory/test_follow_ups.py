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


def test_who_writes_in_the_name_of_a_channel_or_group_is_told_apart_by_it() -> None:
    follow_ups, query = FollowUps(), _query("Cầu Gió dài bao nhiêu?")
    stand_in = LAN | {"id": 136817688, "is_bot": True}
    channels = [{"id": -1001 - number, "type": "channel", "title": "Kênh"} for number in range(2)]
    first, second = (message("Câu hỏi", **{"from": stand_in, "sender_chat": channel}) for channel in channels)
    follow_ups.remember(first, query)
    assert follow_ups.before(first) == query
    assert follow_ups.before(second) is None


def test_who_asked_longest_ago_is_forgotten_first() -> None:
    follow_ups = FollowUps(size=2)
    for user in (1, 2, 1, 3):
        follow_ups.remember(_from(user), _query("Cầu Gió?"))
    assert [follow_ups.before(_from(user)) is None for user in (1, 2, 3)] == [False, True, False]
