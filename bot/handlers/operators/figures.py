"""/thongke, /stats: how much was asked; /chuatraloi, /unanswered: what in vain; /xuat, /export: all as a table."""

import asyncio
import logging
import sqlite3
from datetime import datetime

from telegram import InputFile, ReplyParameters, Update
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.ground.splitting import visible
from bot.handlers.sending import language_for, reply
from bot.handlers.tapped import Tapped
from bot.querylog.reading import reading
from bot.querylog.rows import Outcome
from bot.reports.period import BEGINNING, Days, read_days
from bot.reports.picture import draw
from bot.reports.stats import Stats, stats
from bot.reports.table import lines
from bot.reports.unanswered import Unanswered, unanswered
from bot.taps.buttons import Rows, turning
from bot.taps.keyboard import keyboard
from bot.taps.kinds import UnansweredTap
from bot.texts.reply import Language
from bot.updates.origin import place_of
from retrieval.records import VIETNAM

logger = logging.getLogger(__name__)

_WEEK, _MONTH = 7, 30
_PAGE = 10
_LISTED = 62  # days that are listed one by one; of more the picture tells


async def show_stats(update: Update, context: Context) -> Outcome:
    """The figures of the days after the command, or of the last week, with a picture."""
    days = await _days(update, context, _WEEK)
    if days is None:
        return Outcome("help")
    services, language = context.services, language_for(update)
    try:
        counted = await asyncio.to_thread(_stats, services, days)
    except sqlite3.Error as error:
        return await _no_log(update, context, error)
    if counted.total.asked:
        await _send_picture(update, context, counted, language)
    listed = counted.days if len(counted.days) <= _LISTED else ()
    text = services.replies.operators("stats", language, stats=counted, listed=[d for d in listed if d.asked][::-1])
    await reply(update, [text])
    return Outcome("help")


async def show_unanswered(update: Update, context: Context) -> Outcome:
    """What was asked in vain in the days after the command, or in the last month."""
    days = await _days(update, context, _MONTH)
    if days is None:
        return Outcome("help")
    try:
        found = await asyncio.to_thread(_unanswered, context.services, days)
    except sqlite3.Error as error:
        return await _no_log(update, context, error)
    replies, language = context.services.replies, language_for(update)
    text, rows = _page(context.services, found, 0, language)
    await reply(update, [text], keyboard(replies, rows, language))
    return Outcome("help")


async def turn_unanswered(tapped: Tapped[UnansweredTap]) -> Outcome:
    """A tap on one of the buttons below."""
    await tapped.done()
    days = Days(tapped.tap.since, tapped.tap.until)
    found = await asyncio.to_thread(_unanswered, tapped.services, days)
    await tapped.replace(*_page(tapped.services, found, tapped.tap.page, tapped.language))
    return Outcome("help")


async def export(update: Update, context: Context) -> Outcome:
    """The rows of the days after the command, or of the last month, as a document."""
    days, language = await _days(update, context, _MONTH), language_for(update)
    message = update.effective_message
    if days is None or message is None:
        return Outcome("help")
    try:
        content = await asyncio.to_thread(_table, context.services, days)
    except sqlite3.Error as error:
        return await _no_log(update, context, error)
    if len(content) > FileSizeLimit.FILESIZE_UPLOAD:
        await reply(update, [context.services.replies.operators("export_too_large", language)])
        return Outcome("help")
    place = place_of(message)
    name = f"trich-{days.since or 'log'}-{days.until}.csv"
    await context.bot.send_document(
        place.chat_id,
        InputFile(content, name),
        message_thread_id=place.thread_id,
        reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
    )
    return Outcome("help")


async def _days(update: Update, context: Context, usual: int) -> Days | None:
    """The days after the command; None where they can't be read, and then the person has been told."""
    days = read_days(" ".join(context.args or ()), datetime.now(VIETNAM).date(), usual)
    if days is None:
        await reply(update, [context.services.replies.operators("days_unreadable", language_for(update))])
    return days


async def _no_log(update: Update, context: Context, error: sqlite3.Error) -> Outcome:
    logger.warning("the query log cannot be read: %s", error)
    await reply(update, [context.services.replies.operators("no_log", language_for(update))])
    return Outcome("error")


def _stats(services: Services, days: Days) -> Stats:
    with reading(services.settings.log.path) as db:
        return stats(db, days.since, days.until)


def _unanswered(services: Services, days: Days) -> Unanswered:
    with reading(services.settings.log.path) as db:
        return unanswered(db, days.since or BEGINNING, days.until)


def _table(services: Services, days: Days) -> bytes:
    """Spreadsheets know UTF-8 by its mark."""
    with reading(services.settings.log.path) as db:
        return "".join(lines(db, days.since or BEGINNING, days.until)).encode("utf-8-sig")


async def _send_picture(update: Update, context: Context, counted: Stats, language: Language) -> None:
    """Without one where the chat takes no pictures: the text says it all."""
    message, replies = update.effective_message, context.services.replies
    if message is None:
        return
    labels = {name: visible(replies.operators(f"stats_{name}", language)) for name in ("answered", "refused", "failed")}
    title, below = (
        visible(replies.operators(name, language, stats=counted)) for name in ("stats_title", "stats_below")
    )
    place = place_of(message)
    try:
        picture = await asyncio.to_thread(draw, counted, title, below, labels)
        await context.bot.send_photo(
            place.chat_id,
            InputFile(picture, "stats.png"),
            message_thread_id=place.thread_id,
            reply_parameters=ReplyParameters(place.message_id, allow_sending_without_reply=True),
        )
    except BadRequest as error:
        logger.info("no picture with the figures: %s", error)


def _page(services: Services, found: Unanswered, number: int, language: Language) -> tuple[str, Rows]:
    pages = max(1, -(-len(found.groups) // _PAGE))
    number = min(number, pages - 1)
    shown = found.groups[number * _PAGE : (number + 1) * _PAGE]
    disliked = found.disliked[:_PAGE] if number == 0 else ()
    common = {
        "found": found,
        "disliked": disliked,
        "groups": shown,
        "first": number * _PAGE + 1,
        "page": number + 1,
        "pages": pages,
    }
    text = services.replies.operators("unanswered", language, **common)
    turned = turning(
        ("operators/previous", "operators/next"), number, pages, lambda to: UnansweredTap(to, found.since, found.until)
    )
    return text, [turned]
