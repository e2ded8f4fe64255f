"""Taps of operators under an answer: this quote is the answer to this question, or nothing is; and taken back."""

from bot.finding import answers
from bot.handlers.tapped import Tapped, exchange_of
from bot.memory.curated import Curated
from bot.memory.exchanges import Reference
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import AnswerTap, undo_curating


async def tap(tapped: Tapped[AnswerTap]) -> Outcome:
    """Settle it, and say so with a button that undoes it."""
    exchange, services, tap = await exchange_of(tapped), tapped.services, tapped.tap
    if exchange is None:
        return Outcome("help")
    await tapped.done()
    key, quotes = await services.library.find(answers.to_curate, exchange)
    if tap.action == "unpin":
        await services.memory.curated.undo(key)
        text = services.replies.operators("curated_undone", tapped.language, question=exchange.text)
        await tapped.replace(text)
        return Outcome("noted")
    pinned = tap.action == "pin"
    if pinned and tap.number >= len(quotes):  # it has left since
        await tapped.send([tapped.page("answer_expired")])
        return Outcome("help")
    quote = quotes[tap.number] if pinned else None
    place, text = (Reference.of(quote), quote.text) if quote else (None, "")
    await services.memory.curated.settle(key, Curated(place, text, exchange.text), tapped.user)
    name = "curated_pinned" if pinned else "curated_unanswerable"
    text = services.replies.operators(name, tapped.language, question=exchange.text)
    await tapped.send([text], undo_curating(tap.token))
    return Outcome("noted")
