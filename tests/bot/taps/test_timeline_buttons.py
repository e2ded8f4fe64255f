"""The buttons under a timeline."""

import pytest

from bot.pages.timeline_pages import first_days
from bot.taps.kinds import TimelineTap
from bot.taps.timeline_buttons import Place, topic_button
from retrieval import Date, Timeline, TimelineEntry

LARGEST_ID = 10**18 - 1


def test_a_topic_is_asked_for_by_its_number_and_shown_by_its_name() -> None:
    button = topic_button(7, "đối ngoại")
    assert (button.title, button.data) == ("đối ngoại", "timeline:7:topic")


def test_of_a_long_story_more_days_are_a_tap_away_down_to_all() -> None:
    def more(days: int) -> list[str]:
        place = Place(7, "newest", 1, 3, days, 23)
        return [one.data for row in place.buttons(in_calendar=True) for one in row if one.label == "timeline_more"]

    assert [more(5), more(15), more(0)] == [["timeline:7:newest:0:15"], ["timeline:7:newest:0"], []]
    assert TimelineTap.read("timeline:7:newest:0:15") == TimelineTap(7, "newest", 0, days=15)
    story = Timeline("x", tuple(TimelineEntry(Date(f"2025-01-{day:02d}"), ()) for day in range(1, 10)))
    assert (first_days(story), first_days(Timeline("x", story.entries[:8]))) == (5, 0)


@pytest.mark.parametrize("holds_all", [True, False])
def test_where_one_message_holds_all_days_no_button_brings_more(*, holds_all: bool) -> None:
    buttons = Place(7, "oldest", 0, 2, 5, 9).whole(holds_all=holds_all).buttons(in_calendar=False)
    assert ("timeline_more" in [button.label for row in buttons for button in row]) is not holds_all
    assert buttons[0][0].does == TimelineTap(7, "newest", 0, days=5)


@pytest.mark.parametrize(
    ("page", "labels"),
    [
        (0, ["timeline_next", "timeline_newest", "timeline_csv", "timeline_ics"]),
        (1, ["timeline_previous", "timeline_next", "timeline_newest", "timeline_csv", "timeline_ics"]),
        (2, ["timeline_previous", "timeline_newest", "timeline_csv", "timeline_ics"]),
    ],
)
def test_a_page_has_the_buttons_that_lead_somewhere(page: int, labels: list[str]) -> None:
    buttons = [button for row in Place(7, "oldest", page, 3).buttons(in_calendar=True) for button in row]
    assert [button.label for button in buttons] == labels


def test_every_button_fits_telegrams_limit_and_reads_back() -> None:
    for place in (Place(LARGEST_ID, "newest", 999_998, 1_000_000), Place(1, "oldest", 0, 1)):
        for row in place.buttons(in_calendar=False):
            for button in row:
                assert len(button.data.encode()) <= 64
                assert TimelineTap.read(button.data) == button.does
