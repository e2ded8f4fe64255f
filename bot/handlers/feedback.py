"""What people think of an answer: 👍 and 👎, by button or as a reaction to its message."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal, cast, get_args

from telegram import ForceReply, Message, ReactionType, ReactionTypeEmoji, Update
from telegram.constants import ReactionEmoji

from bot.context import Context
from bot.handlers import answering
from bot.handlers.sending import send
from bot.handlers.tapped import Tapped, exchange_of
from bot.memory.exchanges import Exchange
from bot.querylog.rows import By, Complaint, Outcome, Vote, WhyBad
from bot.taps.answer_buttons import AnswerTap, why_bad
from bot.texts.reply import Page
from bot.updates.origin import writer_of

logger = logging.getLogger(__name__)

Opinion = Literal[1, -1, 0]

_WORDS = 1000  # characters that are kept of what was wrong

_GOOD = frozenset(
    {
        ReactionEmoji.THUMBS_UP, ReactionEmoji.RED_HEART, ReactionEmoji.FIRE, ReactionEmoji.CLAPPING_HANDS,
        ReactionEmoji.HUNDRED_POINTS_SYMBOL, ReactionEmoji.OK_HAND_SIGN, ReactionEmoji.TROPHY,
    }
)  # fmt: skip
_BAD = frozenset({ReactionEmoji.THUMBS_DOWN, ReactionEmoji.PILE_OF_POO, ReactionEmoji.POUTING_FACE})


async def tap(tapped: Tapped[AnswerTap]) -> Outcome:
    """A vote; or, after one against the answer, what was wrong with it."""
    exchange, action = await exchange_of(tapped), tapped.tap.action
    if exchange is None:
        return Outcome("help")
    if action in get_args(WhyBad):
        return await _why(tapped, exchange, cast("WhyBad", action))
    good = action == "good"
    kept = await _kept(tapped.context, exchange, tapped.user, 1 if good else -1, "button")
    page: Page = "error" if not kept else "voted_good" if good else "voted_bad"
    await tapped.tell(tapped.page(page), alert=not kept)
    if kept and not good:
        await tapped.relabel(why_bad(tapped.tap.token, own=False))
    return Outcome("noted" if kept else "error")


async def _why(tapped: Tapped[AnswerTap], exchange: Exchange, reason: WhyBad) -> Outcome:
    """What was wrong is kept; the buttons are again what they were. "Khác" is asked for in words."""
    context, token = tapped.context, tapped.tap.token
    kept = await _kept(context, exchange, tapped.user, -1, "button")
    kept = kept and await complained(context, exchange, tapped.user, reason)
    page: Page = "told_why" if kept else "error"
    await tapped.tell(tapped.page(page), alert=not kept)
    if tapped.tap.number:  # the buttons stand under a message of their own
        await tapped.replace(tapped.page(page))
    else:
        await tapped.relabel(answering.rows(context, tapped.message.chat.id, token, exchange))
    if kept and reason == "other":
        await _ask_in_words(tapped)
    return Outcome("noted" if kept else "error")


async def _ask_in_words(tapped: Tapped[AnswerTap]) -> None:
    """Whoever tapped is asked to reply to this message."""
    place = tapped.place
    sent = await send(tapped.context.bot, place, [tapped.page("why_in_words")], ForceReply(selective=True))
    await tapped.services.memory.exchanges.note(tapped.tap.token, place.chat_id, sent, asks_why=True)


async def asked_why(message: Message, context: Context) -> Exchange | None:
    """The exchange of which the bot had asked what was wrong with it, where the message replies to that."""
    asking = message.reply_to_message
    if asking is None or asking.from_user is None or asking.from_user.id != context.bot.id:
        return None
    try:
        return await context.services.memory.exchanges.asked_why(message.chat.id, asking.message_id)
    except sqlite3.Error as error:
        logger.warning("what was wrong with an answer is not kept: %s", error)
        return None


async def told_in_words(message: Message, context: Context) -> bool:
    """Whether a message tells what was wrong with an answer, as the bot had asked; then it is kept."""
    exchange = await asked_why(message, context)
    said, user = (message.text or message.caption or "").strip(), writer_of(message)
    if exchange is None or user is None or not said:
        return False
    if await _kept(context, exchange, user, -1, "words"):
        await complained(context, exchange, user, None, said)
    return True


async def complained(
    context: Context, exchange: Exchange, user: int, reason: WhyBad | None, words: str | None = None
) -> bool:
    """Keep what was wrong beside the vote of this person."""
    if exchange.update is None:
        return False
    told = None if words is None else words[:_WORDS]
    return await context.services.log.complain(Complaint(exchange.update, user, reason, told))


async def disliked(context: Context, exchange: Exchange, user: int) -> bool:
    """Somebody says that an answer is wrong: a vote against it."""
    return await _kept(context, exchange, user, -1, "words")


async def react(update: Update, context: Context) -> Outcome:
    """Somebody reacts to a message, or takes that back. Other reactions than these say nothing of the answer."""
    change = update.message_reaction
    if change is None:
        return Outcome("ignored")
    now, before = opinion(change.new_reaction), opinion(change.old_reaction)
    voter = change.user or change.actor_chat
    if voter is None or now == before == 0:
        return Outcome("ignored")
    try:
        exchange = await context.services.memory.exchanges.shown_in(change.chat.id, change.message_id)
    except sqlite3.Error as error:
        logger.warning("a reaction counts for nothing: %s", error)
        return Outcome("ignored")
    if exchange is None or not await _kept(context, exchange, voter.id, now, "reaction"):
        return Outcome("ignored")
    return Outcome("noted")


def opinion(reactions: Sequence[ReactionType]) -> Opinion:
    """1 for an answer, -1 against it, 0 for neither or both."""
    emoji = {each.emoji for each in reactions if isinstance(each, ReactionTypeEmoji)}
    good, bad = bool(emoji & _GOOD), bool(emoji & _BAD)
    return 0 if good == bad else 1 if good else -1


async def _kept(context: Context, exchange: Exchange, voter: int, value: Opinion, by: By) -> bool:
    if exchange.update is None:
        return False
    return await context.services.log.vote(Vote(datetime.now(UTC), exchange.update, voter, value, by))
