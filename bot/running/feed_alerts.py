"""Operators are told of feeds that are broken or silent: once, each time it begins."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.library.freshness import of_feeds, since
from bot.settings import Settings
from bot.texts.reply import Replies
from retrieval.polling.freshness import Freshness, Trouble

logger = logging.getLogger(__name__)


class FeedAlerts:
    """Which troubles operators have heard of."""

    def __init__(self, bot: Bot, settings: Settings, replies: Replies) -> None:
        self._bot, self._settings, self._replies = bot, settings, replies
        self._told: dict[str, Trouble] = {}

    async def look(self) -> None:
        """Tell of what has begun since; what is over may begin again. Those who can't be written to are passed over."""
        now = datetime.now(UTC)
        troubles = [(each, trouble) for each in of_feeds(self._settings) if (trouble := each.trouble(now))]
        begun = [(each, trouble) for each, trouble in troubles if self._told.get(each.label) != trouble]
        self._told = {each.label: trouble for each, trouble in troubles}
        if begun:
            await self._tell(begun)

    async def _tell(self, begun: Sequence[tuple[Freshness, Trouble]]) -> None:
        lines = [(each.label, trouble, since(each, trouble)) for each, trouble in begun]
        text = self._replies.operators("feeds_troubled", "vi", feeds=lines)
        for operator in self._settings.operators.ids:
            try:
                await self._bot.send_message(operator, text, ParseMode.HTML)
            except TelegramError as error:
                logger.warning("the operator %s was not told of feeds: %s", operator, error)
