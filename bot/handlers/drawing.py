"""Replies as rich messages where they are wanted and taken, in HTML everywhere else."""

import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, InputFile, Message, ReplyParameters
from telegram.error import BadRequest, EndPointNotFound

from bot.context import Services
from bot.ground.place import Place
from bot.ground.refusals import not_modified, not_the_bots, undeliverable
from bot.handlers.sending import send
from bot.once.handling import current
from bot.outgoing.calls import EDIT_RICH, SEND_RICH

logger = logging.getLogger(__name__)

Rich = Mapping[str, Any]


async def send_drawn(  # noqa: PLR0913, PLR0917 - as `send`, twice described
    services: Services,
    bot: Bot,
    place: Place,
    rich: Rich | None,
    messages: Sequence[str],
    buttons: InlineKeyboardMarkup | None = None,
    to: ReplyParameters | None = None,
    rich_buttons: InlineKeyboardMarkup | None = None,
    attached: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
    first: Callable[[], Awaitable[None]] | None = None,
) -> list[int]:
    """Send the rich message with the files that it has inside, under which other buttons may stand, or in its place
    what goes `first` and these; returns the ids.
    """
    if rich is not None and is_wanted(services, place.chat_id):
        if services.memory.looks.is_refused(place.chat_id):
            if handling := current():  # a run before may have tried it: what follows keeps its number
                handling.next_ordinal()
                handling.refused()
        elif sent := await _sent(services, bot, place, rich, rich_buttons or buttons, to, attached):
            return [sent]
    if first is not None:
        await first()
    return await send(bot, place, messages, buttons, to)


async def edit_drawn(  # noqa: PLR0913, PLR0917 - which message, and what it is to say
    services: Services,
    bot: Bot,
    chat_id: int,
    message_id: int,
    rich: Rich | None,
    buttons: InlineKeyboardMarkup | None,
) -> bool:
    """Whether the message says this now as a rich one; False where it is to be said in HTML."""
    looks = services.memory.looks
    if rich is None or not is_wanted(services, chat_id) or looks.is_refused(chat_id):
        return False
    given = {"chat_id": chat_id, "message_id": message_id, "rich_message": rich, "reply_markup": buttons}
    try:
        await bot.do_api_request(EDIT_RICH, api_kwargs=given)
    except BadRequest as error:
        if not_modified(error) or not_the_bots(error):
            return True
        await _learn(services, chat_id, error)
        return False
    return True


def is_wanted(services: Services, chat_id: int) -> bool:
    """Whether a chat is to have rich messages, as far as they are taken."""
    chosen = services.memory.looks.chosen(chat_id)
    return services.settings.reply.rich if chosen is None else chosen == "rich"


async def _sent(  # noqa: PLR0913, PLR0917 - as `send_drawn`
    services: Services,
    bot: Bot,
    place: Place,
    rich: Rich,
    buttons: InlineKeyboardMarkup | None,
    to: ReplyParameters | None,
    attached: Mapping[str, tuple[str, bytes]],
) -> int | None:
    """The id of the message; None where it is refused for what it is."""
    given = {
        "chat_id": place.chat_id,
        "message_thread_id": place.thread_id,
        "rich_message": rich,
        "reply_parameters": to or ReplyParameters(place.message_id, allow_sending_without_reply=True),
        "reply_markup": buttons,
        **{name: InputFile(content, filename) for name, (filename, content) in attached.items()},
    }
    try:
        message = await bot.do_api_request(SEND_RICH, api_kwargs=given, return_type=Message)
    except EndPointNotFound as error:
        await _learn(services, None, error)
        return None
    except BadRequest as error:
        if undeliverable(error):
            raise
        await _learn(services, place.chat_id, error)
        return None
    return int(message.message_id)


async def _learn(services: Services, chat_id: int | None, error: BadRequest | EndPointNotFound) -> None:
    logger.warning("a rich message was refused, and is sent in HTML from now on: %s", error.message)
    try:
        await services.memory.looks.refused(chat_id)
    except sqlite3.Error as failure:
        logger.warning("that is not remembered: %s", failure)
