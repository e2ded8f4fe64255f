"""/nhom, /groups: what is answered in a group, set from afar."""

import re
from typing import get_args

from telegram import Bot, ChatFullInfo, InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

from bot.context import Context, Services
from bot.deciding.gating import hidden_from
from bot.deciding.messages import identity_of
from bot.ground.splitting import visible
from bot.handlers.sending import language, notice, replace, reply
from bot.memory.policy import Mode
from bot.pages.policy_panel import LABELS, Panel
from bot.querylog.log import Outcome
from bot.texts.reply import Language

# A group to be shown, or a mode to be set there.
PATTERN = re.compile(rf"group:(-\d{{1,14}}):(show|{'|'.join(get_args(Mode))})")

_MOST = 30  # groups on buttons; each costs a call of the Bot API
_LABEL = 60
_GONE = (BadRequest, Forbidden)  # what Telegram says of a group that the bot is in no more


async def show(update: Update, context: Context) -> Outcome:
    """The settings of the group after the command, by its number or @name; else the groups that are known."""
    services, words, asked = context.services, language(update), " ".join(context.args or ())
    if not asked:
        return await _list(update, context)
    chat = await _group(context.bot, asked)
    if chat is None:
        await reply(update, [services.replies.operators("group_unknown", words)])
        return Outcome("help")
    text, keyboard = await _panel(context, chat, words)
    await reply(update, [text], keyboard)
    return Outcome("help")


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on a group or on a mode."""
    query, services, words = update.callback_query, context.services, language(update)
    tapped = PATTERN.fullmatch(query.data or "") if query else None
    if query is None or tapped is None or not isinstance(query.message, Message):
        return Outcome("ignored")
    chat = await _group(context.bot, tapped[1])
    if chat is None:
        await notice(query, visible(services.replies.operators("group_unknown", words)))
        return Outcome("help")
    modes: dict[str, Mode] = {mode: mode for mode in get_args(Mode)}
    if tapped[2] in modes:
        await services.memory.chats.set_mode(chat.id, None, modes[tapped[2]])
    await notice(query)
    text, keyboard = await _panel(context, chat, words)
    await replace(query, text, keyboard)
    return Outcome("help")


async def _list(update: Update, context: Context) -> Outcome:
    services, words = context.services, language(update)
    known = await services.memory.chats.known()
    rows = []
    for chat_id in known[:_MOST]:
        chat = await _group(context.bot, str(chat_id))
        if chat is not None:
            label = (chat.title or str(chat_id))[:_LABEL]
            rows.append([InlineKeyboardButton(label, callback_data=f"group:{chat_id}:show")])
    text = services.replies.operators("groups", words, count=len(rows), more=len(known[_MOST:]))
    await reply(update, [text], InlineKeyboardMarkup(rows) if rows else None)
    return Outcome("help")


async def _group(bot: Bot, named: str) -> ChatFullInfo | None:
    """The group of this number or @name, if the bot can see it."""
    is_number = re.fullmatch(r"-\d{1,14}", named)
    if not is_number and not re.fullmatch(r"@\w{4,32}", named, re.ASCII):
        return None
    try:
        chat = await bot.get_chat(int(named) if is_number else named)
    except _GONE:
        return None
    return chat if chat.type in {ChatType.GROUP, ChatType.SUPERGROUP} else None


async def _panel(context: Context, chat: ChatFullInfo, words: Language) -> tuple[str, InlineKeyboardMarkup]:
    services, me = context.services, identity_of(context.bot.bot)
    policy = services.memory.chats.policy(chat.id)
    admins = {member.user.id for member in await context.bot.get_chat_administrators(chat.id)}
    panel = Panel(policy, None, None, hidden_from(me, policy.mode, is_admin=me.id in admins))
    text = services.replies.operators("group", words, chat=chat, panel=panel, topics=len(policy.topics))
    return text, _keyboard(services, chat.id, policy.mode, words)


def _keyboard(services: Services, chat_id: int, mode: Mode, words: Language) -> InlineKeyboardMarkup:
    rows = []
    for each, page in LABELS.items():
        label = visible(services.replies.page(page, words))
        shown = f"✓ {label}" if each == mode else label
        rows.append([InlineKeyboardButton(shown, callback_data=f"group:{chat_id}:{each}")])
    return InlineKeyboardMarkup(rows)
