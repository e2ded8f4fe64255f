"""What could not be kept: counted each time, told once in a while."""

import logging
import time
from collections.abc import Callable

_EVERY = 600.0  # seconds between two reports


class Losses:
    """Counts failures of one kind; the first is logged at once, the next ones summed up every ten minutes."""

    def __init__(
        self,
        logger: logging.Logger,
        count: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._logger = logger
        self._count = count
        self._clock = clock
        self._told: float | None = None
        self._untold = 0

    def add(self, what: str, why: str) -> None:
        """One more: `what` was lost, and `why`, without any user's words."""
        self._count()
        now = self._clock()
        if self._told is not None and now - self._told < _EVERY:
            self._untold += 1
            return
        others = f", and {self._untold} more since the last report" if self._untold else ""
        self._logger.error("%s (%s)%s", what, why, others)
        self._told, self._untold = now, 0
