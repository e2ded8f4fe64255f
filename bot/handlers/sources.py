"""/nguon, /sources: what the answers come from."""

import asyncio
from datetime import UTC, datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.context import Context, Services
from bot.finding import sources
from bot.ground.splitting import visible
from bot.handlers.sending import is_off, language, notice, replace, reply
from bot.library.freshness import of_feeds
from bot.pages.source_pages import read_tap
from bot.querylog.log import Outcome
from bot.texts.reply import Language

_FEEDS = 15  # that are told of one by one


async def show(update: Update, context: Context) -> Outcome:
    """The first page, the publishers with most articles."""
    if update.effective_message is None or is_off(update.effective_message, context):
        return Outcome("ignored")
    text, buttons = await _page(context.services, 0, language(update))
    await reply(update, [text], buttons)
    return Outcome("help")


async def turn(update: Update, context: Context) -> Outcome:
    """A tap on a button to another page."""
    query = update.callback_query
    number = read_tap(query.data or "") if query else None
    if query is None:
        return Outcome("ignored")
    await notice(query)
    if number is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    text, buttons = await _page(context.services, number, language(update))
    await replace(query, text, buttons)
    return Outcome("help")


async def _page(services: Services, number: int, words: Language) -> tuple[str, InlineKeyboardMarkup | None]:
    text, neighbours = await services.library.find(sources.page, number, words)
    if number == 0:
        polled = await asyncio.to_thread(of_feeds, services.settings)
        text = "\n\n".join(filter(None, [text, services.replies.feeds(polled[:_FEEDS], datetime.now(UTC), words)]))
    row = [
        InlineKeyboardButton(visible(services.replies.render(label, words)), callback_data=data)
        for label, data in neighbours.items()
    ]
    return text, InlineKeyboardMarkup([row]) if row else None
