"""Groups: what the bot gets to see there, who is in them, and how it comes, goes and is thrown out."""

from collections.abc import Iterable
from typing import Literal

import pytest
from telegram import Bot, ChatMemberAdministrator, ChatMemberLeft, ChatMemberOwner, ChatMemberRestricted, Message
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, User, World


@pytest.fixture
def group(world: World, an: User) -> Chat:
    """A supergroup with An in it and the bot as an ordinary member."""
    return world.add_group("Xóm", members=[an])


async def heard(bot: Bot) -> list[Message]:
    """The messages that wait for the bot, acknowledged."""
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [update.message for update in updates if update.message]


def texts(messages: Iterable[Message]) -> list[str | None]:
    return [message.text for message in messages]


MEANT_FOR_IT = ["/hoi ai?", "/hoi@trich_bot ai?", "này @Trich_Bot ai?"]
NOT_MEANT_FOR_IT = ["ai?", "/hoi@other_bot ai?", "a@trich_bot", "@trich_bots ai?"]


async def test_in_privacy_mode_the_bot_hears_what_is_meant_for_it(
    bot: Bot, world: World, an: User, group: Chat
) -> None:
    for text in MEANT_FOR_IT + NOT_MEANT_FOR_IT:
        world.say(an, group, text)
    assert texts(await heard(bot)) == MEANT_FOR_IT
    assert not (await bot.get_me()).can_read_all_group_messages
    assert world.tally(group).sent == len(MEANT_FOR_IT)


async def test_a_reply_to_the_bot_is_meant_for_it(bot: Bot, world: World, an: User, group: Chat) -> None:
    sent = await bot.send_message(group.id, "Đây")
    other = world.say(an, group, "chuyện khác")["message"]
    world.say(an, group, "tiếp?", reply_to=sent.message_id)
    world.say(an, group, "không phải nó", reply_to=other["message_id"])
    assert texts(await heard(bot)) == ["tiếp?"]


@pytest.mark.parametrize("why", ["privacy off", "administrator"])
async def test_without_privacy_mode_or_as_an_administrator_the_bot_hears_everything(
    bot: Bot, world: World, an: User, group: Chat, why: str
) -> None:
    if why == "privacy off":
        world.set_privacy(on=False)
        assert (await bot.get_me()).can_read_all_group_messages
    else:
        world.promote(group, world.bot)
    for text in MEANT_FOR_IT + NOT_MEANT_FOR_IT:
        world.say(an, group, text)
    assert texts(await heard(bot)) == MEANT_FOR_IT + NOT_MEANT_FOR_IT


async def test_the_bot_hears_neither_itself_nor_other_bots(bot: Bot, world: World, group: Chat) -> None:
    world.set_privacy(on=False)
    other = User(77, "Máy", "other_bot", is_bot=True)
    world.users[other.id] = other
    world.join(group, other, by=world.owner(group))
    world.say(other, group, "/hoi@trich_bot ai?")
    await bot.send_message(group.id, "/hoi ai?")
    [joined] = await heard(bot)
    assert joined.new_chat_members[0].id == other.id
    assert world.tally(group).sent == 0


async def test_an_edit_arrives_as_one_and_keeps_the_place(bot: Bot, world: World, an: User, group: Chat) -> None:
    said = world.say(an, group, "/hoi một")["message"]
    world.edit(said, "/hoi hai")
    world.edit(world.say(an, group, "ba")["message"], "bốn")
    new, edited = await bot.get_updates()
    assert edited.edited_message is not None
    assert edited.edited_message.text == "/hoi hai"
    assert edited.edited_message.message_id == said["message_id"]
    assert edited.edited_message.edit_date is not None
    assert new.message is not None


