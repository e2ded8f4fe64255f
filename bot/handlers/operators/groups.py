"""/nhom, /groups: what is answered in a group, set from afar."""

import re

from telegram import Bot, ChatFullInfo, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

from bot.context import Context
from bot.deciding.gating import hidden_from
from bot.deciding.messages import identity_of
from bot.handlers.sending import language_for, reply
from bot.handlers.tapped import Tapped
from bot.pages.policy_panel import Panel
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button, Rows
from bot.taps.keyboard import keyboard
from bot.taps.kinds import GroupTap
from bot.taps.policy_buttons import from_afar
from bot.texts.reply import Language

_MOST = 30  # groups on buttons; each costs a call of the Bot API
_GONE = (BadRequest, Forbidden)  # what Telegram says of a group that the bot is in no more


async def show(update: Update, context: Context) -> Outcome:
    """The settings of the group after the command, by its number or @name; else the groups that are known."""
    services, language, asked = context.services, language_for(update), " ".join(context.args or ())
    if not asked:
        return await _list(update, context)
    chat = await _group(context.bot, asked)
    if chat is None:
        await reply(update, [services.replies.operators("group_unknown", language)])
        return Outcome("help")
    text, rows = await _panel(context, chat, language)
    await reply(update, [text], keyboard(services.replies, rows, language))
    return Outcome("help")


async def tap(tapped: Tapped[GroupTap]) -> Outcome:
    """A tap on a group or on a mode."""
    services, what = tapped.services, tapped.tap.what
    chat = await _group(tapped.context.bot, str(tapped.tap.chat))
    if chat is None:
        await tapped.tell(services.replies.operators("group_unknown", tapped.language))
        return Outcome("help")
    if what != "show":
        await services.memory.chats.set_mode(chat.id, None, what)
    await tapped.done()
    await tapped.replace(*await _panel(tapped.context, chat, tapped.language))
    return Outcome("help")


async def _list(update: Update, context: Context) -> Outcome:
    services, language = context.services, language_for(update)
    known = await services.memory.chats.known()
    rows = []
    for chat_id in known[:_MOST]:
        chat = await _group(context.bot, str(chat_id))
        if chat is not None:
            rows.append([Button(title=chat.title or str(chat_id), does=GroupTap(chat_id, "show"))])
    text = services.replies.operators("groups", language, count=len(rows), more=len(known[_MOST:]))
    await reply(update, [text], keyboard(services.replies, rows, language))
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


async def _panel(context: Context, chat: ChatFullInfo, language: Language) -> tuple[str, Rows]:
    services, me = context.services, identity_of(context.bot.bot)
    policy = services.memory.chats.policy(chat.id)
    admins = {member.user.id for member in await context.bot.get_chat_administrators(chat.id)}
    panel = Panel(policy, None, None, hidden_from(me, policy.mode, is_admin=me.id in admins))
    text = services.replies.operators("group", language, chat=chat, panel=panel, topics=len(policy.topics))
    return text, from_afar(chat.id, panel)
