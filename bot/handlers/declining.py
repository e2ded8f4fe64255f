"""Updates that are not handled: they come too fast or too late, told so politely, once for all that come together; or
the program has been killed at them.
"""

import logging
import time
from datetime import UTC, datetime

from telegram import Update
from telegram.error import TelegramError

from bot.context import Context
from bot.handlers.errors import expects_a_reply
from bot.handlers.recording import row_of
from bot.handlers.sending import language_for, reply
from bot.incoming.reception import Reason
from bot.querylog.rows import Kind, Outcome

logger = logging.getLogger(__name__)


async def decline(update: Update, context: Context, reason: Reason, *, tell: bool) -> None:
    """One row in the log for each; a reply to the first of them only (`tell`)."""
    at, began = datetime.now(UTC), time.perf_counter()
    services = context.services
    wanted = reason == "superseded" or expects_a_reply(update, context)
    outcome = Outcome("declined" if wanted else "ignored")
    if reason == "gave_up":
        outcome = Outcome("gave_up", nameless=not wanted)
    if tell and reason != "superseded":
        try:
            await reply(update, [services.replies.page(reason, language_for(update))])
        except TelegramError as error:
            logger.info("update %s was declined without a word: %s", update.update_id, error.message)
    services.monitor.metrics.handled.labels(outcome.status).inc()
    kind: Kind = "inline" if update.inline_query else "other"
    await services.log.write(row_of(update, kind, outcome, at, time.perf_counter() - began))
