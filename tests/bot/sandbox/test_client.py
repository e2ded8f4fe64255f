"""Every method through python-telegram-bot, the client that the bot is built on, over a real socket."""

from collections.abc import Callable

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
    Update,
    WebhookInfo,
)
from telegram.constants import ChatAction
from telegram.error import BadRequest, InvalidToken
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bot.sandbox.entities import Entity
from bot.sandbox.serve import serving
from bot.sandbox.world import Chat, User, World
from tests.clock import PATIENCE


async def test_get_me(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.first_name, me.is_bot, me.can_join_groups) == (42, "trich_bot", "Trích", True, True)


async def test_a_wrong_token_is_told_as_such(bot: Bot) -> None:
    impostor = Bot("42:guess", base_url=bot.base_url.removesuffix("42:secret"))
    with pytest.raises(InvalidToken):
        await impostor.initialize()
    await impostor.shutdown()


async def test_what_a_person_says_arrives_as_a_message(bot: Bot, world: World, an: User, chat: Chat) -> None:
    world.say(an, chat, " /hoi@trich_bot 😀 xem https://a.vn ")
    [update] = await bot.get_updates()
    message = update.message
    assert message is not None
    assert message.text == "/hoi@trich_bot 😀 xem https://a.vn"
    assert list(message.parse_entities().values()) == ["/hoi@trich_bot", "https://a.vn"]
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.language_code, message.from_user.is_bot) == (an.id, "vi", False)
    assert (message.chat.id, message.chat.type, message.chat.username) == (an.id, "private", "an_nguyen")
    assert message.date.timestamp() > 0
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_a_reply_may_quote_a_message_of_another_chat(bot: Bot, world: World, an: User) -> None:
    group = world.add_group("Xóm", owner=an)
    channel = world.add_channel("Bến Sông", username="ben_song", owner=an, discussion=group)
    post = world.say(an, channel, "Chợ mở cửa.", formatting=[Entity("bold", 4, 2)])["channel_post"]
    bold = [MessageEntity("bold", 0, 2)]
    to = ReplyParameters(post["message_id"], chat_id=channel.id, quote="mở cửa", quote_entities=bold)
    sent = await bot.send_message(group.id, "a", reply_parameters=to)
    assert sent.reply_to_message is None
    assert sent.external_reply is not None
    assert sent.external_reply.chat is not None
    assert (sent.external_reply.chat.id, sent.external_reply.message_id) == (channel.id, post["message_id"])
    assert sent.quote is not None
    assert (sent.quote.text, sent.quote.position) == ("mở cửa", 4)
    for wrong in (
        ReplyParameters(post["message_id"], chat_id=channel.id, quote="mở cửa"),  # without its formatting
        ReplyParameters(post["message_id"], chat_id=channel.id, quote="Chợ mở", quote_entities=bold),
        ReplyParameters(99, chat_id=channel.id, allow_sending_without_reply=True),  # of no use there
    ):
        with pytest.raises(BadRequest, match=r"(?i)quote_text_invalid|message to be replied not found"):
            await bot.send_message(group.id, "a", reply_parameters=wrong)


async def test_send_message_with_all_that_the_bot_uses(bot: Bot, world: World, an: User, chat: Chat) -> None:
    asked = world.say(an, chat, "Ai họp ở Hà Nội?")["message"]
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Thêm", callback_data="more:1")],
                                   [InlineKeyboardButton("Mở", url="https://a.vn/1"),
                                    InlineKeyboardButton("Chép", copy_text=CopyTextButton("câu"))]])  # fmt: skip
    sent = await bot.send_message(
        chat.id,
        '<b>1.</b> <blockquote expandable>Họ họp ở Hà Nội.</blockquote>\n<a href="https://a.vn/1">Báo A</a>',
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters=ReplyParameters(asked["message_id"], quote="Hà Nội"),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        disable_notification=True,
        protect_content=True,
    )
    assert sent.text == "1. Họ họp ở Hà Nội.\nBáo A"
    assert [(entity.type, sent.parse_entity(entity)) for entity in sent.entities] == [
        ("bold", "1."),
        ("expandable_blockquote", "Họ họp ở Hà Nội."),
        ("text_link", "Báo A"),
    ]
    assert sent.entities[2].url == "https://a.vn/1"
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "Ai họp ở Hà Nội?"
    assert sent.quote is not None
    assert (sent.quote.text, sent.quote.position) == ("Hà Nội", 9)
    assert sent.reply_markup == markup
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    assert sent.has_protected_content
    assert sent.from_user == bot.bot
    assert world.messages_of_bot(chat) == [chat.messages[sent.message_id]]


async def test_entities_may_be_given_by_their_places(bot: Bot, chat: Chat) -> None:
    bold = MessageEntity("bold", 3, 3)
    sent = await bot.send_message(chat.id, "😀 đậm", entities=[bold])
    assert sent.entities == (bold,)


