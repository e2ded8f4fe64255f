"""/ai, /who: a person with the proof of each office, or who held an office; buttons where several may be meant."""

import logging
import sqlite3

from telegram import Message, Update

from bot.context import Context, Services
from bot.deciding.messages import identity_of, read
from bot.finding import persons
from bot.finding.persons import Person
from bot.handlers.drawing import send_drawn
from bot.handlers.sending import is_off, language_for, send
from bot.handlers.tapped import Tapped, subject_of
from bot.handlers.typing_action import announced, typing_in
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button, Rows
from bot.taps.keyboard import keyboard
from bot.taps.kinds import PersonTap, TimelineTap
from bot.updates.origin import day_of, place_of

logger = logging.getLogger(__name__)


async def show(update: Update, context: Context) -> Outcome:
    """The person or the office after the command."""
    message = update.effective_message
    if message is None or is_off(message, context):
        return Outcome("ignored")
    me = identity_of(context.bot.bot)
    asked = read(message, me).question
    if not asked:
        page = context.services.replies.page("who_asked", language_for(update))
        await send(context.bot, place_of(message), [page])
        return Outcome("help")
    return await show_person(update, context, message, asked)


async def tap(tapped: Tapped[PersonTap]) -> Outcome:
    """A tap on one of the names offered."""
    person = await subject_of(tapped, "who_expired")
    if person is None:
        return Outcome("help")
    await tapped.done()
    return await show_person(tapped.update, tapped.context, tapped.message, f'"{person.name}"')  # this very name


async def show_person(update: Update, context: Context, message: Message, asked: str) -> Outcome:
    """A person or an office, as a reply to the message."""
    services, language = context.services, language_for(update)
    # The first question of a library reads all its names.
    policy = services.memory.chats.policy(message.chat.id)
    finding = services.library.find(persons.who, asked, day_of(message), language, policy.sources_alone)
    person = await announced(typing_in(context.bot, place_of(message)), finding)
    rows = await _buttons(services, message.chat.id, person) if person.known else ()
    buttons = keyboard(services.replies, rows, language)
    await send_drawn(services, context.bot, place_of(message), person.rich, person.texts, buttons)
    return Outcome("answered" if person.quotes else "not_found", person.quotes)


async def _buttons(services: Services, chat_id: int, person: Person) -> Rows:
    """The person's timeline, then further persons who may be meant; without buttons where they can't be remembered."""
    rows, subjects = [], services.memory.subjects
    try:
        if person.has_events:
            timeline = await subjects.remember_timeline(chat_id, person.name, None, None)
            rows.append([Button("who_timeline", TimelineTap(timeline.id, "topic"))])
        for name in person.names:
            other = await subjects.remember_person(chat_id, name)
            rows.append([Button(title=name, does=PersonTap(other.id))])
    except sqlite3.Error as error:
        logger.warning("names offered are not remembered: %s", error)
        return ()
    return rows
