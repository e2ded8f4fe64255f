"""What time it is at Telegram, as the dates of what people write there tell."""

from collections.abc import Callable
from datetime import datetime

from telegram import Update


class ServerTime:
    """No clock of this machine's is believed, which may be hours off: only how much time passes on it (`clock`)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ahead: float | None = None  # of the clock, at least: a message is at least as old as its date says

    def note(self, update: Update) -> None:
        """It has come in, and was written before."""
        if (date := written(update)) is not None:
            ahead = date.timestamp() - self._clock()
            self._ahead = ahead if self._ahead is None else max(ahead, self._ahead)

    def age(self, update: Update) -> float:
        """How many seconds ago it was written, or more; 0 where it has no date."""
        date = written(update)
        return 0.0 if date is None or self._ahead is None else self._clock() + self._ahead - date.timestamp()


def written(update: Update) -> datetime | None:
    """When what an update tells of was written."""
    if edited := update.edited_message or update.edited_channel_post:
        return edited.edit_date
    message = update.message or update.channel_post or update.guest_message
    return message.date if message else None
