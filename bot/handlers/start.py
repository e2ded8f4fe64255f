"""The first words: /start and /help."""

import asyncio

from telegram import Update

from bot.context import Context
from bot.handlers.sending import language, reply
from bot.querylog import Outcome
from bot.reply import Collection


async def start(update: Update, context: Context) -> Outcome:
    """Who is speaking, and what there is to ask about."""
    services = context.services
    collection = await asyncio.to_thread(Collection.of, services.library.articles)
    await reply(update, [services.replies.page("start", language(update), collection)])
    return Outcome("help")


async def show_help(update: Update, context: Context) -> Outcome:
    """How to ask, and how to read a reply."""
    await reply(update, [context.services.replies.page("help", language(update))])
    return Outcome("help")
