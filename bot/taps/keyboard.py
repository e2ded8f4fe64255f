"""Buttons as Telegram takes them: the one place that makes keyboards."""

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, SwitchInlineQueryChosenChat
from telegram.constants import KeyboardButtonStyle

from bot.ground.splitting import visible
from bot.taps.buttons import Button, Rows
from bot.texts.reply import Language, Replies

_LONGEST = 60  # characters that fit a phone's width, in two lines


def keyboard(replies: Replies, rows: Rows, language: Language) -> InlineKeyboardMarkup | None:
    """The buttons with their labels, row by row; None where there are none."""
    shown = [[_shown(replies, button, language) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(shown) if shown else None


def inside(replies: Replies, button: Button, language: Language) -> dict[str, str]:
    """A button that stands in a rich message (`RichMessageButton` of Bot API 10.3), as a link does."""
    label = visible(replies.render(button.label, language, **button.values))
    return {"text": label, "callback_data": button.data, "style": "link"}


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
