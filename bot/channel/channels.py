"""Which channels' posts are read: those that the settings name, and those that operators allow while the bot runs."""

import logging
import time
from collections.abc import Callable

from telegram import Chat

from bot.channel.discussions import Discussions
from bot.channel.unread import Unread
from bot.memory.state import State
from retrieval.own_files import make_folder
from retrieval.settings import ChannelSettings, channel_name

logger = logging.getLogger(__name__)


class Channels:
    """With what of their posts could not be read, and which groups discuss them.

    Asked at every post, so those allowed are held in memory as well. Reading and writing raise sqlite3.Error.
    """

    def __init__(
        self,
        settings: ChannelSettings,
        state: State,
        now: Callable[[], float] = time.time,
        count_unread: Callable[[], None] = lambda: None,
    ) -> None:
        self.unread = Unread(count_unread)
        self.discussions = Discussions(lambda: bool(self._allowed))
        self.folder = settings.folder
        self._configured = frozenset(settings.allowed)
        self._state = state
        self._now = now
        self._allowed: frozenset[str] = self._configured

    async def load(self) -> None:
        """Read which are allowed."""
        rows = await self._state.read("SELECT name FROM channels")
        self._allowed = self._configured.union(name for (name,) in rows)
        if self._allowed:
            try:
                make_folder(self.folder)  # as soon as it is there it is read
            except OSError as error:
                logger.error("posts of channels cannot be kept in %s (%s)", self.folder, error.strerror)  # noqa: TRY400

    @property
    def allowed(self) -> list[str]:
        """Their names, as in the settings."""
        return sorted(self._allowed)

    def allows(self, channel: Chat) -> bool:
        """Whether its posts are read."""
        names = {str(channel.id), *([f"@{channel.username.lower()}"] if channel.username else [])}
        return not names.isdisjoint(self._allowed)

    async def allow(self, channel: int | str) -> str:
        """Read this one's posts from now on; returns its name. Raises ValueError where that is no channel's."""
        name = channel_name(channel)
        await self._state.write("INSERT OR IGNORE INTO channels (name, at) VALUES (?, ?)", (name, int(self._now())))
        await self.load()
        return name

    async def disallow(self, channel: int | str) -> bool:
        """Read no more posts of this one, and keep those that were; False where the settings allow it all the same."""
        name = channel_name(channel)
        await self._state.write("DELETE FROM channels WHERE name = ?", (name,))
        await self.load()
        return name not in self._configured
