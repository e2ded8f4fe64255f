"""Editing, deleting, reacting; taps on buttons of all kinds."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    KeyboardButton,
    MenuButtonCommands,
    MenuButtonDefault,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.sandbox.errors import ApiError
from bot.sandbox.world import Chat, User, World
from tests.bot.sandbox.conftest import Api

BUTTONS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton("Thêm", callback_data="more"), InlineKeyboardButton("Mở", url="https://a.vn/1")],
        [InlineKeyboardButton("Chép", copy_text=CopyTextButton("a" * 256))],
        [InlineKeyboardButton("Chia sẻ", switch_inline_query="cầu"),
         InlineKeyboardButton("Tại đây", switch_inline_query_current_chat="")],
    ]
)  # fmt: skip


async def test_buttons_are_shown_changed_and_taken_away(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "<b>a</b>", parse_mode="HTML", reply_markup=BUTTONS)
    assert sent.reply_markup == BUTTONS
    fewer = InlineKeyboardMarkup(BUTTONS.inline_keyboard[:1])
    edited = await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=fewer)
    assert isinstance(edited, Message)
    assert (edited.reply_markup, edited.text, edited.entities) == (fewer, "a", sent.entities)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=fewer)
    bare = await bot.edit_message_reply_markup(chat.id, sent.message_id)
    assert isinstance(bare, Message)
    assert bare.reply_markup is None
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, sent.message_id)


@pytest.mark.parametrize(
    "markup",
    [
        ReplyKeyboardMarkup([[KeyboardButton("Có"), "Không"]], resize_keyboard=True, input_field_placeholder="Trả lời"),
        ReplyKeyboardRemove(selective=True),
        ForceReply(input_field_placeholder="Câu hỏi"),
    ],
)
async def test_keyboards_are_taken_but_not_shown_in_the_message(
    bot: Bot, chat: Chat, markup: ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply
) -> None:
    assert (await bot.send_message(chat.id, "a", reply_markup=markup)).reply_markup is None


async def test_a_query_not_answered_in_time_is_too_old(bot: Bot, world: World, an: User, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "a", reply_markup=BUTTONS)
    world.tap(an, chat.messages[sent.message_id], "more")
    world.expire_queries()
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await update.callback_query.answer()


async def test_what_has_no_buttons_cannot_be_tapped(bot: Bot, world: World, an: User, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "a")
    with pytest.raises(ApiError, match="BUTTON_DATA_INVALID"):
        world.tap(an, chat.messages[sent.message_id], "more")


async def test_anybody_in_a_group_may_tap(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", members=[an])
    sent = await bot.send_message(group.id, "a", reply_markup=BUTTONS)
    world.tap(an, group.messages[sent.message_id], "more")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, Message)
    assert (update.callback_query.message.chat.id, update.callback_query.from_user.id) == (group.id, an.id)


async def test_own_messages_are_deleted_and_what_hung_on_them_fails(bot: Bot, world: World, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "a")
    assert await bot.delete_message(chat.id, sent.message_id)
    assert world.messages_of_bot(chat) == []
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("b", chat.id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(chat.id, sent.message_id, "👍")
    again = await bot.send_message(chat.id, "b", reply_to_message_id=sent.message_id, allow_sending_without_reply=True)
    assert again.reply_to_message is None


async def test_others_messages_are_deleted_in_private_or_as_an_administrator(
    bot: Bot, world: World, an: User, chat: Chat
) -> None:
    group = world.add_group("Xóm", members=[an])
    private, public = world.say(an, chat, "a")["message"], world.say(an, group, "a")["message"]
    assert await bot.delete_message(chat.id, private["message_id"])
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, public["message_id"])
    world.promote(group, world.bot)
    assert await bot.delete_messages(group.id, [public["message_id"], 99])
    assert public["message_id"] not in group.messages


async def test_after_two_days_a_message_stays(api: Api, world: World, chat: Chat) -> None:
    await api("sendMessage", chat_id=chat.id, text="a")
    later = world.now() + 49 * 3600
    world.now = lambda: later
    answer = await api("deleteMessage", chat_id=chat.id, message_id=1)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_text_has_no_caption_and_a_file_no_text(bot: Bot, chat: Chat) -> None:
    text = await bot.send_message(chat.id, "a")
    file = await bot.send_document(chat.id, b"a", filename="a.txt")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(chat.id, text.message_id, caption="b")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("b", chat.id, file.message_id)


async def test_a_file_gets_another_caption_and_another_file(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_document(chat.id, b"a", caption="cũ", filename="a.txt", reply_markup=BUTTONS)
    captioned = await bot.edit_message_caption(chat.id, sent.message_id, caption="<i>mới</i>", parse_mode="HTML")
    assert isinstance(captioned, Message)
    assert (captioned.caption, captioned.caption_entities[0].type, captioned.document) == (
        "mới",
        "italic",
        sent.document,
    )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(chat.id, sent.message_id, caption="<i>mới</i>", parse_mode="HTML")
    media = InputMediaDocument(b"b", caption="khác", filename="b.csv")
    changed = await bot.edit_message_media(media, chat.id, sent.message_id)
    assert isinstance(changed, Message)
    assert changed.document is not None
    assert (changed.caption, changed.document.file_name, changed.document.mime_type) == ("khác", "b.csv", "text/csv")


@pytest.mark.parametrize(
    ("reaction", "said"), [(["👍", "👎"], "Reactions_too_many"), ([ReactionTypeEmoji("🦆")], "Reaction_invalid")]
)
async def test_reactions_of_the_bot(bot: Bot, chat: Chat, reaction: list[str | ReactionTypeEmoji], said: str) -> None:
    sent = await bot.send_message(chat.id, "a")
    assert await bot.set_message_reaction(chat.id, sent.message_id, "👍")
    assert chat.reactions == {sent.message_id: {42: ("👍",)}}
    with pytest.raises(BadRequest, match=said):
        await bot.set_message_reaction(chat.id, sent.message_id, reaction)
    assert await bot.set_message_reaction(chat.id, sent.message_id)
    assert chat.reactions == {sent.message_id: {42: ()}}


async def test_peoples_reactions_come_to_an_administrator_who_asks(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", members=[an])
    await bot.get_updates(allowed_updates=["message", "message_reaction"])
    message = group.messages[(await bot.send_message(group.id, "a")).message_id]
    world.react(an, message, ["👍"])
    world.promote(group, world.bot)
    world.react(an, message, ["👎", "🔥"])
    with pytest.raises(ApiError, match="REACTION_INVALID"):
        world.react(an, message, ["🦆"])
    [update] = await bot.get_updates()
    change = update.message_reaction
    assert change is not None
    assert change.user is not None
    assert (change.user.id, change.message_id) == (an.id, message["message_id"])
    assert change.old_reaction == (ReactionTypeEmoji("👍"),)
    assert change.new_reaction == (ReactionTypeEmoji("👎"), ReactionTypeEmoji("🔥"))


@pytest.mark.parametrize("asked", [True, False])
async def test_in_a_channel_reactions_are_counted(bot: Bot, world: World, an: User, asked: bool) -> None:
    channel = world.add_channel("Báo", owner=an)
    await bot.get_updates(allowed_updates=["message_reaction_count"] if asked else ["message"])
    message = channel.messages[(await bot.send_message(channel.id, "a")).message_id]
    world.react(an, message, ["👍"])
    counts = [update.message_reaction_count for update in await bot.get_updates()]
    assert [(count.reactions[0].total_count, count.reactions[0].type) for count in counts if count] == (
        [(1, ReactionTypeEmoji("👍"))] if asked else []
    )


async def test_the_menu_button_is_kept_for_one_chat_or_all(bot: Bot, world: World, an: User, chat: Chat) -> None:
    assert await bot.get_chat_menu_button() == MenuButtonDefault()
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert await bot.get_chat_menu_button(chat.id) == MenuButtonCommands()
    assert await bot.set_chat_menu_button(chat.id, MenuButtonDefault())
    assert await bot.get_chat_menu_button(chat.id) == MenuButtonDefault()
    assert await bot.get_chat_menu_button() == MenuButtonCommands()
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_chat_menu_button(world.add_group("Xóm", members=[an]).id)


async def test_a_quote_may_come_from_a_caption(bot: Bot, world: World, an: User, chat: Chat) -> None:
    asked = world.send_document(an, chat, b"a", "a.txt", caption="Cầu 😀 dài")["message"]
    sent = await bot.send_message(chat.id, "a", reply_parameters=ReplyParameters(asked["message_id"], quote="dài"))
    assert sent.quote is not None
    assert (sent.quote.text, sent.quote.position) == ("dài", 7)


async def test_commands_are_kept_apart_for_groups_their_administrators_and_single_members(
    bot: Bot, world: World, an: User
) -> None:
    group = world.add_group("Xóm", members=[an])
    scopes = [
        BotCommandScopeAllGroupChats(),
        BotCommandScopeAllChatAdministrators(),
        BotCommandScopeChatAdministrators(group.id),
        BotCommandScopeChatMember(group.id, an.id),
    ]
    for number, scope in enumerate(scopes):
        assert await bot.set_my_commands([BotCommand(f"hoi{number}", "Hỏi")], scope=scope)
    kept = [await bot.get_my_commands(scope=scope) for scope in scopes]
    assert [commands[0].command for commands in kept] == ["hoi0", "hoi1", "hoi2", "hoi3"]
    assert await bot.get_my_commands() == ()
