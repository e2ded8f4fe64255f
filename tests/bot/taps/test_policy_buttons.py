"""The buttons for a group's policy."""

from typing import get_args

import pytest

from bot.memory.policy import Mode, Policy
from bot.pages.policy_panel import Panel
from bot.taps.kinds import AudienceTap, GroupTap, PolicyTap
from bot.taps.policy_buttons import from_afar, in_group


@pytest.mark.parametrize("topic", [None, 1, 5, 2**31 - 1])
def test_each_button_is_read_as_what_it_says(topic: int | None) -> None:
    buttons = [button for row in in_group(Panel(Policy(), topic, here=5)) for button in row]
    taps = [PolicyTap.read(button.data) for button in buttons if button.data.startswith("policy:")]
    modes = [PolicyTap(topic or 0, mode) for mode in get_args(Mode)]
    more = [PolicyTap(5, "show")] if topic is None else [PolicyTap(topic, "chat"), PolicyTap(0, "show")]
    assert taps == [*modes, *more]
    assert all(len(button.data.encode()) <= 64 for button in buttons)


def test_a_group_without_topics_has_the_four_modes() -> None:
    rows = in_group(Panel(Policy("every"), None, None))
    assert [(button.label, button.data, button.chosen) for [button] in rows] == [
        ("mode_mention", "policy:0:mention", False),
        ("mode_questions", "policy:0:questions", False),
        ("mode_every", "policy:0:every", True),
        ("mode_off", "policy:0:off", False),
        ("panel_to_asker", "seen:asker", False),
        ("panel_sources", "from:0:show", False),
        ("panel_look", "look:show", False),
    ]


@pytest.mark.parametrize(
    ("policy", "topic", "chosen"),
    [
        (Policy("off", {5: "every"}), None, "mode_off"),
        (Policy("off", {5: "every"}), 5, "mode_every"),
        (Policy("off", {5: "off"}), 5, "mode_off"),
        (Policy("off"), 5, "mode_chat"),
    ],
)
def test_one_button_is_chosen(policy: Policy, topic: int | None, chosen: str) -> None:
    assert [button.label for [button] in in_group(Panel(policy, topic, here=5)) if button.chosen] == [chosen]


def test_who_sees_the_answers_is_marked_and_taken_back() -> None:
    rows = in_group(Panel(Policy(to_asker=True), None, None))
    [button] = [button for [button] in rows if button.label == "panel_to_asker"]
    assert (button.does, button.chosen) == (AudienceTap("all"), True)
    assert not [button for [button] in in_group(Panel(Policy(), 5, here=5)) if button.label == "panel_to_asker"]


def test_from_afar_the_modes_are_the_same_and_of_that_group() -> None:
    rows = from_afar(-(10**13), Panel(Policy("off"), None, None))
    assert [GroupTap.read(button.data) for [button] in rows] == [GroupTap(-(10**13), mode) for mode in get_args(Mode)]
    assert [button.label for [button] in rows if button.chosen] == ["mode_off"]
