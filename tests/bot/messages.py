"""Messages as Telegram sends them, made by hand."""

from collections.abc import Callable
from typing import Any

from telegram import Message

from bot.deciding.said import Identity

ME = Identity(7, "Trich_Bot")
JSON = dict[str, Any]

LAN: JSON = {"id": 1001, "is_bot": False, "first_name": "Lan", "username": "lan"}
MY_USER: JSON = {"id": 7, "is_bot": True, "first_name": "Trích", "username": "Trich_Bot"}
OTHER_BOT: JSON = {"id": 8, "is_bot": True, "first_name": "Nhạc", "username": "nhac_bot"}
ANONYMOUS_ADMIN: JSON = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
IN_A_CHANNELS_NAME: JSON = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM: JSON = {"id": 777000, "is_bot": False, "first_name": "Telegram"}

PRIVATE: JSON = {"id": 1001, "type": "private", "first_name": "Lan"}
GROUP: JSON = {"id": -50, "type": "group", "title": "Xóm"}
SUPERGROUP: JSON = {"id": -100, "type": "supergroup", "title": "Xóm"}
FORUM: JSON = SUPERGROUP | {"is_forum": True}
CHANNEL: JSON = {"id": -200, "type": "channel", "title": "Bến Sông"}

PHOTO: JSON = {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 90, "height": 90}]}
STICKER: JSON = {
    "sticker": {
        "file_id": "a", "file_unique_id": "b", "type": "regular", "width": 512, "height": 512,
        "is_animated": False, "is_video": False,
    }
}  # fmt: skip
FORWARDED: JSON = {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Hoa"}}
Q = "Cầu dài bao nhiêu mét?"


def message(text: str | None = None, chat: JSON = SUPERGROUP, /, **fields: Any) -> Message:
    """As Telegram sends it, with the entities that it finds; `caption` instead of `text` where given."""
    base = {"message_id": 30, "date": 1, "chat": chat, "from": LAN}
    words = {} if text is None else {"text": text, "entities": entities_of(text)}
    if "caption" in fields:
        words = {"caption_entities": entities_of(fields["caption"])}
    return Message.de_json(base | words | fields, None)


def entities_of(text: str) -> list[JSON]:
    """Commands and mentions by their first character, each up to the next blank or comma; places in UTF-16 units."""
    entities, start = [], 0
    for word in text.replace(",", " ").replace("?", " ").replace("\n", " ").split(" "):
        kind = {"/": "bot_command", "@": "mention"}.get(word[:1])
        if kind:
            entities.append({"type": kind, "offset": units(text[:start]), "length": units(word)})
        start += len(word) + 1
    return entities


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def reply_to(sender: JSON, text: str | None = "Chuyện cũ", **fields: Any) -> JSON:
    base = {"message_id": 20, "date": 1, "chat": SUPERGROUP, "from": sender}
    return {"reply_to_message": base | ({} if text is None else {"text": text, "entities": entities_of(text)}) | fields}


def linked(user: JSON, offset: int, length: int) -> JSON:
    return {"entities": [{"type": "text_mention", "offset": offset, "length": length, "user": user}]}


COMMENT = reply_to(TELEGRAM, "Thông xe cầu Hương An", is_automatic_forward=True, sender_chat=CHANNEL)


def as_rich(said: JSON) -> JSON:
    """The message, and what it replies to, as rich ones of one paragraph: the texts and entities say the same."""
    return _with_reply(as_rich, _as_rich(said) if "text" in said else said)


def for_one_alone(said: JSON) -> JSON:
    """The message, and what it replies to, as ones that one person alone sees."""
    if "forum_topic_created" in said:  # which all see
        return said
    return _with_reply(for_one_alone, said | {"message_id": 0, "ephemeral_message_id": 7, "receiver_user": LAN})


def _with_reply(form: Callable[[JSON], JSON], said: JSON) -> JSON:
    to = said.get("reply_to_message")
    return said | ({"reply_to_message": form(to)} if to else {})


def _as_rich(said: JSON) -> JSON:
    whole, at, words = said["text"].encode("utf-16-le"), 0, list[Any]()
    for each in sorted(said.get("entities", []), key=lambda entity: int(entity["offset"])):
        start, end = 2 * each["offset"], 2 * (each["offset"] + each["length"])
        inside = whole[start:end].decode("utf-16-le")
        given = {"mention": {"username": inside[1:]}, "bot_command": {"bot_command": inside}}
        fields = given.get(each["type"], {"user": each.get("user")})
        words += [whole[at:start].decode("utf-16-le"), {"type": each["type"], "text": inside, **fields}]
        at = end
    paragraph = {"type": "paragraph", "text": [*words, whole[at:].decode("utf-16-le")]}
    others = {name: value for name, value in said.items() if name not in {"text", "entities"}}
    return others | {"rich_message": {"blocks": [paragraph]}}
