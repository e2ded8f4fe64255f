"""What the page lives on: the stream of changes, answers that are waited for, files, menus, what the bot did."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)
from telegram.constants import ChatAction

from bot.sandbox.live import Page
from bot.sandbox.scene import set_scene
from bot.sandbox.serve import serving
from bot.sandbox.world import Chat, User, World
from tests.clock import PATIENCE


class Listener:
    """One who reads the stream, as a browser does."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines
        self.last = ""

    async def news(self) -> dict[str, Any]:
        """The next event that tells of changes."""
        async with asyncio.timeout(PATIENCE):
            kind = ""
            async for line in self._lines:
                name, _, value = line.partition(": ")
                match name:
                    case "id":
                        self.last = value
                    case "event":
                        kind = value
                    case "data" if not kind:
                        news: dict[str, Any] = json.loads(value)
                        return news
                    case "":
                        kind = ""
        pytest.fail("the stream is over")


@asynccontextmanager
async def listening(url: str, after: str = "") -> AsyncIterator[Listener]:
    async with (
        httpx.AsyncClient(base_url=url) as client,
        client.stream("GET", "/sandbox/events", headers={"Last-Event-ID": after}) as response,
    ):
        yield Listener(response.aiter_lines())


async def test_the_stream_begins_with_all_there_is_and_goes_on_with_what_changes(
    world: World, an: User, chat: Chat
) -> None:
    world.say(an, chat, "một")
    async with serving(world) as url, listening(url) as listener:
        first = await listener.news()
        assert [user["first_name"] for user in first["users"]] == ["An"]
        assert [view["message"]["text"] for view in first["messages"]] == ["một"]
        world.say(an, chat, "hai")
        assert [view["message"]["text"] for view in (await listener.news())["messages"]] == ["hai"]


async def test_who_lost_the_stream_catches_up_with_what_was_missed_only(world: World, an: User, chat: Chat) -> None:
    said = world.say(an, chat, "một")["message"]
    async with serving(world) as url:
        async with listening(url) as listener:
            await listener.news()
        world.edit(said, "một, sửa")
        gone = world.say(an, chat, "nhầm")["message"]
        world.delete(gone)
        async with listening(url, listener.last) as again:
            views = (await again.news())["messages"]
    assert [(view["message_id"], view.get("deleted", False)) for view in views] == [(1, False), (2, True)]
    assert views[0]["message"]["text"] == "một, sửa"


async def test_another_start_of_the_server_tells_all_anew(world: World, an: User, chat: Chat) -> None:
    world.say(an, chat, "một")
    async with serving(world) as url, listening(url) as listener:
        await listener.news()
    async with serving(world) as url, listening(url, listener.last) as again:
        assert (await again.news())["messages"]


async def test_stopping_ends_the_stream(world: World) -> None:
    async with httpx.AsyncClient() as client:
        async with serving(world) as url:
            reading = asyncio.create_task(client.get(f"{url}/sandbox/events"))
            await asyncio.wait_for(world.until(lambda: world.changes.watched > 0), PATIENCE)
        assert (await reading).status_code == 200


async def test_a_message_is_read_once_the_bot_has_taken_its_update(
    world: World, an: User, chat: Chat, bot: Bot
) -> None:
    async with listening(bot.base_url.partition("/bot")[0]) as listener:
        await listener.news()
        update = world.say(an, chat, "một")
        assert not (await listener.news())["messages"][0]["read"]
        await bot.get_updates(offset=update["update_id"] + 1)
        assert (await listener.news())["messages"][0]["read"]


async def test_reactions_and_what_the_bot_is_doing_are_told(world: World, an: User, chat: Chat, bot: Bot) -> None:
    said = world.say(an, chat, "một")["message"]
    async with listening(bot.base_url.partition("/bot")[0]) as listener:
        await listener.news()
        world.react(an, said, ["👍"])
        assert (await listener.news())["messages"][0]["reactions"] == [{"user_id": an.id, "emoji": ["👍"]}]
        await bot.send_chat_action(chat.id, ChatAction.TYPING)
        (action,) = (await listener.news())["actions"]
        assert (action["chat_id"], action["action"]) == (chat.id, "typing")
        assert 0 < action["left"] <= 5000
        await bot.send_message(chat.id, "đây")
        assert chat.action is None


