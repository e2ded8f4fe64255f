"""What the server refuses, and in which words; whatever it accepts is shown with the real client in test_client."""

import asyncio
import contextlib
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.methods import METHODS, call
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api


async def test_a_wrong_token_is_unauthorized(client: httpx.AsyncClient) -> None:
    response = await client.get("/bot42:guess/getMe")
    assert response.status_code == 401
    assert response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert await api("sendTelepathy") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_method_names_are_taken_in_any_case(api: Api) -> None:
    assert (await api("GETME"))["result"]["username"] == "trich_bot"


async def test_nothing_is_answered_after_logging_out(api: Api) -> None:
    assert (await api("logOut"))["result"] is True
    assert (await api("getMe"))["description"] == "Logged out"


@pytest.mark.parametrize("method", METHODS)
async def test_every_method_refuses_a_parameter_it_does_not_know(api: Api, method: str) -> None:
    answer = await api(method, colour="red", **_required(method))
    assert answer["description"] == 'Bad Request: unknown parameter "colour"'


@pytest.mark.parametrize(
    ("method", "missing"),
    [(name, field) for name, method in METHODS.items() for field, info in method.parameters.model_fields.items()
     if info.is_required()],
)  # fmt: skip
async def test_every_required_parameter_is_asked_for(api: Api, method: str, missing: str) -> None:
    answer = await api(method, **{name: value for name, value in _required(method).items() if name != missing})
    own_words = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "photo": "there is no photo in the request",
        "document": "there is no document in the request",
    }
    said = own_words.get(missing, f'parameter "{missing}" is required')
    assert answer["description"] == f"Bad Request: {said}"


def _required(method: str) -> dict[str, Any]:
    examples = {
        "chat_id": 7, "text": "x", "action": "typing", "callback_query_id": "1", "commands": [], "message_id": 1,
        "message_ids": [1], "photo": "x", "document": "x", "file_id": "x", "user_id": 7, "url": "", "results": [],
        "rich_message": {"blocks": [{"type": "divider"}]}, "inline_query_id": "1",
        "receiver_user_id": 7, "ephemeral_message_id": 1, "name": "x",
        "media": {"type": "photo", "media": "x"}, "guest_query_id": "1",
        "result": {"type": "article", "id": "1", "title": "x", "input_message_content": {"message_text": "x"}},
    }  # fmt: skip
    if method == "sendMediaGroup":
        examples["media"] = [examples["media"]]
    fields = METHODS[method].parameters.model_fields
    return {name: examples[name] for name, field in fields.items() if field.is_required()}


@pytest.fixture
def greeted(world: World, an: User, chat: Chat) -> Chat:
    """A chat whose first message is the person's."""
    world.say(an, chat, "Xin chào")
    return chat


