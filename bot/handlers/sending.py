"""Sending what the templates say to where the question came from."""

from collections.abc import Sequence

from telegram import ReplyParameters, Update
from telegram.ext import filters

from bot.reply import Language, language_of

# A message that a person has just written to the bot alone: no edit, no group, no channel.
TO_THE_BOT = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE


def language(update: Update) -> Language:
    """The language to reply in."""
    user = update.effective_user
    return language_of(user.language_code if user else None)


async def reply(update: Update, messages: Sequence[str]) -> None:
    """Send the messages, HTML, in order; the first as a reply to the one that asked, if that still exists."""
    asked = update.effective_message
    if asked is None:
        return
    to = ReplyParameters(asked.message_id, allow_sending_without_reply=True)
    for index, text in enumerate(messages):
        await asked.reply_html(text, reply_parameters=to if index == 0 else None)
