"""The buttons of watches, and what their taps mean."""

from datetime import UTC, datetime

import pytest

from bot.taps.kinds import WatchTap
from bot.watch.findings import last_struck
from bot.watch.pages import shown_each
from bot.watch.panel import hour_buttons, list_buttons, news_buttons, watch_buttons
from bot.watch.watches import Watch

WATCH = Watch(7, 1001, None, "giá vàng", "vi")


@pytest.mark.parametrize("daily", [False, True])
@pytest.mark.parametrize("paused", [False, True])
def test_every_button_is_read_and_fits_into_callback_data(*, daily: bool, paused: bool) -> None:
    watch = Watch(10**14, -(10**13), 5, "giá vàng", "vi", daily, paused)
    rows = [*watch_buttons(watch, 7), *hour_buttons(watch, 7), *list_buttons([watch]), *news_buttons()]
    for button in (button for row in rows for button in row):
        assert WatchTap.read(button.data) == button.does
        assert len(button.data.encode()) <= 64


def test_what_is_in_force_is_marked() -> None:
    assert [b.label for row in watch_buttons(WATCH, 7) for b in row if b.chosen] == ["watch_once"]
    assert [b.values["hour"] for row in hour_buttons(WATCH, 20) for b in row if b.chosen] == [20]


@pytest.mark.parametrize(
    ("hour", "now", "struck"),
    [
        (7, "2025-09-20T00:00", "2025-09-20T00:00"),  # 7:00 in Vietnam
        (7, "2025-09-19T23:59", "2025-09-19T00:00"),
        (20, "2025-09-20T00:30", "2025-09-19T13:00"),
        (0, "2025-12-31T17:00", "2025-12-31T17:00"),
    ],
)
def test_the_hour_strikes_in_vietnam(hour: int, now: str, struck: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert last_struck(hour, moment) == datetime.fromisoformat(struck).replace(tzinfo=UTC)


@pytest.mark.parametrize(("watches", "each"), [(0, 5), (1, 5), (2, 5), (4, 3), (10, 1), (50, 1)])
def test_many_topics_share_the_room_of_a_message(watches: int, each: int) -> None:
    assert shown_each(5, watches) == each
