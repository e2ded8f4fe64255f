"""A group's sources, page by page."""

import pytest

from bot.memory.policy import Policy
from bot.pages.source_choice import SourceChoice
from bot.texts.catalogue import languages
from bot.texts.reply import Language, Replies

NAMES = [f"Báo {number}" for number in range(20)]
SOME = frozenset({"Báo 3"})


def test_the_chosen_stand_first_also_where_they_have_left() -> None:
    choice = SourceChoice(Policy(sources=SOME | {"Báo đã đi"}), NAMES)
    assert choice.all_names[:3] == ["Báo 3", "Báo đã đi", "Báo 0"]
    assert len(choice.all_names) == 21


@pytest.mark.parametrize(("asked", "page"), [(0, 0), (2, 2), (3, 2), (999_999, 2)])
def test_a_page_that_is_not_is_the_last(asked: int, page: int) -> None:
    choice = SourceChoice(Policy(), NAMES, asked)
    assert (choice.page, choice.names[0], choice.pages) == (page, f"Báo {8 * page}", 3)


def test_without_any_there_is_one_page() -> None:
    choice = SourceChoice(Policy(), [])
    assert (choice.page, choice.names, choice.pages) == (0, [], 1)


@pytest.mark.parametrize("language", languages())
def test_each_way_is_told_in_its_own_words(language: Language) -> None:
    policies = (Policy(), Policy(sources=SOME), Policy(sources=SOME, only=True))
    assert len({Replies().source_choice(SourceChoice(policy, NAMES), language) for policy in policies}) == 3
