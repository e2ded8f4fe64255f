"""/theodoi, /watch: topics that are watched, and when to tell of new articles on them."""

import logging
import re
from dataclasses import replace

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.context import Context
from bot.deciding.messages import identity_of, read
from bot.finding import answers
from bot.ground.place import Place
from bot.handlers.sending import admins_of, is_off, language_for, reply, send
from bot.handlers.tapped import Tapped, is_an_admins
from bot.querylog.rows import Outcome
from bot.taps.buttons import Button, Rows
from bot.taps.keyboard import keyboard
from bot.taps.kinds import WatchTap
from bot.texts.reply import Language
from bot.updates.origin import is_anonymous_admin, place_of
from bot.watch.panel import hour_buttons, list_buttons, watch_buttons
from bot.watch.watches import Watch

logger = logging.getLogger(__name__)

_LONGEST = 150  # characters of a topic
_LONGEST_NAME = 128  # of a topic of Telegram's: core.telegram.org/bots/api#createforumtopic
# "/theodoi về giá vàng": words that only lead up to the topic.
_LEADING = re.compile(r"^(?:(?:tin(?: tức| mới)?|bài|news)\s+)?(?:về|about)\s+", re.IGNORECASE)


async def command(update: Update, context: Context) -> Outcome:
    """Watch the topic after the command; without one, the list. In groups for admins only."""
    message, language = update.effective_message, language_for(update)
    if message is None or is_off(message, context):
        return Outcome("ignored")
    services = context.services
    if not await _may_set(message):
        await reply(update, [services.replies.page("admins_only", language)])
        return Outcome("help")
    me = identity_of(context.bot.bot)
    topic = _LEADING.sub("", " ".join(read(message, me).question.split()))
    if not topic:
        text, rows = await _list(context, message, language)
    elif len(topic) > _LONGEST or not await services.library.find(answers.has_words, topic):
        text, rows = services.replies.render("watch_no_topic", language, longest=_LONGEST), ()
    else:
        text, rows = await _added(context, message, topic, language)
    sent = await reply(update, [text], keyboard(services.replies, rows, language))
    await services.watches.note_message(message.chat.id, max([message.message_id, *sent]))
    return Outcome("help")


async def tap(tapped: Tapped[WatchTap]) -> Outcome:
    """A tap on one of the buttons."""
    if not await is_an_admins(tapped):
        return Outcome("help")
    context, message, act, services = tapped.context, tapped.message, tapped.tap.act, tapped.services
    if act == "open":
        await tapped.done()
        text, rows = await _list(context, message, tapped.language)
        await tapped.send([text], rows)
        return Outcome("help")
    watch = await services.watches.watch(message.chat.id, tapped.tap.watch)
    if watch is None and act != "list":
        await tapped.tell(services.replies.render("watch_gone", tapped.language), alert=False)
    else:
        await tapped.done()
    text, rows = await (_list(context, message, tapped.language) if watch is None else _done(tapped, watch))
    await tapped.replace(text, rows)
    return Outcome("help")


async def _may_set(message: Message) -> bool:
    if message.chat.type == ChatType.PRIVATE or is_anonymous_admin(message):
        return True
    return message.from_user is not None and message.from_user.id in await admins_of(message.chat)


_Page = tuple[str, Rows]


async def _added(context: Context, message: Message, topic: str, language: Language) -> _Page:
    services = context.services
    most = services.settings.watches.per_chat
    new = Watch(0, message.chat.id, place_of(message).thread_id, topic, language)
    watch = await services.watches.add(new, most)
    if watch is None:
        text = services.replies.render("watch_too_many", language, most=most)
        return text, await _items(context, message)
    return await _panel(context, watch, language)


async def _list(context: Context, message: Message, language: Language) -> _Page:
    """What is watched at the place of the message."""
    items = await _items(context, message)
    return context.services.replies.render("watches", language, count=len(items)), items


async def _items(context: Context, message: Message) -> list[list[Button]]:
    return list_buttons(await context.services.watches.listed(message.chat.id, place_of(message).thread_id))


async def _panel(context: Context, watch: Watch, language: Language, *, hours: bool = False) -> _Page:
    services = context.services
    hour = await services.watches.hour(watch.chat_id)
    topics = watch.chat_id > 0 and bool(context.bot.bot.has_topics_enabled)
    buttons = hour_buttons(watch, hour) if hours else watch_buttons(watch, hour, topics=topics)
    return services.replies.render("watch", language, watch=watch, hour=hour), buttons


async def _done(tapped: Tapped[WatchTap], watch: Watch) -> _Page:
    """Carry out what a button of this watch asks for, and show how things stand."""
    services, watches, tap, words = tapped.services, tapped.services.watches, tapped.tap, tapped.language
    if tap.hour is not None:
        await watches.set_hour(watch.chat_id, tap.hour)
    match tap.act:
        case "once" | "daily":
            await watches.set_daily(watch.id, daily=tap.act == "daily")
        case "apart" if watch.thread is None and watch.chat_id > 0:
            return await _set_apart(tapped, watch)
        case "pause" | "resume":
            await watches.pause(watch.id, paused=tap.act == "pause")
        case "remove":
            await watches.remove(watch.id)
            await watches.findings.forget(watch.id)
            rest = list_buttons(await watches.listed(watch.chat_id, watch.thread))
            return services.replies.render("watch_removed", words, watch=watch, count=len(rest)), rest
        case _:
            pass
    services.library.renewed.set()  # what waited may be told now
    now = await watches.watch(watch.chat_id, watch.id) or watch
    return await _panel(tapped.context, now, words, hours=tap.act == "hours")


async def _set_apart(tapped: Tapped[WatchTap], watch: Watch) -> _Page:
    """A topic of the private chat for this watch alone (Bot API 9.3), with its panel; the list stays here."""
    context, watches, words = tapped.context, tapped.services.watches, tapped.language
    try:
        created = await context.bot.create_forum_topic(watch.chat_id, watch.topic[:_LONGEST_NAME])
    except BadRequest as error:  # topics are switched off since
        logger.info("no topic for a watch: %s", error.message)
        return await _panel(context, watch, words)
    await watches.set_apart(watch.id, created.message_thread_id)
    text, rows = await _panel(context, replace(watch, thread=created.message_thread_id), words)
    place = Place(watch.chat_id, created.message_thread_id, tapped.message.message_id)
    await send(context.bot, place, [text], tapped.keyboard(rows))
    return await _list(context, tapped.message, words)
