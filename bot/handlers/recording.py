"""Around every handler: one row in the query log for each update, whatever becomes of it."""

import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from telegram import ReactionTypeEmoji, Update
from telegram.error import TelegramError

from bot.context import Context
from bot.finding.desk import UnfinishedError
from bot.ground.refusals import undeliverable
from bot.once.handling import current
from bot.querylog.rows import Kind, Outcome, Row

logger = logging.getLogger(__name__)

Handle = Callable[[Update, Context], Awaitable[Outcome]]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def recorded(kind: Kind, handle: Handle) -> Callback:
    """The handler as PTB calls it, its outcome written to the log afterwards, its failure too."""

    @wraps(handle)  # so that which it is can be told (`inspect.unwrap`)
    async def callback(update: Update, context: Context) -> None:
        at, began = datetime.now(UTC), time.perf_counter()
        outcome, services = Outcome("error"), context.services
        try:
            outcome = await handle(update, context)
        except UnfinishedError:
            outcome = Outcome("gave_up")
            raise
        except TelegramError as error:
            if not undeliverable(error):
                raise
            outcome = Outcome("undeliverable")
            logger.info("no reply to update %s: %s", update.update_id, error.message)
        finally:
            seconds = time.perf_counter() - began
            services.monitor.metrics.handled.labels(outcome.status).inc()
            logger.info("update handled", extra=_event(update, kind, outcome, seconds))
            await services.log.write(row_of(update, kind, outcome, at, seconds))

    return callback


def _event(update: Update, kind: Kind, outcome: Outcome, seconds: float) -> dict[str, object]:
    """What the program's own log tells of an update: nobody's name, number or word."""
    return {
        "update": update.update_id,
        "chat": update.effective_chat.type if update.effective_chat else None,
        "kind": kind,
        "outcome": outcome.status,
        "ms": round(1000 * seconds, 1),
    }


def row_of(update: Update, kind: Kind, outcome: Outcome, at: datetime, seconds: float) -> Row:
    """What the log keeps of an update; not its words where it was ignored."""
    handling = current()
    chat, user, sender = update.effective_chat, update.effective_user, update.effective_sender
    wordless = outcome.nameless or outcome.status == "ignored"
    if outcome.asked is not None:
        kind = "question"
    return Row(
        at=at,
        update_id=update.update_id,
        chat=chat.type if chat else None,
        user_id=sender.id if sender and not outcome.nameless else None,
        language=user.language_code if user else None,
        question=None if wordless else outcome.asked or words_of(update),
        kind="other" if outcome.status == "ignored" else kind,
        outcome=outcome,
        seconds=seconds,
        again=handling is not None and handling.again,
    )


def words_of(update: Update) -> str | None:
    """What the person wrote, which button was tapped (the message above it is the bot's own), the reaction.

    No channel's posts.
    """
    if update.callback_query:
        return update.callback_query.data
    if update.message_reaction:
        given = update.message_reaction.new_reaction
        return "".join(each.emoji for each in given if isinstance(each, ReactionTypeEmoji))
    if inline := update.inline_query or update.chosen_inline_result:
        return inline.query
    message = update.message or update.edited_message or update.guest_message
    return (message.text or message.caption) if message else None
