"""Feeds over HTTP, again and again: what they bring becomes article lines in a folder that is read like any other.

>>> poll([Feed("https://…/rss")], cache, fetcher=Fetcher(), now=datetime.now(UTC))  # doctest: +SKIP
>>> Library.open([..., feed_folder(cache)], cache)  # doctest: +SKIP
"""

from .feeds import Feed, feed_folder, poll
from .fetch import DEFAULT_LIMITS, Fetcher, Limits
from .outcome import Polled, Skip

__all__ = ["DEFAULT_LIMITS", "Feed", "Fetcher", "Limits", "Polled", "Skip", "feed_folder", "poll"]