async def test_the_answer_to_a_tap_is_waited_for(world: World, an: User, chat: Chat, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Thêm", callback_data="more")]])
    sent = await bot.send_message(chat.id, "đây", reply_markup=keyboard)
    query = world.tap(an, chat.messages[sent.message_id], "more")["callback_query"]
    async with httpx.AsyncClient(base_url=bot.base_url.partition("/bot")[0]) as client:
        waiting = asyncio.create_task(client.get(f"/sandbox/taps/{query['id']}"))
        await bot.answer_callback_query(query["id"], "xong")
        assert (await waiting).json()["result"]["text"] == "xong"
        assert (await client.get("/sandbox/taps/99")).json()["description"] == "Bad Request: query not found"


async def test_the_menu_is_that_of_the_narrowest_scope_in_the_persons_language(
    world: World, an: User, bot: Bot
) -> None:
    group = world.add_group("Nhóm", owner=an, members=[ba := world.add_user("Ba", language_code="en")])
    everyone, admins = BotCommandScopeAllGroupChats(), BotCommandScopeAllChatAdministrators()
    await bot.set_my_commands([BotCommand("hoi", "Hỏi")], everyone)
    await bot.set_my_commands([BotCommand("ask", "Ask")], everyone, "en")
    await bot.set_my_commands([BotCommand("caidat", "Cài đặt")], admins)
    async with httpx.AsyncClient(base_url=bot.base_url.partition("/bot")[0]) as client:

        async def menu(user: User) -> list[str]:
            answer = (await client.get("/sandbox/menu", params={"chat": group.id, "user": user.id})).json()
            return [command["command"] for command in answer["result"]]

        assert await menu(an) == ["caidat"]
        assert await menu(ba) == ["ask"]
        assert await menu(world.set_language(ba, "vi")) == ["hoi"]


async def test_documents_are_saved_and_pictures_shown(
    world: World, an: User, chat: Chat, client: httpx.AsyncClient
) -> None:
    sent = world.send_document(an, chat, b"<script>", "bảng.html")["message"]["document"]
    answer = await client.get(f"/sandbox/files/{sent['file_id']}")
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''b%E1%BA%A3ng.html"
    assert (await client.get("/sandbox/files/none")).status_code == 400


async def test_what_the_bot_did_is_told_with_what_it_chose_by(world: World, an: User, chat: Chat) -> None:
    async def explain(update: Mapping[str, Any]) -> dict[str, Any]:
        return {"of": update["update_id"]}

    page = Page(explain=explain)
    async with serving(world, page=page) as url, httpx.AsyncClient(base_url=url) as client:
        first, second = world.say(an, chat, "một"), world.say(an, chat, "hai")
        reply = {"chat_id": chat.id, "text": "đáp", "reply_parameters": {"message_id": first["message"]["message_id"]}}
        await client.post(f"/bot{world.token}/sendMessage", json=reply)

        async def turn(message: int | None = None) -> dict[str, Any]:
            params = {"chat": chat.id} | ({} if message is None else {"message": message})
            result: dict[str, Any] = (await client.get("/sandbox/turns", params=params)).json()["result"]
            return result

        assert (await turn())["update"] == second
        answered = await turn(3)
        assert answered == await turn(1)
        assert answered["explanation"] == {"of": first["update_id"]}
        assert [call["method"] for call in answered["calls"]] == ["sendMessage"]
        assert answered["calls"][0]["after"] > 0


async def test_the_scene_has_every_kind_of_chat_and_nobody_asks_yet(world: World) -> None:
    samples = set_scene(world)
    assert {chat.type for chat in world.chats.values()} == {"private", "supergroup", "channel"}
    assert any(chat.is_forum for chat in world.chats.values())
    channel = next(chat for chat in world.chats.values() if chat.type == "channel")
    assert channel.linked_chat is not None
    assert world.copy_of(channel.messages[1])["text"] == channel.messages[1]["text"]
    assert set(samples) == {"vi", "en"}
    assert world.tally().sent == 0
