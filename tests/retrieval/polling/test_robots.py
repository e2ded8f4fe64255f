import pytest

from retrieval.polling import Fetcher
from retrieval.polling.outcome import FetchError

from .site import Page, Site, status

DAY = 86_400


@pytest.fixture
def fetcher(site: Site) -> Fetcher:
    site.pages["/feed"] = status(200, b"x")
    return site.fetcher()


def get(fetcher: Fetcher, site: Site) -> bytes | None:
    return fetcher.get(site.url("/feed"), home=site.url("/feed")).body


def robots(text: str) -> Page:
    return status(200, text.encode())


@pytest.mark.parametrize(
    "text",
    ["", "User-agent: *\nDisallow: /admin", "User-agent: *\nDisallow: /\n\nUser-agent: Trich\nAllow: /",
     "\ufeffUser-agent: Other\nDisallow: /", "\0\0 no rules at all <html>",
     "User-agent: *\nAllow: /\nDisallow: /rss/", "User-agent: *\nDisallow: /\nAllow: /feed$",
     "User-agent: *\nDisallow: /*.php$", "User-agent: *\nDisallow: /*/feed"],
)  # fmt: skip
def test_what_is_not_disallowed_is_fetched(site: Site, fetcher: Fetcher, text: str) -> None:
    site.pages["/robots.txt"] = robots(text)
    assert get(fetcher, site) == b"x"


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: trich\nDisallow: /feed",
        "\ufeffUser-agent: *\nDisallow: /feed",
        "User-agent: *\nAllow: /\nDisallow: /feed",
        "User-agent: *\nDisallow: /*eed$",
        "User-agent: *\nDisallow: /f*d",
    ],
)
def test_what_is_disallowed_is_not_fetched(site: Site, fetcher: Fetcher, text: str) -> None:
    site.pages["/robots.txt"] = robots(text)
    with pytest.raises(FetchError, match=r"robots\.txt of localhost does not allow it") as caught:
        get(fetcher, site)
    assert caught.value.reason == "robots"
    assert not site.asked("/feed")


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_where_there_is_no_such_file_everything_is_allowed(site: Site, fetcher: Fetcher, code: int) -> None:
    site.pages["/robots.txt"] = status(code)
    assert get(fetcher, site) == b"x"


def test_a_file_that_cannot_be_had_allows_nothing_for_now(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = status(503, Retry_After="77")
    with pytest.raises(FetchError, match=r"cannot be had now: HTTP status 503") as caught:
        get(fetcher, site)
    assert (caught.value.reason, caught.value.retry_after) == ("robots", "77")
    site.pages["/robots.txt"] = status(404)
    site.clock.seconds += DAY / 24
    assert get(fetcher, site) == b"x"


def test_no_more_of_the_file_is_read_than_is_asked_of_readers(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = robots(f"User-agent: *\n{'Allow: /a' * 60_000}\nDisallow: /feed")
    assert get(fetcher, site) == b"x"


def test_the_file_is_read_once_a_day(site: Site, fetcher: Fetcher) -> None:
    for pause in (0, 100, DAY):
        site.clock.seconds += pause
        get(fetcher, site)
    assert len(site.asked("/robots.txt")) == 2
    assert len(site.asked("/feed")) == 3


@pytest.mark.parametrize(("wanted", "pause"), [(5, 5), (99_999, 60)])
def test_the_pause_that_the_host_wants_is_kept_within_reason(
    site: Site, fetcher: Fetcher, wanted: int, pause: int
) -> None:
    site.pages["/robots.txt"] = robots(f"User-agent: *\nCrawl-delay: {wanted}")
    get(fetcher, site)
    get(fetcher, site)
    assert site.clock.slept == [pause, pause]


def test_what_a_redirect_leads_to_must_be_allowed_too(site: Site, fetcher: Fetcher) -> None:
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private")
    site.pages["/feed"] = status(302, Location="/private")
    with pytest.raises(FetchError, match="does not allow it"):
        get(fetcher, site)
    assert not site.asked("/private")
