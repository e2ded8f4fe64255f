"""Taps on the buttons under an answer: more sentences, their surroundings, a copy, a person, a topic, a question."""

from datetime import datetime

from bot.finding import answers
from bot.handlers import answering, timeline, who
from bot.handlers.drawing import send_drawn
from bot.handlers.tapped import Tapped, exchange_of
from bot.memory.asked import Asked
from bot.memory.exchanges import Exchange
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import AnswerTap, all_under_answer, under_more
from retrieval.records import VIETNAM
from retrieval.timeline import Period


async def tap(tapped: Tapped[AnswerTap]) -> Outcome:
    """A tap on one of them; votes are `feedback`'s."""
    exchange = await exchange_of(tapped)
    if exchange is None:
        return Outcome("help")
    if tapped.services.double_taps.is_double(tapped.query):
        await tapped.done()
        return Outcome("ignored")
    return await _carry_out(tapped, exchange)


async def _carry_out(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    number = tapped.tap.number
    match tapped.tap.action:
        case "more" if number:
            return await _more(tapped, exchange)
        case "open":
            return await _open(tapped, exchange)
        case "papers":
            return await _papers(tapped, exchange)
        case "context" | "passage" | "copy" | "near" | "why":
            return await _show(tapped, exchange)
        case "ask" if number < len(exchange.suggestions):
            await tapped.done()
            asked = Asked(exchange.suggestions[number], datetime.now(VIETNAM).date())
            return await answering.answer(tapped.update, tapped.context, tapped.place, asked)
        case _:
            await tapped.done()
            return await _lead_on(tapped, exchange)


async def _lead_on(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    """To the person or the topic of the answer."""
    update, context, message = tapped.update, tapped.context, tapped.message
    if tapped.tap.action == "who" and exchange.person:
        return await who.show_person(update, context, message, f'"{exchange.person}"')
    if tapped.tap.action == "timeline" and exchange.topic:
        return await timeline.show_topic(update, context, message, exchange.topic, Period())
    return Outcome("ignored")


async def _more(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    """The next page as a message of its own; the button moves under it."""
    token, number = tapped.tap.token, tapped.tap.number
    found = await tapped.services.library.find(answers.further, exchange, number, tapped.language)
    if found.quotes:
        await tapped.done()
        await tapped.send(found.texts, under_more(token, number, found.copied, last=found.last))
    else:
        await tapped.tell(found.texts[0] if found.texts else tapped.page("no_more"))
    if found.quotes or not found.texts:  # else there may be more once all can be searched
        await tapped.take_away()
    return Outcome("answered" if found.quotes else "not_found", found.quotes)


async def _show(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    """The surroundings of the quotes above the button, or the first of them to be copied."""
    found = await tapped.services.library.find(answers.looked_up, tapped.tap, exchange, tapped.language)
    if not found.quotes:  # the articles have left since
        await tapped.tell(tapped.page("answer_expired"))
        return Outcome("help")
    await tapped.done()
    await tapped.send(found.texts)
    if tapped.tap.action == "near":
        await tapped.take_away()
        return Outcome("not_found", found.quotes)
    return Outcome("answered", found.quotes)


async def _papers(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    """What each paper writes of it."""
    found = await tapped.services.library.find(answers.by_papers, exchange, tapped.language)
    if not found.quotes:  # what differed has left since
        await tapped.tell(tapped.page("answer_expired"))
        return Outcome("help")
    await tapped.done()
    await send_drawn(tapped.services, tapped.context.bot, tapped.place, found.rich, found.texts)
    return Outcome("answered", found.quotes)


async def _open(tapped: Tapped[AnswerTap], exchange: Exchange) -> Outcome:
    """All buttons in the place of the few."""
    opened = await tapped.services.library.find(answers.opened, exchange, tapped.language)
    operated = tapped.message.chat.id in tapped.services.settings.operators.ids
    await tapped.done()
    inline = bool(tapped.context.bot.supports_inline_queries)
    rows = all_under_answer(
        tapped.tap.token, exchange, opened.copied, papers=opened.papers, operated=operated, inline=inline
    )
    await tapped.relabel(rows)
    return Outcome("help")
