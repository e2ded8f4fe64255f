"""What was not done with when the program ended."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Send:
    """A message that was about to be sent. `result`: Telegram's answer, None where the program didn't live to see it,
    False where Telegram has not taken it yet: it was told to wait, or was not reached.

    `after` holds message ids; the message, if it exists, has one above them.
    """

    after: tuple[int, ...]
    result: Any = None

    @property
    def is_there(self) -> bool:
        """Whether Telegram has taken it."""
        return self.result is not None and self.result is not False

    @property
    def may_be_there(self) -> bool:
        """Whether that is not known."""
        return self.result is None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An update that was not done with when the program ended, as JSON, and what had been sent by ordinal.

    `begun`: what the starts count at which it had been taken up before and begun with, when the program was killed.
    """

    update: dict[str, Any]
    sends: Mapping[int, Send]
    begun: int = 0


def from_json(text: Any, kind: type = dict) -> Any:
    """What was kept; None for nothing, or for what is no such thing: a damaged row is passed over."""
    try:
        value = None if text is None else json.loads(text)
    except (ValueError, TypeError, RecursionError):
        value = None
    return value if isinstance(value, kind) else None
