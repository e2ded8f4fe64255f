"""A polite and careful HTTP client: public addresses only, robots.txt, pauses, limits of time and size."""

import ssl
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

import httpcore
import httpx

from .addresses import Resolve, public_addresses, resolve
from .body import read_body
from .network import CheckedBackend, Clock, Deadline
from .outcome import FetchError, one_line
from .robots import AGENT, Robots

_HEADERS = {
    "User-Agent": f"{AGENT} (feed reader)",
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.8, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
_PORTS = {"http": 80, "https": 443}
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_PAUSE = 60.0  # a robots.txt that wants longer pauses does not get them: it would hold up all other feeds


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds; `total` is for one request, from connection to last byte."""

    size: int = 20_000_000
    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    pause: float = 1.0  # between two requests to one host
    redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask whether something has changed since."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered. `body` is None where it has not changed; `moved` is where it has moved for good."""

    body: bytes | None
    validators: Validators
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes


class Fetcher:
    """Fetches by HTTP. It keeps robots.txt and the time of the last request for each host; not for several threads.

    Only tests set what follows the limits. `private_hosts` are those that need not have a public address, as
    "host:port"; each other host, of a redirect for instance, is still checked.
    """

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        *,
        private_hosts: Collection[str] = (),
        lookup: Resolve = resolve,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._limits = limits
        self._private_hosts = private_hosts
        self._lookup = lookup
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._robots = Robots(self._fetch_robots, clock)

    def get(self, url: str, *, home: str, validators: Validators = NO_VALIDATORS) -> Fetched:
        """Fetch `url`, which was configured itself or named by the configured feed `home`. Raises `FetchError`.

        `home` may name an explicit port; every other address has to keep to 80 and 443.
        """
        return self._follow(_parsed(url), _parsed(home), validators, self._robots.delay)

    def _fetch_robots(self, url: httpx.URL) -> bytes:
        """A robots.txt, of which nothing says whether it may be fetched."""
        return self._follow(url, url, NO_VALIDATORS, lambda _: 0).body or b""

    def _follow(
        self, url: httpx.URL, home: httpx.URL, validators: Validators, wanted_pause: Callable[[httpx.URL], float]
    ) -> Fetched:
        """What stands at the end of the redirects."""
        moved: httpx.URL | None = None
        for_good = True
        for _ in range(self._limits.redirects + 1):
            _check(url, home)
            self._pause(url, wanted_pause(url))
            answer = self._request(url, validators)
            if answer.status not in _REDIRECTS:
                return replace(_fetched(answer, validators), moved=str(moved) if moved else None)
            url = _target(url, answer)
            for_good = for_good and answer.status in (301, 308)
            moved = url if for_good else moved
        raise FetchError("redirects", f"more than {self._limits.redirects} redirects")

    def _pause(self, url: httpx.URL, wanted: float) -> None:
        """Wait until the host may be asked again."""
        pause = min(max(self._limits.pause, wanted), _LONGEST_PAUSE)
        wait = self._last.get(url.host, float("-inf")) + pause - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last[url.host] = self._clock()

    def _request(self, url: httpx.URL, validators: Validators) -> _Answer:
        limits = self._limits
        deadline = Deadline(self._clock() + limits.total, self._clock)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        headers = {"Host": url.netloc.decode("ascii"), **_HEADERS, **validators.headers()}
        tls = self._tls if url.scheme == "https" else None
        timeouts = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        try:
            with (
                httpcore.ConnectionPool(tls, network_backend=CheckedBackend(self._addresses, deadline)) as pool,
                pool.stream("GET", target, headers=[*headers.items()], extensions={"timeout": timeouts}) as response,
            ):
                return _answer(response, limits.size)
        except httpcore.TimeoutException:
            raise FetchError("timeout", f"{url.host} does not answer in time") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError("unreachable", one_line(f"no answer from {url.host}: {error}")[:200]) from None

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()

    def _addresses(self, host: str, port: int) -> Collection[str]:
        if f"{host}:{port}" in self._private_hosts:
            return self._lookup(host, port)
        return public_addresses(host, port, self._lookup)


def _parsed(url: str) -> httpx.URL:
    try:
        return httpx.URL(url)
    except httpx.InvalidURL:
        raise FetchError("refused address", f"no address: {one_line(url)[:200]}") from None


def _check(url: httpx.URL, home: httpx.URL) -> None:
    """Raises `FetchError` for what is refused before any look-up."""
    if url.scheme not in _PORTS or not url.host:
        raise FetchError("refused address", f"only http and https are fetched, not {url.scheme[:20] or 'this'}")
    if url.userinfo:
        raise FetchError("refused address", f"user name or password in the address of {url.host}")
    if url.port not in (None, *_PORTS.values()) and (url.host, url.port) != (home.host, home.port):
        raise FetchError("refused address", f"port {url.port} of {url.host}: only 80 and 443, or the configured feed's")


def _answer(response: httpcore.Response, size: int) -> _Answer:
    """The answer with its body, where that is wanted."""
    headers = httpx.Headers(response.headers)
    if response.status != 200:
        return _Answer(response.status, headers, b"")
    length = headers.get("Content-Length", "")
    if length.isascii() and length.isdecimal() and int(length) > size:
        raise FetchError("too large", f"{int(length):,} bytes, above the limit of {size:,}")
    encoding = headers.get("Content-Encoding", "").strip().lower()
    return _Answer(response.status, headers, read_body(response.iter_stream(), encoding, size))


def _target(url: httpx.URL, answer: _Answer) -> httpx.URL:
    try:
        return url.join(answer.headers["Location"])
    except (KeyError, httpx.InvalidURL):
        raise FetchError("redirects", f"{url.host} redirects to no address") from None


def _fetched(answer: _Answer, asked: Validators) -> Fetched:
    """Raises `FetchError` for every status that brings nothing."""
    if answer.status == 200:
        return Fetched(answer.body, Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified")))
    if answer.status == 304 and asked.headers():
        return Fetched(None, asked)
    if answer.status == 410:
        raise FetchError("gone", "the server says that it is gone for good: remove it from the settings")
    if answer.status in (429, 503):
        raise FetchError("busy", f"HTTP status {answer.status}: asked to come later", answer.headers.get("Retry-After"))
    if answer.status >= 500:
        raise FetchError("busy", f"HTTP status {answer.status}")
    raise FetchError("HTTP status", f"HTTP status {answer.status}")
