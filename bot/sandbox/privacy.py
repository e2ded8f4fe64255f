"""Which messages a bot gets to see: https://core.telegram.org/bots/features#privacy-mode."""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.chats import Chat, Message, User
from bot.sandbox.entities import utf16_slice

_SERVICE = frozenset(
    {
        "new_chat_members", "left_chat_member", "new_chat_title", "group_chat_created", "supergroup_chat_created",
        "migrate_to_chat_id", "migrate_from_chat_id", "pinned_message", "delete_chat_photo", "forum_topic_created",
        "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
        "general_forum_topic_unhidden",
    }
)  # fmt: skip


def sees(bot: User, chat: Chat, message: Message, author: User | None, *, privacy: bool) -> bool:
    """Whether the bot gets an update for the message.

    Never for its own or another bot's; in a channel as its administrator only; in a group as a member, with `privacy`
    only what is meant for it, unless it is an administrator.
    """
    if author is not None and author.is_bot:
        return False
    if chat.members is None:
        return True
    member = chat.member(bot)
    if chat.type == "channel" or member.is_admin:
        return member.is_admin
    return member.is_in and (not privacy or is_meant_for(bot, chat, message))


def is_service(message: Message) -> bool:
    """Whether it tells of an event instead of holding something that somebody wrote."""
    return not _SERVICE.isdisjoint(message)


def is_meant_for(bot: User, chat: Chat, message: Message) -> bool:
    """What passes privacy mode: commands but other bots', mentions, replies to the bot, service messages."""
    replied_to = message.get("reply_to_message", {}).get("message_id")
    return (
        is_service(message)
        or message.get("via_bot", {}).get("id") == bot.id
        or (replied_to is not None and chat.authors.get(replied_to) == bot.id)
        or any(_addresses(bot, entity, text) for entity, text in _entities(message))
    )


def _entities(message: Message) -> Iterator[tuple[dict[str, Any], str]]:
    """Each entity with the text it covers."""
    for text, entities in (("text", "entities"), ("caption", "caption_entities")):
        for entity in message.get(entities, []):
            yield entity, utf16_slice(message[text], entity["offset"], entity["length"])


def _addresses(bot: User, entity: dict[str, Any], text: str) -> bool:
    match entity["type"]:
        case "bot_command":
            name = text.partition("@")[2]
            return not name or name.lower() == str(bot.username).lower()
        case "mention":
            return text[1:].lower() == str(bot.username).lower()
        case "text_mention":
            return bool(entity["user"]["id"] == bot.id)
        case _:
            return False
