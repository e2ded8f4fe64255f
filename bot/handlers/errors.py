"""When a handler fails."""

import contextlib
import logging

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.sending import TO_THE_BOT, language, reply

logger = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log the error first; then tell the person who asked, without anything of it."""
    update_id = update.update_id if isinstance(update, Update) else None
    logger.error("update %s failed", update_id, exc_info=context.error)
    if isinstance(update, Update) and TO_THE_BOT.check_update(update):
        with contextlib.suppress(TelegramError):  # the reply may have failed for the same reason
            await reply(update, [context.services.replies.page("error", language(update))])
