"""The buttons by which a group's admins set what is answered there; pure."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from bot.memory.policy import Mode, Policy

Setting = Mode | Literal["chat"]  # "chat": the topic follows the whole chat
Label = Literal[
    "mode_mention",
    "mode_questions",
    "mode_every",
    "mode_off",
    "mode_chat",
    "panel_chat",
    "panel_topic",
    "panel_sources",
]

PATTERN = re.compile(rf"policy:(\d+):({'|'.join(get_args(Mode))}|chat|show)")


SOURCES = "from:0:show"  # see `source_choice`


@dataclass(frozen=True, slots=True)
class Tap:
    """What a button asks for: a setting, or (None) to be shown the settings of that topic or of the whole chat."""

    topic: int | None
    setting: Setting | None


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its label; the setting in force is `chosen`."""

    label: Label
    data: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """The settings of a topic (of the whole chat: None), shown in a message that stands in the topic `here`."""

    policy: Policy
    topic: int | None
    here: int | None
    hidden: bool = False  # privacy mode keeps from the bot what it should answer

    @property
    def mode(self) -> Mode:
        """What holds there."""
        return self.policy.mode_in(self.topic)

    def buttons(self) -> list[Button]:
        """From top to bottom."""
        follows = self.topic is not None and self.topic not in self.policy.topics
        modes = [Button(LABELS[mode], _data(self.topic, mode), mode == self.mode and not follows) for mode in LABELS]
        if self.topic is not None:
            return [*modes, Button("mode_chat", _data(self.topic, "chat"), follows), Button("panel_chat", _data(None))]
        sources = Button("panel_sources", SOURCES)
        return [*modes, sources] if self.here is None else [*modes, sources, Button("panel_topic", _data(self.here))]


LABELS: dict[Mode, Label] = {
    "mention": "mode_mention",
    "questions": "mode_questions",
    "every": "mode_every",
    "off": "mode_off",
}


def read_tap(data: str) -> Tap | None:
    """What the callback data of a button asks for; None if it is no data of these buttons."""
    match = PATTERN.fullmatch(data)
    if match is None or len(match[1]) > 15:
        return None
    topic = int(match[1]) or None
    settings: dict[str, Setting] = {mode: mode for mode in get_args(Mode)} | ({} if topic is None else {"chat": "chat"})
    if match[2] != "show" and match[2] not in settings:
        return None
    return Tap(topic, settings.get(match[2]))


def _data(topic: int | None, what: Setting | Literal["show"] = "show") -> str:
    return f"policy:{topic or 0}:{what}"
