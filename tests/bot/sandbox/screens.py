"""A screen in memory, and what the chat in the terminal says on it."""

import io

from rich.console import Console

from bot.texts.catalogue import short_texts

WORDS = short_texts("vi", "terminal")


def screen(width: int = 80, *, terminal: bool = False) -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    return Console(file=output, width=width, force_terminal=terminal, highlight=False, color_system=None), output
