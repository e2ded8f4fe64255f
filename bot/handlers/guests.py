"""Guest mode: somebody mentions the bot in a chat that it isn't in, and its one answer is posted there."""

from telegram import InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions, Message, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.context import Context
from bot.deciding.messages import identity_of, not_said, read
from bot.deciding.small_talk import small_talk
from bot.finding.desk import UnfinishedError
from bot.ground.refusals import too_late
from bot.handlers import answering
from bot.handlers.errors import page_about
from bot.handlers.inline import private_link
from bot.handlers.sending import language_for
from bot.memory.asked import Asked
from bot.querylog.rows import Outcome
from bot.texts import inline_cards
from bot.texts.reply import Language
from bot.updates.origin import day_of, writer_of


async def respond(update: Update, context: Context) -> Outcome:
    """The answer, or how to ask; never to bots. Buttons that need the bot in the chat are left to the private one."""
    message, language = update.guest_message, language_for(update)
    me = identity_of(context.bot.bot)
    if message is None or message.guest_query_id is None or not_said(message, me):
        return Outcome("ignored")
    said = read(message, me)
    question = next((text for text in (said.question, said.points_at) if small_talk(text) is None), "")
    if not question:
        page = context.services.replies.page("no_words" if said.question else "nothing_asked", language)
        return await _posted(context, message, page, None, language) or Outcome("help")
    asked = Asked(question, day_of(message))
    try:
        found = await answering.find(context.services, asked, language, update.update_id)
    except UnfinishedError as error:
        page = context.services.replies.page(page_about(error), language)
        return await _posted(context, message, page, None, language) or Outcome("gave_up")
    asker = writer_of(message)
    token = await answering.remembered(context.services, found.exchange, asker)
    outcome = Outcome(found.answer.status, found.answer.quotes or found.answer.nearest, found.answer.kind)
    text = found.texts[0]
    if len(found.texts) > 1:  # then the first message may end before it names its source
        text = inline_cards.message(context.services.replies, outcome.quotes[0], _standing(outcome), language)
    return await _posted(context, message, text, token, language) or outcome


def _standing(outcome: Outcome) -> inline_cards.Standing:
    return "answer" if outcome.status == "answered" else "near"


async def _posted(
    context: Context, message: Message, text: str, token: str | None, language: Language
) -> Outcome | None:
    """None where it went well; else what became of it. One message is all that a guest may post."""
    content = InputTextMessageContent(text, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
    result = InlineQueryResultArticle(
        "answer", context.bot.first_name or "Trích", content, reply_markup=private_link(context, token, language)
    )
    try:
        await message.answer_guest_query(result)
    except BadRequest as error:
        if not too_late(error):
            raise
        return Outcome("declined")
    return None
