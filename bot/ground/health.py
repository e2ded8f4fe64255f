"""Whether the bot is at work: what is wrong now, and when Telegram last answered."""

import time
from collections.abc import Callable
from typing import Literal

Part = Literal["library", "telegram", "poll", "cluster"]


class Health:
    """Red while a part is out of order or, with polling, while Telegram has not answered for `patience` seconds."""

    def __init__(self, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._wrong: dict[Part, str] = {}
        self._polled: float | None = None
        self._polling = False

    def begin_polling(self) -> None:
        """From now on Telegram should answer every few seconds."""
        self._polling = True
        self._polled = self._clock()

    def polled(self) -> None:
        """Telegram has answered a poll: what was wrong with it is over."""
        self._polled = self._clock()
        self._wrong.pop("poll", None)

    def is_wrong(self, part: Part, how: str) -> None:
        """Something doesn't work; `how` is for the operator's eyes and holds no secret."""
        self._wrong[part] = how

    def is_right(self, part: Part) -> None:
        """It works again."""
        self._wrong.pop(part, None)

    def problems(self) -> list[str]:
        """All that is wrong now; healthy where there is nothing."""
        found = [f"{part}: {how}" for part, how in self._wrong.items()]
        if self._polling and self._polled is not None:
            silent = self._clock() - self._polled
            if silent > self._patience:
                found.append(f"poll: no answer for {silent:.0f} s")
        return found
