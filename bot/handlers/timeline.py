"""/dongthoigian, /timeline: a topic in dated quotes, page by page, with a picture and as files."""

import logging
import sqlite3
from datetime import UTC, datetime, timedelta, timezone

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.deciding.messages import identity_of, read
from bot.finding import timelines
from bot.finding.timelines import Told, Wanted
from bot.ground.splitting import visible
from bot.handlers.sending import asker_of, is_off, language, notice, replace, send
from bot.handlers.typing_action import announced, typing_in
from bot.memory.timelines import View
from bot.pages import timeline_pages
from bot.pages.timeline_pages import Button, Export, Place, Tap
from bot.querylog.log import Outcome
from bot.texts.reply import Language
from bot.updates.origin import place_of
from retrieval.timeline import Period

logger = logging.getLogger(__name__)

_VIETNAM = timezone(timedelta(hours=7))  # "gần đây" is counted there


async def show(update: Update, context: Context) -> Outcome:
    """The timeline of the topic after the command; topics to choose from where there is none."""
    message = update.effective_message
    if message is None or is_off(message, context):
        return Outcome("ignored")
    me = identity_of(context.bot.bot)
    today = message.date.astimezone(_VIETNAM).date()
    wanted = await context.services.library.find(timelines.read, read(message, me).question, today)
    if not wanted.topic:
        return await _offer(update, context, message, wanted)
    return await show_topic(update, context, message, wanted.topic, wanted.period)


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on a button under a timeline, or on one of the topics offered."""
    query, words = update.callback_query, language(update)
    asked = timeline_pages.read_tap(query.data or "") if query else None
    if query is None or asked is None or not isinstance(query.message, Message):
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    view = await context.services.memory.timelines.view(query.message.chat.id, asked.view)
    if view is None:
        await notice(query, visible(context.services.replies.page("timeline_expired", words)))
        return Outcome("help")
    await notice(query)
    if asked.export is not None:
        return await _export(context, query.message, view, asked.export)
    if asked.page is None:
        return await show_topic(update, context, query.message, view.topic, Period(view.since, view.until))
    return await _turn(context, query, view, asked, words)


async def _offer(update: Update, context: Context, message: Message, wanted: Wanted) -> Outcome:
    """How to ask, and what the articles tell most of."""
    services, words = context.services, language(update)
    rows = []
    for topic in wanted.topics:
        view = await _remembered(services, message.chat.id, topic, wanted.period)
        if view:
            rows.append([InlineKeyboardButton(topic, callback_data=timeline_pages.topic_data(view.id))])
    page = services.replies.timeline_offer(words, any_topics=bool(rows))
    await send(context.bot, place_of(message), [page], InlineKeyboardMarkup(rows) if rows else None)
    return Outcome("help")


async def show_topic(update: Update, context: Context, message: Message, topic: str, period: Period) -> Outcome:
    """The first page of a topic, as a reply to the message."""
    services, words = context.services, language(update)
    finding = services.library.find(timelines.tell, Wanted(topic, period), words, "oldest", pictured=True)
    told = await announced(typing_in(context.bot, place_of(message)), finding)
    if told.is_empty:
        await send(context.bot, place_of(message), told.pages)
        return Outcome("not_found", told.quotes)
    if told.picture is not None:
        await _send_picture(context, message, told.picture)
    view = await _remembered(services, message.chat.id, topic, period, update)
    place = Place(view.id, "oldest", 0, len(told.pages), told.days, told.total) if view else None
    keyboard = _keyboard(services, place, told, words) if place else None
    await send(context.bot, place_of(message), [told.pages[0]], keyboard)
    return Outcome("answered", told.quotes)


async def _turn(context: Context, query: CallbackQuery, view: View, asked: Tap, words: Language) -> Outcome:
    services, wanted = context.services, Wanted(view.topic, Period(view.since, view.until), days=asked.days)
    told = await services.library.find(timelines.tell, wanted, words, asked.order, pictured=False)
    if told.is_empty:  # the articles have left since
        await replace(query, told.pages[0])
        return Outcome("not_found", told.quotes)
    page = min(asked.page or 0, len(told.pages) - 1)
    place = Place(view.id, asked.order, page, len(told.pages), told.days, told.total)
    await replace(query, told.pages[place.page], _keyboard(services, place, told, words))
    return Outcome("answered")


async def _export(context: Context, message: Message, view: View, kind: Export) -> Outcome:
    wanted = Wanted(view.topic, Period(view.since, view.until))
    content = await context.services.library.find(timelines.export, wanted, kind, datetime.now(UTC))
    place = place_of(message)
    await context.bot.send_document(
        place.chat_id,
        InputFile(content, timeline_pages.file_name(view.topic, kind)),
        message_thread_id=place.thread_id,
        reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
    )
    return Outcome("answered")


async def _send_picture(context: Context, message: Message, picture: bytes) -> None:
    """Not where the chat takes no pictures: the pages say it all."""
    place = place_of(message)
    try:
        await context.bot.send_photo(
            place.chat_id,
            InputFile(picture, "timeline.png"),
            message_thread_id=place.thread_id,
            reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
        )
    except BadRequest as error:
        logger.info("no picture with a timeline: %s", error)


async def _remembered(
    services: Services, chat_id: int, topic: str, period: Period, asked: Update | None = None
) -> View | None:
    """The view, of who `asked` for it; None where that fails: the first page is shown all the same, without buttons."""
    asker = services.log.pseudonym(asker_of(asked)) if asked else None
    try:
        return await services.memory.timelines.remember(chat_id, topic, period.since, period.until, asker)
    except sqlite3.Error as error:
        logger.warning("a timeline is not remembered: %s", error)
        return None


def _keyboard(services: Services, place: Place, told: Told, words: Language) -> InlineKeyboardMarkup:
    def shown(button: Button) -> InlineKeyboardButton:
        return InlineKeyboardButton(visible(services.replies.page(button.label, words)), callback_data=button.data)

    rows = place.buttons(in_calendar=told.in_calendar)
    return InlineKeyboardMarkup([[shown(button) for button in row] for row in rows])
