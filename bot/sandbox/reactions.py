"""Reactions as the Bot API shows them, and which there are."""

from collections.abc import Iterable
from typing import Any

_EMOJI = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
🕊 🤡 🥱 🥴 😍 🐳 ❤️‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂️ 🤷 🤷‍♀️
😡
"""


def is_allowed(emoji: str) -> bool:
    """Whether Telegram has it as a reaction that costs nothing."""
    return emoji in _EMOJI.split()


def as_reactions(emoji: Iterable[str]) -> list[dict[str, str]]:
    """The Bot API's list of ReactionType."""
    return [{"type": "emoji", "emoji": each} for each in emoji]


def counted(by_user: dict[int, tuple[str, ...]]) -> list[dict[str, Any]]:
    """The Bot API's list of ReactionCount."""
    every = [emoji for own in by_user.values() for emoji in own]
    return [{"type": kind, "total_count": every.count(kind["emoji"])} for kind in as_reactions(dict.fromkeys(every))]