async def test_an_anonymous_administrator_writes_in_the_groups_name(
    bot: Bot, world: World, an: User, group: Chat
) -> None:
    world.promote(group, an, anonymous=True)
    world.say(an, group, "/hoi ai?")
    [message] = await heard(bot)
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.username) == (1087968824, "GroupAnonymousBot")
    assert message.sender_chat is not None
    assert message.sender_chat.id == group.id
    admins = await bot.get_chat_administrators(group.id)
    assert [(admin.user.id, isinstance(admin, ChatMemberAdministrator)) for admin in admins if admin.user.id == an.id]


async def test_somebody_may_write_in_a_channels_name(bot: Bot, world: World, an: User, group: Chat) -> None:
    channel = world.add_channel("Báo làng", owner=an, bot=None)
    world.say(an, group, "/hoi ai?", as_chat=channel)
    [message] = await heard(bot)
    assert message.from_user is not None
    assert message.from_user.id == 136817688
    assert message.sender_chat is not None
    assert (message.sender_chat.id, message.sender_chat.type) == (channel.id, "channel")


async def test_members_are_told_by_name_number_and_standing(bot: Bot, world: World, an: User, group: Chat) -> None:
    stranger = world.add_user("Lạ")
    world.promote(group, world.bot, rights=["can_delete_messages", "can_manage_topics"])
    world.restrict(group, an, ["can_send_messages"])
    assert await bot.get_chat_member_count(group.id) == 3
    owner, me = await bot.get_chat_administrators(group.id)
    assert isinstance(owner, ChatMemberOwner)
    assert isinstance(me, ChatMemberAdministrator)
    assert (me.user.id, me.can_delete_messages, me.can_manage_topics, me.can_pin_messages) == (42, True, True, None)
    limited = await bot.get_chat_member(group.id, an.id)
    assert isinstance(limited, ChatMemberRestricted)
    assert (limited.can_send_messages, limited.can_send_photos) == (True, False)
    assert isinstance(await bot.get_chat_member(group.id, stranger.id), ChatMemberLeft)
    with pytest.raises(BadRequest, match="Participant_id_invalid"):
        await bot.get_chat_member(group.id, 5)


async def test_a_chat_is_told_in_full(bot: Bot, world: World, group: Chat, chat: Chat) -> None:
    full = await bot.get_chat(group.id)
    assert (full.title, full.type, full.is_forum, full.linked_chat_id) == ("Xóm", "supergroup", None, None)
    assert full.permissions is not None
    assert (full.permissions.can_send_messages, full.permissions.can_manage_topics) == (True, False)
    assert (await bot.get_chat(chat.id)).first_name == "An"
    assert await bot.get_chat_member_count(chat.id) == 2
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(chat.id)
    world.add_group("Công khai", username="cong_khai")
    assert (await bot.get_chat("@cong_khai")).username == "cong_khai"


async def test_the_bot_is_told_when_it_comes_rises_falls_and_goes(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", type="group", members=[an], bot=None)
    world.say(an, group, "/hoi trước khi nó đến")
    world.join(group, world.bot, by=an)
    world.promote(group, world.bot)
    world.demote(group, world.bot)
    world.kick(group, world.bot, by=an)
    world.say(an, group, "/hoi sau khi nó đi")
    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        (ChatMemberStatus.LEFT, ChatMemberStatus.MEMBER),
        (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR),
        (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER),
        (ChatMemberStatus.MEMBER, ChatMemberStatus.BANNED),
    ]
    assert changes[0].from_user.id == an.id
    messages = [update.message for update in updates if update.message]
    assert [[user.id for user in message.new_chat_members] for message in messages if message.new_chat_members] == [
        [42]
    ]
    assert not [message.text for message in messages if message.text]


async def test_other_members_changes_come_to_an_administrator_who_asks(
    bot: Bot, world: World, an: User, group: Chat
) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    world.leave(group, an)
    world.promote(group, world.bot)
    world.join(group, an)
    [update] = await bot.get_updates()
    assert update.chat_member is not None
    assert update.chat_member.new_chat_member.user.id == an.id


