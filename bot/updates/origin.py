"""Where a message stands, who wrote it and on which day, as Telegram says."""

from datetime import date

from telegram import Message

from bot.ground.place import GENERAL, Place
from retrieval.records import VIETNAM


def place_of(message: Message) -> Place:
    """Where to reply. Outside of topics a thread id only names the first message of a chain of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread, message.message_id)


def topic_of(message: Message) -> int | None:
    """The topic that a message stands in, None in chats without topics."""
    if message.is_topic_message:
        return message.message_thread_id
    return GENERAL if message.chat.is_forum else None


def is_anonymous_admin(message: Message) -> bool:
    """Whether an admin writes in the name of the group; Telegram gives a bot of its own as the sender."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id


def writer_of(message: Message) -> int | None:
    """Who wrote a message, by id: the group or channel in whose name it is written, else the person.

    For those who write in a chat's name Telegram has one account that stands in the place of the person in all chats.
    """
    writer = message.sender_chat or message.from_user
    return writer.id if writer else None


def day_of(message: Message) -> date:
    """The day in Vietnam on which it was written: its "hôm nay"."""
    return message.date.astimezone(VIETNAM).date()
