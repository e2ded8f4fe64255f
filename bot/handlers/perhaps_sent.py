"""A tap on a note that a message may have been sent: it is brought, as whoever taps has not seen it."""

from telegram import Message, Update

from bot.context import Context
from bot.ground.splitting import visible
from bot.handlers import answering
from bot.handlers.sending import language, notice
from bot.outgoing.notes import Words, is_text
from bot.querylog.log import Outcome
from bot.texts.reply import Replies, language_of


def words(replies: Replies, update: Update | None) -> Words:
    """What a note says to who sent the update."""
    user = update.effective_user if update else None
    spoken = language_of(user.language_code if user else None)
    return Words(replies.page("perhaps_sent", spoken), visible(replies.page("button_bring", spoken)))


async def bring(update: Update, context: Context) -> Outcome:
    """A text takes the note's place; a picture or a file is sent, and the note goes. Of what was to be sent before the
    program was started anew the answers to questions are found again, as long as they are kept for their buttons.
    """
    query, services = update.callback_query, context.services
    if query is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    chat_id, message_id = query.message.chat.id, query.message.message_id
    call = services.notes.take(chat_id, message_id)
    if call is None and await answering.show_anew(update, context, query.message):
        await notice(query)
        return Outcome("help")
    if call is None:  # it is no answer to a question, or asked for already
        await notice(query, visible(services.replies.page("bring_expired", language(update))))
        return Outcome("help")
    await notice(query)
    edit = call.as_edit(message_id) if is_text(call) else None
    if edit is not None:
        await context.bot.do_api_request(edit.endpoint, api_kwargs=_given(edit.data))
    else:
        await context.bot.do_api_request(call.endpoint, api_kwargs=_given(call.data))
        await context.bot.delete_message(chat_id, message_id)
    return Outcome("help")


def _given(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}
