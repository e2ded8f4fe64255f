"""What is no question: greetings, thanks, "sai rồi" get a word or a reaction; a name or topic alone is opened."""

import logging
import sqlite3
from collections.abc import Mapping

from telegram import Message, Update
from telegram.constants import ChatType, ReactionEmoji

from bot.context import Context
from bot.deciding.gating import Decision
from bot.deciding.small_talk import Kind
from bot.finding import bare, sources
from bot.ground.place import Place
from bot.handlers import answering, feedback, who
from bot.handlers.sending import asker_of, language_for, react, send
from bot.handlers.typing_action import announced, typing_in
from bot.memory.asked import Asked
from bot.memory.exchanges import Exchange
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import to_ask, why_bad
from bot.taps.keyboard import keyboard
from bot.texts.reply import Page
from bot.updates.origin import day_of, writer_of
from retrieval.tokens import syllables

logger = logging.getLogger(__name__)

_REACTIONS: Mapping[Kind, str] = {
    "thanks": ReactionEmoji.RED_HEART,
    "praise": ReactionEmoji.RED_HEART,
    "laughter": ReactionEmoji.GRINNING_FACE_WITH_SMILING_EYES,
    "assent": ReactionEmoji.OK_HAND_SIGN,
    "goodbye": ReactionEmoji.HUGGING_FACE,
}
_FEW_WORDS = 3  # "sai rồi bạn" says nothing more
_PAGES: Mapping[Kind, Page] = {"insult": "insulted", "puzzled": "no_words"}


async def respond(update: Update, context: Context, decision: Decision) -> Outcome:
    """A reaction, a line, or what was wrong."""
    message, talk = update.effective_message, decision.talk
    if message is None or talk is None:
        return Outcome("ignored")
    match talk:
        case "complaint":
            await _complaint(update, context, message, decision.place)
        case "greeting" | "news":
            await _greet(update, context, decision.place, talk)
        case "about":
            collection = await context.services.library.find(sources.collection)
            await _say(
                context, decision.place, context.services.replies.page("start", language_for(update), collection)
            )
        case _ if talk in _REACTIONS:
            await react(context.bot, decision.place, _REACTIONS[talk])
        case _:
            page = _PAGES.get(talk, "no_words")
            await _say(context, decision.place, context.services.replies.page(page, language_for(update)))
    return Outcome("noted" if talk in _REACTIONS or talk == "complaint" else "help")


async def open_bare(update: Update, context: Context, decision: Decision, topic: str, *, alone: bool) -> Outcome | None:
    """A name opens the person, a topic its newest news; None where it is to be looked for as a question is: so is what
    stood in a question, not `alone`, and is nowhere.
    """
    services, message, language = context.services, update.effective_message, language_for(update)
    if message is None:
        return None
    policy = services.memory.chats.policy(message.chat.id)
    asked = Asked(decision.question, day_of(message), sources=policy.sources, only=policy.only)
    finding = services.library.find(bare.opened, topic, asked, language, update.update_id)
    opened = await announced(typing_in(context.bot, decision.place), finding)
    if opened.kind == "person":
        return await who.show_person(update, context, message, f'"{opened.name}"')
    if opened.kind == "nothing" and alone:
        await _say(context, decision.place, services.replies.page("no_words", language))
        return Outcome("help")
    if opened.found is None:
        return None
    services.memory.asked.note(update.update_id, asked)
    services.memory.follow_ups.remember(message, opened.found.query)
    sent = await answering.show(context, decision.place, opened.found, update)
    await services.memory.answers.remember(decision.place.chat_id, decision.place.message_id, sent)
    return Outcome("answered", opened.found.answer.quotes, opened.found.answer.kind)


async def _say(context: Context, place: Place, text: str) -> None:
    sent = await send(context.bot, place, [text])
    await context.services.memory.answers.remember(place.chat_id, place.message_id, sent)


async def _greet(update: Update, context: Context, place: Place, page: Page) -> None:
    """With questions to tap, where the articles have topics."""
    services, language = context.services, language_for(update)
    samples = await services.library.find(bare.samples, language)
    token = None
    if samples:
        token = await answering.remembered(services, Exchange("", suggestions=samples), asker_of(update))
    buttons = keyboard(services.replies, to_ask(token, samples) if token else (), language)
    sent = await send(context.bot, place, [services.replies.page(page, language)], buttons)
    await services.memory.answers.remember(place.chat_id, place.message_id, sent)


async def _complaint(update: Update, context: Context, message: Message, place: Place) -> None:
    """A vote against the answer that is replied to, or in a private chat the last one; and what was wrong with it?"""
    services, language, user = context.services, language_for(update), writer_of(message)
    token = await _about(context, message)
    exchange = await services.memory.exchanges.get(token) if token else None
    if token is None or exchange is None or user is None or not await feedback.disliked(context, exchange, user):
        await _say(context, place, services.replies.page("which_answer", language))
        return
    said = message.text or message.caption or ""
    if len(syllables(said)) > _FEW_WORDS:
        await feedback.complained(context, exchange, user, None, said)
    buttons = keyboard(services.replies, why_bad(token, own=True), language)
    sent = await send(context.bot, place, [services.replies.page("why_bad", language)], buttons)
    await services.memory.exchanges.note(token, place.chat_id, sent, asks_why=True)


async def _about(context: Context, message: Message) -> str | None:
    exchanges, replied = context.services.memory.exchanges, message.reply_to_message
    try:
        if replied is not None:
            shown = await exchanges.showing(message.chat.id, replied.message_id)
            return shown.token if shown else None
        if message.chat.type == ChatType.PRIVATE:
            return await exchanges.last_of(message.chat.id, context.services.log.pseudonym(writer_of(message)))
    except sqlite3.Error as error:
        logger.warning("which answer was wrong is not found: %s", error)
    return None
