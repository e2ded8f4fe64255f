"""Taps on the buttons under an answer: more sentences, their surroundings, a copy, a person, a topic, a question."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.finding import answers
from bot.ground.splitting import visible
from bot.handlers import answering, timeline, who
from bot.handlers.answering import VIETNAM
from bot.handlers.sending import language, notice, send
from bot.memory.asked import Asked
from bot.memory.exchanges import Exchange
from bot.querylog.log import Outcome
from bot.taps.answer_buttons import Tap, all_under_answer, read_tap, under_more
from bot.texts.reply import Language, Page
from bot.updates.origin import place_of
from retrieval.timeline import Period


@dataclass(frozen=True, slots=True)
class _Tapped:
    """A button that belongs to an exchange, and the message that it stands under."""

    update: Update
    context: Context
    query: CallbackQuery
    message: Message
    tap: Tap
    exchange: Exchange

    @property
    def services(self) -> Services:
        return self.context.services

    @property
    def words(self) -> Language:
        return language(self.update)

    async def tell(self, page: Page) -> None:
        """A notice that has to be closed."""
        await notice(self.query, visible(self.services.replies.page(page, self.words)))

    async def send(self, texts: Sequence[str], buttons: InlineKeyboardMarkup | None = None) -> None:
        """Below the message, as a reply to it."""
        await send(self.context.bot, place_of(self.message), texts, buttons)


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on one of them; votes are `feedback`'s."""
    query, services = update.callback_query, context.services
    asked = read_tap(query.data or "") if query else None
    if query is None or asked is None or not isinstance(query.message, Message):
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    exchange = await answering.exchange_behind(query, context, asked.token, language(update))
    if exchange is None:
        return Outcome("help")
    if services.double_taps.is_double(query):
        await notice(query)
        return Outcome("ignored")
    return await _carry_out(_Tapped(update, context, query, query.message, asked, exchange))


async def unknown(update: Update, context: Context) -> Outcome:
    """A button that no version of the program knows any more: who tapped it must not wait."""
    if update.callback_query is None:
        return Outcome("ignored")
    await notice(update.callback_query, visible(context.services.replies.page("button_expired", language(update))))
    return Outcome("help")


async def _carry_out(tapped: _Tapped) -> Outcome:
    exchange, number = tapped.exchange, tapped.tap.number
    match tapped.tap.action:
        case "more" if number:
            return await _more(tapped)
        case "open":
            return await _open(tapped)
        case "context" | "copy" | "near":
            return await _show(tapped)
        case "ask" if number < len(exchange.suggestions):
            await notice(tapped.query)
            asked = Asked(exchange.suggestions[number], datetime.now(VIETNAM).date())
            return await answering.answer(tapped.update, tapped.context, place_of(tapped.message), asked)
        case _:
            await notice(tapped.query)
            return await _lead_on(tapped)


async def _lead_on(tapped: _Tapped) -> Outcome:
    """To the person or the topic of the answer."""
    exchange = tapped.exchange
    if tapped.tap.action == "who" and exchange.person:
        return await who.show_person(tapped.update, tapped.context, tapped.message, f'"{exchange.person}"')
    if tapped.tap.action == "timeline" and exchange.topic:
        return await timeline.show_topic(tapped.update, tapped.context, tapped.message, exchange.topic, Period())
    return Outcome("ignored")


async def _more(tapped: _Tapped) -> Outcome:
    """The next page as a message of its own; the button moves under it."""
    services, words, number = tapped.services, tapped.words, tapped.tap.number
    found = await services.library.find(answers.further, tapped.exchange, number, words)
    if found.quotes:
        await notice(tapped.query)
        buttons = answering.keyboard(
            services, under_more(tapped.tap.token, number, found.copied, last=found.last), words
        )
        await tapped.send(found.texts, buttons)
    else:
        await tapped.tell("no_more")
    await _take_away(tapped.query, tapped.message)
    return Outcome("answered" if found.quotes else "not_found", found.quotes)


async def _show(tapped: _Tapped) -> Outcome:
    """The surroundings of the quotes above the button, or the first of them to be copied."""
    found = await tapped.services.library.find(answers.looked_up, tapped.tap, tapped.exchange, tapped.words)
    if not found.quotes:  # the articles have left since
        await tapped.tell("answer_expired")
        return Outcome("help")
    await notice(tapped.query)
    await tapped.send(found.texts)
    if tapped.tap.action == "near":
        await _take_away(tapped.query, tapped.message)
        return Outcome("not_found", found.quotes)
    return Outcome("answered", found.quotes)


async def _open(tapped: _Tapped) -> Outcome:
    """All buttons in the place of the few."""
    copied = await tapped.services.library.find(answers.copied, tapped.exchange, tapped.words)
    operated = tapped.message.chat.id in tapped.services.settings.operators.ids
    inline = bool(tapped.context.bot.supports_inline_queries)
    rows = all_under_answer(tapped.tap.token, tapped.exchange, copied, operated=operated, inline=inline)
    await notice(tapped.query)
    with contextlib.suppress(BadRequest):
        await tapped.query.edit_message_reply_markup(answering.keyboard(tapped.services, rows, tapped.words))
    return Outcome("help")


async def _take_away(query: CallbackQuery, message: Message) -> None:
    """The button that was tapped goes; a message that is gone, or too old to be edited, keeps it."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    kept = [left for row in rows if (left := [button for button in row if button.callback_data != query.data])]
    try:
        await query.edit_message_reply_markup(InlineKeyboardMarkup(kept) if kept else None)
    except BadRequest:
        return
