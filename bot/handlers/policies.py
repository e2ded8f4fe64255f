"""/caidat: a group's admins set what is answered there; and the group that becomes a supergroup."""

import contextlib
from collections.abc import Collection

from telegram import Chat, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.context import Context
from bot.deciding.gating import hidden_from
from bot.deciding.messages import identity_of
from bot.ground.splitting import visible
from bot.handlers.sending import language, notice, replace, reply
from bot.pages.policy_panel import Button, Panel, Tap, read_tap
from bot.querylog.log import Outcome
from bot.texts.reply import Language, Replies
from bot.updates.origin import is_anonymous_admin, topic_of


async def show(update: Update, context: Context) -> Outcome:
    """The settings of the group, with buttons, for its admins."""
    message, replies, words = update.effective_message, context.services.replies, language(update)
    if message is None:
        return Outcome("ignored")
    if message.chat.type == ChatType.PRIVATE:
        await reply(update, [replies.page("settings_private", words)])
        return Outcome("help")
    admins = await admins_of(message.chat)
    if is_anonymous_admin(message) or (message.from_user and message.from_user.id in admins):
        panel = await _panel(context, message, None, admins)
        await reply(update, [replies.policy(panel, words)], _keyboard(replies, panel, words))
    else:
        await reply(update, [replies.page("admins_only", words)])
    return Outcome("help")


async def choose(update: Update, context: Context) -> Outcome:
    """A tap on one of the buttons. Anyone in the group can tap, so that person's rights are looked up each time."""
    query, replies, words = update.callback_query, context.services.replies, language(update)
    if query is None:
        return Outcome("ignored")
    tap = read_tap(query.data or "")
    if tap is None or not isinstance(query.message, Message) or query.message.chat.type == ChatType.PRIVATE:
        await notice(query)
        return Outcome("ignored")
    admins = await admins_of(query.message.chat)
    if query.from_user.id not in admins:
        await notice(query, visible(replies.page("admins_only", words)))
        return Outcome("help")
    await _set(context, query.message.chat.id, tap)  # where that fails, `errors` says so
    await notice(query)
    panel = await _panel(context, query.message, tap.topic, admins)
    markup = _keyboard(replies, panel, words)
    await replace(query, replies.policy(panel, words), markup)
    return Outcome("help")


async def migrate(update: Update, context: Context) -> Outcome:
    """A group has become a supergroup, another chat to Telegram, as both tell; its policy and watches go along."""
    message, services = update.effective_message, context.services
    old = message and (message.migrate_from_chat_id or message.chat.id)
    new = message and (message.migrate_to_chat_id or message.chat.id)
    if old and new and old != new:
        await services.memory.chats.migrate(old, new)
        await services.watches.migrate(old, new)
    return Outcome("ignored")


async def admins_of(chat: Chat) -> frozenset[int]:
    """The ids of its admins, the bot's too if it is one; getChatMember isn't certain to tell a bot that is none."""
    return frozenset(member.user.id for member in await chat.get_administrators())


async def _set(context: Context, chat_id: int, tap: Tap) -> None:
    if tap.setting is not None:
        mode = None if tap.setting == "chat" else tap.setting
        await context.services.memory.chats.set_mode(chat_id, tap.topic, mode)


async def _panel(context: Context, message: Message, topic: int | None, admins: Collection[int]) -> Panel:
    """Whether privacy mode is on is asked anew: its owner may have switched it off to mend what the panel told of."""
    with contextlib.suppress(TelegramError):
        await context.bot.get_me()
    policy, me = context.services.memory.chats.policy(message.chat.id), identity_of(context.bot.bot)
    hidden = hidden_from(me, policy.mode_in(topic), is_admin=me.id in admins)
    return Panel(policy, topic, topic_of(message), hidden)


def _keyboard(replies: Replies, panel: Panel, words: Language) -> InlineKeyboardMarkup:
    def shown(button: Button) -> InlineKeyboardButton:
        label = visible(replies.page(button.label, words))
        return InlineKeyboardButton(f"✓ {label}" if button.chosen else label, callback_data=button.data)

    return InlineKeyboardMarkup([[shown(button)] for button in panel.buttons()])
