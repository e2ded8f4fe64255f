"""What a message of the bot replies to: a message of its chat or, by name, of another one, and the quote from it.

core.telegram.org/bots/api#replyparameters
"""

from collections.abc import Iterable
from typing import Any

from bot.sandbox.access import reached
from bot.sandbox.chats import Chat, Message, given
from bot.sandbox.entities import Entity, utf16_length, utf16_slice
from bot.sandbox.errors import bad_request
from bot.sandbox.message_text import formatted_text
from bot.sandbox.schemas.base import ReplyParameters
from bot.sandbox.world import World

_LONGEST_QUOTE = 1024  # UTF-16 units
# What a quote must have where the message has it, and only there.
_FORMATTING = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "custom_emoji", "date_time"})


def original_of(world: World, chat: Chat, reply: ReplyParameters | None) -> Message | None:
    """The message of this chat that is replied to; None where there is none and there needn't be."""
    if reply is not None and reply.model_fields_set.isdisjoint({"message_id", "ephemeral_message_id"}):
        raise bad_request('parameter "reply_parameters.message_id" is required')
    if reply is None or _elsewhere(world, chat, reply):
        return None
    if reply.ephemeral_message_id is not None:
        return world.original(chat, -reply.ephemeral_message_id)
    if reply.message_id <= 0 and not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    if reply.message_id not in chat.messages and reply.allow_sending_without_reply:
        return None
    return world.original(chat, reply.message_id)


def replying(world: World, chat: Chat, reply: ReplyParameters | None, original: Message | None) -> dict[str, Any]:
    """The fields of a message that replies to the `original`, or to one of another chat, which is always to be there.

    The field of the original itself is `threads.threaded`'s. Raises ApiError.
    """
    if reply is None:
        return {}
    other = _elsewhere(world, chat, reply)
    if other is None:
        return _quoted(reply, original)
    source = world.original(other, reply.message_id)
    origin = {"type": "channel", "chat": other.as_json(), "message_id": source["message_id"], "date": source["date"]}
    if other.type != "channel":
        origin = {"type": "user", "sender_user": source["from"], "date": source["date"]}
    shown = {"origin": origin, "chat": other.as_json(), "message_id": source["message_id"]}
    contents = given({name: source.get(name) for name in ("photo", "document")})
    return {"external_reply": shown | contents} | _quoted(reply, source)


def _elsewhere(world: World, chat: Chat, reply: ReplyParameters) -> Chat | None:
    """The other chat whose message is replied to."""
    other = chat if reply.chat_id is None else reached(world, reply.chat_id)
    return None if other is chat else other


def _quoted(reply: ReplyParameters, original: Message | None) -> dict[str, Any]:
    """The TextQuote; its text must stand in the message replied to, with its formatting."""
    if original is None or reply.quote is None:
        return {}
    quote, formatting = formatted_text(
        reply.quote, reply.quote_parse_mode, [entity.entity() for entity in reply.quote_entities or ()]
    )
    text: str = original.get("text") or original.get("caption") or ""
    length = utf16_length(quote)
    start = _place(text, quote, length, reply.quote_position)
    if start is None or length > _LONGEST_QUOTE:
        raise bad_request("QUOTE_TEXT_INVALID")
    there = original.get("entities") or original.get("caption_entities") or []
    if _kept(_clipped(there, start, length)) != _kept((e.type, e.offset, e.length) for e in formatting):
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": start, "is_manual": True} | _entities(formatting)}


def _place(text: str, quote: str, length: int, wanted: int | None) -> int | None:
    """Where the quote stands, in UTF-16 units: as was said, or else first."""
    if wanted is not None and quote and utf16_slice(text, wanted, length) == quote:
        return wanted
    start = text.find(quote)
    return utf16_length(text[:start]) if start >= 0 else None


def _clipped(entities: Iterable[dict[str, Any]], start: int, length: int) -> Iterable[tuple[str, int, int]]:
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if first < last:
            yield entity["type"], first - start, last - first


def _kept(entities: Iterable[tuple[str, int, int]]) -> set[tuple[str, int, int]]:
    return {entity for entity in entities if entity[0] in _FORMATTING}


def _entities(formatting: Iterable[Entity]) -> dict[str, Any]:
    kept = [{"type": e.type, "offset": e.offset, "length": e.length} for e in formatting if e.type in _FORMATTING]
    return {"entities": kept} if kept else {}
