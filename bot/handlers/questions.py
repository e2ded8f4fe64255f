"""Text in a private chat is a question."""

import asyncio
from datetime import datetime, timedelta, timezone

from telegram import Update

from bot.context import Context, Services
from bot.handlers.sending import language, reply
from bot.querylog import Outcome
from bot.reply import Language
from retrieval import Answer
from retrieval.tokens import syllables

_VIETNAM = timezone(timedelta(hours=7))  # "hôm nay" is a day there


async def ask(update: Update, context: Context) -> Outcome:
    """Answer with quotes, or say that there is no answer; a text without a word in it asks nothing."""
    message = update.effective_message
    if message is None or message.text is None:
        return Outcome("ignored")
    if not syllables(message.text):
        await reply(update, [context.services.replies.page("no_words", language(update))])
        return Outcome("help")
    answer, texts = await asyncio.to_thread(_answer, context.services, message.text, message.date, language(update))
    await reply(update, texts)
    return Outcome(answer.status, answer.quotes or answer.nearest)


def _answer(services: Services, question: str, asked: datetime, language: Language) -> tuple[Answer, list[str]]:
    library = services.library
    today = asked.astimezone(_VIETNAM).date()
    answer = library.ask(question, limit=services.settings.reply.quotes, today=today)
    return answer, services.replies.answer(answer, library.articles, language)


async def not_text(update: Update, context: Context) -> Outcome:
    """A photo, a sticker, a voice message: say what the bot can read."""
    await reply(update, [context.services.replies.page("not_text", language(update))])
    return Outcome("help")


async def ignore(_update: Update, _context: Context) -> Outcome:
    """Edits, groups, channels and all else: no reply."""
    return Outcome("ignored")
