"""What another process can do: act as people, make things go wrong, count; and what no web page can."""

import base64
import contextlib
import inspect
import json
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.acts import ACTS, act
from bot.sandbox.errors import ApiError
from bot.sandbox.server import create_app
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api

Body = dict[str, Any]


class Remote:
    """The sandbox as another process drives it."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def act(self, act: str, **arguments: Any) -> Any:
        answer = (await self._client.post("/sandbox/act", json={"act": act} | arguments)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def get(self, path: str) -> Any:
        return (await self._client.get(f"/sandbox/{path}")).json()["result"]

    async def post(self, path: str, **body: Any) -> Any:
        answer = (await self._client.post(f"/sandbox/{path}", json=body)).json()
        assert answer["ok"], answer
        return answer["result"]


@pytest.fixture
def remote(client: httpx.AsyncClient) -> Remote:
    return Remote(client)


async def test_another_process_builds_a_world_and_acts_in_it(remote: Remote, world: World) -> None:
    an = (await remote.act("add_user", first_name="An", username="an_nguyen"))["id"]
    forum = (await remote.act("add_group", title="Làng", forum=True, members=[an], bot="administrator"))["id"]
    topic = (await remote.act("add_topic", chat=forum, name="Cầu"))["id"]
    said = (await remote.act("say", user=an, chat=forum, text="ai?", topic=topic))["message"]
    assert (said["message_thread_id"], said["from"]["id"]) == (topic, an)
    edited = await remote.act("edit", message=[forum, said["message_id"]], text="ai nữa?")
    assert edited["edited_message"]["text"] == "ai nữa?"
    await remote.act("react", user=an, message=[forum, said["message_id"]], emoji=["👍"])
    await remote.act("close_topic", chat=forum, topic=topic)
    await remote.act("restrict", chat=forum, user=an, permissions=["can_send_photos"])
    await remote.act("promote", chat=forum, user=an, anonymous=True, by=None)
    group = (await remote.act("add_group", title="Xóm", type="group", members=[an]))["id"]
    assert (await remote.act("upgrade", group=group))["type"] == "supergroup"
    channel = (await remote.act("add_channel", title="Báo", owner=an, discussion=forum))["id"]
    post = (await remote.act("say", user=an, chat=channel, text="Bản tin"))["channel_post"]
    comment = await remote.act("comment", user=an, post=[channel, post["message_id"]], text="cầu nào?")
    assert comment["message"]["sender_chat"]["id"] == forum
    content = base64.b64encode(b"a,b").decode()
    private = (await remote.act("private_chat", user=an))["id"]
    sent = await remote.act("send_document", user=an, chat=private, content=content, name="a.csv")
    assert world.files.of(sent["message"]["document"]["file_id"]).content == b"a,b"
    await remote.act("set_privacy", on=False)
    assert not world.privacy
    assert {chat["id"] for chat in await remote.get("chats")} == set(world.chats)


async def test_taps_and_inline_queries_come_from_another_process_too(
    remote: Remote, world: World, an: User, chat: Chat, api: Api
) -> None:
    keys = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}
    await api("sendMessage", chat_id=chat.id, text="a", reply_markup=keys)
    assert (await remote.act("tap", user=an.id, message=[chat.id, 1], data="b"))["callback_query"]["data"] == "b"
    query = await remote.act("ask_inline", user=an.id, text="cầu")
    content = {"message_text": "câu"}
    result = {"type": "article", "id": "1", "title": "a", "input_message_content": content}
    await api("answerInlineQuery", inline_query_id=query["id"], results=[result])
    assert (await remote.act("choose", user=an.id, query=query["id"], result_id="1", chat=chat.id))["text"] == "câu"
    await remote.act("delete", message=[chat.id, 1])
    await remote.act("block", user=an.id)
    assert chat.blocked
    assert 1 not in chat.messages
    assert world.tally().sent == 1


def test_every_act_is_there() -> None:
    assert [name for name in ACTS if not callable(getattr(World, name, None))] == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "unknown act None"),
        ({"act": "record"}, "unknown act 'record'"),
        ({"act": ["say"]}, "unknown act ['say']"),
        ({"act": "add_user"}, 'argument "first_name" is required'),
        ({"act": "add_user", "first_name": 5}, 'wrong argument "first_name": Input should be a valid string'),
        ({"act": "add_user", "first_name": "a", "age": 5}, 'unknown argument "age"'),
        ({"act": "say", "user": 5, "chat": 1001, "text": "a"}, "user not found"),
        ({"act": "say", "user": [], "chat": 1001, "text": "a"}, "user not found"),
        ({"act": "add_group", "title": "a", "members": 5}, 'wrong argument "members"'),
        ({"act": "add_group", "title": "a", "type": "channel"}, 'wrong argument "type"'),
        ({"act": "add_group", "title": "a", "members": [5]}, "members not found"),
        ({"act": "say", "user": 1001, "chat": 5, "text": "a"}, "chat not found"),
        ({"act": "say", "user": 1001, "chat": 1001, "text": ""}, "message text is empty"),
        ({"act": "edit", "message": 1, "text": "a"}, 'wrong argument "message": a message is [chat id, message id]'),
        ({"act": "edit", "message": [1001, 9], "text": "a"}, "message not found"),
        ({"act": "close_topic", "chat": 1001, "topic": 1}, "topic not found"),
        ({"act": "choose", "user": 1001, "query": "9", "result_id": "1", "chat": 1001}, "query not found"),
        ({"act": "send_document", "user": 1001, "chat": 1001, "content": "!", "name": "a"}, 'wrong argument "content"'),
        ({"act": "close_topic", "topic": 1}, 'argument "chat" is required'),
    ],
)
async def test_what_cannot_be_done_is_told(client: httpx.AsyncClient, chat: Chat, body: Body, said: str) -> None:
    response = await client.post("/sandbox/act", json=body)
    assert response.status_code == 400
    assert response.json()["description"].startswith(f"Bad Request: {said}")
    assert not chat.messages


async def test_faults_are_set_listed_and_cleared_from_outside(
    client: httpx.AsyncClient, remote: Remote, api: Api
) -> None:
    flood = {"kind": "error", "code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 3}}
    await remote.post("faults", method="getMe", times=2, **flood)
    answer = await api("getMe")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 3})
    [waiting] = await remote.get("faults")
    assert (waiting["method"], waiting["times"]) == ("getMe", 1)
    await client.delete("/sandbox/faults")
    assert await remote.get("faults") == []
    assert (await api("getMe"))["ok"]
    await remote.post("release")


@pytest.mark.parametrize("body", [{}, {"kind": "fire"}, {"kind": "drop", "times": 0}, {"kind": "drop", "where": 1}])
async def test_a_wrong_fault_is_refused(client: httpx.AsyncClient, world: World, body: Body) -> None:
    answer = (await client.post("/sandbox/faults", json=body)).json()
    assert answer["description"].startswith("Bad Request: wrong fault, ")
    assert list(world.faults) == []


async def test_updates_are_put_repeated_and_turned_round_from_outside(
    remote: Remote, api: Api, world: World, an: User, chat: Chat
) -> None:
    update = world.say(an, chat, "một")
    bad = await remote.post("updates", put={"message": 5})
    await remote.post("updates", reverse=True)
    assert (await api("getUpdates"))["result"] == [bad, update]
    await remote.post("updates", repeat=update)
    assert (await api("getUpdates", offset=bad["update_id"] + 1))["result"] == [update]


@pytest.mark.parametrize("body", [{}, {"put": 5}, {"put": {}, "reverse": True}])
async def test_a_wrong_wish_about_updates_is_refused(client: httpx.AsyncClient, body: Body) -> None:
    answer = (await client.post("/sandbox/updates", json=body)).json()
    assert answer["description"] == 'Bad Request: one of "put", "repeat", "reverse" is required'


async def test_calls_and_questions_are_counted_from_outside(
    remote: Remote, api: Api, world: World, an: User, chat: Chat
) -> None:
    asked = world.say(an, chat, "một")["message"]["message_id"]
    world.say(an, chat, "hai")
    await api("sendMessage", chat_id=chat.id, text="a", reply_parameters={"message_id": asked})
    tally = await remote.get("tally")
    assert (tally["sent"], tally["answered"], tally["lost"], tally["doubled"]) == (2, 1, 1, 0)
    assert tally["chats"][str(chat.id)]["lost"] == 1
    [sent] = await remote.get("calls?method=sendMessage")
    assert (sent["params"]["text"], sent["result"]["message_id"], sent["error"]) == ("a", 3, None)


async def test_an_uploaded_file_is_listed_by_name_and_size(
    client: httpx.AsyncClient, remote: Remote, chat: Chat
) -> None:
    files = {"document": ("a.csv", b"abc")}
    await client.post("/bot42:secret/sendDocument", files=files, data={"chat_id": str(chat.id)})
    [call] = await remote.get("calls")
    assert call["params"]["document"] == {"file_name": "a.csv", "file_size": 3}


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:80"},
        {"host": "[::1"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:81"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/sandbox/act", "/bot42:secret/getMe"])
async def test_no_other_web_site_gets_in(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    answer = await client.post(path, json={"act": "add_user", "first_name": "a"}, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["description"] == "Forbidden: the request comes from another site"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "localhost:8081", "origin": "http://localhost:8081", "sec-fetch-site": "same-origin"},
        {"host": "[::1]:8081"},
        {"sec-fetch-site": "none"},
    ],
)
async def test_ones_own_page_and_programs_get_in(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.post("/bot42:secret/getMe", headers=headers)).status_code == 200


@pytest.mark.parametrize(("host", "status"), [("", 200), ("192.168.1.5", 200), ("127.0.0.1", 403)])
async def test_where_it_listens_decides_which_names_are_its_own(world: World, host: str, status: int) -> None:
    transport = httpx.ASGITransport(create_app(world, host))
    async with httpx.AsyncClient(transport=transport, base_url="http://192.168.1.5") as client:
        assert (await client.get("/bot42:secret/getMe")).status_code == status
        foreign = await client.get("/bot42:secret/getMe", headers={"origin": "https://evil.example"})
        assert foreign.status_code == 403


scalars = st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([1001, -1, [1001, 1], "YQ=="])
arguments = scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.text(), scalars, max_size=2)


@given(st.data(), st.sampled_from(ACTS))
def test_no_arguments_whatever_bring_an_act_down(data: st.DataObject, name: str) -> None:
    world = World()
    place = world.private_chat(world.add_user("An"))
    world.post(place, world.bot, "cũ", ())
    world.add_group("Xóm", type="group", forum=True)
    names = [key for key in inspect.signature(getattr(World, name)).parameters if key != "self"]
    sound = {"user": 1001, "chat": 1001, "message": [1001, 1], "text": "a", "first_name": "a", "title": "a"}
    given_ = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, arguments)))
    with contextlib.suppress(ApiError):
        json.dumps(act(world, {key: value for key, value in sound.items() if key in names} | given_ | {"act": name}))
