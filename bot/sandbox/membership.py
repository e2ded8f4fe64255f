"""The methods about chats and those who are in them."""

from typing import Any

from bot.sandbox.access import reached
from bot.sandbox.chats import PERMISSIONS, Chat, Topic, given
from bot.sandbox.errors import bad_request
from bot.sandbox.schemas.chats import CreateForumTopic, GetChatMember, OfChat
from bot.sandbox.world import World

_LONGEST_TOPIC = 128  # characters of its name
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels",
)  # fmt: skip


async def get_chat(world: World, params: OfChat) -> dict[str, Any]:
    """The chat in full."""
    chat = reached(world, params.chat_id)
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(_GIFTS, False)}
    optional = {
        "linked_chat_id": None if chat.linked_chat is None else chat.linked_chat.id,
        "active_usernames": [chat.username] if chat.username else None,
        "permissions": _permissions(chat) if chat.type in {"group", "supergroup"} else None,
    }
    return chat.as_json() | full | given(optional)


def _permissions(chat: Chat) -> dict[str, bool]:
    return {right: right in chat.permissions for right in sorted(PERMISSIONS)}


async def get_chat_member(world: World, params: GetChatMember) -> dict[str, Any]:
    """How somebody stands in the chat."""
    chat = reached(world, params.chat_id)
    _check_listed(world, chat)
    if params.user_id not in world.users:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat.member(world.users[params.user_id]).as_json()


async def get_chat_administrators(world: World, params: OfChat) -> list[dict[str, Any]]:
    """Its owner and administrators, without bots other than this one."""
    chat = reached(world, params.chat_id)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    _check_listed(world, chat)
    admins = [member for member in chat.people() if member.is_admin]
    return [member.as_json() for member in admins if not member.user.is_bot or member.user == world.bot]


async def get_chat_member_count(world: World, params: OfChat) -> int:
    """How many are in it."""
    chat = reached(world, params.chat_id)
    return 2 if chat.type == "private" else len(list(chat.people()))


def _check_listed(world: World, chat: Chat) -> None:
    if chat.type == "channel" and not chat.member(world.bot).is_admin:
        raise bad_request("member list is inaccessible")


async def create_forum_topic(world: World, params: CreateForumTopic) -> dict[str, Any]:
    """A new topic of a private chat (9.3); those of groups, which people open here, are not built."""
    chat = reached(world, params.chat_id)
    if chat.type != "private" or not world.private_topics:
        raise bad_request("the chat is not a forum")
    if not 1 <= len(params.name) <= _LONGEST_TOPIC:
        raise bad_request("TOPIC_TITLE_INVALID")
    created = {"name": params.name, "icon_color": params.icon_color or 0x6FB9F0}
    message = world.put(chat, world.bot, {"forum_topic_created": created})
    number: int = message["message_id"]
    chat.threads[number] = Topic(number, params.name)
    world.replace(message | {"message_thread_id": number, "is_topic_message": True})
    return created | {"message_thread_id": number}


async def leave_chat(world: World, params: OfChat) -> bool:
    """The bot goes."""
    chat = reached(world, params.chat_id)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    world.leave(chat, world.bot)
    return True
