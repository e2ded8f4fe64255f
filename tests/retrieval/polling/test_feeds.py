import datetime
import json
from itertools import pairwise
from pathlib import Path

import pytest

from retrieval import Library, reading
from retrieval.polling import Feed, Polled, Skip, entries, feed_folder, poll
from retrieval.refreshing.workers import Bounds

from .poller import HALF_HOUR, RAIN, START, SUN, Poller, counts, feed
from .site import PIECE, Page, Site, endless, item, rss, status


def test_entries_become_article_lines_that_a_library_reads(poller: Poller) -> None:
    link = "https://bao-mau.example/mua-to.html"
    assert poller.poll(feed(item("a1", "Mưa to", RAIN, link))) == Polled(poller.feed.label, new=1)
    (line,) = poller.files()["2025-09-16.jsonl"].splitlines()
    record = json.loads(line)
    assert record["id"] == "a1"
    assert (record["title"], record["text"], record["url"]) == ("Mưa to", RAIN, link)
    assert record["published"] == "2025-09-16T10:35:00+07:00"
    (article,) = Library.open([feed_folder(poller.cache)]).articles
    assert (article.id, article.title, article.text) == ("a1", "Mưa to", RAIN)
    assert (article.published.edtf, article.url) == ("2025-09-16T10:35:00+07:00", link)


