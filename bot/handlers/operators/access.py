"""Who may give an operator's command, and what was done with it."""

from datetime import UTC, datetime

from telegram import Update
from telegram.constants import ChatType

from bot.context import Context
from bot.handlers.questions import respond
from bot.handlers.recording import Handle, words_of
from bot.handlers.sending import notice
from bot.querylog.rows import Act, Outcome


def only(handle: Handle) -> Handle:
    """The handler for operators, in their private chats; for all others there is no such command.

    What an operator did is kept with its outcome, a failure too.
    """

    async def guarded(update: Update, context: Context) -> Outcome:
        user = update.effective_user
        if user is None or not is_operator(update, context):
            return await _unknown(update, context)
        at, outcome = datetime.now(UTC), Outcome("error")
        try:
            outcome = await handle(update, context)
        finally:
            await context.services.log.act(Act(at, user.id, _what(update), outcome.status))
        return outcome

    return guarded


def _what(update: Update) -> str:
    """The command, the button or the file's name."""
    document = update.message.document if update.message else None
    return (document.file_name or "a file without a name") if document else words_of(update) or ""


def is_operator(update: Update, context: Context) -> bool:
    """Whether an operator writes or taps, in private: in a group others would read the reply."""
    user, chat = update.effective_user, update.effective_chat
    private = chat is not None and chat.type == ChatType.PRIVATE
    return private and user is not None and user.id in context.services.settings.operators.ids


async def _unknown(update: Update, context: Context) -> Outcome:
    """As to what nobody has made a command."""
    if update.callback_query:
        await notice(update.callback_query)
        return Outcome("ignored")
    return await respond(update, context)
