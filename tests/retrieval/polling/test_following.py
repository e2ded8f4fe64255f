"""Feeds whose entries are followed to their pages."""

from pathlib import Path

import pytest

from retrieval.polling.entries import PAGES
from retrieval.refreshing.workers import Bounds

from .poller import RAIN, SUN, Poller, counts, feed
from .site import Page, Site, item, status


def page(text: str) -> Page:
    paragraphs = "".join(f"<p>{text} Câu thứ {n} của bài báo dài hơn hẳn phần tóm tắt.</p>" for n in range(6))
    return status(200, f"<html><body><article><h1>Mưa to</h1>{paragraphs}</article></body></html>".encode())


@pytest.fixture
def following(site: Site, tmp_path: Path) -> Poller:
    return Poller(site, tmp_path, follow=True)


def test_the_text_of_an_entry_s_page_takes_the_place_of_its_summary(following: Poller) -> None:
    following.site.pages["/1.html"] = page(RAIN)
    entry = item("a1", "Mưa to", RAIN, following.site.url("/1.html"))
    assert counts(following.poll(feed(entry))) == (1, 0, 0, None)
    assert "Câu thứ 5 của bài báo" in following.texts()["a1"]
    assert counts(following.poll(feed(entry))) == (0, 0, 1, None)
    assert len(following.site.asked("/1.html")) == 1


def test_a_page_that_cannot_be_had_leaves_the_summary_until_it_can(following: Poller) -> None:
    entry = item("a1", "Mưa to", RAIN, following.site.url("/1.html"))
    polled = following.poll(feed(entry, item("a2", "Nắng", SUN, "http://127.0.0.1/private")))
    assert counts(polled) == (2, 0, 0, None)
    assert [problem.message.partition(": ")[0] for problem in polled.problems] == ["the feed's own text is kept"] * 2
    assert following.texts() == {"a1": RAIN, "a2": SUN}
    following.site.pages["/1.html"] = page(RAIN)
    assert counts(following.poll(feed(entry))) == (0, 1, 0, None)
    assert "Câu thứ 5 của bài báo" in following.texts()["a1"]


def test_a_page_that_takes_too_much_to_read_leaves_the_summary(following: Poller) -> None:
    following.site.pages["/1.html"] = page(RAIN * 2_000)
    following.bounds = Bounds(seconds=0.2)
    polled = following.poll(feed(item("a1", "Mưa to", RAIN, following.site.url("/1.html"))))
    assert [problem.message for problem in polled.problems] == [
        "the feed's own text is kept: takes longer to read than 0.2 s"
    ]
    assert following.texts() == {"a1": RAIN}


def test_a_flood_of_entries_is_followed_a_part_at_a_time(following: Poller) -> None:
    items = [item(f"a{n}", "Mưa", RAIN, following.site.url(f"/{n}.html")) for n in range(PAGES + 1)]
    for n in range(PAGES + 1):
        following.site.pages[f"/{n}.html"] = page(RAIN)
    following.poll(feed(*items, ETag='"v1"'))
    polled = following.poll(feed(*items, ETag='"v1"'))
    assert "If-None-Match" not in following.site.asked("/feed")[1]
    assert counts(polled) == (0, 1, PAGES, None)
