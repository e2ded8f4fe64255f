"""The library that is answered from: asked through `find`, kept up to date meanwhile, replaced as a whole."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from bot.finding.desk import Finder, Here, Job
from bot.finding.workers import Means, Workers
from bot.library.errands import ErrandError, Errands
from bot.library.gathered import Gathered
from bot.settings import Settings
from bot.texts.reply import Replies
from retrieval import Library, StoreError
from retrieval.cluster.opening import renewed
from retrieval.own_files import DamageError, IndexDamageError
from retrieval.polling import Fetcher, Polled, poll
from retrieval.records import Problem
from retrieval.renewing import renew
from retrieval.store.opening import set_library_aside, store_name

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: files by what became of them, what the feeds brought, what could not be read.

    `changed`: another library is in use now. `failed`: the files could not be looked at.
    """

    new: int = 0
    altered: int = 0
    removed: int = 0
    feeds: tuple[Polled, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: bool = False
    failed: bool = False


class CurrentLibrary:
    """A refresh puts another library in place of the one in use: who answers a question takes `now` once and keeps to
    it. `renewed` is set whenever another is there. Opened and closed with the application.
    """

    def __init__(self, settings: Settings, library: Library, replies: Replies) -> None:
        self.now = library
        self.renewed = asyncio.Event()
        self._settings = settings
        self._finder = self._made_finder(replies)
        self._errands = Errands(settings.logging.level, settings.logging.format)
        self._gathered = Gathered(settings.channels.gather_seconds)
        self._refreshing = asyncio.Lock()

    async def open(self) -> None:
        """Get ready to find, while others go on."""
        await self._finder.open()

    async def close(self) -> None:
        """Leave what is not done."""
        await self.stop_refreshing()
        await self._finder.close()
        await self._errands.close()

    async def find(self, job: Job[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What a job finds in the library in use (see `Finder.find`)."""
        return await self._finder.find(job, *args, **kwargs)

    async def run(self, seconds: float, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Work that is not for the library, in the process that reads for it (see `Errands.run`)."""
        return await self._errands.run(seconds, call, *args, **kwargs)

    def refresh_soon(self) -> None:
        """Read what is new, once for all that ask for it within a few seconds."""
        self._gathered.ask(self.refresh)

    def make_anew_soon(self, why: DamageError) -> None:
        """The library in use, or its index, has turned out to be damaged, as `why` says."""
        self._gathered.ask(self._make_anew, why)

    async def stop_refreshing(self) -> None:
        """What was to be done soon is left undone."""
        await self._gathered.close()

    async def refresh(self, fetcher: Fetcher | None = None) -> Refreshed:
        """Poll the feeds that are due and read what is new. Without a fetcher no feed is polled. A refresh that is
        under way is waited for.
        """
        async with self._refreshing:
            feeds = await self._poll(fetcher) if fetcher is not None else ()
            return replace(await self._read(), feeds=feeds)

    async def _make_anew(self, why: DamageError) -> None:
        """Read all articles again, into another library file; of a damaged index, make it from those that there are."""
        async with self._refreshing:
            file = self._settings.library.cache / store_name(self._settings.paths())
            if isinstance(why, IndexDamageError):
                logger.error("the index of %s is damaged (%s): it is made anew from what was read", file, why)
            elif file.exists():
                await asyncio.to_thread(set_library_aside, file, str(why))
            await self._read()

    async def _poll(self, fetcher: Fetcher) -> tuple[Polled, ...]:
        settings, results = self._settings, list[Polled]()
        for feed in settings.feeds():  # one by one, so that a stop waits for one at most
            [polled] = await self._errands.run(
                None,
                poll,
                [feed],
                settings.library.cache,
                fetcher=fetcher,
                now=datetime.now(UTC),
                bounds=settings.bounds(),
            )
            results.append(polled)
            if polled.failed:
                logger.warning("feed %s: %s", polled.source, polled.message)
        return tuple(results)

    async def _read(self) -> Refreshed:
        before = self.now
        try:
            after = await self._read_again(before)
        except (StoreError, ErrandError) as error:
            logger.error("the library was not refreshed: %s", error)  # noqa: TRY400 - the message says it all
            return Refreshed(failed=True)
        self.now = after
        if after is before:
            return Refreshed(problems=after.problems)
        await self._finder.renew()
        self.renewed.set()
        done = after.summary
        return Refreshed(done.new, done.changed, done.removed, problems=after.problems, changed=True)

    async def _read_again(self, before: Library) -> Library:
        """The library as its files are now, read by another process; itself where nothing has changed."""
        if before.store:
            return await asyncio.to_thread(renewed, before)
        paths, cache, bounds = self._settings.paths(), self._settings.library.cache, self._settings.bounds()
        if before.path is None:
            return await asyncio.to_thread(before.refreshed, paths, bounds)
        summary = await self._errands.run(None, renew, paths, cache, bounds)
        after = await asyncio.to_thread(Library.kept, paths, cache, summary)
        return before if after.is_same_as(before) else after

    def _made_finder(self, replies: Replies) -> Finder:
        """Workers, where they can open the library: where it is in a file."""
        quotes = self._settings.reply.quotes
        if self.now.path is None and not self.now.store:
            return Here(lambda: self.now, replies, quotes)
        answering = self._settings.answering
        return Workers(lambda: self.now, Means(answering.workers, answering.seconds, quotes))
