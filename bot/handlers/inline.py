"""Inline mode: `@bot question` in any chat gives cards, each with a quote to send; and which of them was sent."""

import asyncio
import logging
from datetime import datetime

from telegram import (
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.context import Context, Services
from bot.deciding.small_talk import small_talk
from bot.finding import inline
from bot.finding.desk import UnfinishedError
from bot.finding.inline import Offered
from bot.ground.refusals import too_late
from bot.ground.splitting import visible
from bot.handlers.answering import private_url, remembered
from bot.handlers.sending import language_for
from bot.memory.exchanges import Exchange
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import start_parameter
from bot.taps.buttons import Button
from bot.taps.keyboard import keyboard
from bot.texts.inline_cards import Card
from bot.texts.reply import Language
from retrieval.records import VIETNAM

logger = logging.getLogger(__name__)

_KEPT = 300  # seconds that Telegram may give the same person the same cards
# Seconds that topics may take to be counted, of a library in which nobody has looked for them yet.
_PATIENCE = 1.0
_NOTHING_ASKED = "inline"  # what the link to the private chat carries where there is no question


async def answer(update: Update, context: Context) -> Outcome:
    """A page of cards; while nothing is typed, of what the articles tell most of."""
    query, services, language = update.inline_query, context.services, language_for(update)
    if query is None:
        return Outcome("ignored")
    asks = small_talk(query.query) is None
    gave_up, offered = False, Offered()
    try:
        offered = await _offered(services, query, language, asks=asks)
    except UnfinishedError:
        gave_up = True
    exchange = Exchange(query.query) if asks and offered.any else None
    token = await remembered(services, exchange, query.from_user.id) if exchange else None
    try:
        await query.answer(
            [_result(context, each, token, language) for each in offered.cards],
            cache_time=_KEPT if offered.any and not offered.partial else 0,
            is_personal=True,  # in the person's language
            next_offset=offered.following or None,  # python-telegram-bot makes "[]" of an empty one
            button=_button(services, token, language, asks=asks),
        )
    except TelegramError as error:
        if too_late(error):
            return Outcome("declined")
        if isinstance(error, BadRequest):
            raise
        logger.info("no cards for update %s: %s", update.update_id, error)
        return Outcome("undeliverable")
    if gave_up or not asks:
        return Outcome("gave_up" if gave_up else "help", offered.quotes)
    return Outcome("answered" if offered.answered else "not_found", offered.quotes)


async def note_choice(update: Update, context: Context) -> Outcome:
    """Which card was sent; nobody waits for anything."""
    chosen = update.chosen_inline_result
    if chosen is None:
        return Outcome("ignored")
    asks = small_talk(chosen.query) is None
    question, today = chosen.query if asks else "", datetime.now(VIETNAM).date()
    quotes = await context.services.library.find(inline.chosen, question, today, chosen.result_id)
    return Outcome("noted", quotes)


async def _offered(services: Services, query: InlineQuery, language: Language, *, asks: bool) -> Offered:
    """Nothing, where topics are still being counted."""
    finding = services.library.find(
        inline.offer, query.query if asks else "", datetime.now(VIETNAM).date(), query.offset, language
    )
    if asks:
        return await finding
    try:
        async with asyncio.timeout(_PATIENCE):
            return await finding
    except TimeoutError:
        return Offered()


def _result(context: Context, shown: Card, token: str | None, language: Language) -> InlineQueryResultArticle:
    content = InputTextMessageContent(
        shown.message, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        shown.id,
        shown.title,
        content,
        description=shown.description or None,
        reply_markup=private_link(context, token, language),
    )


def private_link(context: Context, token: str | None, language: Language) -> InlineKeyboardMarkup | None:
    """A button to the private chat, where the question is answered in full."""
    if token is None:
        return None
    return keyboard(context.services.replies, [[Button("button_private", url=private_url(context, token))]], language)


def _button(services: Services, token: str | None, language: Language, *, asks: bool) -> InlineQueryResultsButton:
    label = visible(services.replies.render("inline_ask" if asks else "inline_hint", language))
    return InlineQueryResultsButton(label, start_parameter=start_parameter(token) if token else _NOTHING_ASKED)
