"""Messages sent and edited through the local Bot API, where answers grow and shrink."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.ground.place import Place
from bot.handlers.sending import edit, send
from bot.sandbox.serve import serving
from bot.sandbox.world import Chat, World

GONE = "(không còn)"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def chat(world: World) -> Chat:
    return world.add_group("Xóm")


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    async with serving(world) as address, Bot(world.token, f"{address}/bot") as bot:
        yield bot


@pytest.fixture
def place(world: World, chat: Chat) -> Place:
    asked = world.say(world.owner(chat), chat, "/hoi")["message"]
    return Place(chat.id, None, asked["message_id"])


def texts(world: World, chat: Chat) -> list[str]:
    return [message["text"] for message in world.messages_of_bot(chat)]


async def test_the_first_message_is_the_reply(world: World, chat: Chat, bot: Bot, place: Place) -> None:
    ids = await send(bot, place, ["<b>một</b>", "hai"])
    first, second = world.messages_of_bot(chat)
    assert ids == [first["message_id"], second["message_id"]]
    assert first["reply_to_message"]["message_id"] == place.message_id
    assert "reply_to_message" not in second


async def test_a_question_that_is_gone_is_answered_without_a_reply(
    world: World, chat: Chat, bot: Bot, place: Place
) -> None:
    world.delete(chat.messages[place.message_id])
    await send(bot, place, ["một"])
    [message] = world.messages_of_bot(chat)
    assert "reply_to_message" not in message


async def test_an_answer_of_as_many_messages_is_changed_in_place(
    world: World, chat: Chat, bot: Bot, place: Place
) -> None:
    before = await send(bot, place, ["một", "hai"])
    assert await edit(bot, place, before, ["một", "ba &lt;"], GONE) == before
    assert texts(world, chat) == ["một", "ba <"]


async def test_an_answer_that_grows_goes_on_in_new_messages(world: World, chat: Chat, bot: Bot, place: Place) -> None:
    before = await send(bot, place, ["một"])
    after = await edit(bot, place, before, ["hai", "ba", "bốn"], GONE)
    assert texts(world, chat) == ["hai", "ba", "bốn"]
    assert after == [message["message_id"] for message in world.messages_of_bot(chat)]


async def test_an_answer_that_shrinks_leaves_nothing_behind(world: World, chat: Chat, bot: Bot, place: Place) -> None:
    before = await send(bot, place, ["một", "hai", "ba"])
    assert await edit(bot, place, before, ["bốn"], GONE) == before[:1]
    assert texts(world, chat) == ["bốn"]


class TooOld(Bot):
    """As two days later: Telegram deletes no more."""

    async def delete_message(self, *_args: object, **_kwargs: object) -> bool:
        raise BadRequest("Message can't be deleted")


async def test_what_can_no_longer_be_deleted_says_that_it_is_void(world: World, chat: Chat, place: Place) -> None:
    async with serving(world) as address, TooOld(world.token, f"{address}/bot") as bot:
        before = await send(bot, place, ["một", "hai"])
        await edit(bot, place, before, ["ba"], GONE)
    assert texts(world, chat) == ["ba", GONE]


async def test_what_somebody_deleted_stays_away_and_the_rest_is_changed(
    world: World, chat: Chat, bot: Bot, place: Place
) -> None:
    before = await send(bot, place, ["một", "hai", "ba"])
    for message_id in (before[0], before[2]):
        world.delete(chat.messages[message_id])
    assert await edit(bot, place, before, ["bốn", "năm"], GONE) == [before[1]]
    assert texts(world, chat) == ["năm"]


async def test_another_refusal_is_not_hidden(bot: Bot, place: Place) -> None:
    before = await send(bot, place, ["một"])
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await edit(bot, place, before, ["<b>hai"], GONE)
