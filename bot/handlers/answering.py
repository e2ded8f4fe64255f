"""Answering a question, however it was asked: what is found for it, shown with its buttons and remembered for them."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from telegram import Message, ReplyParameters, Update

from bot.channel.quoted import quoting
from bot.context import Context, Services
from bot.finding import answers
from bot.finding.answers import Prepared
from bot.ground.place import Place
from bot.handlers.drawing import edit_drawn, send_drawn
from bot.handlers.sending import asker_of, edit, language_for
from bot.memory.asked import Asked
from bot.memory.exchanges import Exchange
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import beside_quotes, start_parameter, under_answer, under_group_answer
from bot.taps.buttons import Rows
from bot.taps.keyboard import inside, keyboard
from bot.texts.reply import Language
from bot.texts.rich import with_buttons
from bot.updates.origin import day_of, place_of

logger = logging.getLogger(__name__)


async def find(services: Services, asked: Asked, language: Language, update: int | None) -> Prepared:
    """What the library in use has for the question that this update asked."""
    if update is not None:
        services.memory.asked.note(update, asked)
    return await services.library.find(answers.find, asked, language, update, dict(services.memory.curated.known))


async def show(context: Context, place: Place, found: Prepared, asked: Update, before: Sequence[int] = ()) -> list[int]:
    """Send it with its buttons, or put it in the place of the messages `before`; the ids of the messages."""
    token = await remembered(context.services, found.exchange, asker_of(asked))
    to = None if before else await _quoting(context.services, found, asked.effective_message)
    return await _shown(context, place, found, token, before, to)


async def _quoting(services: Services, found: Prepared, asked: Message | None) -> ReplyParameters | None:
    """In a discussion group, the reply to the channel's post that the answer is from."""
    if asked is None or not found.answer.quotes:
        return None
    channel = await services.channels.discussions.channel_of(asked)
    return quoting(found.answer.quotes[0], asked, channel) if channel else None


async def show_anew(update: Update, context: Context, message: Message) -> bool:
    """Replace a message of the bot's by a new answer to the same question; False where the question is forgotten.

    It stays the question of who asked it, whoever wants to see it answered.
    """
    services, chat_id = context.services, message.chat.id
    try:
        shown = await services.memory.exchanges.showing(chat_id, message.message_id)
        exchange = await services.memory.exchanges.get(shown.token) if shown else None
    except sqlite3.Error as error:
        logger.warning("what a message was to say is not found: %s", error)
        return False
    if shown is None or exchange is None:
        return False
    policy = services.memory.chats.policy(chat_id)
    asked = Asked(exchange.text, day_of(message), sources=policy.sources, only=policy.only)
    found = await find(services, asked, language_for(update), None)
    await services.memory.exchanges.renew(shown.token, replace(found.exchange, update=exchange.update))
    await _shown(context, place_of(message), found, shown.token, shown.messages)
    return True


async def _shown(  # noqa: PLR0913, PLR0917 - what is shown, and where
    context: Context,
    place: Place,
    found: Prepared,
    token: str | None,
    before: Sequence[int],
    to: ReplyParameters | None = None,
) -> list[int]:
    services = context.services
    under = rows(context, place.chat_id, token, found.exchange) if token else ()
    buttons = keyboard(services.replies, under, found.language)
    rich = found.rich
    if rich is not None and token and place.chat_id > 0:  # what one wants to see more of, others in a group needn't
        beside = beside_quotes(token, found.beside)
        rich = with_buttons(rich, [inside(services.replies, each, found.language) for each in beside])
    if not before:
        sent = await send_drawn(services, context.bot, place, rich, found.texts, buttons, to)
    elif len(before) == 1 and await edit_drawn(services, context.bot, place.chat_id, before[0], rich, buttons):
        sent = list(before)
    else:
        withdrawn = services.replies.page("withdrawn", found.language)
        sent = await edit(context.bot, place, before, found.texts, withdrawn, buttons)
    if token:
        await services.memory.exchanges.note(token, place.chat_id, sent)
    return sent


async def answer(update: Update, context: Context, place: Place, asked: Asked) -> Outcome:
    """Answer a question that a button or a link asks."""
    found = await find(context.services, asked, language_for(update), update.update_id)
    await show(context, place, found, update)
    quotes = found.answer.quotes or found.answer.nearest
    return Outcome(found.answer.status, quotes, found.answer.kind, asked.question)


async def remembered(services: Services, exchange: Exchange, asker: int | None) -> str | None:
    """The token of the exchange for its buttons; None where it cannot be kept, and the answer goes out without them."""
    try:
        return await services.memory.exchanges.remember(exchange, services.log.pseudonym(asker))
    except sqlite3.Error as error:
        logger.warning("an answer has no buttons: %s", error)
        return None


def rows(context: Context, chat_id: int, token: str, exchange: Exchange) -> Rows:
    """The buttons under an answer."""
    if chat_id > 0:
        return under_answer(token, exchange, operated=chat_id in context.services.settings.operators.ids)
    return under_group_answer(token, exchange, private_url(context, token))


def private_url(context: Context, token: str) -> str:
    """The link to the private chat, where the question is answered in full."""
    return f"https://t.me/{context.bot.username}?start={start_parameter(token)}"
