"""Messages that one person alone sees (Bot API 10.2), by an id of the same kind as all others'.

Telegram gives them 0 as their message id, and an id of another kind. Within the program they go by the negative of
that: what names a message by its chat and id names these as well. `bot.outgoing.ephemeral` gives Telegram its own
again.
"""

from collections.abc import Mapping
from typing import Any

_ID = "ephemeral_message_id"


def identified(message: Mapping[str, Any]) -> dict[str, Any]:
    """A message, as JSON, by the id that it has here."""
    number = message.get(_ID)
    return dict(message) | ({"message_id": -number} if type(number) is int and number > 0 else {})


def is_ephemeral(message_id: int) -> bool:
    """Whether one person alone sees the message."""
    return message_id < 0
