import gzip
import zlib
from http.server import BaseHTTPRequestHandler
from unittest.mock import Mock, call

import pytest

from retrieval.polling import Fetcher, Limits
from retrieval.polling.fetch import Fetched, Validators
from retrieval.polling.outcome import FetchError, Skip

from .site import PIECE, Site, endless, status


def refused(fetcher: Fetcher, url: str, home: str | None = None) -> tuple[Skip, str]:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url, home=home or url)
    return caught.value.reason, str(caught.value)


def fetched(site: Site, path: str, limits: Limits | None = None) -> Fetched:
    fetcher = site.fetcher(limits) if limits else site.fetcher()
    return fetcher.get(site.url(path), home=site.url(path))


def test_a_page_comes_with_what_tells_whether_it_changes(site: Site) -> None:
    site.pages["/feed"] = status(200, b"xin ch\xc3\xa0o", ETag='"1"', Last_Modified="Tue, 16 Sep 2025 03:35:00 GMT")
    validators = Validators('"1"', "Tue, 16 Sep 2025 03:35:00 GMT")
    assert fetched(site, "/feed") == Fetched(b"xin ch\xc3\xa0o", validators)
    assert site.asked("/feed")[0]["User-Agent"] == "Trich (feed reader)"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/",
        "http://0x7f.1/", "http://127.1/", "http://0/", "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/",
        "https://192.168.1.1/", "file:///etc/passwd", "ftp://example.com/", "//example.com/", "example.com", "",
        "http:///", "http://example.com:22/", "http://user:secret@example.com/", "http://exam\nple.com/",
        "http://example.com/\r\nX: y", "http://example.com:99999/",
    ],
)  # fmt: skip
def test_what_is_no_public_web_address_is_refused_before_any_connection(url: str) -> None:
    reason, message = refused(Fetcher(), url, home="https://example.com/rss")
    assert reason == "refused address"
    assert message.isprintable()
    assert "secret" not in message


def test_a_port_of_its_own_is_for_the_configured_address_only(site: Site, other_site: Site) -> None:
    site.pages["/feed"] = status(302, Location=other_site.url("/private"))
    fetcher = Fetcher(private_hosts={site.host, other_site.host}, clock=site.clock, sleep=site.clock.sleep)
    reason, message = refused(fetcher, site.url("/feed"))
    assert (reason, f"port {other_site.port}" in message) == ("refused address", True)
    assert not other_site.requests


@pytest.mark.parametrize("target", ["http://127.0.0.1/secret", "http://[::1]/secret", "//127.0.0.1/secret"])
def test_a_redirect_into_the_machine_is_refused(site: Site, target: str) -> None:
    site.pages["/feed"] = status(302, Location=target)
    reason, message = refused(site.fetcher(), site.url("/feed"))
    assert reason == "refused address"
    assert "no public address" in message
    assert len(site.asked("/feed")) == 1


