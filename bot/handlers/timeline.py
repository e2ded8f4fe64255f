"""/dongthoigian, /timeline: a topic in dated quotes, page by page, with a picture and as files."""

import logging
import sqlite3
from datetime import UTC, datetime
from functools import partial

from telegram import InputFile, Message, ReplyParameters, Update
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.deciding.messages import identity_of, read
from bot.finding import timelines
from bot.finding.timelines import Told, Wanted
from bot.handlers.drawing import edit_drawn, is_wanted, send_drawn
from bot.handlers.sending import asker_of, is_off, language_for, send
from bot.handlers.tapped import Tapped, subject_of
from bot.handlers.typing_action import announced, typing_in
from bot.memory.subjects import Subject
from bot.pages import timeline_pages
from bot.pages.timeline_pages import Order
from bot.querylog.rows import Outcome
from bot.taps.keyboard import keyboard
from bot.taps.kinds import Export, TimelineTap
from bot.taps.timeline_buttons import Place, topic_button
from bot.texts.rich import media_of, with_media
from bot.updates.origin import day_of, place_of
from bot.updates.untyped import rich_message_of
from retrieval.timeline import Period

logger = logging.getLogger(__name__)


async def show(update: Update, context: Context) -> Outcome:
    """The timeline of the topic after the command; topics to choose from where there is none."""
    message = update.effective_message
    if message is None or is_off(message, context):
        return Outcome("ignored")
    me = identity_of(context.bot.bot)
    today = day_of(message)
    wanted = await context.services.library.find(timelines.read, read(message, me).question, today)
    if not wanted.topic:
        return await _offer(update, context, message, wanted)
    return await show_topic(update, context, message, wanted.topic, wanted.period)


async def tap(tapped: Tapped[TimelineTap]) -> Outcome:
    """A tap on a button under a timeline, or on one of the topics offered."""
    subject = await subject_of(tapped, "timeline_expired")
    if subject is None:
        return Outcome("help")
    await tapped.done()
    what = tapped.tap.what
    if what == "csv" or what == "ics":  # noqa: PLR1714 - mypy knows what is left
        return await _export(tapped, subject, what)
    if what == "topic":
        period = Period(subject.since, subject.until)
        return await show_topic(tapped.update, tapped.context, tapped.message, subject.name, period)
    return await _turn(tapped, subject, what)


async def _offer(update: Update, context: Context, message: Message, wanted: Wanted) -> Outcome:
    """How to ask, and what the articles tell most of."""
    services, language = context.services, language_for(update)
    rows = []
    for topic in wanted.topics:
        subject = await _remembered(services, message.chat.id, topic, wanted.period)
        if subject:
            rows.append([topic_button(subject.id, topic)])
    page = services.replies.timeline_offer(language, any_topics=bool(rows))
    await send(context.bot, place_of(message), [page], keyboard(services.replies, rows, language))
    return Outcome("help")


async def show_topic(update: Update, context: Context, message: Message, topic: str, period: Period) -> Outcome:
    """The first page of a topic, as a reply to the message."""
    services, language = context.services, language_for(update)
    wanted = _wanted(services, message, topic, period)
    now = datetime.now(UTC) if is_wanted(services, message.chat.id) else None
    finding = services.library.find(timelines.tell, wanted, language, "oldest", pictured=True, now=now)
    told = await announced(typing_in(context.bot, place_of(message)), finding)
    if told.is_empty:
        await send(context.bot, place_of(message), told.pages)
        return Outcome("not_found", told.quotes)
    subject = await _remembered(services, message.chat.id, topic, period, update)
    place = Place(subject.id, "oldest", 0, len(told.pages), told.days, told.total) if subject else None
    rows = place.buttons(in_calendar=told.in_calendar) if place else ()
    whole = place.whole(holds_all=told.holds_all).buttons(in_calendar=told.in_calendar, files=False) if place else ()
    buttons, under_all = (keyboard(services.replies, each, language) for each in (rows, whole))
    await send_drawn(
        services,
        context.bot,
        place_of(message),
        told.rich,
        [told.pages[0]],
        buttons,
        rich_buttons=under_all,
        attached=told.attached,
        first=partial(_send_picture, context, message, told),
    )
    return Outcome("answered", told.quotes)


async def _turn(tapped: Tapped[TimelineTap], subject: Subject, order: Order) -> Outcome:
    tap, services = tapped.tap, tapped.services
    period = Period(subject.since, subject.until)
    wanted = _wanted(services, tapped.message, subject.name, period, tap.days)
    told = await services.library.find(timelines.tell, wanted, tapped.language, order, pictured=False)
    if told.is_empty:  # the articles have left since
        await tapped.replace(told.pages[0])
        return Outcome("not_found", told.quotes)
    page = min(tap.page or 0, len(told.pages) - 1)
    place = Place(subject.id, order, page, len(told.pages), told.days, told.total)
    pictures, files = media_of(rich_message_of(tapped.message))
    rich = with_media(told.rich, pictures, files) if told.rich else None
    rows = place.whole(holds_all=told.holds_all).buttons(in_calendar=told.in_calendar, files=not files)
    bot, chat_id, turned = tapped.context.bot, tapped.message.chat.id, tapped.message.message_id
    if not await edit_drawn(services, bot, chat_id, turned, rich, tapped.keyboard(rows)):
        await tapped.replace(told.pages[page], place.buttons(in_calendar=told.in_calendar))
    return Outcome("answered")


async def _export(tapped: Tapped[TimelineTap], subject: Subject, kind: Export) -> Outcome:
    wanted = _wanted(tapped.services, tapped.message, subject.name, Period(subject.since, subject.until))
    content = await tapped.services.library.find(timelines.export, wanted, kind, datetime.now(UTC))
    place = tapped.place
    await tapped.context.bot.send_document(
        place.chat_id,
        InputFile(content, timeline_pages.file_name(subject.name, kind)),
        message_thread_id=place.thread_id,
        reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
    )
    return Outcome("answered")


def _wanted(services: Services, message: Message, topic: str, period: Period, days: int | None = None) -> Wanted:
    """From the sources that the chat has chosen."""
    policy = services.memory.chats.policy(message.chat.id)
    return Wanted(topic, period, days=days, sources=policy.sources, only=policy.only)


async def _send_picture(context: Context, message: Message, told: Told) -> None:
    """Not where the chat takes no pictures: the pages say it all."""
    if told.picture is None:
        return
    place = place_of(message)
    try:
        await context.bot.send_photo(
            place.chat_id,
            InputFile(told.picture, "timeline.png"),
            caption=told.described,  # what a screen reader says of it
            parse_mode=None,
            message_thread_id=place.thread_id,
            reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
        )
    except BadRequest as error:
        logger.info("no picture with a timeline: %s", error)


async def _remembered(
    services: Services, chat_id: int, topic: str, period: Period, asked: Update | None = None
) -> Subject | None:
    """The timeline, of who `asked` for it; None where that fails: the first page is shown without buttons."""
    asker = services.log.pseudonym(asker_of(asked)) if asked else None
    try:
        return await services.memory.subjects.remember_timeline(chat_id, topic, period.since, period.until, asker)
    except sqlite3.Error as error:
        logger.warning("a timeline is not remembered: %s", error)
        return None
