import pytest

from bot.pages.timeline_pages import (
    MOST_ENTRIES,
    Place,
    Tap,
    file_name,
    first_days,
    ordered,
    paged,
    read_tap,
    topic_data,
)
from retrieval import Date, Timeline, TimelineEntry
from tests.bot.records import quote_of

LARGEST_ID = 10**18 - 1


@pytest.mark.parametrize(
    ("data", "tap"),
    [
        ("timeline:7:oldest:0", Tap(7, "oldest", 0)),
        ("timeline:7:newest:12", Tap(7, "newest", 12)),
        ("timeline:7:csv", Tap(7, export="csv")),
        ("timeline:7:ics", Tap(7, export="ics")),
        (topic_data(7), Tap(7)),
    ],
)
def test_a_button_says_what_it_asks_for(data: str, tap: Tap) -> None:
    assert read_tap(data) == tap


@pytest.mark.parametrize(
    "data", ["", "timeline", "timeline::csv", "timeline:7:exe", "timeline:7:oldest:-1", f"timeline:{'9' * 30}:csv", "x"]
)
def test_other_data_asks_for_nothing(data: str) -> None:
    assert read_tap(data) is None


def test_of_a_long_story_more_days_are_a_tap_away_down_to_all() -> None:
    def more(days: int) -> list[str]:
        place = Place(7, "newest", 1, 3, days, 23)
        return [one.data for row in place.buttons(in_calendar=True) for one in row if one.label == "timeline_more"]

    assert [more(5), more(15), more(0)] == [["timeline:7:newest:0:15"], ["timeline:7:newest:0"], []]
    assert read_tap("timeline:7:newest:0:15") == Tap(7, "newest", 0, days=15)
    story = Timeline("x", tuple(TimelineEntry(Date(f"2025-01-{day:02d}"), ()) for day in range(1, 10)))
    assert (first_days(story), first_days(Timeline("x", story.entries[:8]))) == (5, 0)


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
                assert read_tap(button.data)


def test_pages_hold_every_part_once_in_order_few_and_short() -> None:
    parts = [str(number) * length for number, length in enumerate((10, 10, 10, 10, 10, 10, 3000, 3000, 9000, 10))]
    pages = paged(parts)
    assert [part for page in pages for part in page] == parts
    assert max(map(len, pages)) == MOST_ENTRIES
    assert [len(page) for page in pages] == [5, 2, 1, 1, 1]
    assert paged([]) == []


def test_turned_round_days_without_a_year_stay_last() -> None:
    entries = tuple(TimelineEntry(Date(day), (quote_of("x"),)) for day in ("2024", "2025-01-02", "XXXX-03-05"))
    timeline = Timeline("x", entries)
    assert [entry.date.edtf for entry in ordered(timeline, "oldest")] == ["2024", "2025-01-02", "XXXX-03-05"]
    assert [entry.date.edtf for entry in ordered(timeline, "newest")] == ["2025-01-02", "2024", "XXXX-03-05"]


@pytest.mark.parametrize(
    ("topic", "name"),
    [
        ("Đối ngoại", "dong-thoi-gian-doi-ngoai.csv"),
        ("../../etc/passwd\n", "dong-thoi-gian-etc-passwd.csv"),
        ("🎉", "dong-thoi-gian.csv"),
    ],
)
def test_a_file_has_a_name_that_every_system_takes(topic: str, name: str) -> None:
    assert file_name(topic, "csv") == name
    assert len(file_name("rất dài " * 100, "csv")) <= 64
