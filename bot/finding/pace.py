"""How fast questions come: what costs most of an answer is done where there is time for it."""

import time
from collections import deque
from collections.abc import Callable

_SECOND = 1.0


class Pace:
    """Counts what comes; `most` a second is what leaves time for the rest."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._came: deque[float] = deque(maxlen=most)

    def is_hurried(self) -> bool:
        """One more has come: whether more did within the last second than leave time."""
        now = self._clock()
        hurried = self._is_fast(now)
        self._came.append(now)
        return hurried

    def is_fast(self) -> bool:
        """Whether one more that came now would be hurried."""
        return self._is_fast(self._clock())

    def _is_fast(self, now: float) -> bool:
        return len(self._came) == self._most and now - self._came[0] < _SECOND
