"""/rieng_tu, /privacy: what is kept and how long; /xoa, /forget: the asker's rows go."""

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.context import Context
from bot.handlers.sending import language, notice, replace, reply
from bot.outgoing.splitting import visible
from bot.querylog.forgetting import count_of, forget
from bot.querylog.log import Outcome

PATTERN = re.compile(r"forget:(yes|no)")


async def show(update: Update, context: Context) -> Outcome:
    """What is kept, and for how long."""
    services = context.services
    chats = services.settings.chats
    days = {
        "log_days": services.settings.log.keep_days,
        "button_days": max(chats.exchanges_days, chats.timelines_days, chats.answers_days),
    }
    await reply(update, [services.replies.render("privacy", language(update), **days)])
    return Outcome("help")


async def ask(update: Update, context: Context) -> Outcome:
    """How much there is of the person, and whether it is to go."""
    services, words, user = context.services, language(update), update.effective_user
    if user is None:
        return Outcome("ignored")
    count = await count_of(services.log, services.state, user.id)
    buttons = [
        InlineKeyboardButton(
            visible(services.replies.render(f"forget_{choice}", words)), callback_data=f"forget:{choice}"
        )
        for choice in ("yes", "no")
    ]
    page = services.replies.render("forget_ask", words, count=count)
    await reply(update, [page], InlineKeyboardMarkup([buttons]))
    return Outcome("help")


async def choose(update: Update, context: Context) -> Outcome:
    """A tap on one of the two buttons."""
    query, services, words = update.callback_query, context.services, language(update)
    tapped = PATTERN.fullmatch(query.data or "") if query else None
    if query is None or tapped is None or not isinstance(query.message, Message):
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    command = query.message.reply_to_message
    if command and command.from_user and command.from_user.id != query.from_user.id:
        await notice(query, visible(services.replies.page("forget_not_yours", words)))
        return Outcome("help")
    if tapped[1] == "no":
        await notice(query)
        await replace(query, services.replies.page("forget_kept", words))
        return Outcome("help")
    count = await forget(services.log, services.state, query.from_user.id)  # where that fails, `errors` says so
    services.follow_ups.forget(query.from_user.id)
    await services.inbox.wipe(update.update_id)  # this tap too, with who it was, before it is said that all is gone
    await notice(query)
    await replace(query, services.replies.render("forgotten", words, count=count))
    return Outcome("noted", nameless=True)
