"""Buttons as Telegram takes them: the one place that makes keyboards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat
from telegram.constants import KeyboardButtonStyle

from bot.ground.splitting import visible
from bot.taps.codec import Tap
from bot.texts.reply import Language, Replies

_LONGEST = 60  # characters that fit a phone's width, in two lines


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its text, with the values that this tells, or with a `title` as it is (a name, a topic);
    it does one of four things. `passed_on` is a question whose answer is sent to a chat that is chosen then. What is in
    force is `chosen`; what cannot be taken back is a `danger`, and red.
    """

    label: str = ""
    does: Tap | None = None
    copied: str = ""
    url: str = ""
    passed_on: str = ""
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    chosen: bool = False
    danger: bool = False

    @property
    def data(self) -> str:
        """What it carries; empty where it asks the bot for nothing."""
        return self.does.data if self.does else ""


Rows = Sequence[Sequence[Button]]


def keyboard(replies: Replies, rows: Rows, language: Language) -> InlineKeyboardMarkup | None:
    """The buttons with their labels, row by row; None where there are none."""
    shown = [[_shown(replies, button, language) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(shown) if shown else None


def turning(labels: tuple[str, str], page: int, pages: int, to: Callable[[int], Tap]) -> list[Button]:
    """To the page before and the page after, from 0, of so many, where there are any."""
    steps = zip(labels, (page - 1, page + 1), strict=True)
    return [Button(label, to(neighbour)) for label, neighbour in steps if 0 <= neighbour < pages]


def _shown(replies: Replies, button: Button, language: Language) -> InlineKeyboardButton:
    label = button.title or visible(replies.render(button.label, language, **button.values))
    label = label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
    label = f"✓ {label}" if button.chosen else label
    if button.url:
        return InlineKeyboardButton(label, url=button.url)
    if button.copied:
        return InlineKeyboardButton(label, copy_text=CopyTextButton(button.copied))
    if button.passed_on:
        chosen = SwitchInlineQueryChosenChat(
            button.passed_on, allow_user_chats=True, allow_group_chats=True, allow_channel_chats=True
        )
        return InlineKeyboardButton(label, switch_inline_query_chosen_chat=chosen)
    style = KeyboardButtonStyle.DANGER if button.danger else None
    return InlineKeyboardButton(label, callback_data=button.data, style=style)
