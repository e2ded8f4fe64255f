"""Posts of channels, read into the library; and what becomes of the bot itself in a channel."""

import asyncio
import logging
from collections.abc import Sequence

from telegram import ChatMember, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import TelegramError

from bot.channel.posts import Post, keep, read_post
from bot.context import Context
from bot.querylog.rows import Outcome

logger = logging.getLogger(__name__)


async def read(update: Update, context: Context) -> Outcome:
    """A post that is new or edited; of channels that nobody has allowed, nothing. No channel gets a reply."""
    message, services = update.effective_message, context.services
    if message is None or not services.channels.allows(message.chat):
        return Outcome("ignored")
    post = read_post(message, context.bot.id)
    if post is None:
        return Outcome("noted")
    if await asyncio.to_thread(keep, services.channels.folder, post):
        services.library.refresh_soon()
    if post.unknown and (kinds := services.channels.unread.note(post)):
        await _tell(post, kinds, context)
    return Outcome("noted")


async def _tell(post: Post, kinds: Sequence[str], context: Context) -> None:
    """Tell the operators of what a post has that is not known. Nobody is told that can't be written to."""
    services = context.services
    text = services.replies.operators("posts_unread", "vi", post=post, kinds=kinds)
    for operator in services.settings.operators.ids:
        try:
            await context.bot.send_message(operator, text, ParseMode.HTML)
        except TelegramError as error:
            logger.warning("the operator %s was not told of a post: %s", operator, error)


async def note_membership(update: Update, context: Context) -> Outcome:
    """Tell the operators, once, of a channel that has made the bot its administrator, and whether it is read."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.CHANNEL:
        return Outcome("ignored")
    is_admin, was_admin = (
        member.status == ChatMember.ADMINISTRATOR for member in (change.new_chat_member, change.old_chat_member)
    )
    if is_admin and not was_admin:
        name = f"@{change.chat.username}" if change.chat.username else "no @name"
        if context.services.channels.allows(change.chat):
            logger.info("channel %s (%s) is read from now on", change.chat.id, name)
        else:
            logger.warning(
                "channel %s (%s) has made the bot its administrator, but is not read: nobody has allowed it,"
                " see `allowed` of [channels]",
                change.chat.id,
                name,
            )
    return Outcome("noted")
