"""What is kept of an update until it is done with: no more than its handlers read, should they have to run again.

Nobody's name, number, picture or place is among that; of a message it is the words, who wrote it (by id) and what it
replies to. The names that the Bot API demands are empty.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from telegram import Update

Content = Callable[[Update], Awaitable[str | None]]
Json = Mapping[str, Any]

_USER = ("id", "is_bot", "language_code")
_CHAT = ("id", "type", "is_forum", "is_direct_messages")
_MESSAGE = (
    "message_id", "message_thread_id", "is_topic_message", "date", "edit_date", "text", "entities", "caption",
    "caption_entities", "is_automatic_forward", "migrate_to_chat_id", "migrate_from_chat_id", "document",
    "reply_markup", "guest_query_id", "ephemeral_message_id",
)  # fmt: skip
# Of what a message carries besides words it is only asked whether there is something (`Message.effective_attachment`).
_CARRIED = (
    "animation", "audio", "contact", "dice", "game", "invoice", "location", "paid_media", "passport_data", "photo",
    "poll", "sticker", "story", "successful_payment", "venue", "video", "video_note", "voice", "checklist",
)  # fmt: skip
_SOMETHING = {"photo": [{"file_id": "-", "file_unique_id": "-", "width": 1, "height": 1}]}
_MESSAGES = ("message", "edited_message", "guest_message")
# By their kind, what is kept beside the id and the sender; what is no secret of anybody's is kept as it is.
_QUERIES = {
    "callback_query": ("id", "data", "chat_instance", "inline_message_id", "game_short_name"),
    "inline_query": ("id", "query", "offset", "chat_type"),
    "chosen_inline_result": ("result_id", "query", "inline_message_id"),
}
_PUBLIC = ("channel_post", "edited_channel_post")


async def needed(update: Update) -> str | None:
    """As it is kept."""
    return as_json(update)


def as_json(update: Update) -> str:
    """What is kept of an update, as JSON."""
    return json.dumps(pruned(update.to_dict()), ensure_ascii=False)


def pruned(update: Json) -> dict[str, Any]:
    """What is kept of an update."""
    kept: dict[str, Any] = {"update_id": update["update_id"]}
    for kind, value in update.items():
        if kind in _MESSAGES:
            kept[kind] = _message(value)
        elif kind in _QUERIES:
            kept[kind] = _some(value, _QUERIES[kind]) | {"from": _user(value["from"])}
            if "message" in value:
                kept[kind]["message"] = _message(value["message"], replied_with_words=False)
        elif kind == "message_reaction":
            kept[kind] = dict(value) | _parties(value)
        elif kind == "my_chat_member":
            kept[kind] = dict(value) | _parties(value)  # else it is about the bot itself
        elif kind in _PUBLIC:
            kept[kind] = value
    return kept


def without_names(result: Any) -> Any:
    """What Telegram answered to a message that was sent, with no name of whom it was sent to."""
    if isinstance(result, list):
        return [without_names(each) for each in result]
    return _message(result, replied_with_words=False) if isinstance(result, dict) and "chat" in result else result


def _message(message: Json, *, replied_with_words: bool = True) -> dict[str, Any]:
    kept = _some(message, _MESSAGE) | _parties(message)
    if any(kind in message for kind in _CARRIED):
        kept |= _SOMETHING
    if "direct_messages_topic" in message:
        kept["direct_messages_topic"] = _some(message["direct_messages_topic"], ("topic_id",))
    if "quote" in message:
        kept["quote"] = _some(message["quote"], ("text", "position", "entities", "is_manual"))
    if "forward_origin" in message:  # that it is one: by whom, nobody asks
        kept["forward_origin"] = {"type": "hidden_user", "date": message["date"], "sender_user_name": ""}
    if "reply_to_message" in message:
        replied = _message(message["reply_to_message"], replied_with_words=False)
        if not replied_with_words:
            replied = {key: value for key, value in replied.items() if key not in {"text", "caption", "reply_markup"}}
            replied |= {key: [] for key in ("entities", "caption_entities") if key in replied}
        kept["reply_to_message"] = replied
    for words in ("entities", "caption_entities"):
        if words in kept:
            kept[words] = [_entity(entity) for entity in kept[words]]
    return kept


def _parties(message: Json) -> dict[str, Any]:
    """Where it was written, and by whom."""
    users = {key: _user(message[key]) for key in ("from", "via_bot", "user") if key in message}
    chats = {key: _chat(message[key]) for key in ("chat", "sender_chat", "actor_chat") if key in message}
    return users | chats


def _entity(entity: Json) -> dict[str, Any]:
    return dict(entity) | ({"user": _user(entity["user"])} if "user" in entity else {})


def _user(user: Json) -> dict[str, Any]:
    return {"first_name": ""} | _some(user, _USER)


def _chat(chat: Json) -> dict[str, Any]:
    """A channel's name is public, and decides whether it is read."""
    public = ("username", "title") if chat.get("type") == "channel" else ()
    return _some(chat, (*_CHAT, *public))


def _some(value: Json, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value[key] for key in keys if key in value}