KEY = {"text": "a", "callback_data": "b"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chat_id": 8}, "chat not found"),
        ({"chat_id": "@nobody"}, "chat not found"),
        ({"chat_id": 1.5}, 'wrong parameter "chat_id"'),
        ({"chat_id": "9" * 5000}, "chat not found"),
        ({"chat_id": True}, 'wrong parameter "chat_id"'),
        ({"text": 5}, 'wrong parameter "text"'),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "<b>", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding to start tag"),
        ({"parse_mode": "XML"}, "unsupported parse_mode"),
        ({"protect_content": "yes"}, 'wrong parameter "protect_content"'),
        ({"disable_notification": 1}, 'wrong parameter "disable_notification"'),
        ({"message_thread_id": 5}, "message thread not found"),
        ({"entities": [{"type": "bold", "offset": 0, "length": 9}]}, "entity beginning at UTF-16 offset 0 ends after"),
        ({"entities": [{"type": "loud", "offset": 0, "length": 1}]}, 'wrong parameter "entities.0.type"'),
        ({"entities": '[{"type": "bold"'}, 'wrong parameter "entities"'),
        ({"link_preview_options": {"disabled": True}}, 'unknown parameter "link_preview_options.disabled"'),
        ({"reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"reply_parameters": {"message_id": 1, "quote": "không có"}}, "QUOTE_TEXT_INVALID"),
        ({"reply_parameters": {"message_id": 1, "chat_id": 8}}, "chat not found"),
        ({"reply_parameters": {}}, 'parameter "reply_parameters.message_id" is required'),
        ({"reply_markup": {"buttons": []}}, 'parameter "reply_markup.inline_keyboard" is required'),
        ({"reply_markup": {"inline_keyboard": [[KEY] * 101]}}, "reply markup is too long"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "copy_text": {"text": "a" * 257}}]]}},
         'wrong parameter "reply_markup.inline_keyboard.0.0.copy_text.text"'),
        ({"reply_markup": {"keyboard": []}}, "the keyboard has no buttons"),
        ({"reply_markup": {"keyboard": [[{"text": ""}]]}}, 'wrong parameter "reply_markup.keyboard.0.0'),
        ({"reply_markup": {"keyboard": [["a"] * 301]}}, "reply markup is too long"),
        ({"reply_markup": {"keyboard": [["a"]], "colour": "red"}}, 'unknown parameter "reply_markup.colour"'),
        ({"reply_markup": {"force_reply": False}}, 'wrong parameter "reply_markup.force_reply"'),
        ({"reply_markup": {"force_reply": True, "input_field_placeholder": "a" * 65}},
         "REPLY_MARKUP_PLACEHOLDER_INVALID"),
        ({"reply_markup": {"remove_keyboard": "no"}}, 'wrong parameter "reply_markup.remove_keyboard"'),
        ({"reply_markup": {"inline_keyboard": [KEY]}}, 'wrong parameter "reply_markup.inline_keyboard.0"'),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a"}]]}}, "can't parse inline keyboard button: Text buttons"),
        ({"reply_markup": {"inline_keyboard": [[KEY | {"url": "a.vn"}]]}}, "inline keyboard button has more than one"),
        ({"reply_markup": {"inline_keyboard": [[KEY | {"callback_data": "ế" * 22}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[KEY | {"callback_data": ""}]]}}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "a", "url": "không"}]]}}, "BUTTON_URL_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "", "url": "a.vn"}]]}},
         'wrong parameter "reply_markup.inline_keyboard.0.0.text"'),
    ],
)  # fmt: skip
async def test_send_message_refuses(world: World, greeted: Chat, api: Api, changes: dict[str, Any], said: str) -> None:
    answer = await api("sendMessage", **({"chat_id": greeted.id, "text": "chào"} | changes))
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {said}")
    assert not world.messages_of_bot(greeted)


async def test_nobody_is_written_to_who_has_not_written_first(world: World, api: Api, an: User) -> None:
    assert (await api("sendMessage", chat_id=an.id, text="a"))["description"] == "Bad Request: chat not found"
    world.private_chat(an)
    assert (await api("sendMessage", chat_id=an.id, text="a"))["ok"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"message_id": 99}, "message to edit not found"),
        ({"message_id": 1}, "message can't be edited"),
        ({"message_id": None}, "message identifier is not specified"),
        ({"chat_id": None}, "chat_id is empty"),
        ({"inline_message_id": "x"}, "MESSAGE_ID_INVALID"),
        ({"text": " "}, "message text is empty"),
        ({"text": "câu cũ"}, "message is not modified: specified new message content and reply markup are exactly the"),
    ],
)
async def test_edit_message_text_refuses(greeted: Chat, api: Api, changes: dict[str, Any], said: str) -> None:
    await api("sendMessage", chat_id=greeted.id, text="câu cũ")
    answer = await api("editMessageText", **({"chat_id": greeted.id, "message_id": 2, "text": "mới"} | changes))
    assert answer["description"].startswith(f"Bad Request: {said}")
    assert greeted.messages[2]["text"] == "câu cũ"


