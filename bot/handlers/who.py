"""/ai, /who: a person with the proof of each office, or who held an office; buttons where several may be meant."""

import logging
import re
import sqlite3
from datetime import date, timedelta, timezone

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update

from bot.context import Context, Services
from bot.deciding.messages import identity_of, read
from bot.finding import persons
from bot.finding.persons import Person
from bot.ground.splitting import visible
from bot.handlers.sending import is_off, language, notice, send
from bot.handlers.typing_action import announced, typing_in
from bot.pages import timeline_pages
from bot.querylog.log import Outcome
from bot.texts.reply import Language
from bot.updates.origin import place_of

logger = logging.getLogger(__name__)

# The number of what is asked when the button is tapped (see `timelines`, where names are kept as topics are).
PATTERN = re.compile(r"who:(\d{1,18})")

_VIETNAM = timezone(timedelta(hours=7))  # "năm ngoái" is counted there
_LABEL = 60


async def show(update: Update, context: Context) -> Outcome:
    """The person or the office after the command."""
    message = update.effective_message
    if message is None or is_off(message, context):
        return Outcome("ignored")
    me = identity_of(context.bot.bot)
    asked = read(message, me).question
    if not asked:
        page = context.services.replies.page("who_asked", language(update))
        await send(context.bot, place_of(message), [page])
        return Outcome("help")
    return await show_person(update, context, message, asked)


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on one of the names offered."""
    query = update.callback_query
    tapped = PATTERN.fullmatch(query.data or "") if query else None
    if query is None or tapped is None or not isinstance(query.message, Message):
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    view = await context.services.memory.timelines.view(query.message.chat.id, int(tapped[1]))
    if view is None:
        await notice(query, visible(context.services.replies.page("who_expired", language(update))))
        return Outcome("help")
    await notice(query)
    return await show_person(update, context, query.message, f'"{view.topic}"')  # this very name


async def show_person(update: Update, context: Context, message: Message, asked: str) -> Outcome:
    """A person or an office, as a reply to the message."""
    services, words = context.services, language(update)
    # The first question of a library reads all its names.
    finding = services.library.find(persons.who, asked, _today(message), words)
    person = await announced(typing_in(context.bot, place_of(message)), finding)
    buttons = await _keyboard(services, message.chat.id, person, words) if person.known else None
    await send(context.bot, place_of(message), person.texts, buttons)
    return Outcome("answered" if person.quotes else "not_found", person.quotes)


def _today(message: Message) -> date:
    return message.date.astimezone(_VIETNAM).date()


async def _keyboard(services: Services, chat_id: int, person: Person, words: Language) -> InlineKeyboardMarkup | None:
    """The person's timeline, then further persons who may be meant; without buttons where they can't be remembered."""
    rows = []
    try:
        if person.has_events:
            view = await services.memory.timelines.remember(chat_id, person.name, None, None)
            label = visible(services.replies.page("who_timeline", words))
            rows.append([InlineKeyboardButton(label, callback_data=timeline_pages.topic_data(view.id))])
        for name in person.names:
            view = await services.memory.timelines.remember(chat_id, name, None, None)
            rows.append([InlineKeyboardButton(name[:_LABEL], callback_data=f"who:{view.id}")])
    except sqlite3.Error as error:
        logger.warning("names offered are not remembered: %s", error)
        return None
    return InlineKeyboardMarkup(rows) if rows else None