def test_a_feed_that_has_not_changed_is_not_sent_again(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Mưa", RAIN), ETag='"v1"', Last_Modified="Tue, 16 Sep 2025 03:00:00 GMT"))
    before = poller.files()
    assert poller.poll(status(304)).skipped == "not modified"
    assert poller.poll(status(304)).skipped == "not modified"
    asked = poller.site.asked("/feed")
    assert [headers.get("If-None-Match") for headers in asked] == [None, '"v1"', '"v1"']
    assert asked[2]["If-Modified-Since"] == "Tue, 16 Sep 2025 03:00:00 GMT"
    assert poller.files() == before


def test_without_its_articles_a_feed_is_asked_for_whole(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Mưa", RAIN), ETag='"v1"'))
    (poller.folder / "2025-09-16.jsonl").unlink()
    poller.poll()
    assert "If-None-Match" not in poller.site.asked("/feed")[1]
    assert poller.texts() == {"a1": RAIN}


def test_new_changed_and_unchanged_entries_are_told_apart_and_old_ones_stay(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Cũ", RAIN), item("a2", "Nắng", SUN), item("a3", "Mưa", RAIN)))
    corrected = item("a2", "Nắng", SUN + " Đã sửa.")
    polled = poller.poll(feed(item("a4", "Mới", RAIN), corrected, item("a3", "Mưa", RAIN)))
    assert counts(polled) == (1, 1, 1, None)
    assert poller.texts() == {"a1": RAIN, "a2": SUN + " Đã sửa.", "a3": RAIN, "a4": RAIN}


def test_what_is_new_goes_to_a_file_of_its_day_and_the_others_are_not_touched(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Một", RAIN), item("a2", "Hai", RAIN)), after=datetime.timedelta(days=1))
    first = poller.files()
    poller.poll(feed(item("a2", "Hai", RAIN), item("a3", "Ba", RAIN)))
    assert list(poller.files()) == ["2025-09-16.jsonl", "2025-09-17.jsonl"]
    assert poller.files()["2025-09-16.jsonl"] == first["2025-09-16.jsonl"]
    poller.poll(feed(item("a1", "Một", SUN)))
    assert poller.texts() == {"a1": SUN, "a2": RAIN, "a3": RAIN}


def test_lines_that_somebody_else_put_there_are_left_alone(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Một", RAIN)))
    path = poller.folder / "2025-09-16.jsonl"
    path.write_bytes(b'not JSON \xff\n{"id": 7}\n[]\n' + path.read_bytes().rstrip(b"\n"))
    assert counts(poller.poll(feed(item("a1", "Một", SUN), item("a2", "Hai", RAIN)))) == (1, 1, 0, None)
    lines = path.read_bytes().split(b"\n")
    assert lines[:3] == [b"not JSON \xff", b'{"id": 7}', b"[]"]
    assert [json.loads(line)["id"] for line in lines[3:] if line] == ["a1", "a2"]


def test_an_entry_without_id_and_address_is_known_by_its_content(poller: Poller) -> None:
    bare = [f"<item><title>{title}</title><description>{RAIN}</description></item>" for title in ("Một", "Hai")]
    poller.poll(feed(*bare))
    assert counts(poller.poll(feed("<item><title>Ba</title></item>", *bare))) == (1, 0, 2, None)


def test_a_feed_is_not_asked_before_its_time(poller: Poller) -> None:
    poller.poll(feed(item("a1", "Mưa", RAIN)), after=datetime.timedelta(minutes=29))
    polled = poller.poll()
    assert (polled.skipped, polled.message) == ("not due", "not before 2025-09-16 04:30 UTC")
    assert not polled.failed
    assert len(poller.site.asked("/feed")) == 1


def test_a_clock_that_was_wrong_does_not_silence_a_feed(poller: Poller) -> None:
    poller.now += datetime.timedelta(days=9_999)
    poller.poll(feed(item("a1", "Mưa", RAIN)))
    poller.now = START
    assert counts(poller.poll()) == (0, 0, 1, None)


@pytest.mark.parametrize(
    ("page", "skipped"),
    [
        (status(404), "HTTP status"),
        (status(200, "<html><body><p>Trang báo lỗi.</p></body></html>".encode()), "not a feed"),
        (status(200, b""), "not a feed"),
        (status(200, b"\x89PNG\0\0\0"), "not a feed"),
        (status(200, b"<rss version='2.0'><channel>" + b" " * 4_000_000), "too large"),
        (endless(b"<rss version='2.0'><channel>", b"<item/>" * (PIECE // 7)), "too large"),
        (status(302, Location="http://127.0.0.1/"), "refused address"),
        (status(302, Location="/feed"), "redirects"),
        (status(500), "busy"),
    ],
)  # fmt: skip
def test_a_bad_feed_says_why_and_keeps_what_there_was(poller: Poller, page: Page, skipped: Skip) -> None:
    poller.poll(feed(item("a1", "Mưa", RAIN)))
    before = poller.files()
    polled = poller.poll(page)
    assert (polled.skipped, polled.failed) == (skipped, True)
    assert polled.message.isprintable()
    assert polled.message
    assert poller.files() == before


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!ENTITY a "{"a" * 10_000}">',
        "<!ENTITY a 'aaaaaaaaaa'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in pairwise("abcdefghi")),
        "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_an_entity_bomb_is_refused(poller: Poller, declaration: str, encoding: str) -> None:
    body = f"<rss version='2.0'><channel><item><title>{'&a;' * 5_000}&i;</title></item></channel></rss>"
    bomb = f"<?xml version='1.0' encoding='{encoding}'?>\n<!DOCTYPE rss [\n{declaration}\n]>{body}"
    polled = poller.poll(status(200, bomb.encode(encoding)))
    assert polled.skipped == "not a feed"
    assert "entities" in polled.message or "not text" in polled.message
    assert not poller.files()


def test_of_a_feed_with_bad_xml_what_can_be_read_is_kept(poller: Poller) -> None:
    whole = rss(item("a1", "Mưa", RAIN), item("a2", "Nắng", SUN))
    polled = poller.poll(status(200, whole[: whole.index(b"<description>", -300)]))
    assert (polled.new, polled.skipped) == (len(poller.texts()), None)
    assert poller.texts()["a1"] == RAIN
    assert "not well-formed" in polled.problems[0].message


def test_one_bad_source_does_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    site.pages["/bad"] = status(200, b"<rss")
    site.pages["/good"] = feed(item("a1", "Mưa", RAIN))
    bad = [Feed(site.url("/bad")), Feed("http://\r\nx/"), Feed(""), Feed("\ud800"), Feed("http://127.0.0.1/", "a\nb")]
    *failed, good = poll([*bad, Feed(site.url("/good"))], tmp_path, fetcher=site.fetcher(), now=START)
    assert all(polled.failed and polled.source.isprintable() and polled.message.isprintable() for polled in failed)
    assert good.new == 1


def test_a_fault_of_the_program_is_that_feed_s_alone(
    poller: Poller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(entries, "compare", lambda *_: 1 / 0)
    polled = poller.poll(feed(item("a1", "Mưa", RAIN)))
    assert (polled.skipped, polled.message) == ("error", "an error in the program: see the log")
    assert "ZeroDivisionError" in caplog.text


def test_what_was_fetched_is_read_by_another_process_within_limits(
    poller: Poller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "read", lambda *_, **__: 1 / 0)
    poller.bounds = Bounds(seconds=0.2)
    polled = poller.poll(feed(*(item(f"a{n}", "Mưa", RAIN) for n in range(2_000))))
    assert (polled.skipped, polled.message) == ("error", "takes longer to read than 0.2 s")
    assert not poller.files()
    poller.now += HALF_HOUR
    poller.bounds = Bounds()
    assert poller.poll().new == 2_000


def test_failures_are_asked_for_ever_less_often(poller: Poller) -> None:
    waits: list[datetime.timedelta] = []
    for _ in range(8):
        poller.poll(status(500), after=datetime.timedelta())
        state = json.loads((poller.folder / "state.json").read_bytes())
        due = datetime.datetime.fromisoformat(state["due"])
        waits.append(due - poller.now)
        poller.now = due
    assert [wait / HALF_HOUR for wait in waits] == [1, 2, 4, 8, 16, 32, 48, 48]
    assert poller.poll(feed(item("a1", "Mưa", RAIN))).new == 1
    assert "failures" not in json.loads((poller.folder / "state.json").read_bytes())


@pytest.mark.parametrize(
    ("retry_after", "minutes"),
    [("7200", 120), ("Tue, 16 Sep 2025 06:00:00 GMT", 120), ("Tue, 16 Sep 2025 06:00:00 -0000", 120), ("60", 30),
     ("9" * 30, 1440), ("Fri, 31 Dec 9999 23:59:59 GMT", 1440), ("-5", 30), ("soon", 30), ("", 30),
     ("Tue, 16 Sep 2020 06:00:00 GMT", 30)],
)  # fmt: skip
@pytest.mark.parametrize("code", [429, 503])
def test_a_server_is_left_alone_for_as_long_as_it_asks(
    poller: Poller, code: int, retry_after: str, minutes: int
) -> None:
    assert poller.poll(status(code, Retry_After=retry_after), after=datetime.timedelta()).skipped == "busy"
    poller.now = START + datetime.timedelta(minutes=minutes, seconds=-1)
    polled = poller.poll(feed(item("a1", "Mưa", RAIN)))
    assert polled.skipped == "not due"
    assert f"last time: HTTP status {code}" in polled.message
    poller.now = START + datetime.timedelta(minutes=minutes)
    assert poller.poll().new == 1


def test_a_feed_that_is_gone_is_reported_and_hardly_asked_again(poller: Poller) -> None:
    assert poller.poll(status(410)).skipped == "gone"
    polled = poller.poll()
    assert (polled.skipped, polled.failed) == ("gone", True)
    assert "remove it from the settings" in polled.message
    assert len(poller.site.asked("/feed")) == 1
    poller.now += datetime.timedelta(days=7)
    assert poller.poll(feed(item("a1", "Mưa", RAIN))).new == 1


def test_a_feed_that_robots_txt_disallows_is_skipped(poller: Poller) -> None:
    poller.site.pages["/robots.txt"] = status(200, b"User-agent: *\nDisallow: /")
    assert poller.poll(feed(item("a1", "Mưa", RAIN))).skipped == "robots"


def test_a_feed_that_has_moved_for_good_is_read_and_said_to_have(poller: Poller) -> None:
    poller.site.pages["/new"] = feed(item("a1", "Mưa", RAIN))
    polled = poller.poll(status(301, Location="/new"))
    assert polled.new == 1
    assert poller.site.url("/new") in polled.problems[0].message


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"due": "never"}', b'{"failures": -1}', b"\xff\0", b"[" * 9999])
def test_a_damaged_state_is_reported_and_begun_anew(poller: Poller, damage: bytes) -> None:
    poller.poll(feed(item("a1", "Mưa", RAIN), ETag='"v1"'))
    (poller.folder / "state.json").write_bytes(damage)
    polled = poller.poll()
    assert counts(polled) == (0, 0, 1, None)
    assert "damaged" in polled.problems[0].message
    assert "If-None-Match" not in poller.site.asked("/feed")[1]
    assert not poller.poll().problems


def test_a_name_and_a_folder_that_people_recognise() -> None:
    feed = Feed("https://key:secret@bao-mau.example/rss/thời-sự.rss?token=secret")
    assert feed.label == "bao-mau.example/rss/thời-sự.rss"
    assert feed.slug.startswith("bao-mau.example-rss-th-i-s-.rss-")
    assert Feed(feed.url, "Báo Mẫu").label == "Báo Mẫu"
    assert Feed(feed.url, "Báo Mẫu").slug == feed.slug
    assert Feed("https://bao-mau.example/rss/thời-sự.rss").slug != feed.slug


@pytest.mark.parametrize("url", ["../../etc", "http://../..", "a/\n\0b", "x" * 9_999, "http://.readme/", "\ud800"])
def test_a_folder_is_a_short_plain_name_whatever_the_address(url: str) -> None:
    slug = Feed(url).slug
    assert slug == slug.strip(".")
    assert all(c.isascii() and (c.isalnum() or c in "-.") for c in slug)
    assert len(slug) < 80