async def test_a_reply_to_a_missing_message_fails_unless_it_may_stand_alone(bot: Bot, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(chat.id, "a", reply_parameters=ReplyParameters(99))
    alone = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(chat.id, "a", reply_parameters=alone)).reply_to_message is None


async def test_an_edited_message_keeps_its_place_and_loses_its_buttons(bot: Bot, world: World, chat: Chat) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Thêm", callback_data="more")]])
    sent = await bot.send_message(chat.id, "cũ", reply_markup=markup)
    edited = await bot.edit_message_text("<i>mới</i>", chat.id, sent.message_id, parse_mode="HTML")
    assert isinstance(edited, Message)
    assert (edited.message_id, edited.text, edited.reply_markup, edited.date) == (1, "mới", None, sent.date)
    assert edited.edit_date is not None
    assert [message["text"] for message in world.messages_of_bot(chat)] == ["mới"]
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("<i>mới</i>", chat.id, sent.message_id, parse_mode="HTML")


async def test_a_tapped_button_is_answered_once(bot: Bot, world: World, an: User, chat: Chat) -> None:
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Thêm", callback_data="more")]])
    sent = await bot.send_message(chat.id, "a", reply_markup=markup)
    with pytest.raises(Exception, match="BUTTON_DATA_INVALID"):
        world.tap(an, chat.messages[sent.message_id], "other")
    world.tap(an, chat.messages[sent.message_id], "more")
    [update] = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("more", an.id)
    assert isinstance(query.message, Message)
    assert query.message.message_id == sent.message_id
    assert await query.answer("Đây", show_alert=True)
    assert world.callback_queries[query.id] == {"callback_query_id": query.id, "text": "Đây", "show_alert": True}
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()


async def test_chat_actions_are_taken(bot: Bot, world: World, chat: Chat) -> None:
    for action in ChatAction:
        assert await bot.send_chat_action(chat.id, action)
    assert len(world.calls_of("sendChatAction")) == len(ChatAction)


async def test_commands_are_kept_for_each_scope_and_language(bot: Bot, chat: Chat) -> None:
    english, vietnamese = [BotCommand("help", "Help")], [BotCommand("help", "Trợ giúp")]
    private = BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands(english)
    assert await bot.set_my_commands(vietnamese, scope=private, language_code="vi")
    assert await bot.set_my_commands(vietnamese, scope=BotCommandScopeChat(chat.id))
    assert await bot.get_my_commands() == tuple(english)
    assert await bot.get_my_commands(scope=private, language_code="vi") == tuple(vietnamese)
    assert await bot.get_my_commands(scope=private) == ()
    assert await bot.delete_my_commands(scope=private, language_code="vi")
    assert await bot.get_my_commands(scope=private, language_code="vi") == ()
    assert await bot.get_my_commands(scope=BotCommandScopeChat(chat.id)) == tuple(vietnamese)


async def test_descriptions_are_kept_for_each_language(bot: Bot) -> None:
    assert await bot.set_my_description("Quotes")
    assert await bot.set_my_description("Trích dẫn", language_code="vi")
    assert await bot.set_my_short_description("Ngắn", language_code="vi")
    assert (await bot.get_my_description()).description == "Quotes"
    assert (await bot.get_my_description("vi")).description == "Trích dẫn"
    assert (await bot.get_my_description("fr")).description == "Quotes"
    assert (await bot.get_my_short_description("vi")).short_description == "Ngắn"
    assert (await bot.get_my_short_description()).short_description == ""


async def test_there_is_no_webhook(bot: Bot) -> None:
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_webhook_info() == WebhookInfo("", has_custom_certificate=False, pending_update_count=0)


@pytest.mark.parametrize("farewell", [Bot.close, Bot.log_out])
async def test_farewells(bot: Bot, farewell: Callable[[Bot], object]) -> None:
    assert await farewell(bot)  # type: ignore[misc]  # an awaitable, which the two signatures hide behind keywords


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_html(f"<blockquote>{update.effective_message.text_html}</blockquote>")


async def test_a_whole_application_polls_answers_and_stops_without_an_error(world: World, an: User, chat: Chat) -> None:
    async with serving(world) as url:
        app = Application.builder().token(world.token).base_url(f"{url}/bot").build()
        app.add_handler(MessageHandler(filters.TEXT, echo))
        app.add_handler(CallbackQueryHandler(echo))
        assert app.updater is not None
        async with app:
            await app.start()
            await app.updater.start_polling(allowed_updates=["message"])
            for text in ("<script>", "{{7*7}}", "'; DROP TABLE", "Tie\u0302\u0301ng", "😀" * 2048):
                said = world.say(an, chat, text)["message"]
                answer = await world.next_message(chat, after=said["message_id"], seconds=PATIENCE)
                assert answer["text"] == text
                assert answer["entities"][0]["type"] == "blockquote"
            await app.updater.stop()
            await app.stop()
    assert [call for call in world.calls if call.error] == []
    assert world.updates.allowed == ("message",)
    assert len(world.updates) == 0
