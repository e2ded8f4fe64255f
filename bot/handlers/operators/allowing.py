"""/kenh, /channels: which channels' posts are read."""

from telegram import Update
from telegram.error import BadRequest, Forbidden

from bot.context import Context, Services
from bot.handlers.sending import language_for, reply
from bot.handlers.tapped import Tapped
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button, Rows
from bot.taps.keyboard import keyboard
from bot.taps.kinds import ChannelTap
from bot.texts.reply import Language

_MOST = 50  # buttons; Telegram takes 100


async def show(update: Update, context: Context) -> Outcome:
    """Allow the channel after the command; the channels that are allowed."""
    services, language, asked = context.services, language_for(update), " ".join(context.args or ())
    added, admin = "", False
    if asked:
        try:
            added = await services.channels.allow(asked)
        except ValueError:
            await reply(update, [services.replies.operators("channel_unreadable", language)])
            return Outcome("help")
        admin = await _is_admin(context, added)
    text, rows = _listed(services, language, added=added, admin=admin)
    await reply(update, [text], keyboard(services.replies, rows, language))
    return Outcome("help")


async def disallow(tapped: Tapped[ChannelTap]) -> Outcome:
    """A tap: read no more posts of that channel. Those that were read stay."""
    services = tapped.services
    if await services.channels.disallow(tapped.tap.channel):
        await tapped.done()
    else:
        await tapped.tell(services.replies.operators("channel_configured", tapped.language))
    await tapped.replace(*_listed(services, tapped.language))
    return Outcome("help")


async def _is_admin(context: Context, channel: str) -> bool:
    """Whether the bot is an administrator there; Telegram gives its posts to no one else."""
    chat_id = channel if channel.startswith("@") else int(channel)
    try:
        member = await context.bot.get_chat_member(chat_id, context.bot.id)
    except (BadRequest, Forbidden):  # no such channel, or one that the bot can't see
        return False
    return member.status == member.ADMINISTRATOR


def _listed(services: Services, language: Language, *, added: str = "", admin: bool = False) -> tuple[str, Rows]:
    allowed = services.channels.allowed
    text = services.replies.operators("channels", language, allowed=allowed, added=added, admin=admin)
    return text, [[Button(title=f"✕ {name}", does=ChannelTap(name))] for name in allowed[:_MOST]]
