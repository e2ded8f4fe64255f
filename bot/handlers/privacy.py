"""/rieng_tu, /privacy: what is kept and how long; /xoa, /forget: the asker's rows go."""

import re

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.context import Context
from bot.ground.splitting import visible
from bot.handlers.forgetting import count_of, forget
from bot.handlers.policies import admins_of
from bot.handlers.sending import asker_of, language, notice, replace, reply
from bot.querylog.log import Outcome
from bot.updates.origin import is_anonymous_admin, writer_of

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
    services, words, asker = context.services, language(update), asker_of(update)
    if asker is None:
        return Outcome("ignored")
    count = await count_of(services.log, services.memory.state, asker)
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
    whose = await _whose(query.message.reply_to_message, query.from_user.id)
    if whose is None:
        await notice(query, visible(services.replies.page("forget_not_yours", words)))
        return Outcome("help")
    if tapped[1] == "no":
        await notice(query)
        await replace(query, services.replies.page("forget_kept", words))
        return Outcome("help")
    count = await forget(services.log, services.memory.state, whose)  # where that fails, `errors` says so
    services.memory.follow_ups.forget(whose)
    await services.inbox.wipe(update.update_id)  # this tap too, with who it was, before it is said that all is gone
    await notice(query)
    await replace(query, services.replies.render("forgotten", words, count=count))
    return Outcome("noted", nameless=True)


async def _whose(command: Message | None, tapper: int) -> int | None:
    """Of whom is to be forgotten what there is, by id; None where it isn't the tapper's.

    What admins asked in the group's name is any admin's: a tap shows the person.
    """
    if command is None:
        return tapper
    if is_anonymous_admin(command):
        return command.chat.id if tapper in await admins_of(command.chat) else None
    return tapper if writer_of(command) in {tapper, None} else None
