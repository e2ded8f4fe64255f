"""A tap on a button: what it asks for, and what it belongs to, which is looked up here and nowhere else."""

import contextlib
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Generic, TypeVar

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.context import Context, Services
from bot.ground.place import Place
from bot.ground.splitting import visible
from bot.handlers.recording import Handle
from bot.handlers.sending import admins_of, language_for, notice, replace, send
from bot.memory.exchanges import Exchange
from bot.memory.subjects import Subject
from bot.querylog.rows import Outcome
from bot.taps.answer_buttons import AnswerTap
from bot.taps.buttons import Rows
from bot.taps.codec import Tap
from bot.taps.keyboard import keyboard
from bot.taps.kinds import PersonTap, TimelineTap
from bot.texts.reply import Language, Page
from bot.updates.origin import place_of

logger = logging.getLogger(__name__)

K = TypeVar("K", bound=Tap)
K_co = TypeVar("K_co", bound=Tap, covariant=True)


@dataclass(frozen=True, slots=True)
class Tapped(Generic[K_co]):
    """A button of a kind, under a message that the bot can see; whoever tapped it waits for a notice."""

    update: Update
    context: Context
    query: CallbackQuery
    message: Message
    tap: K_co

    @property
    def services(self) -> Services:
        """What handlers work with."""
        return self.context.services

    @property
    def language(self) -> Language:
        """The language of who tapped."""
        return language_for(self.update)

    @property
    def user(self) -> int:
        """Who tapped, by id."""
        return self.query.from_user.id

    @property
    def place(self) -> Place:
        """Of the message under which the button stands."""
        return place_of(self.message)

    def page(self, page: Page) -> str:
        """A text in the language of who tapped."""
        return self.services.replies.page(page, self.language)

    def keyboard(self, rows: Rows) -> InlineKeyboardMarkup | None:
        """Buttons in the language of who tapped."""
        return keyboard(self.services.replies, rows, self.language)

    async def done(self) -> None:
        """End the waiting without a word."""
        await notice(self.query)

    async def tell(self, text: str, *, alert: bool = True) -> None:
        """End the waiting with a notice, HTML, that has to be closed where it is an `alert`."""
        await notice(self.query, visible(text), alert=alert)

    async def send(self, texts: Sequence[str], rows: Rows = ()) -> list[int]:
        """Messages, HTML, below that of the button, as a reply to it; their ids."""
        return await send(self.context.bot, self.place, texts, self.keyboard(rows))

    async def replace(self, text: str, rows: Rows = ()) -> None:
        """Put the text, HTML, and the buttons in the place of the message; one that is gone stays away."""
        await replace(self.query, text, self.keyboard(rows))

    async def relabel(self, rows: Rows) -> None:
        """Put these buttons under the message; one that is gone, or too old to be edited, keeps its own."""
        with contextlib.suppress(BadRequest):
            await self.query.edit_message_reply_markup(self.keyboard(rows))

    async def take_away(self) -> None:
        """The button that was tapped goes; a message that is gone, or too old to be edited, keeps it."""
        rows = self.message.reply_markup.inline_keyboard if self.message.reply_markup else ()
        kept = [left for row in rows if (left := [each for each in row if each.callback_data != self.query.data])]
        with contextlib.suppress(BadRequest):
            await self.query.edit_message_reply_markup(InlineKeyboardMarkup(kept) if kept else None)


def reads(kind: type[K], which: Callable[[K], bool] = lambda _: True) -> Callable[[object], bool]:
    """Whether callback data is of a button of this kind, for python-telegram-bot to choose the handler by."""

    def is_of_the_kind(data: object) -> bool:
        tap = kind.read(data) if isinstance(data, str) else None
        return tap is not None and which(tap)

    return is_of_the_kind


def tapped(kind: type[K], handle: Callable[[Tapped[K]], Awaitable[Outcome]]) -> Handle:
    """The handler of a kind of buttons, for updates as they come; a tap on a message that is gone asks for nothing."""

    @wraps(handle)
    async def handler(update: Update, context: Context) -> Outcome:
        query = update.callback_query
        if query is None:
            return Outcome("ignored")
        tap = kind.read(query.data or "")
        if tap is None or not isinstance(query.message, Message):
            await notice(query)
            return Outcome("ignored")
        return await handle(Tapped(update, context, query, query.message, tap))

    return handler


async def expired(update: Update, context: Context) -> Outcome:
    """A button that no version of the program knows any more: who tapped it must not wait."""
    if update.callback_query is None:
        return Outcome("ignored")
    await notice(update.callback_query, visible(context.services.replies.page("button_expired", language_for(update))))
    return Outcome("help")


async def exchange_of(tapped: Tapped[AnswerTap]) -> Exchange | None:
    """The question and answer under which a button stands; None where that is forgotten or can't be read, and who
    tapped has been told.
    """
    page: Page = "answer_expired"
    exchange = None
    try:
        exchange = await tapped.services.memory.exchanges.get(tapped.tap.token)
    except sqlite3.Error as error:
        logger.warning("a button does nothing: %s", error)
        page = "error"
    if exchange is None:
        await tapped.tell(tapped.page(page))
    return exchange


async def subject_of(tapped: Tapped[TimelineTap | PersonTap], expired: Page) -> Subject | None:
    """The topic or person behind a button of this chat; None where it is forgotten, and who tapped has been told so."""
    subject = await tapped.services.memory.subjects.shown(tapped.message.chat.id, tapped.tap.shown)
    if subject is None:
        await tapped.tell(tapped.page(expired))
    return subject


async def is_an_admins(tapped: Tapped[Tap]) -> bool:
    """Whether who tapped may set what holds for the chat; else they have been told. Anyone in a group can tap, so
    that person's rights are looked up each time.
    """
    if tapped.message.chat.type == ChatType.PRIVATE or tapped.user in await admins_of(tapped.message.chat):
        return True
    await tapped.tell(tapped.page("admins_only"))
    return False
