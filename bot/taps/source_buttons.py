"""The buttons by which a group's admins choose the papers and channels that its answers come from; pure."""

from bot.pages.source_choice import SourceChoice, key_of
from bot.taps.buttons import Button, turning
from bot.taps.kinds import GroupSourcesTap, PolicyTap


def source_buttons(choice: SourceChoice) -> list[list[Button]]:
    """From top to bottom: the two ways where something is chosen, the sources, the other pages, the way back."""
    chosen, only, page = choice.policy.sources, choice.policy.only, choice.page
    ways = [
        Button("sources_first", GroupSourcesTap(page, "first"), chosen=not only),
        Button("sources_only", GroupSourcesTap(page, "only"), chosen=only),
    ]
    sources = [
        [Button(title=name, does=GroupSourcesTap(page, key_of(name)), chosen=name in chosen)] for name in choice.names
    ]
    turns = turning(("previous_page", "next_page"), page, choice.pages, lambda number: GroupSourcesTap(number, "show"))
    everything = [Button("sources_all", GroupSourcesTap(page, "all"))] if chosen else []
    back = [Button("panel_chat", PolicyTap(0, "show"))]
    return [row for row in (ways if chosen else [], *sources, turns, everything, back) if row]
