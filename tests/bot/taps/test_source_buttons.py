"""The buttons for a group's sources."""

from bot.memory.policy import Policy
from bot.pages.source_choice import SourceChoice, key_of
from bot.taps.kinds import GroupSourcesTap
from bot.taps.source_buttons import source_buttons

NAMES = [f"Báo {number}" for number in range(20)]
SOME = frozenset({"Báo 3"})


def test_each_button_is_read_as_what_it_says() -> None:
    rows = source_buttons(SourceChoice(Policy(sources=SOME), NAMES, 1))
    data = [button.data for row in rows for button in row]
    taps = [GroupSourcesTap.read(each) for each in data[:-1]]
    assert taps[:2] == [GroupSourcesTap(1, "first"), GroupSourcesTap(1, "only")]
    assert taps[2:10] == [GroupSourcesTap(1, key_of(name)) for name in NAMES[8:16]]
    assert taps[10:] == [GroupSourcesTap(0, "show"), GroupSourcesTap(2, "show"), GroupSourcesTap(1, "all")]
    assert data[-1] == "policy:0:show"
    assert all(len(each) <= 64 for each in data)


def test_what_is_chosen_is_marked_and_the_ways_are_there_only_then() -> None:
    rows = source_buttons(SourceChoice(Policy(sources=SOME | {"Báo đã đi"}), NAMES))
    assert [button.chosen for row in rows[:4] for button in row] == [True, False, True, True, False]
    assert source_buttons(SourceChoice(Policy(), NAMES))[0][0].title == "Báo 0"
