"""The one place that wires everything and lists every handler, in order."""

import logging
from functools import partial
from typing import Any

import httpx
from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.error import TelegramError
from telegram.ext import Application, BaseHandler, CommandHandler, Defaults, MessageHandler, TypeHandler, filters
from telegram.request import HTTPXRequest

from bot.context import Bot, Context, Services, context_types
from bot.handlers import errors, questions, start
from bot.handlers.sending import TO_THE_BOT
from bot.ordering import InOrderWithinChat
from bot.querylog import QueryLog
from bot.recording import recorded
from bot.reply import Language, Replies
from bot.settings import Settings
from retrieval import Library

logger = logging.getLogger(__name__)


def build(settings: Settings, library: Library) -> Bot:
    """The application, not yet started. Raises ValueError without a token."""
    if settings.token is None:
        raise ValueError("a bot needs a token")
    key = settings.log_key.get_secret_value() if settings.log_key else None
    services = Services(settings, library, Replies(), QueryLog(settings.log.path, key))
    bot: Bot = (
        Application.builder()
        .token(settings.token.get_secret_value())
        .base_url(settings.telegram.base_url)
        .request(_request(settings))
        .get_updates_request(_request(settings))
        .defaults(Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)))
        .context_types(context_types(services))
        .concurrent_updates(InOrderWithinChat())
        .job_queue(None)
        .post_init(partial(_open, services))
        .post_shutdown(partial(_close, services))
        .build()
    )
    bot.add_handlers(_handlers())
    bot.add_error_handler(errors.apologise)
    return bot


def _handlers() -> list[BaseHandler[Any, Context, None]]:
    """The first that takes an update handles it: all stand in one group, so that each update has one row in the log."""
    return [
        # Commands are texts too, so they come before questions; those that don't exist after those that do.
        CommandHandler("start", recorded("command", start.start), TO_THE_BOT),
        CommandHandler("help", recorded("command", start.show_help), TO_THE_BOT),
        MessageHandler(TO_THE_BOT & filters.COMMAND, recorded("command", start.unknown_command)),
        MessageHandler(TO_THE_BOT & filters.TEXT, recorded("question", questions.ask)),
        # What is left of a private chat: photos, stickers, voice; but not "pinned a message" and its like.
        MessageHandler(TO_THE_BOT & ~filters.StatusUpdate.ALL, recorded("other", questions.not_text)),
        # Last, as it takes everything: edits, groups, channels, kinds of updates that are yet to be invented.
        TypeHandler(Update, recorded("other", questions.ignore)),
    ]


async def _open(services: Services, bot: Bot) -> None:
    await services.log.open()
    try:
        await bot.bot.set_my_commands(_commands(services.replies, "vi"))
        await bot.bot.set_my_commands(_commands(services.replies, "en"), language_code="en")
    except TelegramError as error:
        logger.warning("the menu of commands was not set: %s", error)


async def _close(services: Services, _bot: Bot) -> None:
    await services.log.close()


def _commands(replies: Replies, language: Language) -> list[BotCommand]:
    return [
        BotCommand("start", replies.page("command_start", language)),
        BotCommand("help", replies.page("command_help", language)),
    ]


def _request(settings: Settings) -> HTTPXRequest:
    """One pool of connections. A proxy that the environment names is for the world outside, not for the sandbox."""
    local = httpx.URL(settings.telegram.base_url).host in {"127.0.0.1", "::1", "localhost"}
    # Where many ask at once, a reply waits for a connection rather than fail after PTB's one second.
    return HTTPXRequest(pool_timeout=30, httpx_kwargs={"trust_env": not local})
