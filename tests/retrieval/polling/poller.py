"""One feed, polled again and again."""

import datetime
from pathlib import Path

from retrieval import reading
from retrieval.polling import Feed, Polled, Skip, feed_folder, poll
from retrieval.records import Problem, Reading
from retrieval.refreshing.workers import Bounds

from .site import Page, Site, rss, status

START = datetime.datetime(2025, 9, 16, 4, 0, tzinfo=datetime.UTC)
HALF_HOUR = datetime.timedelta(minutes=30)
RAIN = "Chiều nay thành phố có mưa to. Nhiều tuyến đường bị ngập sâu."
SUN = "Sáng nay trời nắng. Người dân đi chợ sớm."


class Poller:
    """Polls one feed of a site again and again, half an hour apart."""

    def __init__(self, site: Site, cache: Path, *, follow: bool = False) -> None:
        self.site = site
        self.cache = cache
        self.fetcher = site.fetcher()
        self.feed = Feed(site.url("/feed"), follow=follow)
        self.now = START
        self.bounds = Bounds()

    def poll(self, page: Page | None = None, after: datetime.timedelta = HALF_HOUR) -> Polled:
        if page:
            self.site.pages["/feed"] = page
        (polled,) = poll([self.feed], self.cache, fetcher=self.fetcher, now=self.now, bounds=self.bounds)
        self.now += after
        return polled

    @property
    def folder(self) -> Path:
        return feed_folder(self.cache) / self.feed.slug

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*.jsonl"))}

    def texts(self) -> dict[str, str]:
        """What a library would read, by article id."""
        read: dict[str, str] = {}
        for found in reading.find_files([feed_folder(self.cache)]):
            assert not isinstance(found, Problem)
            path, name = found
            for result in reading.read(name, path.read_bytes(), path=str(path)):
                assert isinstance(result, Reading)
                read[result.article.id] = result.article.text
        return read


def feed(*items: str, **headers: str) -> Page:
    return status(200, rss(*items), **headers)


def counts(polled: Polled) -> tuple[int, int, int, Skip | None]:
    return polled.new, polled.changed, polled.unchanged, polled.skipped
