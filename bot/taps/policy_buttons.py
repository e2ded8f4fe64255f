"""The buttons by which is set what is answered in a group: there by its admins, from afar by operators; pure."""

from typing import get_args

from bot.memory.looks import Look
from bot.memory.policy import Mode
from bot.pages.policy_panel import Panel
from bot.taps.buttons import Button
from bot.taps.kinds import AudienceTap, GroupSourcesTap, GroupTap, LookTap, PolicyTap


def in_group(panel: Panel) -> list[list[Button]]:
    """From top to bottom; of a topic also that it follows the whole chat."""
    topic = panel.topic or 0
    modes = [
        Button(f"mode_{mode}", PolicyTap(topic, mode), chosen=mode == panel.mode and not panel.follows)
        for mode in get_args(Mode)
    ]
    if panel.topic is not None:
        modes.append(Button("mode_chat", PolicyTap(topic, "chat"), chosen=panel.follows))
        modes.append(Button("panel_chat", PolicyTap(0, "show")))
    else:
        to_asker = panel.policy.to_asker
        modes.append(Button("panel_to_asker", AudienceTap("all" if to_asker else "asker"), chosen=to_asker))
        modes.append(Button("panel_sources", GroupSourcesTap(0, "show")))
        modes.append(Button("panel_look", LookTap("show")))
        if panel.here is not None:
            modes.append(Button("panel_topic", PolicyTap(panel.here, "show")))
    return [[button] for button in modes]


def looks(in_force: Look, *, in_group: bool) -> list[list[Button]]:
    """How replies may be drawn; in groups the way back."""
    ways = [Button(f"look_{look}", LookTap(look), chosen=look == in_force) for look in get_args(Look)]
    return [ways, *([[Button("panel_chat", PolicyTap(0, "show"))]] if in_group else [])]


def from_afar(chat: int, panel: Panel) -> list[list[Button]]:
    """The modes of a whole group."""
    return [[Button(f"mode_{mode}", GroupTap(chat, mode), chosen=mode == panel.mode)] for mode in get_args(Mode)]
