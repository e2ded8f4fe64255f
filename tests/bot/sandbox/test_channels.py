"""Channels and their discussion groups."""

import pytest
from telegram import Bot, MessageOriginChannel, ReplyParameters
from telegram.error import BadRequest, Forbidden

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, User, World


@pytest.fixture
def group(world: World, an: User) -> Chat:
    return world.add_group("Bàn luận", members=[an])


@pytest.fixture
def channel(world: World, group: Chat) -> Chat:
    return world.add_channel("Báo làng", username="bao_lang", discussion=group)


async def test_a_post_arrives_in_the_channels_name_and_goes_on_to_the_discussion_group(
    bot: Bot, world: World, channel: Chat, group: Chat
) -> None:
    world.set_privacy(on=False)
    world.say(world.owner(channel), channel, "Cầu đã thông xe.")
    posted, forwarded = await bot.get_updates()
    post = posted.channel_post
    assert post is not None
    assert (post.text, post.from_user, post.chat.username) == ("Cầu đã thông xe.", None, "bao_lang")
    assert post.sender_chat == post.chat
    copy = forwarded.message
    assert copy is not None
    assert copy.is_automatic_forward
    assert (copy.text, copy.chat.id) == (post.text, group.id)
    assert copy.sender_chat == post.chat
    assert copy.from_user is not None
    assert copy.from_user.id == 777000
    assert isinstance(copy.forward_origin, MessageOriginChannel)
    assert copy.forward_origin.message_id == post.message_id
    assert (await bot.get_chat(channel.id)).linked_chat_id == group.id
    assert (await bot.get_chat(group.id)).linked_chat_id == channel.id
    assert world.tally().sent == 0


async def test_a_comment_is_a_reply_in_the_thread_of_the_post(
    bot: Bot, world: World, an: User, channel: Chat, group: Chat
) -> None:
    post = world.say(world.owner(channel), channel, "Cầu đã thông xe.")["channel_post"]
    copy = world.copy_of(post)
    world.comment(an, post, "/hoi cầu nào?")
    asked = (await bot.get_updates())[-1].message
    assert asked is not None
    assert asked.message_thread_id == copy["message_id"]
    assert not asked.is_topic_message
    assert asked.reply_to_message is not None
    assert asked.reply_to_message.is_automatic_forward
    sent = await bot.send_message(group.id, "a", reply_parameters=ReplyParameters(asked.message_id))
    assert sent.message_thread_id == copy["message_id"]
    assert await bot.send_message(group.id, "a", message_thread_id=copy["message_id"])


async def test_an_edited_post_changes_in_the_group_too(bot: Bot, world: World, channel: Chat, group: Chat) -> None:
    world.promote(group, world.bot)
    post = world.say(world.owner(channel), channel, "Cầu dài 1.200 m.")["channel_post"]
    world.edit(post, "Cầu dài 1.250 m.")
    updates = await bot.get_updates()
    edits = [update.edited_channel_post or update.edited_message for update in updates]
    assert [(edit.chat.id, edit.text) for edit in edits if edit] == [
        (channel.id, "Cầu dài 1.250 m."),
        (group.id, "Cầu dài 1.250 m."),
    ]


async def test_the_bot_posts_edits_and_deletes_as_the_channel(bot: Bot, world: World, channel: Chat) -> None:
    sent = await bot.send_message("@bao_lang", "Bản tin")
    assert (sent.from_user, sent.sender_chat) == (None, sent.chat)
    assert world.copy_of(channel.messages[sent.message_id])["text"] == "Bản tin"
    assert [message["text"] for message in world.messages_of_bot(channel)] == ["Bản tin"]
    await bot.edit_message_text("Bản tin sửa", channel.id, sent.message_id)
    assert world.copy_of(channel.messages[sent.message_id])["text"] == "Bản tin sửa"
    owners = world.say(world.owner(channel), channel, "Của chủ")["channel_post"]
    await bot.edit_message_text("Sửa", channel.id, owners["message_id"])
    assert channel.messages[owners["message_id"]]["text"] == "Sửa"
    assert len(world.updates) == 1  # the owner's post; what the bot does itself it isn't told
    await bot.delete_message(channel.id, owners["message_id"])
    assert list(channel.messages) == [sent.message_id]


async def test_an_ordinary_member_can_neither_read_nor_write(bot: Bot, world: World, an: User, channel: Chat) -> None:
    world.demote(channel, world.bot)
    world.say(world.owner(channel), channel, "Bản tin")
    assert [update.channel_post for update in await bot.get_updates()] == [None]
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "a")
    with pytest.raises(BadRequest, match="Member list is inaccessible"):
        await bot.get_chat_administrators(channel.id)
    with pytest.raises(ApiError, match="CHAT_WRITE_FORBIDDEN"):
        world.say(an, channel, "a")
    world.kick(channel, world.bot)
    with pytest.raises(Forbidden, match="bot was kicked from the channel chat"):
        await bot.send_message(channel.id, "a")


async def test_an_administrator_without_that_right_cannot_post(bot: Bot, world: World, channel: Chat) -> None:
    world.promote(channel, world.bot, rights=["can_manage_chat"])
    world.say(world.owner(channel), channel, "Bản tin")
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message(channel.id, "a")
    assert [update.channel_post.text for update in await bot.get_updates() if update.channel_post] == ["Bản tin"]


async def test_a_channel_without_a_discussion_has_no_comments(world: World, an: User) -> None:
    channel = world.add_channel("Báo", owner=an)
    post = world.say(an, channel, "Bản tin")["channel_post"]
    with pytest.raises(ApiError, match="no discussion"):
        world.comment(an, post, "a")
