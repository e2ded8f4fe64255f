"""What is polled is written whole, by one at a time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from retrieval.polling import Feed, feed_folder, poll

from .poller import HALF_HOUR, RAIN, START, SUN, Poller, feed
from .site import Site, item


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", range(1, 7))
def test_a_kill_at_any_moment_of_writing_leaves_the_old_or_the_new(
    poller: Poller, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """Articles, then state are written: each to the disk (1, 4), under its name (2, 5), and the name to the disk."""
    poller.poll(feed(item("a1", "Một", RAIN), ETag='"v1"'))
    old = poller.files()
    update = feed(item("a1", "Một", SUN), item("a2", "Hai", RAIN), ETag='"v2"')
    moments = count(1)
    with monkeypatch.context() as patch:
        for owner, name in ((os, "fsync"), (Path, "replace")):
            patch.setattr(owner, name, _killing(getattr(owner, name), moments, moment))
        with pytest.raises(Killed):
            poller.poll(update)
    assert (poller.files() == old) == (moment <= 2)
    assert poller.texts() in ({"a1": RAIN}, {"a1": SUN, "a2": RAIN})
    poller.now += HALF_HOUR
    poller.poll(update)
    assert poller.texts() == {"a1": SUN, "a2": RAIN}
    assert poller.site.asked("/feed")[-1]["If-None-Match"] == ('"v1"' if moment <= 5 else '"v2"')
    assert not list(poller.folder.glob(".*"))


def _killing(original: Callable[..., object], moments: Iterator[int], last: int) -> Callable[..., object]:
    def step(*arguments: object) -> object:
        if next(moments) == last:
            raise Killed
        return original(*arguments)

    return step


def test_two_processes_do_not_write_at_once(poller: Poller) -> None:
    folder = feed_folder(poller.cache)
    folder.mkdir()
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        polled = poller.poll(feed(item("a1", "Mưa", RAIN)))
        assert (polled.skipped, polled.failed) == ("other process", False)
    assert poller.poll().new == 1


def test_a_cache_that_cannot_be_written_is_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    (polled,) = poll([Feed(site.url("/feed"))], tmp_path / "cache", fetcher=site.fetcher(), now=START)
    assert polled.skipped == "cannot be stored"
    assert "cache" in polled.message
