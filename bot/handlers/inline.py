"""Inline mode: `@bot question` in any chat gives cards, each with a quote to send; and which of them was sent."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.context import Context, Services
from bot.handlers.answering import VIETNAM, private_url, remembered
from bot.handlers.sending import language
from bot.memory.exchanges import Exchange
from bot.outgoing.refusals import too_late
from bot.outgoing.splitting import visible
from bot.pages.answer_buttons import start_parameter
from bot.pages.inline_cards import Card, Found, card, found_for, page_of
from bot.querylog.log import Outcome
from bot.reply import Language
from retrieval import Library, Quote
from retrieval.tokens import syllables

logger = logging.getLogger(__name__)

_MOST = 50  # cards for a query, on all its pages
_KEPT = 300  # seconds that Telegram may give the same person the same cards
# Seconds that topics may take to be counted, of a library in which nobody has looked for them yet.
_PATIENCE = 1.0
_NOTHING_ASKED = "inline"  # what the link to the private chat carries where there is no question


async def answer(update: Update, context: Context) -> Outcome:
    """A page of cards; while nothing is typed, of what the articles tell most of."""
    query, services, words = update.inline_query, context.services, language(update)
    if query is None:
        return Outcome("ignored")
    asks = bool(syllables(query.query))
    try:
        found = await _found(services, query.query) if asks else await _topics(services.library)
    except TimeoutError:
        found = []
    shown, following = page_of(found, query.offset)
    exchange = Exchange(query.query) if asks and found else None
    token = await remembered(services, exchange, query.from_user.id) if exchange else None
    cards = [card(services.replies, each, query.query, words) for each in shown]
    try:
        await query.answer(
            [_result(context, each, token, words) for each in cards],
            cache_time=_KEPT if found else 0,
            is_personal=True,  # in the person's language
            next_offset=following or None,  # python-telegram-bot makes "[]" of an empty one
            button=_button(services, token, words, asks=asks),
        )
    except TelegramError as error:
        if too_late(error):
            return Outcome("declined")
        if isinstance(error, BadRequest):
            raise
        logger.info("no cards for update %s: %s", update.update_id, error)
        return Outcome("undeliverable")
    return _outcome(found, shown, asks=asks)


async def note_choice(update: Update, context: Context) -> Outcome:
    """Which card was sent; nobody waits for anything."""
    chosen = update.chosen_inline_result
    if chosen is None:
        return Outcome("ignored")
    asks = bool(syllables(chosen.query))
    library = context.services.library
    found = await (_found(context.services, chosen.query) if asks else asyncio.to_thread(_most_told_of, library))
    return Outcome("noted", tuple(each.quote for each in found if each.id == chosen.result_id and each.quote))


async def _found(services: Services, question: str) -> list[Found]:
    today = datetime.now(VIETNAM).date()

    def ask() -> list[Found]:
        library = services.library
        answered = library.ask(question, services.settings.reply.quotes, today)
        return found_for(answered, library.search(question, _MOST))[:_MOST]

    return await asyncio.to_thread(ask)


async def _topics(library: Library) -> list[Found]:
    """Raises TimeoutError where they are still being counted."""
    async with asyncio.timeout(_PATIENCE):
        return await asyncio.to_thread(_most_told_of, library)


def _most_told_of(library: Library) -> list[Found]:
    """The best sentence about each topic."""
    best = (quote for topic in library.topics for quote in library.search(topic, 1))
    unique: dict[str, Quote] = {}
    for quote in best:
        unique.setdefault(quote.text, quote)
    return [Found(quote, "other") for quote in unique.values()]


def _result(context: Context, shown: Card, token: str | None, words: Language) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        shown.message, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        shown.id,
        shown.title,
        content,
        description=shown.description or None,
        reply_markup=private_link(context, token, words),
    )


def private_link(context: Context, token: str | None, words: Language) -> InlineKeyboardMarkup | None:
    """A button to the private chat, where the question is answered in full."""
    if token is None:
        return None
    label = visible(context.services.replies.render("button_private", words))
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, url=private_url(context, token))]])


def _button(services: Services, token: str | None, words: Language, *, asks: bool) -> InlineQueryResultsButton:
    label = visible(services.replies.render("inline_ask" if asks else "inline_hint", words))
    return InlineQueryResultsButton(label, start_parameter=start_parameter(token) if token else _NOTHING_ASKED)


def _outcome(found: Sequence[Found], shown: Sequence[Found], *, asks: bool) -> Outcome:
    quotes = tuple(each.quote for each in shown if each.quote)
    if not asks:
        return Outcome("help", quotes)
    answered = any(each.standing == "answer" for each in found)
    return Outcome("answered" if answered else "not_found", quotes)
