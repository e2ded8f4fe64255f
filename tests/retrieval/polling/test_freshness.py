"""When a feed is fresh, broken, or silent for longer than usual."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from retrieval.polling import Feed
from retrieval.polling.feeds import feed_folder
from retrieval.polling.fetch import NO_VALIDATORS, Fetched
from retrieval.polling.freshness import Freshness, freshness
from retrieval.polling.outcome import FetchError
from retrieval.polling.state import State

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed("https://bao-mau.example/rss", "Báo Mẫu", every=HOUR / 2)


def polled(cache: Path, *polls: tuple[timedelta, int | None]) -> Freshness:
    """The feed after polls at these times before now, each with so many new entries (None: it failed)."""
    state = State()
    for ago, new in polls:
        if new is None:
            state = state.failed(FetchError("unreachable", "no answer"), NOW - ago, FEED.every)
        else:
            state = state.succeeded(Fetched(b"", NO_VALIDATORS), NOW - ago, FEED.every, new)
    folder = feed_folder(cache) / FEED.slug
    folder.mkdir(parents=True, exist_ok=True)
    state.save(folder / "state.json")
    [fresh] = freshness([FEED], cache)
    return fresh


def test_what_was_never_polled_is_not_known_to_be_in_trouble(tmp_path: Path) -> None:
    [fresh] = freshness([FEED], tmp_path)
    assert (fresh.label, fresh.read, fresh.trouble(NOW)) == ("Báo Mẫu", None, None)


def test_a_feed_that_answers_is_fresh_though_it_brings_nothing_for_a_while(tmp_path: Path) -> None:
    fresh = polled(tmp_path, (5 * HOUR, 3), (4 * HOUR, 2), (HOUR, 0))
    assert (fresh.read, fresh.brought, fresh.usual) == (NOW - HOUR, NOW - 4 * HOUR, HOUR)
    assert fresh.trouble(NOW) is None


def test_a_feed_that_fails_for_long_is_broken_and_one_failure_says_nothing(tmp_path: Path) -> None:
    assert polled(tmp_path, (8 * HOUR, 1), (7 * HOUR, None)).trouble(NOW) is None
    broken = polled(tmp_path, (8 * HOUR, 1), (7 * HOUR, None), (HOUR, None))
    assert (broken.trouble(NOW), broken.read, broken.error) == ("broken", NOW - 8 * HOUR, "no answer")
    assert polled(tmp_path, (8 * HOUR, None), (7 * HOUR, None), (HOUR, 0)).trouble(NOW) is None


def test_a_feed_that_brings_nothing_for_longer_than_usual_is_silent(tmp_path: Path) -> None:
    often = [(timedelta(days=3, hours=hours), 1) for hours in (3, 2, 1)]
    assert polled(tmp_path, *often, (HOUR, 0)).trouble(NOW) == "silent"
    seldom = [(timedelta(days=days), 1) for days in (9, 6, 3)]
    assert polled(tmp_path, *seldom, (HOUR, 0)).trouble(NOW) is None
