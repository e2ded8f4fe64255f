"""Which thread a message stands in: a forum's topic, the comments under a channel post, a chain of replies."""

from typing import Any

from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.errors import bad_request

GENERAL = 1  # the id of a forum's first topic; its messages carry no thread


def threaded(chat: Chat, thread: int | None, original: Message | None) -> dict[str, Any]:
    """The fields of a message in this thread, or else in that of the message replied to.

    A message in a topic that replies to nothing shows the topic's first message as replied to, as the Bot API has it.
    """
    reply = {} if original is None else {"reply_to_message": original}
    if chat.type == "private":
        thread = thread or (original or {}).get("message_thread_id")
        return reply | ({"message_thread_id": thread, "is_topic_message": True} if thread in chat.threads else {})
    if chat.type != "supergroup":
        return reply
    if thread is None and original is not None:
        thread = original.get("message_thread_id", None if chat.is_forum else original["message_id"])
    if thread is None or (chat.is_forum and thread == GENERAL):
        return reply
    fields: dict[str, Any] = {"message_thread_id": thread} | ({"is_topic_message": True} if chat.is_forum else {})
    if original is None and thread in chat.messages:
        fields["reply_to_message"] = _without_reply(chat.messages[thread])
    return fields | reply


def check_open(chat: Chat, thread: int | None, user: User) -> None:
    """Raise ApiError where the user can't write into that topic of a forum: closed, deleted or never there."""
    if chat.topics is None:
        return
    topic = chat.topics.get(thread or GENERAL)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.may(user, "can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def is_thread(chat: Chat, thread: int) -> bool:
    """Whether a bot may name it in `message_thread_id`: a topic but General, or the comments under a channel post."""
    if chat.type == "private":
        return thread in chat.threads
    if chat.topics is not None:
        return thread in chat.topics and thread != GENERAL
    return bool(chat.messages.get(thread, {}).get("is_automatic_forward"))


def _without_reply(message: Message) -> Message:
    return {key: value for key, value in message.items() if key != "reply_to_message"}
