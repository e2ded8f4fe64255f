"""/kenh, /channels: which channels' posts are read."""

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest, Forbidden

from bot.context import Context, Services
from bot.ground.splitting import visible
from bot.handlers.sending import language, notice, replace, reply
from bot.querylog.log import Outcome
from bot.texts.reply import Language

# A tap on a channel: its posts are read no more.
PATTERN = re.compile(r"channel:(-100\d{5,13}|@[a-z]\w{3,31})", re.ASCII)

_MOST = 50  # buttons; Telegram takes 100


async def show(update: Update, context: Context) -> Outcome:
    """Allow the channel after the command; the channels that are allowed."""
    services, words, asked = context.services, language(update), " ".join(context.args or ())
    added, admin = "", False
    if asked:
        try:
            added = await services.channels.allow(asked)
        except ValueError:
            await reply(update, [services.replies.operators("channel_unreadable", words)])
            return Outcome("help")
        admin = await _is_admin(context, added)
    text, keyboard = _listed(services, words, added=added, admin=admin)
    await reply(update, [text], keyboard)
    return Outcome("help")


async def disallow(update: Update, context: Context) -> Outcome:
    """A tap: read no more posts of that channel. Those that were read stay."""
    query, services, words = update.callback_query, context.services, language(update)
    tapped = PATTERN.fullmatch(query.data or "") if query else None
    if query is None or tapped is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    gone = await services.channels.disallow(tapped[1])
    await notice(query, None if gone else visible(services.replies.operators("channel_configured", words)))
    text, keyboard = _listed(services, words)
    await replace(query, text, keyboard)
    return Outcome("help")


async def _is_admin(context: Context, channel: str) -> bool:
    """Whether the bot is an administrator there; Telegram gives its posts to no one else."""
    chat_id = channel if channel.startswith("@") else int(channel)
    try:
        member = await context.bot.get_chat_member(chat_id, context.bot.id)
    except (BadRequest, Forbidden):  # no such channel, or one that the bot can't see
        return False
    return member.status == member.ADMINISTRATOR


def _listed(
    services: Services, words: Language, *, added: str = "", admin: bool = False
) -> tuple[str, InlineKeyboardMarkup | None]:
    allowed = services.channels.allowed
    text = services.replies.operators("channels", words, allowed=allowed, added=added, admin=admin)
    rows = [[InlineKeyboardButton(f"✕ {name}", callback_data=f"channel:{name}")] for name in allowed[:_MOST]]
    return text, InlineKeyboardMarkup(rows) if rows else None
