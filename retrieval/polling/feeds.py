"""A poll: feeds → article lines in the folder `feeds` of the cache, which is read like any other."""

import datetime
import fcntl
import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval.own_files import make_folder, private
from retrieval.records import Problem
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds

from . import entries
from .archive import Archive
from .fetch import NO_VALIDATORS, Fetched, Fetcher
from .foreign import Means, Reader
from .outcome import FetchError, Polled, one_line
from .state import State

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to poll `every` so often; with `follow`, each entry's page is fetched for its full text."""

    url: str
    name: str | None = None
    every: datetime.timedelta = datetime.timedelta(minutes=30)
    follow: bool = False

    @property
    def label(self) -> str:
        """What a summary calls it: its name, else its address without what may be secret, user and query."""
        return one_line(self.name or self._place)

    @property
    def slug(self) -> str:
        """A folder name that a person recognises and that no two addresses share."""
        words = re.sub(r"[^a-z0-9.]+", "-", self._place.lower()).strip("-.")
        digest = hashlib.sha256(self.url.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{words[:60]}-{digest[:8]}"

    @property
    def _place(self) -> str:
        return re.sub(r"^\w+://([^/?#]*@)?|[?#].*$", "", self.url, flags=re.DOTALL)


def feed_folder(cache: Path) -> Path:
    """The folder below a cache that holds the articles of every feed polled into it."""
    return cache / "feeds"


def poll(
    sources: Sequence[Feed], cache: Path, *, fetcher: Fetcher, now: datetime.datetime, bounds: Bounds = DEFAULT_BOUNDS
) -> tuple[Polled, ...]:
    """Ask each feed that is due for what is new, and keep it; one result for each source, in order.

    `now` is aware. What comes is read by another process, within bounds. What is wrong with one source is in its result
    and stops no other; nothing is raised.
    """
    folder = feed_folder(cache)
    try:
        with _alone(folder), Reader(bounds) as reader:
            return tuple(_poll(feed, folder / feed.slug, Means(fetcher, reader), now) for feed in sources)
    except BlockingIOError:
        return tuple(Polled(f.label, skipped="other process", message="another process is polling") for f in sources)
    except OSError as error:
        return tuple(_not_stored(feed, error) for feed in sources)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder: two processes that add to one file at once would lose articles."""
    make_folder(folder)
    with open(folder / ".lock", "wb", opener=private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _poll(feed: Feed, folder: Path, means: Means, now: datetime.datetime) -> Polled:
    path = folder / "state.json"
    try:
        state, damage = State.load(path)
        if state.waits(now):
            return _waiting(feed, state)
        polled, state = _poll_due(feed, folder, means, state, now)
        state.save(path)
    except OSError as error:
        return _not_stored(feed, error)
    return replace(polled, problems=(Problem(str(path), damage), *polled.problems)) if damage else polled


def _poll_due(feed: Feed, folder: Path, means: Means, state: State, now: datetime.datetime) -> tuple[Polled, State]:
    """What was read, and the state that follows. Raises `OSError`."""
    archive = Archive(folder)
    try:
        fetched = means.fetcher.get(feed.url, home=feed.url, validators=state.validators if archive else NO_VALIDATORS)
        if fetched.body is None:
            polled = Polled(feed.label, skipped="not modified", message="not modified since the last poll")
        else:
            update = _update(feed, fetched.body, archive, means, now)
            fetched = fetched if update.complete else replace(fetched, validators=NO_VALIDATORS)
            polled = Polled(feed.label, update.new, update.changed, update.unchanged, problems=tuple(update.problems))
        return _with_move(polled, fetched), state.succeeded(fetched, now, feed.every, polled.new)
    except OSError:
        raise
    except FetchError as error:
        failure = error
    except Exception:  # noqa: BLE001 - a feed is anybody's bytes: what they break in a parser costs no other feed
        _log.exception("poll of %s", feed.label)
        failure = FetchError("error", "an error in the program: see the log")
    return Polled(feed.label, skipped=failure.reason, message=str(failure)), state.failed(failure, now, feed.every)


def _update(feed: Feed, body: bytes, archive: Archive, means: Means, now: datetime.datetime) -> entries.Update:
    articles, problems = entries.read_entries(means.reader, body, feed.label)
    kept = archive.kept(articles)
    update = entries.compare(articles, kept)
    update.problems += problems
    if feed.follow:
        entries.follow(update, articles, kept, means, feed.url)
    archive.put(update.lines, kept, now.date())
    return update


def _waiting(feed: Feed, state: State) -> Polled:
    due = f"{state.due:%Y-%m-%d %H:%M} UTC" if state.due else ""
    reason = f"; last time: {state.error}" if state.error else ""
    return Polled(feed.label, skipped="gone" if state.gone else "not due", message=f"not before {due}{reason}")


def _with_move(polled: Polled, fetched: Fetched) -> Polled:
    if not fetched.moved:
        return polled
    moved = Problem(polled.source, one_line(f"has moved for good: change it in the settings to {fetched.moved}"))
    return replace(polled, problems=(*polled.problems, moved))


def _not_stored(feed: Feed, error: OSError) -> Polled:
    return Polled(feed.label, skipped="cannot be stored", message=one_line(f"{error.filename}: {error.strerror}"))
