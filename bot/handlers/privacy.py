"""/rieng_tu, /privacy: what is kept and how long; /xoa, /forget: the asker's rows go."""

from telegram import Message, Update

from bot.context import Context
from bot.handlers.forgetting import count_of, forget
from bot.handlers.sending import admins_of, asker_of, language_for, reply
from bot.handlers.tapped import Tapped
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button
from bot.taps.keyboard import keyboard
from bot.taps.kinds import ForgetTap
from bot.updates.origin import is_anonymous_admin, writer_of


async def show(update: Update, context: Context) -> Outcome:
    """What is kept, and for how long."""
    services = context.services
    chats = services.settings.chats
    days = {
        "log_days": services.settings.log.keep_days,
        "button_days": max(chats.exchanges_days, chats.timelines_days, chats.answers_days),
    }
    await reply(update, [services.replies.render("privacy", language_for(update), **days)])
    return Outcome("help")


async def ask(update: Update, context: Context) -> Outcome:
    """How much there is of the person, and whether it is to go."""
    services, language, asker = context.services, language_for(update), asker_of(update)
    if asker is None:
        return Outcome("ignored")
    count = await count_of(services.log, services.memory.state, asker)
    row = [Button("forget_yes", ForgetTap("yes"), danger=True), Button("forget_no", ForgetTap("no"))]
    page = services.replies.render("forget_ask", language, count=count)
    await reply(update, [page], keyboard(services.replies, [row], language))
    return Outcome("help")


async def choose(tapped: Tapped[ForgetTap]) -> Outcome:
    """A tap on one of the two buttons."""
    services = tapped.services
    whose = await _whose(tapped.message.reply_to_message, tapped.user)
    if whose is None:
        await tapped.tell(tapped.page("forget_not_yours"))
        return Outcome("help")
    if tapped.tap.choice == "no":
        await tapped.done()
        await tapped.replace(tapped.page("forget_kept"))
        return Outcome("help")
    count = await forget(services.log, services.memory.state, whose)  # where that fails, `errors` says so
    services.memory.follow_ups.forget(whose)
    await services.memory.looks.load()
    await services.inbox.wipe(
        tapped.update.update_id
    )  # this tap too, with who it was, before it is said that all is gone
    await tapped.done()
    await tapped.replace(services.replies.render("forgotten", tapped.language, count=count))
    return Outcome("noted", nameless=True)


async def _whose(command: Message | None, tapper: int) -> int | None:
    """The id of the person or chat that is to be forgotten; None where that is not the tapper's to decide.

    What admins asked in the group's name is any admin's: a tap shows the person.
    """
    if command is None:
        return tapper
    if is_anonymous_admin(command):
        return command.chat.id if tapper in await admins_of(command.chat) else None
    return tapper if writer_of(command) in {tapper, None} else None