@pytest.mark.parametrize(
    ("method", "params", "said"),
    [
        ("sendChatAction", {"chat_id": 8, "action": "typing"}, "chat not found"),
        ("sendChatAction", {"chat_id": 8, "action": "dance"}, 'wrong parameter "action"'),
        ("answerCallbackQuery", {"callback_query_id": "9"}, "query is too old and response timeout expired or query"),
        ("getUpdates", {"offset": "x"}, 'wrong parameter "offset"'),
        ("getUpdates", {"allowed_updates": ["mesage"]}, "unknown update type in allowed_updates: mesage"),
        ("getUpdates", {"allowed_updates": "message"}, 'wrong parameter "allowed_updates"'),
        ("setMyCommands", {"commands": [{"command": "Hỏi", "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "a"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "a"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyCommands", {"commands": [], "language_code": "vie"}, "invalid language code specified"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 8}}, "chat not found"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat"}}, 'scope "chat" needs chat_id'),
        ("setMyCommands", {"commands": [], "scope": {"type": "default", "user_id": 8}}, 'scope "default" takes no use'),
        ("getMyCommands", {"scope": {"type": "home"}}, 'wrong parameter "scope.type"'),
        ("setMyDescription", {"description": "a" * 513}, 'wrong parameter "description"'),
        ("setMyShortDescription", {"short_description": "a" * 121}, 'wrong parameter "short_description"'),
        ("deleteWebhook", {"drop_pending_updates": "maybe"}, 'wrong parameter "drop_pending_updates"'),
    ],
)
async def test_other_methods_refuse(api: Api, method: str, params: dict[str, Any], said: str) -> None:
    answer = await api(method, **params)
    assert answer["error_code"] == 400
    assert answer["description"].startswith(f"Bad Request: {said}")


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (b"{", "application/json", "can't parse JSON object"),
        (b"[]", "application/json; charset=utf-8", "can't parse JSON object"),
        (b"[" * 100_000, "application/json", "can't parse JSON object"),
        (b'{"text": "\\ud83d"}', "application/json", "strings must be encoded in UTF-8"),
        (b'{"text": "\xff"}', "application/json", "strings must be encoded in UTF-8"),
        (b"", "", "message text is empty"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, body: bytes, kind: str, said: str
) -> None:
    response = await client.post("/bot42:secret/sendMessage", content=body, headers={"content-type": kind})
    assert response.json()["description"] == f"Bad Request: {said}"


@pytest.mark.parametrize(("name", "said"), [("photo", 'unknown parameter "photo"'), ("text", 'wrong parameter "text"')])
async def test_files_are_refused_where_a_method_takes_none(client: httpx.AsyncClient, name: str, said: str) -> None:
    data = {"chat_id": "1", "text": "a"}
    data.pop(name, None)
    response = await client.post("/bot42:secret/sendMessage", files={name: b"x"}, data=data)
    assert response.json()["description"].startswith(f"Bad Request: {said}")


@pytest.mark.parametrize("way", ["query", "form", "multipart", "json", "json with numbers as text"])
async def test_parameters_may_come_in_each_of_telegrams_ways(client: httpx.AsyncClient, chat: Chat, way: str) -> None:
    text = {"chat_id": str(chat.id), "text": "12", "protect_content": "true"}
    match way:
        case "query":
            response = await client.get("/bot42:secret/sendMessage", params=text)
        case "form":
            response = await client.post("/bot42:secret/sendMessage", data=text)
        case "multipart":
            fields = {name: (None, value) for name, value in text.items()}
            response = await client.post("/bot42:secret/sendMessage", files=fields)
        case "json":
            native = {"chat_id": chat.id, "text": "12", "protect_content": True}
            response = await client.post("/bot42:secret/sendMessage", json=native)
        case _:
            response = await client.post("/bot42:secret/sendMessage", json=text)
    assert response.json()["result"]["text"] == "12"
    assert response.json()["result"]["has_protected_content"] is True


async def test_every_call_is_recorded_with_its_outcome(world: World, chat: Chat, api: Api) -> None:
    await api("sendMessage", chat_id=chat.id, text="a")
    await api("sendMessage", chat_id=8, text="b")
    sent, refused = world.calls_of("sendMessage")
    assert (sent.params["text"], sent.result["message_id"], sent.error) == ("a", 1, None)
    assert (refused.params["text"], refused.result, refused.error) == ("b", None, "Bad Request: chat not found")


FIELDS = {name: sorted(method.parameters.model_fields) for name, method in METHODS.items() if name != "getUpdates"}
SOUND = {"chat_id": 1001, "text": "a", "message_id": 1}
keys = st.sampled_from(["inline_keyboard", "text", "message_id", "type", "offset", "length", "is_disabled", "x"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["<b>", "HTML", "[{}]"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@given(st.data(), st.sampled_from(sorted(FIELDS)))
def test_no_values_whatever_bring_a_method_down(data: st.DataObject, method: str) -> None:
    world = World()
    place = world.private_chat(world.add_user("An"))
    world.post(place, world.bot, "cũ", ())
    sound = {name: value for name, value in SOUND.items() if name in FIELDS[method]}
    params = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS[method], values)))
    with contextlib.suppress(ApiError):
        asyncio.run(call(world, world.token, method, sound | params))
    assert len(world.calls) == 1
