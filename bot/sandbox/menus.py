"""Which commands an app lists: the narrowest scope and the person's language first.

After https://core.telegram.org/bots/api#determining-list-of-commands.
"""

from collections.abc import Iterator
from typing import Any

from bot.sandbox.chats import Chat, User
from bot.sandbox.schemas.account import CommandScope
from bot.sandbox.state import State


def menu(world: State, chat: Chat, user: User) -> list[dict[str, Any]]:
    """The commands that the bot has set for the person in this chat; none where it has set none."""
    for scope in _scopes(chat, user):
        for language in (user.language_code or "", ""):
            commands = world.commands.get((scope, language))
            if commands:
                return commands
    return []


def _scopes(chat: Chat, user: User) -> Iterator[str]:
    """As `account` keys them."""
    if chat.type == "private":
        yield _key("chat", chat_id=chat.id)
        yield _key("all_private_chats")
    else:
        yield _key("chat_member", chat_id=chat.id, user_id=user.id)
        if chat.member(user).is_admin:
            yield _key("chat_administrators", chat_id=chat.id)
        yield _key("chat", chat_id=chat.id)
        if chat.member(user).is_admin:
            yield _key("all_chat_administrators")
        yield _key("all_group_chats")
    yield _key("default")


def _key(kind: str, **ids: Any) -> str:
    return CommandScope(type=kind, **ids).model_dump_json(exclude_none=True)  # type: ignore[arg-type]
