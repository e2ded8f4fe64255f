"""While the bot runs, new articles are held against what people watch, and told."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from telegram import Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.context import Bot, Services, services_of
from bot.finding import news
from bot.finding.desk import UnfinishedError
from bot.ground.beside import beside
from bot.ground.place import GENERAL
from bot.ground.refusals import undeliverable
from bot.once.handling import Handling, at_work_on
from bot.taps.keyboard import keyboard
from bot.watch.findings import Finding, Notification
from bot.watch.panel import news_buttons
from bot.watch.watches import Watch
from retrieval import Library, Quote

logger = logging.getLogger(__name__)

_TICK = 60.0  # seconds until it is looked at the latest what is due
# Messages under way at once: an answer to a question waits for no more of them than go out in a moment.
_AT_ONCE = 8
_READ_AT_ONCE = 100  # new articles in one job

Place = tuple[int, int | None]


@asynccontextmanager
async def kept_watching(bot: Bot) -> AsyncIterator[None]:
    """Tell people of new articles on what they watch while the block runs."""
    watching = Watching(bot)
    try:
        async with beside(watching.run()):
            yield
    finally:
        await watching.close()


class Watching:
    """Looks at what is new in the library, and sends what is due; what it is doing is written down (see `findings`)."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot.bot
        self._services: Services = services_of(bot)
        self._looked: Library | None = None
        self._under_way: dict[Place, asyncio.Task[None]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def run(self) -> None:
        """Whenever another library is in use, and every minute for what is due."""
        renewed = self._services.library.renewed
        while True:
            renewed.clear()
            try:
                await self.resume()
                await self.look()
                await self.tell()
            except Exception:  # whatever is wrong this time, the next time may go well
                logger.exception("watches were not looked after")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(renewed.wait(), _TICK)

    async def close(self) -> None:
        """Stop telling; what was under way is taken up at the next start."""
        for task in self._under_way.values():
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    async def resume(self) -> None:
        """Take up what the program was sending when it ended, and what has failed since."""
        busy = set(self._under_way)  # by the time that this is read they may be done with what it says
        for notification in await self._services.watches.findings.unfinished():
            place = notification.chat_id, notification.thread
            if place not in busy:
                self._start(place, notification)

    async def look(self) -> None:
        """Hold what is new in the library against what is watched."""
        library, findings = self._services.library.now, self._services.watches.findings
        if library is self._looked:
            return
        names = await asyncio.to_thread(_new_names, library, self._looked)
        unseen = await findings.unseen(names)
        if unseen:
            watches = await self._services.watches.active()
            for watch, quotes in await self._found(unseen, watches):
                await findings.keep(await self._told_once(watch, quotes))
        await findings.mark_looked_at(names if unseen is None else unseen)
        self._looked = library

    async def tell(self) -> None:
        """Begin to tell what is due at each place where nothing is being told."""
        for place in await self._services.watches.findings.places_due():
            if not self._is_off(place):
                self._start(place, None)

    async def _found(self, names: Collection[str], watches: Sequence[Watch]) -> list[tuple[Watch, list[Quote]]]:
        """For each watch the new articles on its topic."""
        by_topic: dict[str, list[Quote]] = {watch.topic: [] for watch in watches}
        ordered = sorted(names) if watches else []
        for first in range(0, len(ordered), _READ_AT_ONCE):
            for topic, quotes in (await self._on_topics(ordered[first : first + _READ_AT_ONCE], [*by_topic])).items():
                by_topic[topic].extend(quotes)
        return [(watch, by_topic[watch.topic]) for watch in watches if by_topic[watch.topic]]

    async def _on_topics(self, names: Sequence[str], topics: Sequence[str]) -> dict[str, list[Quote]]:
        """All topics together or, where that takes too long, each by itself; one that still does is passed over."""
        try:
            return await self._services.library.find(news.on_topics, names, topics)
        except UnfinishedError as error:
            if len(topics) == 1:
                logger.error("new articles were not held against a topic that is watched: %s", error)  # noqa: TRY400
                return {}
        found: dict[str, list[Quote]] = {}
        for topic in topics:
            found |= await self._on_topics(names, [topic])
        return found

    async def _told_once(self, watch: Watch, quotes: Sequence[Quote]) -> list[Finding]:
        """The findings without near-copies of what was found for the watch before, or just now."""
        copies = await self._services.library.find(news.copies, [q.article.id for q in quotes])
        known = await self._services.watches.findings.found_before(
            watch.id, {name for names in copies.values() for name in names}
        )
        findings = []
        for q in quotes:
            if known.isdisjoint(copies.get(q.article.id, ())):
                findings.append(Finding(watch.id, q.article.id, q.start))
                known.add(q.article.id)
        return findings

    def _is_off(self, place: Place) -> bool:
        chat_id, thread = place
        return self._services.memory.chats.policy(chat_id).mode_in(thread or GENERAL) == "off"

    def _start(self, place: Place, notification: Notification | None) -> None:
        if place in self._under_way:
            return
        task = asyncio.create_task(self._carry_through(place, notification))
        self._under_way[place] = task
        task.add_done_callback(lambda _: self._under_way.pop(place, None))

    async def _carry_through(self, place: Place, notification: Notification | None) -> None:
        try:
            async with self._turns:
                await self._tell(notification or await self._services.watches.findings.begin(*place))
            self._services.library.renewed.set()  # something may have been found meanwhile
        except Exception:
            logger.exception("what was found for a watch was not told")

    async def _tell(self, notification: Notification) -> None:
        findings, watches = self._services.watches.findings, self._services.watches
        mine = {watch.id: watch for watch in await watches.of(notification.chat_id, notification.thread)}
        try:
            await self._send(notification, mine)
        except TelegramError as error:
            if not isinstance(error, BadRequest | Forbidden):
                raise
            if not undeliverable(error):
                logger.exception("what was found for a watch was refused")
            logger.info("watches of a chat are paused, as it takes no messages: %s", error.message)
            await watches.pause_place(notification.chat_id, notification.thread)
            await findings.take_back(notification)
        else:
            await findings.mark_told(notification)
        await self._services.inbox.finish(-notification.id)
        await findings.finish(notification)

    async def _send(self, notification: Notification, mine: dict[int, Watch]) -> None:
        """Send it as an update's answers are sent: what of it went out before a kill is not sent again."""
        services = self._services
        texts = await services.library.find(news.news, notification, mine, services.settings.watches.shown)
        if not texts:
            return
        words = next(mine[each.watch].language for each in notification.findings if each.watch in mine)
        buttons = keyboard(services.replies, news_buttons(), words)
        # Telegram's numbers of updates are positive.
        handling = Handling(Update(-notification.id), await services.inbox.sends_on(-notification.id), again=True)
        services.known.note_result(
            notification.chat_id, {"message_id": await services.watches.last_message(notification.chat_id)}
        )
        with at_work_on(handling):
            for number, text in enumerate(texts, 1):
                sent = await self._bot.send_message(
                    notification.chat_id,
                    text,
                    ParseMode.HTML,
                    message_thread_id=notification.thread,
                    reply_markup=buttons if number == len(texts) else None,
                )
        if sent.chat.id != notification.chat_id:  # the group has become a supergroup, and nobody had told
            await services.watches.migrate(notification.chat_id, sent.chat.id)
        await services.watches.note_message(sent.chat.id, sent.message_id)


def _new_names(library: Library, before: Library | None) -> list[str]:
    """The ids of the articles that an earlier library did not have; of all, where there is none of the same paths."""
    if before is None or before.roots != library.roots:
        return library.names()
    return [article.id for article in library.added_since(before)]
