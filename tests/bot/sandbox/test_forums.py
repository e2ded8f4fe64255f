"""Topics of a forum: General, open, closed, deleted."""

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, Topic, User, World


@pytest.fixture
def forum(world: World, an: User) -> Chat:
    world.set_privacy(on=False)
    return world.add_group("Làng", forum=True, members=[an])


@pytest.fixture
def topic(world: World, forum: Chat) -> Topic:
    return world.add_topic(forum, "Cầu đường")


async def test_a_new_topic_is_told_and_has_the_id_of_its_first_message(bot: Bot, forum: Chat, topic: Topic) -> None:
    [update] = await bot.get_updates()
    message = update.message
    assert message is not None
    assert message.forum_topic_created is not None
    assert (message.forum_topic_created.name, message.message_id, message.message_thread_id) == (
        "Cầu đường", topic.id, topic.id,
    )  # fmt: skip
    assert message.is_topic_message
    assert message.chat.is_forum
    assert (await bot.get_chat(forum.id)).is_forum


async def test_what_is_said_in_a_topic_carries_it_and_shows_its_beginning_as_replied_to(
    bot: Bot, world: World, an: User, forum: Chat, topic: Topic
) -> None:
    world.say(an, forum, "ai?", topic=topic.id)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (topic.id, True)
    assert message.reply_to_message is not None
    assert message.reply_to_message.forum_topic_created is not None


@pytest.mark.parametrize("general", [None, 1])
async def test_general_has_no_thread(bot: Bot, world: World, an: User, forum: Chat, general: int | None) -> None:
    said = world.say(an, forum, "ai?", topic=general)["message"]
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert (message.message_thread_id, message.is_topic_message) == (None, None)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "a", message_thread_id=1)
    sent = await bot.send_message(forum.id, "a", reply_parameters=ReplyParameters(said["message_id"]))
    assert (sent.message_thread_id, sent.is_topic_message) == (None, None)


async def test_a_reply_comes_into_the_topic(bot: Bot, world: World, an: User, forum: Chat, topic: Topic) -> None:
    said = world.say(an, forum, "ai?", topic=topic.id)["message"]
    message = (await bot.get_updates())[-1].message
    assert message is not None
    for sent in (
        await bot.send_message(forum.id, "a", message_thread_id=topic.id),
        await bot.send_message(forum.id, "a", reply_parameters=ReplyParameters(said["message_id"])),
        await message.reply_text("a"),
    ):
        assert (sent.message_thread_id, sent.is_topic_message) == (topic.id, True)
    assert await bot.send_chat_action(forum.id, "typing", message_thread_id=topic.id)


async def test_in_a_closed_topic_only_those_write_who_manage_topics(
    bot: Bot, world: World, an: User, forum: Chat, topic: Topic
) -> None:
    said = world.say(an, forum, "ai?", topic=topic.id)["message"]
    world.close_topic(forum, topic)
    for arguments in (
        {"message_thread_id": topic.id},
        {"reply_parameters": ReplyParameters(said["message_id"])},
    ):
        with pytest.raises(BadRequest, match="Topic_closed"):
            await bot.send_message(forum.id, "a", **arguments)
    with pytest.raises(ApiError, match="TOPIC_CLOSED"):
        world.say(an, forum, "a", topic=topic.id)
    world.promote(forum, world.bot, rights=["can_delete_messages"])
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "a", message_thread_id=topic.id)
    world.promote(forum, world.bot)
    assert await bot.send_message(forum.id, "a", message_thread_id=topic.id)
    world.reopen_topic(forum, topic)
    world.say(an, forum, "a", topic=topic.id)
    kinds = [update.message for update in await bot.get_updates() if update.message]
    assert any(message.forum_topic_closed for message in kinds)
    assert any(message.forum_topic_reopened for message in kinds)


async def test_general_can_be_closed_too(bot: Bot, world: World, forum: Chat) -> None:
    assert forum.topics is not None
    world.close_topic(forum, forum.topics[1])
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.id, "a")


async def test_a_deleted_topic_is_gone_with_its_messages(
    bot: Bot, world: World, an: User, forum: Chat, topic: Topic
) -> None:
    said = world.say(an, forum, "ai?", topic=topic.id)["message"]
    world.delete_topic(forum, topic)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.id, "a", message_thread_id=topic.id)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(forum.id, "a", reply_parameters=ReplyParameters(said["message_id"]))
    with pytest.raises(ApiError, match="message thread not found"):
        world.say(an, forum, "a", topic=topic.id)


async def test_only_forums_have_topics_and_general_stays(world: World, an: User, forum: Chat) -> None:
    with pytest.raises(ApiError, match="not a forum"):
        world.add_topic(world.add_group("Xóm", members=[an]), "a")
    assert forum.topics is not None
    with pytest.raises(ApiError, match="TOPIC_ID_INVALID"):
        world.delete_topic(forum, forum.topics[1])


async def test_in_a_plain_supergroup_replies_carry_a_thread_that_cannot_be_written_to(
    bot: Bot, world: World, an: User
) -> None:
    world.set_privacy(on=False)
    group = world.add_group("Xóm", members=[an])
    first = world.say(an, group, "một")["message"]["message_id"]
    second = world.say(an, group, "hai", reply_to=first)["message"]["message_id"]
    world.say(an, group, "ba", reply_to=second)
    messages = [update.message for update in await bot.get_updates() if update.message]
    assert [(message.message_thread_id, message.is_topic_message) for message in messages] == [
        (None, None), (first, None), (first, None),
    ]  # fmt: skip
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.id, "a", message_thread_id=first)
