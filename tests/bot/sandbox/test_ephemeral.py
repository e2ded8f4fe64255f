"""What one person alone sees: who may send it to whom, how it is edited, and what all others see of it."""

from typing import Any

import pytest

from bot.sandbox.chats import as_bots_see
from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, Message, User, World
from tests.bot.sandbox.conftest import Api

COMMANDS: list[dict[str, Any]] = [
    {"command": "hoi", "description": "Hỏi", "is_ephemeral": True},
    {"command": "help", "description": "?"},
]


@pytest.fixture
def group(world: World, an: User) -> Chat:
    return world.add_group("Xóm", owner=world.add_user("Chủ"), members=[an])


def asked(world: World, an: User, group: Chat) -> Message:
    """A command that only the bot sees."""
    scope = f'{{"type":"chat","chat_id":{group.id}}}'
    world.commands[scope, ""] = COMMANDS
    message: Message = world.say(an, group, "/hoi Cầu dài bao nhiêu?")["message"]
    return message


async def sent(api: Api, group: Chat, receiver: int, **params: Any) -> dict[str, Any]:
    given = {"receiver_user_id": receiver} | params.pop("apart", {})
    return await api("sendMessage", chat_id=group.id, text="Cầu", ephemeral_message_parameters=given, **params)


async def test_an_administrator_sends_it_to_any_member_and_edits_and_deletes_it(
    api: Api, world: World, an: User, group: Chat
) -> None:
    world.promote(group, world.bot)
    message = (await sent(api, group, an.id))["result"]
    assert (message["message_id"], message["receiver_user"]["id"]) == (0, an.id)
    own = {
        "chat_id": group.id, "receiver_user_id": an.id, "ephemeral_message_id": message["ephemeral_message_id"]
    }  # fmt: skip
    assert (await api("editEphemeralMessageText", text="Chợ", **own))["result"] is True
    assert "not modified" in (await api("editEphemeralMessageText", text="Chợ", **own))["description"]
    rich = {"blocks": [{"type": "paragraph", "text": "Đò"}]}
    assert (await api("editEphemeralMessageText", rich_message=rich, **own))["result"] is True
    assert group.messages[-own["ephemeral_message_id"]]["rich_message"] == rich
    stranger = own | {"receiver_user_id": an.id + 1}
    assert "not found" in (await api("editEphemeralMessageText", text="x", **stranger))["description"]
    assert (await api("deleteEphemeralMessage", **own))["result"] is True
    assert "not found" in (await api("deleteEphemeralMessage", **own))["description"]


async def test_by_its_other_id_no_method_knows_it(api: Api, world: World, an: User, group: Chat) -> None:
    world.promote(group, world.bot)
    number = (await sent(api, group, an.id))["result"]["ephemeral_message_id"]
    for wrong in (0, -number):
        place = {"chat_id": group.id, "message_id": wrong}
        assert "not found" in (await api("deleteMessage", **place))["description"]
        assert "not found" in (await api("editMessageText", text="x", **place))["description"]
        answer = await api("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **place)
        assert "not found" in answer["description"]
        to = {"message_id": wrong}
        assert "not found" in (await api("sendMessage", chat_id=group.id, text="x", reply_parameters=to))["description"]


async def test_others_send_it_only_to_who_has_asked_so_within_15_seconds(
    api: Api, world: World, an: User, group: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await sent(api, group, an.id))["description"] == "Bad Request: BOT_NOT_ADMIN"
    question = asked(world, an, group)
    to = {"ephemeral_message_id": question["ephemeral_message_id"]}
    assert (await sent(api, group, an.id, reply_parameters=to))["ok"]
    all_see = await api("sendMessage", chat_id=group.id, text="x", reply_parameters=to)
    assert "not found" in all_see["description"]
    later = world.now() + 16
    monkeypatch.setattr(world, "now", lambda: later)
    assert (await sent(api, group, an.id, reply_parameters=to))["description"] == "Bad Request: BOT_NOT_ADMIN"


async def test_a_tap_is_answered_so_to_who_tapped_and_nobody_else(
    api: Api, world: World, an: User, group: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await api("sendMessage", chat_id=group.id, text="x", reply_markup=buttons)
    query = world.tap(an, world.messages_of_bot(group)[0], "x")["callback_query"]["id"]
    other = next(user for user in world.users.values() if user.first_name == "Chủ")
    assert (await sent(api, group, an.id, apart={"callback_query_id": query}))["ok"]
    for receiver, number in ((other.id, query), (an.id, "no such")):
        answer = await sent(api, group, receiver, apart={"callback_query_id": number})
        assert answer["description"] == "Bad Request: QUERY_ID_INVALID"
    later = world.now() + 16
    monkeypatch.setattr(world, "now", lambda: later)
    answer = await sent(api, group, an.id, apart={"callback_query_id": query})
    assert answer["description"] == "Bad Request: QUERY_ID_INVALID"


async def test_strangers_bots_and_private_chats_have_none(api: Api, world: World, an: User, group: Chat) -> None:
    world.promote(group, world.bot)
    stranger = world.add_user("Bình")
    for receiver in (stranger.id, world.bot.id, 5):
        assert (await sent(api, group, receiver))["description"] == "Bad Request: USER_NOT_PARTICIPANT"
    private = world.private_chat(an)
    assert (await sent(api, private, an.id))["description"] == "Bad Request: BOT_NOT_ADMIN"


def test_what_an_app_sends_unseen(world: World, an: User, group: Chat) -> None:
    question = asked(world, an, group)
    assert question["message_id"] < 0
    assert as_bots_see(question)["message_id"] == 0
    assert world.say(an, group, "/help")["message"]["message_id"] > 0
    assert world.say(an, group, "xem /hoi")["message"]["message_id"] > 0
    answer = world.put(group, world.bot, {"text": "Cầu", "reply_markup": _button()}, an)
    assert world.say(an, group, "sao?", reply_to=answer["message_id"])["message"]["message_id"] < 0
    with pytest.raises(ApiError, match="MESSAGE_ID_INVALID"):
        world.tap(world.add_user("Bình"), answer, "x")
    with pytest.raises(ApiError, match="MESSAGE_ID_INVALID"):
        world.edit(question, "khác")
    with pytest.raises(ApiError, match="REACTION_INVALID"):
        world.react(an, answer, ["👍"])


def _button() -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
