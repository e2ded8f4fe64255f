"""Which channel a group discusses: there the channel's own words are what people mean first."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import Message
from telegram.constants import ChatType
from telegram.error import TelegramError

logger = logging.getLogger(__name__)

_KNOWN_FOR = 3600.0  # seconds until Telegram is asked again: an admin may link another channel
_GROUPS = 10_000  # that are remembered


class Discussions:
    """The channel of each group, kept for an hour. Telegram is not asked while no channel is read (`any_channel`)."""

    def __init__(self, any_channel: Callable[[], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._any_channel = any_channel
        self._clock = clock
        self._known: OrderedDict[int, tuple[float, int | None]] = OrderedDict()

    async def channel_of(self, message: Message) -> int | None:
        """The channel whose discussion group the message stands in; None for every other chat."""
        if message.chat.type != ChatType.SUPERGROUP or not self._any_channel():
            return None
        post = message.reply_to_message
        if post and post.is_automatic_forward and post.sender_chat:
            return post.sender_chat.id
        now = self._clock()
        at, channel = self._known.get(message.chat.id, (now - _KNOWN_FOR, None))
        if now - at >= _KNOWN_FOR:
            channel = await _asked(message)
            self._known[message.chat.id] = (now, channel)
            while len(self._known) > _GROUPS:
                self._known.popitem(last=False)
        return channel


async def _asked(message: Message) -> int | None:
    try:
        return (await message.get_bot().get_chat(message.chat.id)).linked_chat_id
    except TelegramError as error:
        logger.info("which channel a group discusses can't be told: %s", error)
        return None