def test_the_same_server_under_a_name_that_was_not_allowed_is_refused(site: Site) -> None:
    """The server is there and would answer: only the check keeps the second request from it."""
    site.pages["/secret"] = status(200, b"secret")
    inner = f"http://127.0.0.1:{site.port}/secret"
    site.pages["/feed"] = status(302, Location=inner)
    reason, _ = refused(site.fetcher(), site.url("/feed"), home=site.url("/feed"))
    assert reason == "refused address"
    assert refused(site.fetcher(), inner)[0] == "refused address"
    assert not site.asked("/secret")


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A host that would say 127.0.0.1 when asked again is asked only once for each connection."""
    lookup = Mock(return_value=["127.0.0.1"])
    host = f"feed.invalid:{site.port}"  # RFC 6761: no resolver knows it, so that nothing else can have looked it up
    site.pages["/feed"] = status(200, b"x")
    fetcher = Fetcher(private_hosts={host}, lookup=lookup, clock=site.clock, sleep=site.clock.sleep)
    assert fetcher.get(f"http://{host}/feed", home=f"http://{host}/feed").body == b"x"
    assert lookup.mock_calls == [call("feed.invalid", site.port)] * len(site.requests)
    assert site.asked("/feed")[0]["Host"] == host


def test_redirects_are_followed_and_a_move_for_good_is_told(site: Site) -> None:
    site.pages["/old"] = status(301, Location="/new")
    site.pages["/new"] = status(302, Location=site.url("/today"))
    site.pages["/today"] = status(200, b"x")
    assert fetched(site, "/old") == Fetched(b"x", Validators(), moved=site.url("/new"))


@pytest.mark.parametrize("headers", [{"Location": "/feed"}, {}, {"Location": "http://example.com:port/"}])
def test_a_redirect_that_leads_nowhere_ends(site: Site, headers: dict[str, str]) -> None:
    site.pages["/feed"] = status(302, **headers)
    assert refused(site.fetcher(), site.url("/feed"))[0] == "redirects"
    assert len(site.asked("/feed")) <= 6


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "200000000"}])
def test_a_page_of_200_megabytes_is_given_up_at_the_limit(site: Site, headers: dict[str, str]) -> None:
    sent: list[int] = []
    site.pages["/feed"] = endless(b"", bytes(PIECE), lambda: sent.append(PIECE), **headers)
    reason, message = refused(site.fetcher(), site.url("/feed"))
    assert reason == "too large"
    assert "20,000,000" in message
    assert sum(sent) < 40_000_000


@pytest.mark.parametrize(
    ("layers", "reason"),
    [("gzip", "too large"), ("gzip, gzip", "unreachable"), ("br", "unreachable"), ("deflate", "unreachable")],
)
def test_a_bomb_is_not_unpacked_beyond_the_limit(site: Site, layers: str, reason: Skip) -> None:
    bomb = gzip.compress(bytes(30_000_000), 1)
    site.pages["/feed"] = status(200, bomb, Content_Encoding=layers)
    assert refused(site.fetcher(Limits(size=1_000_000)), site.url("/feed"))[0] == reason


def test_a_packed_page_that_never_says_anything_is_given_up(site: Site) -> None:
    packer = zlib.compressobj(wbits=31)
    start = packer.compress(b"x") + packer.flush(zlib.Z_SYNC_FLUSH)
    site.pages["/feed"] = endless(start, b"\0\0\0\xff\xff" * 10_000, Content_Encoding="gzip")  # empty stored blocks
    assert refused(site.fetcher(Limits(size=1_000_000)), site.url("/feed"))[0] == "too large"


def test_a_packed_page_is_unpacked(site: Site) -> None:
    site.pages["/feed"] = status(200, gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip")
    assert fetched(site, "/feed", Limits(size=1_000_000)).body == b"x" * 1_000_000


@pytest.mark.parametrize("body", [gzip.compress(bytes(range(256)) * 99)[:-9], b"no gzip"])
def test_a_packed_page_that_breaks_off_is_not_taken_for_whole(site: Site, body: bytes) -> None:
    site.pages["/feed"] = status(200, body, Content_Encoding="gzip")
    assert refused(site.fetcher(), site.url("/feed"))[0] == "unreachable"


def test_a_page_shorter_than_announced_is_not_taken_for_whole(site: Site) -> None:
    site.pages["/feed"] = status(200, b"half", Content_Length="8")
    assert refused(site.fetcher(), site.url("/feed"))[0] == "unreachable"


def test_a_server_that_says_nothing_is_given_up(site: Site) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        request.connection.recv(1)  # returns when the client hangs up

    site.pages["/feed"] = silent
    assert refused(site.fetcher(Limits(read=0.05)), site.url("/feed"))[0] == "timeout"


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_is_given_up_when_the_total_time_is_over(site: Site, first: bytes) -> None:
    """Each byte comes in time, in the headers or in the body, and the clock goes on by seven seconds with it."""
    dripped: list[None] = []

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(first)
        while True:
            site.clock.seconds += 7
            dripped.append(None)
            request.wfile.write(b"x")

    site.pages["/feed"] = drip
    assert refused(site.fetcher(), site.url("/feed"))[0] == "timeout"
    assert len(dripped) >= 9


def test_nobody_listening_is_no_answer() -> None:
    host = "localhost:1"
    reason, message = refused(Fetcher(private_hosts={host}), f"http://{host}/")
    assert reason == "unreachable"
    assert message.startswith("robots.txt of localhost cannot be had now: no answer from localhost")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(404, "HTTP status"), (403, "HTTP status"), (304, "HTTP status"), (206, "HTTP status"), (410, "gone"),
     (429, "busy"), (500, "busy"), (503, "busy")],
)  # fmt: skip
def test_a_status_that_brings_nothing_is_named(site: Site, code: int, reason: Skip) -> None:
    site.pages["/feed"] = status(code)
    found, message = refused(site.fetcher(), site.url("/feed"))
    assert found == reason
    assert reason == "gone" or str(code) in message


def test_a_host_is_not_asked_twice_within_the_pause(site: Site) -> None:
    site.pages["/feed"] = status(200, b"x")
    fetched(site, "/feed", Limits(pause=3))
    assert site.clock.slept == [3]  # between robots.txt and the feed
