"""The world as the page shows it: what the Bot API says of each thing, and what only Telegram's apps know."""

import time
from collections.abc import Iterable
from typing import Any

from bot.sandbox.changes import Key
from bot.sandbox.chats import Chat
from bot.sandbox.world import World

View = dict[str, Any]


def viewed(world: World, keys: Iterable[Key]) -> dict[str, list[View]]:
    """What these things are like now, by kind: "users", "chats", "actions", "messages"; one gone is `deleted`."""
    views: dict[str, list[View]] = {"users": [], "chats": [], "actions": [], "messages": []}
    for kind, *ids in keys:
        match kind:
            case "user":
                views["users"].append(world.users[ids[0]].as_json())
            case "chat":
                views["chats"].append(_chat(world.chats[ids[0]]))
            case "action":
                views["actions"] += _action(world.chats[ids[0]])
            case "message":
                views["messages"].append(_message(world.chats[ids[0]], ids[1]))
    return views


def _chat(chat: Chat) -> View:
    members = {member.user.id: {"status": member.status, "anonymous": member.anonymous} for member in chat.people()}
    topics = [{"id": topic.id, "name": topic.name, "closed": topic.closed} for topic in (chat.topics or {}).values()]
    apart = {
        "members": members,
        "topics": topics,
        "linked_chat_id": chat.linked_chat.id if chat.linked_chat else None,
        "migrated_to": chat.migrated_to,
        "blocked": chat.blocked,
        "gone": chat.gone,
    }
    return chat.as_json() | apart


def _action(chat: Chat) -> list[View]:
    """What the bot is seen doing, and for how many milliseconds more; nothing where that is over."""
    left = chat.action.until - time.monotonic() if chat.action else 0.0
    if chat.action is None or left <= 0:
        return []
    return [{"chat_id": chat.id, "action": chat.action.name, "thread": chat.action.thread, "left": int(1000 * left)}]


def _message(chat: Chat, message_id: int) -> View:
    place = {"chat_id": chat.id, "message_id": message_id}
    message = chat.messages.get(message_id)
    if message is None:
        return place | {"deleted": True}
    by_user = chat.reactions.get(message_id, {})
    return place | {
        "message": message,
        "below": chat.below.get(message_id),
        "author": chat.authors.get(message_id),
        "read": message_id in chat.read,
        "wants_reply": message_id in chat.wants_reply,
        "reactions": [{"user_id": user, "emoji": list(emoji)} for user, emoji in by_user.items() if emoji],
    }
