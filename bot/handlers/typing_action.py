"""The sign that the bot is typing, where an answer takes longer than a moment."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.ground.place import Place

T = TypeVar("T")
Sign = Callable[[], Awaitable[object]]

_MOMENT = 0.5  # seconds
_SHOWN = 4.5  # seconds; Telegram's apps show it for five


def typing_in(bot: Bot, place: Place) -> Sign:
    """What shows it there."""
    return partial(bot.send_chat_action, place.chat_id, ChatAction.TYPING, message_thread_id=place.thread_id)


async def announced(sign: Sign, work: Awaitable[T], moment: float = _MOMENT) -> T:
    """The result of the work, which nothing here delays; its errors are raised. After a moment the sign is shown."""
    signs = asyncio.create_task(_repeated(sign, moment))
    try:
        return await work
    finally:
        signs.cancel()


async def _repeated(sign: Sign, moment: float) -> None:
    """Again and again, until this is cancelled or a sign is refused."""
    await asyncio.sleep(moment)
    while True:
        try:
            await sign()
        except TelegramError:
            return
        await asyncio.sleep(_SHOWN)
