"""The settings of a group as they are told."""

from typing import get_args

import pytest

from bot.memory.policy import Mode, Policy
from bot.pages.policy_panel import Panel
from bot.texts.catalogue import languages
from bot.texts.reply import Language, Replies


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("topic", [None, 5])
def test_each_mode_is_told_in_its_own_words(language: Language, topic: int | None) -> None:
    replies = Replies()
    told = {replies.policy(Panel(Policy(mode), topic, None), language) for mode in get_args(Mode)}
    assert len(told) == len(get_args(Mode))
    hidden = replies.policy(Panel(Policy("every"), topic, None, hidden=True), language)
    assert "@BotFather" in hidden
    assert not [text for text in told if "@BotFather" in text]


@pytest.mark.parametrize("language", languages())
def test_it_is_told_that_only_who_asks_sees_and_for_what_that_holds(language: Language) -> None:
    replies, policy = Replies(), Policy(to_asker=True)
    told = replies.policy(Panel(policy, None, None), language)
    assert "👁" in told
    no_admin = replies.policy(Panel(policy, None, None, is_admin=False), language)
    assert told.split("👁")[1] in no_admin
    assert len(no_admin) > len(told)
    assert "👁" not in replies.policy(Panel(Policy("off", to_asker=True), None, None, is_admin=False), language)


@pytest.mark.parametrize("language", languages())
def test_what_a_notice_says_fits_a_notice(language: Language) -> None:
    assert len(Replies().page("admins_only", language)) <= 200  # core.telegram.org/bots/api#answercallbackquery
