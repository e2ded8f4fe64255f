from telegram import CallbackQuery, User

from bot.taps.double_taps import DoubleTaps


def query(data: str, user: int = 1) -> CallbackQuery:
    return CallbackQuery("1", User(user, "Lan", is_bot=False), "1", data=data)


def test_only_the_same_button_tapped_by_the_same_person_in_haste_is_double() -> None:
    now = 0.0
    taps = DoubleTaps(lambda: now)
    assert not taps.is_double(query("a"))
    assert not taps.is_double(query("b"))
    assert not taps.is_double(query("a", 2))
    assert taps.is_double(query("a"))
    now = 11.0
    assert not taps.is_double(query("a"))
