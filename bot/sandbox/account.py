"""The methods about the bot itself: who it is, its menu of commands, its descriptions."""

import re
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.schemas.account import (
    CommandScope,
    CommandsFor,
    GetChatMenuButton,
    LanguageOnly,
    SetChatMenuButton,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
)
from bot.sandbox.schemas.base import NoParameters
from bot.sandbox.world import World

_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


async def get_me(world: World, _: NoParameters) -> dict[str, Any]:
    """The bot, with what it may do."""
    return world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy,
        "supports_inline_queries": world.inline_mode,
        "supports_guest_queries": world.guest_mode,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": world.private_topics,
    }


async def log_out(world: World, _: NoParameters) -> bool:
    """After it every call is refused."""
    world.logged_out = True
    return True


async def close(_world: World, _: NoParameters) -> bool:
    """Changes nothing here: there is no other server to move to."""
    return True


async def set_my_commands(world: World, params: SetMyCommands) -> bool:
    """The menu for one scope and language; an empty list removes it."""
    key = _commands_key(world, params)
    if len(params.commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in params.commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", command.command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[key] = [command.model_dump(exclude_none=True) for command in params.commands]
    return True


async def get_my_commands(world: World, params: CommandsFor) -> list[dict[str, Any]]:
    """What was set for exactly this scope and language."""
    return world.commands.get(_commands_key(world, params), [])


async def delete_my_commands(world: World, params: CommandsFor) -> bool:
    """Wider scopes show again."""
    world.commands.pop(_commands_key(world, params), None)
    return True


def _commands_key(world: World, params: CommandsFor) -> tuple[str, str]:
    _check_scope(world, params.scope)
    return params.scope.model_dump_json(exclude_none=True), _language(params.language_code)


def _check_scope(world: World, scope: CommandScope) -> None:
    if (scope.chat_id is not None) != (scope.type in _CHAT_SCOPES):
        raise bad_request(f'scope "{scope.type}" {"needs" if scope.chat_id is None else "takes no"} chat_id')
    if (scope.user_id is not None) != (scope.type == "chat_member"):
        raise bad_request(f'scope "{scope.type}" {"needs" if scope.user_id is None else "takes no"} user_id')
    if scope.chat_id is not None:
        world.chat(scope.chat_id)


async def set_chat_menu_button(world: World, params: SetChatMenuButton) -> bool:
    """The button beside the input field, in one private chat or in all."""
    if params.chat_id is not None and world.chat(params.chat_id).type != "private":
        raise bad_request("chat not found")
    world.menu_buttons[params.chat_id] = params.menu_button.model_dump()
    return True


async def get_chat_menu_button(world: World, params: GetChatMenuButton) -> dict[str, Any]:
    """The button of this chat, else the one for all."""
    return world.menu_buttons.get(params.chat_id) or world.menu_buttons.get(None, {"type": "default"})


async def set_my_description(world: World, params: SetMyDescription) -> bool:
    """What an empty chat with the bot shows."""
    world.descriptions["description", _language(params.language_code)] = params.description
    return True


async def get_my_description(world: World, params: LanguageOnly) -> dict[str, str]:
    """The description in this language, else the one for all."""
    return {"description": _description(world, "description", params.language_code)}


async def set_my_short_description(world: World, params: SetMyShortDescription) -> bool:
    """What the bot's profile shows."""
    world.descriptions["short_description", _language(params.language_code)] = params.short_description
    return True


async def get_my_short_description(world: World, params: LanguageOnly) -> dict[str, str]:
    """The short description in this language, else the one for all."""
    return {"short_description": _description(world, "short_description", params.language_code)}


def _description(world: World, kind: str, language: str) -> str:
    return world.descriptions.get((kind, _language(language))) or world.descriptions.get((kind, ""), "")


def _language(code: str) -> str:
    if code and not re.fullmatch("[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code
