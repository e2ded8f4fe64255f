"""What people write: answered, its answer edited, or passed over, as `gating` decides."""

from datetime import datetime
from functools import partial

from telegram import Message, Update
from telegram.constants import ReactionEmoji

from bot.channel.posts import is_from
from bot.context import Context
from bot.deciding.bare import topic_in
from bot.deciding.english import named_in
from bot.deciding.from_english import as_vietnamese, is_place
from bot.deciding.gating import Decision, decide
from bot.deciding.messages import identity_of, read
from bot.finding.answers import Prepared
from bot.finding.desk import UnfinishedError
from bot.ground.place import Place
from bot.handlers import answering, feedback, talking
from bot.handlers.sending import edit, language_for, react, send
from bot.handlers.typing_action import announced, typing_in
from bot.memory.asked import Asked
from bot.querylog.rows import Outcome
from bot.texts.reply import Page
from bot.updates.origin import place_of
from retrieval.records import VIETNAM


async def respond(update: Update, context: Context) -> Outcome:
    """Reply to what is put to the bot; to what it overhears where it was asked to, if it knows the answer."""
    message = update.effective_message
    if message is None:
        return Outcome("ignored")
    edited = update.edited_message is not None
    if not edited and await feedback.told_in_words(message, context):
        await react(context.bot, place_of(message), ReactionEmoji.OK_HAND_SIGN)
        return Outcome("noted", nameless=True)
    return await _as_decided(update, context, message, edited=edited)


async def _as_decided(update: Update, context: Context, message: Message, *, edited: bool) -> Outcome:
    before = await context.services.memory.answers.of(message.chat.id, message.message_id) if edited else ()
    decision = decision_about(message, context, edited=edited, answered=bool(before))
    match decision.action:
        case "silent":
            return Outcome("ignored")
        case "talk":
            return await talking.respond(update, context, decision)
        case "help":
            return await _help(update, context, decision)
        case "answer":
            return await _answer(update, context, decision)
        case "edit":
            return await _edit(update, context, decision, before)


def decision_about(message: Message, context: Context, *, edited: bool = False, answered: bool = False) -> Decision:
    """What becomes of the message under the policy of its chat."""
    policy = context.services.memory.chats.policy(message.chat.id)
    me = identity_of(context.bot.bot)
    return decide(read(message, me), policy, me, edited=edited, answered=answered)


async def is_passed_over(update: Update, context: Context) -> bool:
    """Whether `respond` will be silent about it whatever the articles say: then nothing of it need be kept."""
    message = update.effective_message
    if message is None:
        return True
    edited = update.edited_message is not None
    before = await context.services.memory.answers.of(message.chat.id, message.message_id) if edited else ()
    silent = decision_about(message, context, edited=edited, answered=bool(before)).action == "silent"
    return silent and await feedback.asked_why(message, context) is None


async def _help(update: Update, context: Context, decision: Decision) -> Outcome:
    """Say why there is nothing to answer. Who then puts it right by an edit finds the answer in the same place."""
    page: Page
    match decision.reason:
        case "unknown_command" | "no_words" as page:
            pass
        case "no_text":
            page = "not_text"
        case _:
            page = "nothing_asked"
    sent = await send(context.bot, decision.place, [context.services.replies.page(page, language_for(update))])
    await context.services.memory.answers.remember(decision.place.chat_id, decision.place.message_id, sent)
    return Outcome("help")


async def _answer(update: Update, context: Context, decision: Decision) -> Outcome:
    read = as_vietnamese(decision.question)
    alone = topic_in(read or decision.question)
    named = None if read else named_in(decision.question)
    topic = (alone or (named if named and not is_place(named) else None)) if decision.addressed else None
    opened = await talking.open_bare(update, context, decision, topic, alone=bool(alone)) if topic else None
    if opened:
        return opened
    found = await _found(update, context, decision)
    if not decision.addressed and found.answer.confidence < context.services.settings.answering.overheard:
        return Outcome("ignored")  # nobody had asked the bot
    await _show(update, context, decision.place, found)
    return _outcome(found)


async def _edit(update: Update, context: Context, decision: Decision, before: tuple[int, ...]) -> Outcome:
    try:
        found = await _found(update, context, decision)
    except UnfinishedError:  # the answer to what stood there before must not stay
        replies, language = context.services.replies, language_for(update)
        texts = [replies.page("gave_up", language)]
        sent = await edit(context.bot, decision.place, before, texts, replies.page("withdrawn", language))
        await context.services.memory.answers.remember(decision.place.chat_id, decision.place.message_id, sent)
        return Outcome("gave_up")
    await _show(update, context, decision.place, found, before)
    return _outcome(found)


async def _found(update: Update, context: Context, decision: Decision) -> Prepared:
    services, message = context.services, update.effective_message
    asked = message.edit_date or message.date if message else datetime.now(VIETNAM)
    # An edited question stands where it stood: what has been asked since is not before it.
    previous = services.memory.follow_ups.before(message) if message and not update.edited_message else None
    channel = await services.channels.discussions.channel_of(message) if message else None
    preferred = None if channel is None else partial(is_from, channel=channel)
    policy = services.memory.chats.policy(decision.place.chat_id)
    today = asked.astimezone(VIETNAM).date()
    question = Asked(decision.question, today, previous, preferred, policy.sources, policy.only)
    finding = answering.find(services, question, language_for(update), update.update_id)
    found = await (announced(typing_in(context.bot, decision.place), finding) if decision.addressed else finding)
    if message and found.query.terms:
        services.memory.follow_ups.remember(message, found.query)
    return found


async def _show(update: Update, context: Context, place: Place, found: Prepared, before: tuple[int, ...] = ()) -> None:
    sent = await answering.show(context, place, found, update, before)
    await context.services.memory.answers.remember(place.chat_id, place.message_id, sent)


def _outcome(found: Prepared) -> Outcome:
    return Outcome(found.answer.status, found.answer.quotes or found.answer.nearest, found.answer.kind)


async def ignore(_update: Update, _context: Context) -> Outcome:
    """Kinds of updates that nobody has thought of: no reply."""
    return Outcome("ignored")
