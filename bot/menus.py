"""The commands that Telegram's apps list, for each kind of chat and each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)

from bot.reply import Language, Page, Replies


@dataclass(frozen=True, slots=True)
class _Command:
    """A command by its name in each language (all names work in all languages), and the page that describes it."""

    vi: str
    en: str
    page: Page

    def listed(self, replies: Replies, language: Language) -> BotCommand:
        return BotCommand(self.vi if language == "vi" else self.en, replies.page(self.page, language))


_START = _Command("start", "start", "command_start")
_HELP = _Command("help", "help", "command_help")
_ASK = _Command("hoi", "ask", "command_ask")
_TIMELINE = _Command("dongthoigian", "timeline", "command_timeline")
_WHO = _Command("ai", "who", "command_who")
_SOURCES = _Command("nguon", "sources", "command_sources")
_PRIVACY = _Command("rieng_tu", "privacy", "command_privacy")
_FORGET = _Command("xoa", "forget", "command_forget")
_SETTINGS = _Command("caidat", "settings", "command_settings")


def _menus() -> Mapping[BotCommandScope, Sequence[_Command]]:
    """Telegram shows the narrowest list that is set, and no other with it."""
    return {
        BotCommandScopeDefault(): (_ASK, _TIMELINE, _WHO, _SOURCES, _PRIVACY, _HELP),
        BotCommandScopeAllPrivateChats(): (_TIMELINE, _WHO, _SOURCES, _PRIVACY, _FORGET, _START, _HELP),
        BotCommandScopeAllGroupChats(): (_ASK, _TIMELINE, _WHO, _SOURCES, _PRIVACY, _HELP),
        BotCommandScopeAllChatAdministrators(): (_ASK, _TIMELINE, _WHO, _SETTINGS, _SOURCES, _PRIVACY, _HELP),
    }


async def set_menus(bot: Bot, replies: Replies) -> None:
    """Tell Telegram; Vietnamese is for all who use no other language that there is. Raises TelegramError."""
    for scope, commands in _menus().items():
        for language in get_args(Language):
            listed = [command.listed(replies, language) for command in commands]
            await bot.set_my_commands(listed, scope, None if language == "vi" else language)
