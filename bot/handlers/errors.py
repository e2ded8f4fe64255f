"""When a handler fails."""

import contextlib
import logging

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.finding.desk import UnfinishedError
from bot.ground.splitting import visible
from bot.handlers.questions import decision_about
from bot.handlers.sending import COMMANDED, language_for, notice, reply
from bot.texts.reply import Page
from retrieval.own_files import DamageError

logger = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log the error first; then tell the person who asked, without anything of it."""
    update_id = update.update_id if isinstance(update, Update) else None
    if isinstance(context.error, UnfinishedError):
        logger.warning("update %s: nothing was found out: %s", update_id, context.error)
    else:
        logger.error("update %s failed", update_id, exc_info=context.error)
    if isinstance(context.error, DamageError):  # the library's: of the next question more will come
        context.services.library.make_anew_soon(context.error)
    if not isinstance(update, Update):
        return
    page = context.services.replies.page(page_about(context.error), language_for(update))
    with contextlib.suppress(TelegramError):  # the reply may have failed for the same reason
        if update.callback_query:
            await notice(update.callback_query, visible(page))  # refused where the tap has had its notice
        elif expects_a_reply(update, context):
            await reply(update, [page])


def page_about(error: Exception | None) -> Page:
    """What is said when something has failed with this error."""
    return "gave_up" if isinstance(error, UnfinishedError) and error.failure != "crash" else "error"


def expects_a_reply(update: Update, context: Context) -> bool:
    """Whether somebody has just put something to the bot: in a group, an excuse for what it overheard is noise."""
    if update.message is None or not COMMANDED.check_update(update):
        return False
    decision = decision_about(update.message, context)
    return decision.addressed or decision.reason == "other_command"
