"""What robots.txt allows (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from .network import Clock
from .outcome import FetchError

# The name that rules of robots.txt may address.
AGENT = "Trich"
_DAY = 86_400.0
_MOST = 512_000  # bytes that are read: RFC 9309, 2.5
# A file that could not be had is asked for again after this many seconds, not only the next day.
_AGAIN = 1_800.0


@dataclass(frozen=True, slots=True)
class _Known:
    """A host's rules, or why they could not be had; `until` when, in seconds of the clock."""

    rules: Protego | FetchError
    until: float


class Robots:
    """The rules of each host, kept for a day. `fetch(url)` returns the file and may raise `FetchError`."""

    def __init__(self, fetch: Callable[[httpx.URL], bytes], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._known: dict[httpx.URL, _Known] = {}

    def delay(self, url: httpx.URL) -> float:
        """The seconds that the host wants between two requests. Raises `FetchError` where it wants none at all."""
        place = url.join("/robots.txt")
        known = self._known.get(place)
        if known is None or known.until <= self._clock():
            known = self._known[place] = self._read(place)
        if isinstance(known.rules, FetchError):
            reason = "robots" if known.rules.reason == "busy" else known.rules.reason
            message = f"robots.txt of {url.host} cannot be had now: {known.rules}"
            raise FetchError(reason, message, known.rules.retry_after)
        if not known.rules.can_fetch(str(url), AGENT):
            raise FetchError("robots", f"robots.txt of {url.host} does not allow it")
        return float(known.rules.crawl_delay(AGENT) or 0)

    def _read(self, place: httpx.URL) -> _Known:
        """RFC 9309, 2.3.1: no such file allows everything, one that cannot be had nothing."""
        try:
            text = self._fetch(place)[:_MOST].decode("utf-8-sig", errors="replace")
        except FetchError as error:
            if error.reason == "refused address":
                raise
            if error.reason not in ("HTTP status", "gone"):
                return _Known(error, self._clock() + _AGAIN)
            text = ""
        return _Known(Protego.parse(text), self._clock() + _DAY)
