"""Where in Telegram something stands: a chat, a topic of it, a message."""

from dataclasses import dataclass

# Bots can't tell the General topic by a thread id: its messages have none. Telegram's apps know it as topic 1.
GENERAL = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: as a reply to `message_id`, in a topic if `thread_id` is given."""

    chat_id: int
    thread_id: int | None
    message_id: int
