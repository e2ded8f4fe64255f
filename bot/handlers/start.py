"""The first words: /start and /help; and a link to the private chat that brings a question with it."""

from telegram import Update
from telegram.constants import ChatType

from bot.context import Context
from bot.finding import sources
from bot.handlers import answering
from bot.handlers.drawing import is_wanted
from bot.handlers.menus import set_operators_menu
from bot.handlers.operators.access import is_operator
from bot.handlers.sending import language_for, reply
from bot.memory.asked import Asked
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import read_start
from bot.updates.origin import day_of, place_of


async def start(update: Update, context: Context) -> Outcome:
    """Who is speaking, and what there is to ask about; or the answer to the question of the link that was followed."""
    services, message = context.services, update.effective_message
    token = read_start(context.args[0]) if context.args else None
    if token and message and message.chat.type == ChatType.PRIVATE:
        return await _answer(update, context, token)
    collection = await services.library.find(sources.collection)
    await reply(update, [services.replies.page("start", language_for(update), collection)])
    if update.effective_user and is_operator(update, context):
        await set_operators_menu(context.bot, services.replies, update.effective_user.id)
    return Outcome("help")


async def show_help(update: Update, context: Context) -> Outcome:
    """How to ask, and how to read a reply; where rich messages are sent, what to do where an app shows them blank."""
    services, chat = context.services, update.effective_chat
    drawn = chat is not None and is_wanted(services, chat.id)
    text = services.replies.render("help", language_for(update), username=context.bot.username, drawn=drawn)
    await reply(update, [text])
    return Outcome("help")


async def _answer(update: Update, context: Context, token: str) -> Outcome:
    services, message, language = context.services, update.effective_message, language_for(update)
    exchange = await services.memory.exchanges.get(token)
    if message is None:
        return Outcome("ignored")
    if exchange is None:
        await reply(update, [services.replies.page("link_expired", language)])
        return Outcome("help")
    asked = Asked(exchange.text, day_of(message))
    return await answering.answer(update, context, place_of(message), asked)
