"""The methods about the bot itself."""

from typing import Literal

from pydantic import Field

from bot.sandbox.schemas.base import Parameters, Strict


class GetUpdates(Parameters):
    """getUpdates; out-of-range numbers are brought into range, as Telegram does."""

    offset: int = 0
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


class SetWebhook(Parameters):
    """setWebhook; certificates of one's own are not built."""

    url: str
    ip_address: str | None = None
    max_connections: int = 40
    allowed_updates: list[str] | None = None
    drop_pending_updates: bool = False
    secret_token: str = ""


class DeleteWebhook(Parameters):
    """deleteWebhook."""

    drop_pending_updates: bool = False


class BotCommand(Strict):
    """A command in the menu."""

    command: str
    description: str
    is_ephemeral: bool | None = None  # what is sent with it, only the bot sees (10.2)


class CommandScope(Strict):
    """Where a list of commands is shown."""

    type: Literal[
        "default", "all_private_chats", "all_group_chats", "all_chat_administrators",
        "chat", "chat_administrators", "chat_member",
    ] = "default"  # fmt: skip
    chat_id: int | str | None = None
    user_id: int | None = None


class CommandsFor(Parameters):
    """getMyCommands and deleteMyCommands: the scope and language of a list."""

    scope: CommandScope = CommandScope()
    language_code: str = ""


class SetMyCommands(CommandsFor):
    """setMyCommands."""

    commands: list[BotCommand]


class SetMyDescription(Parameters):
    """setMyDescription."""

    description: str = Field(default="", max_length=512)
    language_code: str = ""


class SetMyShortDescription(Parameters):
    """setMyShortDescription."""

    short_description: str = Field(default="", max_length=120)
    language_code: str = ""


class LanguageOnly(Parameters):
    """getMyDescription, getMyShortDescription."""

    language_code: str = ""


class MenuButton(Strict):
    """What the button beside the input field opens; web apps are not built."""

    type: Literal["default", "commands"]


class GetChatMenuButton(Parameters):
    """getChatMenuButton."""

    chat_id: int | None = None


class SetChatMenuButton(GetChatMenuButton):
    """setChatMenuButton."""

    menu_button: MenuButton = MenuButton(type="default")
