"""A web site on loopback, a clock that nobody waits for, and feeds to serve."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

from retrieval.polling import DEFAULT_LIMITS, Fetcher, Limits

Page = Callable[[BaseHTTPRequestHandler], None]
# Endless answers are sent in pieces of this many bytes.
PIECE = 65_536


class Clock:
    """Seconds that pass only when somebody sleeps or says so."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class Site:
    """What is served at each path, and which requests came; a path that is not there is a 404."""

    def __init__(self, port: int) -> None:
        self.host = f"localhost:{port}"
        self.port = port
        self.pages: dict[str, Page] = {}
        self.requests: list[tuple[str, Mapping[str, str]]] = []
        self.clock = Clock()

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def fetcher(self, limits: Limits = DEFAULT_LIMITS) -> Fetcher:
        """A fetcher for which this site alone need not be public."""
        return Fetcher(limits, private_hosts={self.host}, clock=self.clock, sleep=self.clock.sleep)

    def asked(self, path: str) -> list[Mapping[str, str]]:
        return [headers for requested, headers in self.requests if requested == path]


@contextmanager
def serve() -> Iterator[Site]:
    """A site that runs in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers.items())))
            try:
                site.pages.get(self.path, status(404))(self)
            except ConnectionError:  # the client has had enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has in the base class
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def status(code: int, body: bytes = b"", /, **headers: str) -> Page:
    """An answer; `Retry_After="5"` is the header Retry-After."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body)

    return page


def endless(first: bytes, piece: bytes, after_each: Callable[[], object] = bool, **headers: str) -> Page:
    """A body that never ends, until the client hangs up."""

    def page(request: BaseHTTPRequestHandler) -> None:
        status(200, first, **headers)(request)
        while True:
            request.wfile.write(piece)
            after_each()

    return page


def item(guid: str, title: str, text: str, link: str = "") -> str:
    link = f"<link>{escape(link)}</link>" if link else ""
    date = "<pubDate>Tue, 16 Sep 2025 10:35:00 +0700</pubDate>"
    return (
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{escape(title)}</title>{link}{date}"
        f"<description>{escape(text)}</description></item>"
    )


def rss(*items: str) -> bytes:
    channel = f"<channel><title>Báo Mẫu</title>{''.join(items)}</channel>"
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'>{channel}</rss>".encode()