async def test_the_bot_leaves(bot: Bot, group: Chat, chat: Chat) -> None:
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "a")
    with pytest.raises(BadRequest, match="Chat member status can't be changed in private chats"):
        await bot.leave_chat(chat.id)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_thrown_out_the_bot_can_do_nothing_there(
    bot: Bot, world: World, an: User, kind: Literal["group", "supergroup"]
) -> None:
    group = world.add_group("Xóm", type=kind, members=[an])
    sent = await bot.send_message(group.id, "a")
    world.kick(group, world.bot)
    for attempt in (
        bot.send_message(group.id, "a"),
        bot.edit_message_text("b", group.id, sent.message_id),
        bot.delete_message(group.id, sent.message_id),
        bot.get_chat(group.id),
    ):
        with pytest.raises(Forbidden, match=f"bot was kicked from the {kind} chat"):
            await attempt
    assert [message["text"] for message in world.messages_of_bot(group)] == ["a"]


async def test_a_person_blocks_the_bot_and_lets_it_come_back(bot: Bot, world: World, an: User, chat: Chat) -> None:
    world.block(an)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(chat.id, "a")
    with pytest.raises(ApiError, match="YOU_BLOCKED_USER"):
        world.say(an, chat, "a")
    world.unblock(an)
    assert await bot.send_message(chat.id, "a")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_chat_that_is_gone_says_so(bot: Bot, world: World, group: Chat, chat: Chat) -> None:
    world.destroy(chat)
    world.destroy(group)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(chat.id, "a")
    with pytest.raises(Forbidden, match="the supergroup chat was deleted"):
        await bot.send_message(group.id, "a")


async def test_what_is_not_allowed_in_a_group_is_refused_by_name(bot: Bot, world: World, an: User, group: Chat) -> None:
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09"
    world.restrict(group, world.bot, ["can_send_messages"])
    await bot.send_message(group.id, "a")
    with pytest.raises(BadRequest, match="Not enough rights to send photos to the chat"):
        await bot.send_photo(group.id, picture)
    with pytest.raises(BadRequest, match="Not enough rights to send documents to the chat"):
        await bot.send_document(group.id, b"a")
    world.set_permissions(group, ["can_send_photos"])
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "a")
    with pytest.raises(ApiError, match="CHAT_WRITE_FORBIDDEN"):
        world.say(an, group, "tôi cũng không nói được")
    world.promote(group, world.bot)
    assert await bot.send_message(group.id, "a")


async def test_an_upgraded_group_tells_its_new_id(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", type="group", members=[an])
    new = world.upgrade(group)
    messages = await heard(bot)
    assert [message.migrate_to_chat_id for message in messages] == [new.id, None]
    assert [message.migrate_from_chat_id for message in messages] == [None, group.id]
    with pytest.raises(ChatMigrated) as refusal:
        await bot.send_message(group.id, "a")
    assert refusal.value.new_chat_id == new.id
    assert "Group migrated to supergroup" in str(refusal.value)
    [call] = world.calls_of("sendMessage")
    assert call.error == "Bad Request: group chat was upgraded to a supergroup chat"
    with pytest.raises(ApiError, match="CHAT_WRITE_FORBIDDEN"):
        world.say(an, group, "a")
    world.say(an, new, "/hoi ai?")
    assert texts(await heard(bot)) == ["/hoi ai?"]
    assert await bot.send_message(new.id, "a")


async def test_a_deleted_message_cannot_be_replied_to(bot: Bot, world: World, an: User, group: Chat) -> None:
    said = world.say(an, group, "/hoi ai?")["message"]
    world.delete(said)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(group.id, "a", reply_to_message_id=said["message_id"])
    with pytest.raises(ApiError, match="message to be replied not found"):
        world.say(an, group, "a", reply_to=said["message_id"])


async def test_a_chat_made_by_hand_has_no_rules(bot: Bot, world: World, an: User) -> None:
    group = Chat(-100, "supergroup", title="Xóm")
    world.chats[group.id] = group
    world.say(an, group, "ai?")
    assert texts(await heard(bot)) == ["ai?"]
    assert await bot.send_message(group.id, "a")
