"""What people think of an answer: 👍 and 👎, by button or as a reaction to its message."""

import logging
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from telegram import ReactionType, ReactionTypeEmoji, Update
from telegram.constants import ReactionEmoji

from bot.context import Context
from bot.handlers import answering
from bot.handlers.sending import language, notice
from bot.memory.exchanges import Exchange
from bot.outgoing.splitting import visible
from bot.pages.answer_buttons import read_tap
from bot.querylog.log import By, Outcome, Vote
from bot.reply import Page

logger = logging.getLogger(__name__)

Opinion = Literal[1, -1, 0]

_GOOD = frozenset(
    {
        ReactionEmoji.THUMBS_UP, ReactionEmoji.RED_HEART, ReactionEmoji.FIRE, ReactionEmoji.CLAPPING_HANDS,
        ReactionEmoji.HUNDRED_POINTS_SYMBOL, ReactionEmoji.OK_HAND_SIGN, ReactionEmoji.TROPHY,
    }
)  # fmt: skip
_BAD = frozenset({ReactionEmoji.THUMBS_DOWN, ReactionEmoji.PILE_OF_POO, ReactionEmoji.POUTING_FACE})


async def tap(update: Update, context: Context) -> Outcome:
    """A tap on 👍 or 👎."""
    query, services = update.callback_query, context.services
    asked = read_tap(query.data or "") if query else None
    if query is None or asked is None:
        if query is not None:
            await notice(query)
        return Outcome("ignored")
    exchange = await answering.exchange_behind(query, context, asked.token, language(update))
    if exchange is None:
        return Outcome("help")
    good = asked.action == "good"
    kept = await _kept(context, exchange, query.from_user.id, 1 if good else -1, "button")
    page: Page = "error" if not kept else "voted_good" if good else "voted_bad"
    await notice(query, visible(services.replies.page(page, language(update))), alert=not kept)
    return Outcome("noted" if kept else "error")


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
        exchange = await context.services.exchanges.shown_in(change.chat.id, change.message_id)
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
