"""The buttons under the bot's messages, by numbers that can be typed."""

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from bot.sandbox.world import Message

Button = dict[str, Any]  # the Bot API's InlineKeyboardButton
_TYPED = ("callback_data", "url", "copy_text")  # what a terminal can do something about
_GAP = "   "


class Numbered:
    """The buttons that are on the screen since something was asked last, from 1."""

    def __init__(self) -> None:
        self._buttons: list[tuple[Message, Button]] = []

    def begin(self) -> None:
        """What was on the screen before counts no more."""
        self._buttons.clear()

    def rows(self, message: Message) -> Iterator[Text]:
        """The rows of buttons under a message, numbered on."""
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            shown = []
            for button in row:
                if any(kind in button for kind in _TYPED):
                    self._buttons.append((message, button))
                    shown.append(f"[{len(self._buttons)}] {button['text']}")
            if shown:
                yield Text(_GAP.join(shown), style="dim")

    def chosen(self, line: str) -> tuple[Message, Button] | None:
        """The message and the button whose number this is; None where it is none."""
        number = line.strip()
        if not number.isascii() or not number.isdecimal() or len(number) > 3:
            return None
        return self._buttons[int(number) - 1] if 0 < int(number) <= len(self._buttons) else None
