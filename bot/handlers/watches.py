"""/theodoi, /watch: topics that are watched, and when to tell of new articles on them."""

import re

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.context import Context
from bot.deciding.messages import identity_of, read
from bot.finding import answers
from bot.ground.splitting import visible
from bot.handlers.policies import admins_of
from bot.handlers.sending import is_off, language, notice, replace, reply
from bot.querylog.log import Outcome
from bot.texts.reply import Language
from bot.updates.origin import is_anonymous_admin, place_of
from bot.watch import pages as watch_pages
from bot.watch.panel import Button, Tap, hour_buttons, list_buttons, read_tap, watch_buttons
from bot.watch.watches import Watch

_LONGEST = 150  # characters of a topic
# "/theodoi về giá vàng": words that only lead up to the topic.
_LEADING = re.compile(r"^(?:(?:tin(?: tức| mới)?|bài|news)\s+)?(?:về|about)\s+", re.IGNORECASE)


async def command(update: Update, context: Context) -> Outcome:
    """Watch the topic after the command; without one, the list. In groups for admins only."""
    message, words = update.effective_message, language(update)
    if message is None or is_off(message, context):
        return Outcome("ignored")
    services = context.services
    if not await _may_set(message):
        await reply(update, [services.replies.page("admins_only", words)])
        return Outcome("help")
    me = identity_of(context.bot.bot)
    topic = _LEADING.sub("", " ".join(read(message, me).question.split()))
    if not topic:
        text, markup = await _list(context, message, words)
    elif len(topic) > _LONGEST or not await services.library.find(answers.has_words, topic):
        text, markup = services.replies.render("watch_no_topic", words, longest=_LONGEST), None
    else:
        text, markup = await _added(context, message, topic, words)
    sent = await reply(update, [text], markup)
    await services.watches.note_message(message.chat.id, max([message.message_id, *sent]))
    return Outcome("help")


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on one of the buttons. Anyone in a group can tap, so that person's rights are looked up each time."""
    query, words = update.callback_query, language(update)
    asked = read_tap(query.data or "") if query else None
    if query is None or asked is None or not isinstance(query.message, Message):
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    message, services = query.message, context.services
    if message.chat.type != ChatType.PRIVATE and query.from_user.id not in await admins_of(message.chat):
        await notice(query, visible(services.replies.page("admins_only", words)))
        return Outcome("help")
    if asked.act == "open":
        await notice(query)
        text, markup = await _list(context, message, words)
        await reply(update, [text], markup)
        return Outcome("help")
    watch = await services.watches.watch(message.chat.id, asked.watch)
    gone = watch is None and asked.act != "list"
    await notice(query, visible(services.replies.render("watch_gone", words)) if gone else None, alert=False)
    text, markup = await (_list(context, message, words) if watch is None else _done(context, watch, asked, words))
    await replace(query, text, markup)
    return Outcome("help")


async def _may_set(message: Message) -> bool:
    if message.chat.type == ChatType.PRIVATE or is_anonymous_admin(message):
        return True
    return message.from_user is not None and message.from_user.id in await admins_of(message.chat)


_Page = tuple[str, InlineKeyboardMarkup | None]


async def _added(context: Context, message: Message, topic: str, words: Language) -> _Page:
    services = context.services
    most = services.settings.watches.per_chat
    new = Watch(0, message.chat.id, place_of(message).thread_id, topic, words)
    watch = await services.watches.add(new, most)
    if watch is None:
        text = services.replies.render("watch_too_many", words, most=most)
        return text, watch_pages.keyboard(services.replies, await _items(context, message), words)
    return await _panel(context, watch, words)


async def _list(context: Context, message: Message, words: Language) -> _Page:
    """What is watched at the place of the message."""
    replies, items = context.services.replies, await _items(context, message)
    text = replies.render("watches", words, count=len(items))
    return text, watch_pages.keyboard(replies, items, words) if items else None


async def _items(context: Context, message: Message) -> list[list[Button]]:
    return list_buttons(await context.services.watches.of(message.chat.id, place_of(message).thread_id))


async def _panel(context: Context, watch: Watch, words: Language, *, hours: bool = False) -> _Page:
    services = context.services
    hour = await services.watches.hour(watch.chat_id)
    buttons = hour_buttons(watch, hour) if hours else watch_buttons(watch, hour)
    text = services.replies.render("watch", words, watch=watch, hour=hour)
    return text, watch_pages.keyboard(services.replies, buttons, words)


async def _done(context: Context, watch: Watch, asked: Tap, words: Language) -> _Page:
    """Carry out what a button of this watch asks for, and show how things stand."""
    services, watches = context.services, context.services.watches
    if asked.hour is not None:
        await watches.set_hour(watch.chat_id, asked.hour)
    match asked.act:
        case "once" | "daily":
            await watches.set_daily(watch.id, daily=asked.act == "daily")
        case "pause" | "resume":
            await watches.pause(watch.id, paused=asked.act == "pause")
        case "remove":
            await watches.remove(watch.id)
            await services.watches.findings.forget(watch.id)
            rest = list_buttons(await watches.of(watch.chat_id, watch.thread))
            text = services.replies.render("watch_removed", words, watch=watch, count=len(rest))
            return text, watch_pages.keyboard(services.replies, rest, words) if rest else None
        case _:
            pass
    services.library.renewed.set()  # what waited may be told now
    now = await watches.watch(watch.chat_id, watch.id) or watch
    return await _panel(context, now, words, hours=asked.act == "hours")
