"""The commands that Telegram's apps list, for each kind of chat and each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeDefault,
)

from bot.texts.catalogue import languages
from bot.texts.reply import Language, Page, Replies

OperatorPage = Literal[
    "operators/command_stats", "operators/command_unanswered", "operators/command_refresh",
    "operators/command_channels", "operators/command_groups", "operators/command_export", "operators/command_pins",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Command:
    """A command by its name in each language (all names work in all languages), and the page that describes it."""

    vi: str
    en: str
    page: Page | OperatorPage

    def listed(self, replies: Replies, language: Language, *, ephemeral: bool = False) -> BotCommand:
        text = replies.render(self.page, language)
        unseen = {"is_ephemeral": True} if ephemeral else {}  # Bot API 10.2
        return BotCommand(self.vi if language == "vi" else self.en, text, api_kwargs=unseen)


_START = _Command("start", "start", "command_start")
_HELP = _Command("help", "help", "command_help")
_ASK = _Command("hoi", "ask", "command_ask")
_TIMELINE = _Command("dongthoigian", "timeline", "command_timeline")
_WHO = _Command("ai", "who", "command_who")
_WATCH = _Command("theodoi", "watch", "command_watch")
_SOURCES = _Command("nguon", "sources", "command_sources")
_PRIVACY = _Command("rieng_tu", "privacy", "command_privacy")
_FORGET = _Command("xoa", "forget", "command_forget")
_SETTINGS = _Command("caidat", "settings", "command_settings")
_OPERATORS = (
    _Command("thongke", "stats", "operators/command_stats"),
    _Command("chuatraloi", "unanswered", "operators/command_unanswered"),
    _Command("ghim", "pins", "operators/command_pins"),
    _Command("capnhat", "refresh", "operators/command_refresh"),
    _Command("kenh", "channels", "operators/command_channels"),
    _Command("nhom", "groups", "operators/command_groups"),
    _Command("xuat", "export", "operators/command_export"),
)


def _menus() -> Mapping[BotCommandScope, Sequence[_Command]]:
    """Telegram shows the narrowest list that is set, and no other with it."""
    return {
        BotCommandScopeDefault(): (_ASK, _TIMELINE, _WHO, _SOURCES, _PRIVACY, _HELP),
        BotCommandScopeAllPrivateChats(): (_TIMELINE, _WHO, _WATCH, _SOURCES, _PRIVACY, _FORGET, _START, _HELP),
        BotCommandScopeAllGroupChats(): (_ASK, _TIMELINE, _WHO, _SOURCES, _PRIVACY, _HELP),
        BotCommandScopeAllChatAdministrators(): (_ASK, _TIMELINE, _WHO, _WATCH, _SETTINGS, _SOURCES, _PRIVACY, _HELP),
    }


async def set_menus(bot: Bot, replies: Replies) -> None:
    """Tell Telegram. Raises TelegramError."""
    for scope, commands in _menus().items():
        await _set(bot, replies, scope, commands)


async def set_operators_menu(bot: Bot, replies: Replies, operator: int) -> None:
    """In the private chat with this operator, and nowhere else, theirs too. Raises TelegramError: BadRequest where
    the operator has not written to the bot yet.
    """
    everybodys = _menus()[BotCommandScopeAllPrivateChats()]
    await _set(bot, replies, BotCommandScopeChat(operator), (*everybodys, *_OPERATORS))


async def set_group_menu(bot: Bot, replies: Replies, chat: int, *, ephemeral: bool) -> None:
    """In this group only the bot sees what is asked by a command, and who asks the answer; or all do, as everywhere.
    Raises TelegramError.
    """
    everywhere = _menus()
    for own, common in (
        (BotCommandScopeChat(chat), BotCommandScopeAllGroupChats()),
        (BotCommandScopeChatAdministrators(chat), BotCommandScopeAllChatAdministrators()),
    ):
        if ephemeral:
            await _set(bot, replies, own, everywhere[common], seen=(_WATCH, _SETTINGS))
        else:
            for language in languages():
                await bot.delete_my_commands(own, None if language == "vi" else language)


async def _set(
    bot: Bot,
    replies: Replies,
    scope: BotCommandScope,
    commands: Sequence[_Command],
    seen: Sequence[_Command] | None = None,
) -> None:
    """Vietnamese is for all who use no other language that there is. `seen` are those that all see; None: all are."""
    for language in languages():
        listed = [
            command.listed(replies, language, ephemeral=seen is not None and command not in seen)
            for command in commands
        ]
        await bot.set_my_commands(listed, scope, None if language == "vi" else language)
