"""A tap on a note that a message may have been sent: it is brought, as whoever taps has not seen it."""

from telegram import Update
from telegram.error import BadRequest

from bot.handlers import answering
from bot.handlers.tapped import Tapped
from bot.outgoing.calls import SEND_RICH
from bot.outgoing.notes import Words, can_become
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button
from bot.taps.keyboard import keyboard
from bot.taps.kinds import BringTap
from bot.texts.reply import Replies, language_of


def words(replies: Replies, update: Update | None) -> Words:
    """What a note says to who sent the update."""
    user = update.effective_user if update else None
    spoken = language_of(user.language_code if user else None)
    return Words(
        replies.page("perhaps_sent", spoken), keyboard(replies, [[Button("button_bring", BringTap())]], spoken)
    )


async def bring(tapped: Tapped[BringTap]) -> Outcome:
    """A message takes the note's place; a picture or a file is sent, and the note goes. What is not kept any more, as
    it was to be sent before the program was started anew, or is refused as a rich message, is answered anew where it
    answers a question, as long as that is kept for its buttons.
    """
    chat_id, message_id = tapped.message.chat.id, tapped.message.message_id
    bot, call = tapped.context.bot, tapped.services.notes.take(chat_id, message_id)
    if call is None:
        if await answering.show_anew(tapped.update, tapped.context, tapped.message):
            await tapped.done()
        else:  # it is no answer to a question, or asked for already
            await tapped.tell(tapped.page("bring_expired"))
        return Outcome("help")
    await tapped.done()
    # By names in lower case, which Telegram takes as well: python-telegram-bot wants its own methods used for others.
    edit = call.as_edit(message_id) if can_become(call) else None
    if edit is None:
        await bot.do_api_request(call.endpoint.lower(), api_kwargs=_given(call.data))
        await bot.delete_message(chat_id, message_id)
        return Outcome("help")
    try:
        await bot.do_api_request(edit.endpoint.lower(), api_kwargs=_given(edit.data))
    except BadRequest:
        if call.endpoint != SEND_RICH:
            raise
        if not await answering.show_anew(tapped.update, tapped.context, tapped.message):
            await tapped.replace(tapped.page("bring_expired"))
    return Outcome("help")


def _given(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}
