"""Feeds that have been broken or silent for longer than usual: operators are told once, each time it begins."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.context import Bot, Services, services_of
from retrieval.polling.freshness import Freshness, Trouble, freshness

logger = logging.getLogger(__name__)


def of_feeds(services: Services) -> tuple[Freshness, ...]:
    """Of each feed that is polled."""
    settings = services.settings
    return freshness(settings.feeds(), settings.library.cache)


def notes(services: Services, now: datetime) -> list[str]:
    """A line for each feed that somebody should look at, for the health check."""
    troubled = ((each, each.trouble(now)) for each in of_feeds(services))
    return [
        f"feed {each.label}: {trouble} since {_shown(_since(each, trouble))}" for each, trouble in troubled if trouble
    ]


class Watch:
    """Which troubles operators have heard of."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._told: dict[str, Trouble] = {}

    async def look(self) -> None:
        """Tell of what has begun since; what is over may begin anew. Nobody is told that can't be written to."""
        services, now = services_of(self._bot), datetime.now(UTC)
        troubles = [(each, trouble) for each in of_feeds(services) if (trouble := each.trouble(now))]
        begun = [(each, trouble) for each, trouble in troubles if self._told.get(each.label) != trouble]
        self._told = {each.label: trouble for each, trouble in troubles}
        if begun:
            await self._tell(services, begun)

    async def _tell(self, services: Services, begun: Sequence[tuple[Freshness, Trouble]]) -> None:
        lines = [(each.label, trouble, _since(each, trouble)) for each, trouble in begun]
        text = services.replies.operators("feeds_troubled", "vi", feeds=lines)
        for operator in services.settings.operators.ids:
            try:
                await self._bot.bot.send_message(operator, text, ParseMode.HTML)
            except TelegramError as error:
                logger.warning("the operator %s was not told of feeds: %s", operator, error)


def _since(feed: Freshness, trouble: Trouble) -> datetime | None:
    return feed.read if trouble == "broken" else feed.brought


def _shown(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "the beginning"
