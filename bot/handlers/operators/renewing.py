"""/capnhat, /refresh: look for what is new now."""

from telegram import Update

from bot.context import Context
from bot.handlers.sending import language_for, reply
from bot.querylog.rows import Outcome
from retrieval.polling import Fetcher


async def renew(update: Update, context: Context) -> Outcome:
    """Poll the feeds that are due, read what is new, and say what came."""
    services = context.services
    done = await services.library.refresh(Fetcher())
    library = services.library.now
    text = services.replies.operators(
        "refreshed", language_for(update), done=done, articles=len(library.articles), sentences=len(library.sentences)
    )
    await reply(update, [text])
    return Outcome("error" if done.failed else "answered")
