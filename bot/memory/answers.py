"""Which messages answered which question, for a while: an edited question edits its answer."""

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.memory.state import State

logger = logging.getLogger(__name__)


class Answers:
    """Remembered for `kept`. A state that fails is reported and holds nothing back: the edit then goes unanswered."""

    def __init__(self, state: State, kept: timedelta, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._kept = kept
        self._now = now

    async def of(self, chat_id: int, message_id: int) -> tuple[int, ...]:
        """The ids of the messages that answer this one, in order; none where there is no answer, or none any more."""
        try:
            return await self._read(chat_id, message_id)
        except sqlite3.Error as error:
            logger.warning("the answer to message %s is not found: %s", message_id, error)
            return ()

    async def _read(self, chat_id: int, message_id: int) -> tuple[int, ...]:
        rows = await self._state.read(
            "SELECT answer_ids FROM answers WHERE chat_id = ? AND message_id = ? AND at >= ?",
            chat_id, message_id, self._oldest(),
        )  # fmt: skip
        return tuple(answer for (ids,) in rows for answer in json.loads(ids))

    async def remember(self, chat_id: int, message_id: int, answers: Sequence[int]) -> None:
        """These messages answer that one from now on; none: it has no answer. What is too old is forgotten."""
        try:
            await self._write(chat_id, message_id, answers)
        except sqlite3.Error as error:
            logger.warning("the answer to message %s is not remembered: %s", message_id, error)

    async def _write(self, chat_id: int, message_id: int, answers: Sequence[int]) -> None:
        await self._state.write("DELETE FROM answers WHERE at < ?", (self._oldest(),))
        if answers:
            row = (chat_id, message_id, json.dumps(list(answers)), int(self._now()))
            await self._state.write("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        else:
            await self._state.write("DELETE FROM answers WHERE chat_id = ? AND message_id = ?", (chat_id, message_id))

    def _oldest(self) -> int:
        return int(self._now() - self._kept.total_seconds())
