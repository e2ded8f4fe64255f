"""Around every handler: one row in the query log for each update, whatever becomes of it."""

import time
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.context import Context
from bot.querylog import Kind, Outcome, Row

Handle = Callable[[Update, Context], Awaitable[Outcome]]
Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def recorded(kind: Kind, handle: Handle) -> Callback:
    """The handler as PTB calls it, its outcome written to the log afterwards, its failure too."""

    async def callback(update: Update, context: Context) -> None:
        at, began = datetime.now(UTC), time.perf_counter()
        outcome = Outcome("error")
        try:
            outcome = await handle(update, context)
        finally:
            row = _row(update, kind, outcome, at, time.perf_counter() - began)
            await context.services.log.write(row)

    return callback


def _row(update: Update, kind: Kind, outcome: Outcome, at: datetime, seconds: float) -> Row:
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    return Row(
        at=at,
        update_id=update.update_id,
        chat=chat.type if chat else None,
        user_id=user.id if user else None,
        language=user.language_code if user else None,
        question=(message.text or message.caption) if message and outcome.status != "ignored" else None,
        kind=kind,
        outcome=outcome,
        seconds=seconds,
    )
