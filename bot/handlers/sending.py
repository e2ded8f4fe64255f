"""Sending what the templates say to where the question came from."""

import contextlib
from collections.abc import Sequence
from typing import Any

from telegram import Bot, CallbackQuery, Chat, ForceReply, InlineKeyboardMarkup, Message, ReplyParameters, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.context import Context
from bot.deciding.messages import identity_of, not_said
from bot.ground.place import Place
from bot.ground.refusals import not_modified, not_the_bots
from bot.texts.reply import Language, language_of
from bot.updates.origin import place_of, topic_of

_WHERE_PEOPLE_TALK = filters.ChatType.PRIVATE | filters.ChatType.GROUPS


class _SaidByAPerson(filters.MessageFilter):
    """Neither by a bot, nor by Telegram itself (see `gating.passed_over`)."""

    def filter(self, message: Message) -> bool:
        return not_said(message, identity_of(message.get_bot().bot)) is None


# What may be put to the bot: `gating` decides; and a command of the bot's, which whoever gives it wants carried out.
WRITTEN = filters.UpdateType.MESSAGES & _WHERE_PEOPLE_TALK
COMMANDED = filters.UpdateType.MESSAGE & _WHERE_PEOPLE_TALK & _SaidByAPerson()


def language_for(update: Update) -> Language:
    """The language to reply in."""
    user = update.effective_user
    return language_of(user.language_code if user else None)


def asker_of(update: Update) -> int | None:
    """Who is behind an update, by id: the chat in whose name it is written, else the person (`gating.writer_of`)."""
    return update.effective_sender.id if update.effective_sender else None


async def reply(update: Update, messages: Sequence[str], buttons: InlineKeyboardMarkup | None = None) -> list[int]:
    """Send the messages to where the update's message stands (see `send`)."""
    asked = update.effective_message
    return [] if asked is None else await send(asked.get_bot(), place_of(asked), messages, buttons)


async def send(
    bot: Bot,
    place: Place,
    messages: Sequence[str],
    buttons: InlineKeyboardMarkup | ForceReply | None = None,
    to: ReplyParameters | None = None,
) -> list[int]:
    """Send the messages, HTML, in order; returns their ids.

    The first is a reply, if what it replies to still exists: `to` that, else to what the place names. The buttons stand
    under the last.
    """
    to = to or ReplyParameters(place.message_id, allow_sending_without_reply=True)
    sent = []
    for index, text in enumerate(messages):
        first: dict[str, Any] = {"reply_parameters": to} if index == 0 else {}
        last: dict[str, Any] = {"reply_markup": buttons} if index == len(messages) - 1 else {}
        message = await bot.send_message(
            place.chat_id, text, ParseMode.HTML, message_thread_id=place.thread_id, **first, **last
        )
        if message.chat.id == place.chat_id:  # else it is in the private chat, as the group's could not have it
            sent.append(message.message_id)
    return sent


async def edit(  # noqa: PLR0913, PLR0917 - as `send`, with what it replaces
    bot: Bot,
    place: Place,
    before: Sequence[int],
    messages: Sequence[str],
    withdrawn: str,
    buttons: InlineKeyboardMarkup | None = None,
) -> list[int]:
    """Put these messages, HTML, in the place of those sent `before`; the ids of what now stands there.

    Those that are too many are deleted or, where that is too late, made to say `withdrawn`; those that are too few are
    sent. What somebody has deleted stays away. The buttons stand under the last.
    """
    under = [None] * (len(messages) - 1) + [buttons]
    now = [
        known
        for known, text, markup in zip(before, messages, under, strict=False)
        if await _edited(bot, place, known, text, markup)
    ]
    for surplus in before[len(messages) :]:
        await _withdraw(bot, place, surplus, withdrawn)
    if len(messages) > len(before):
        now += await send(bot, place, messages[len(before) :], buttons)
    return now


async def _edited(
    bot: Bot, place: Place, message_id: int, text: str, buttons: InlineKeyboardMarkup | None = None
) -> bool:
    """Whether the message now says this."""
    try:
        await bot.edit_message_text(text, place.chat_id, message_id, parse_mode=ParseMode.HTML, reply_markup=buttons)
    except BadRequest as error:
        if not_the_bots(error):
            return False
        if not not_modified(error):
            raise
    return True


async def _withdraw(bot: Bot, place: Place, message_id: int, withdrawn: str) -> None:
    try:
        await bot.delete_message(place.chat_id, message_id)
    except BadRequest:  # after 48 hours Telegram deletes no more
        await _edited(bot, place, message_id, withdrawn)


async def react(bot: Bot, place: Place, emoji: str) -> None:
    """The bot's reaction to a message; nothing where the chat allows none, or the message is gone."""
    with contextlib.suppress(BadRequest):
        await bot.set_message_reaction(place.chat_id, place.message_id, emoji)


async def replace(query: CallbackQuery, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Put the text, HTML, in the place of the message whose button was tapped; one that is gone stays away."""
    try:
        await query.edit_message_text(text, parse_mode=ParseMode.HTML, reply_markup=buttons)
    except BadRequest as error:
        if not (not_modified(error) or not_the_bots(error)):
            raise


async def notice(query: CallbackQuery, text: str | None = None, *, alert: bool = True) -> None:
    """End the waiting after a tap; nothing where that fails, as for who tapped while the bot was down.

    A text, of 200 characters at most, has to be closed where it is an `alert`; else it passes by.
    """
    with contextlib.suppress(TelegramError):
        await query.answer(text, show_alert=alert and text is not None)


def is_off(message: Message, context: Context) -> bool:
    """Whether the group or topic has been told to hear nothing from the bot."""
    policy = context.services.memory.chats.policy(message.chat.id)
    return message.chat.type != ChatType.PRIVATE and policy.mode_in(topic_of(message)) == "off"


async def admins_of(chat: Chat) -> frozenset[int]:
    """The ids of its admins, the bot's too if it is one; getChatMember isn't certain to tell a bot that is none."""
    return frozenset(member.user.id for member in await chat.get_administrators())
