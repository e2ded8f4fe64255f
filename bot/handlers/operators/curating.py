"""Taps of operators under an answer: this quote is the answer to this question, or nothing is; and taken back."""

from telegram import Message, Update

from bot.context import Context
from bot.finding import answers
from bot.handlers import answering
from bot.handlers.sending import language, notice, replace, reply
from bot.memory.curated import Curated
from bot.memory.exchanges import Reference
from bot.querylog.log import Outcome
from bot.taps.answer_buttons import read_tap, undo_curating


async def tap(update: Update, context: Context) -> Outcome:
    """Settle it, and say so with a button that undoes it."""
    query, services, words = update.callback_query, context.services, language(update)
    asked = read_tap(query.data or "") if query else None
    if query is None or asked is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    exchange = await answering.exchange_behind(query, context, asked.token, words)
    if exchange is None:
        return Outcome("help")
    await notice(query)
    key, quotes = await services.library.find(answers.to_curate, exchange)
    if asked.action == "unpin":
        await services.memory.curated.undo(key)
        await replace(query, services.replies.operators("curated_undone", words, question=exchange.text))
        return Outcome("noted")
    pinned = asked.action == "pin"
    if pinned and asked.number >= len(quotes):  # it has left since
        await reply(update, [services.replies.page("answer_expired", words)])
        return Outcome("help")
    quote = quotes[asked.number] if pinned else None
    curated = Curated(Reference.of(quote), quote.text) if quote else Curated()
    await services.memory.curated.settle(key, curated, query.from_user.id)
    name = "curated_pinned" if pinned else "curated_unanswerable"
    buttons = answering.keyboard(services, undo_curating(asked.token), words)
    await reply(update, [services.replies.operators(name, words, question=exchange.text)], buttons)
    return Outcome("noted")
