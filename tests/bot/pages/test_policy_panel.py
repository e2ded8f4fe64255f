"""The buttons for a group's policy, and what is read from them."""

from typing import get_args

import pytest

from bot.memory.policy import Mode, Policy
from bot.pages.policy_panel import Button, Panel, Tap, read_tap
from bot.texts.reply import Language, Replies


@pytest.mark.parametrize("topic", [None, 1, 5, 2**31 - 1])
def test_each_button_is_read_as_what_it_says(topic: int | None) -> None:
    buttons = Panel(Policy(), topic, here=5).buttons()
    taps = [read_tap(button.data) for button in buttons if button.label != "panel_sources"]
    modes = [Tap(topic, mode) for mode in get_args(Mode)]
    assert taps == ([*modes, Tap(5, None)] if topic is None else [*modes, Tap(topic, "chat"), Tap(None, None)])
    assert all(len(button.data.encode()) <= 64 for button in buttons)


@pytest.mark.parametrize(
    "data",
    ["", "policy", "policy:0:chat", "policy:0:whisper", "policy:-5:off", "policy:5:off ", "policy:x:off", "policy::off",
     f"policy:{'9' * 40}:off"],
)  # fmt: skip
def test_what_no_button_says_asks_for_nothing(data: str) -> None:
    assert read_tap(data) is None


def test_a_group_without_topics_has_the_four_modes() -> None:
    assert Panel(Policy("every"), None, None).buttons() == [
        Button("mode_mention", "policy:0:mention"),
        Button("mode_questions", "policy:0:questions"),
        Button("mode_every", "policy:0:every", chosen=True),
        Button("mode_off", "policy:0:off"),
        Button("panel_sources", "from:0:show"),
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
    assert [button.label for button in Panel(policy, topic, here=5).buttons() if button.chosen] == [chosen]


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("topic", [None, 5])
def test_each_mode_is_told_in_its_own_words(language: Language, topic: int | None) -> None:
    replies = Replies()
    told = {replies.policy(Panel(Policy(mode), topic, None), language) for mode in get_args(Mode)}
    assert len(told) == len(get_args(Mode))
    hidden = replies.policy(Panel(Policy("every"), topic, None, hidden=True), language)
    assert "@BotFather" in hidden
    assert not [text for text in told if "@BotFather" in text]


@pytest.mark.parametrize("language", get_args(Language))
def test_what_a_notice_says_fits_a_notice(language: Language) -> None:
    assert len(Replies().page("admins_only", language)) <= 200  # core.telegram.org/bots/api#answercallbackquery
