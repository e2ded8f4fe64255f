"""/nguon, /sources: what the answers come from."""

import asyncio
from datetime import UTC, datetime

from telegram import Update

from bot.context import Context, Services
from bot.finding import sources
from bot.handlers.sending import is_off, language_for, reply
from bot.handlers.tapped import Tapped
from bot.library.freshness import of_feeds
from bot.querylog.rows import Outcome
from bot.taps.buttons import Rows, turning
from bot.taps.keyboard import keyboard
from bot.taps.kinds import SourcesTap
from bot.texts.reply import Language

_FEEDS = 15  # that are told of one by one


async def show(update: Update, context: Context) -> Outcome:
    """The first page, the publishers with most articles."""
    message = update.effective_message
    if message is None or is_off(message, context):
        return Outcome("ignored")
    replies, language = context.services.replies, language_for(update)
    text, rows = await _page(context.services, message.chat.id, 0, language)
    await reply(update, [text], keyboard(replies, rows, language))
    return Outcome("help")


async def turn(tapped: Tapped[SourcesTap]) -> Outcome:
    """A tap on a button to another page."""
    await tapped.done()
    text, rows = await _page(tapped.services, tapped.message.chat.id, tapped.tap.page, tapped.language)
    await tapped.replace(text, rows)
    return Outcome("help")


async def _page(services: Services, chat_id: int, number: int, language: Language) -> tuple[str, Rows]:
    policy = services.memory.chats.policy(chat_id)
    text, view = await services.library.find(sources.page, number, language, policy.sources, only=policy.only)
    if number == 0:
        polled = await asyncio.to_thread(of_feeds, services.settings)
        text = "\n\n".join(filter(None, [text, services.replies.feeds(polled[:_FEEDS], datetime.now(UTC), language)]))
    return text, [turning(("previous_page", "next_page"), view.number, view.pages, SourcesTap)]
