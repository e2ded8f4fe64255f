"""/caidat: a group's admins set what is answered there; and the group that becomes a supergroup."""

import contextlib
import logging
from collections.abc import Collection

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.context import Context
from bot.deciding.gating import hidden_from
from bot.deciding.messages import identity_of
from bot.handlers.menus import set_group_menu
from bot.handlers.sending import admins_of, language_for, reply
from bot.handlers.tapped import Tapped, is_an_admins
from bot.pages.policy_panel import Panel
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button
from bot.taps.keyboard import keyboard
from bot.taps.kinds import AudienceTap, LookTap, PolicyTap
from bot.taps.policy_buttons import in_group
from bot.updates.origin import is_anonymous_admin, topic_of

logger = logging.getLogger(__name__)


async def show(update: Update, context: Context) -> Outcome:
    """The settings of the group, with buttons, for its admins."""
    message, replies, language = update.effective_message, context.services.replies, language_for(update)
    if message is None:
        return Outcome("ignored")
    if message.chat.type == ChatType.PRIVATE:
        leading = keyboard(replies, [[Button("panel_look", LookTap("show"))]], language)
        await reply(update, [replies.page("settings_private", language)], leading)
        return Outcome("help")
    admins = await admins_of(message.chat)
    if is_anonymous_admin(message) or (message.from_user and message.from_user.id in admins):
        panel = await _panel(context, message, None, admins)
        await reply(update, [replies.policy(panel, language)], keyboard(replies, in_group(panel), language))
    else:
        await reply(update, [replies.page("admins_only", language)])
    return Outcome("help")


async def choose(tapped: Tapped[PolicyTap]) -> Outcome:
    """A tap on one of the buttons."""
    if tapped.message.chat.type == ChatType.PRIVATE:
        await tapped.done()
        return Outcome("ignored")
    if not await is_an_admins(tapped):
        return Outcome("help")
    chat_id, tap = tapped.message.chat.id, tapped.tap
    if tap.what != "show":  # where that fails, `errors` says so
        await tapped.services.memory.chats.set_mode(chat_id, tap.topic, None if tap.what == "chat" else tap.what)
    await tapped.done()
    panel = await _panel(tapped.context, tapped.message, tap.topic, await admins_of(tapped.message.chat))
    await tapped.replace(tapped.services.replies.policy(panel, tapped.language), in_group(panel))
    return Outcome("help")


async def choose_audience(tapped: Tapped[AudienceTap]) -> Outcome:
    """Whether only who asks is to see the answers: then what is asked by a command is seen by nobody else either."""
    if tapped.message.chat.type == ChatType.PRIVATE:
        await tapped.done()
        return Outcome("ignored")
    if not await is_an_admins(tapped):
        return Outcome("help")
    chat, to_asker, services = tapped.message.chat, tapped.tap.by == "asker", tapped.services
    await services.memory.chats.set_to_asker(chat.id, to_asker=to_asker)
    await tapped.done()
    try:
        await set_group_menu(tapped.context.bot, services.replies, chat.id, ephemeral=to_asker)
    except TelegramError as error:
        logger.warning("the menu of a group was not set: %s", error)
    panel = await _panel(tapped.context, tapped.message, None, await admins_of(chat))
    await tapped.replace(services.replies.policy(panel, tapped.language), in_group(panel))
    return Outcome("help")


async def migrate(update: Update, context: Context) -> Outcome:
    """A group has become a supergroup, another chat to Telegram, as both tell; its policy and watches go along."""
    message, services = update.effective_message, context.services
    old = message and (message.migrate_from_chat_id or message.chat.id)
    new = message and (message.migrate_to_chat_id or message.chat.id)
    if old and new and old != new:
        await services.memory.chats.migrate(old, new)
        await services.memory.looks.migrate(old, new)
        await services.watches.migrate(old, new)
    return Outcome("ignored")


async def _panel(context: Context, message: Message, topic: int | None, admins: Collection[int]) -> Panel:
    """Telegram is asked again whether privacy mode is on: the owner may have followed the panel's advice."""
    with contextlib.suppress(TelegramError):
        await context.bot.get_me()
    policy, me = context.services.memory.chats.policy(message.chat.id), identity_of(context.bot.bot)
    hidden = hidden_from(me, policy.mode_in(topic), is_admin=me.id in admins)
    return Panel(policy, topic, topic_of(message), hidden, me.id in admins)
