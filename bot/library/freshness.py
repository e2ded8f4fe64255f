"""Feeds that have been broken or silent for longer than usual."""

from datetime import datetime

from bot.settings import Settings
from retrieval.polling.freshness import Freshness, Trouble, freshness


def of_feeds(settings: Settings) -> tuple[Freshness, ...]:
    """Of each feed that is polled."""
    return freshness(settings.feeds(), settings.library.cache)


def notes(settings: Settings, now: datetime) -> list[str]:
    """A line for each feed that somebody should look at, for the health check."""
    troubled = ((each, each.trouble(now)) for each in of_feeds(settings))
    return [
        f"feed {each.label}: {trouble} since {_shown(since(each, trouble))}" for each, trouble in troubled if trouble
    ]


def since(feed: Freshness, trouble: Trouble) -> datetime | None:
    """When what is wrong with it began."""
    return feed.read if trouble == "broken" else feed.brought


def _shown(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "the beginning"
