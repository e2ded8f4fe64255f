"""The buttons for a group's sources, and what is read from them."""

from typing import get_args

import pytest

from bot.memory.policy import Policy
from bot.pages.source_choice import SourceChoice, Tap, name_of, read_tap
from bot.texts.reply import Language, Replies

NAMES = [f"Báo {number}" for number in range(20)]
SOME = frozenset({"Báo 3"})


def test_each_button_is_read_as_what_it_says() -> None:
    rows = SourceChoice(Policy(sources=SOME), NAMES, 1).rows()
    data = [button.data for row in rows for button in row]
    taps = [read_tap(each) for each in data[:-1]]
    assert taps[:2] == [Tap(1, "first"), Tap(1, "only")]
    assert taps[2:10] == [Tap(1, source=name_of(name)) for name in NAMES[8:16]]
    assert taps[10:] == [Tap(0), Tap(2), Tap(1, "all")]
    assert data[-1] == "policy:0:show"
    assert all(len(each) <= 64 for each in data)


@pytest.mark.parametrize("data", ["", "from:0", "from:x:show", "from:0:every", "from:0:" + "f" * 15, "from:0:show "])
def test_what_no_button_says_asks_for_nothing(data: str) -> None:
    assert read_tap(data) is None


def test_the_chosen_stand_first_also_where_they_have_left() -> None:
    choice = SourceChoice(Policy(sources=SOME | {"Báo đã đi"}), NAMES)
    assert choice.all_names[:3] == ["Báo 3", "Báo đã đi", "Báo 0"]
    assert len(choice.all_names) == 21
    assert [button.chosen for row in choice.rows()[1:4] for button in row] == [True, True, False]


@pytest.mark.parametrize("language", get_args(Language))
def test_each_way_is_told_in_its_own_words(language: Language) -> None:
    policies = (Policy(), Policy(sources=SOME), Policy(sources=SOME, only=True))
    assert len({Replies().source_choice(SourceChoice(policy, NAMES), language) for policy in policies}) == 3
