"""Keeping other web sites out of a server that any page open in the same browser could call."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to
_OWN = frozenset({"same-origin", "none"})  # "none": typed into the address bar


class SameOriginOnly:
    """Answers 403 to what a browser sends for another site, or under a name that isn't this machine's.

    `host` is the address listened on; one that listens everywhere can't know its names, and checks the origin only.
    """

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1") -> None:
        self._app = app
        self._names = None if host in _EVERYWHERE else _LOOPBACK | {host}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI calls it."""
        if scope["type"] == "http" and not self._is_own(Headers(scope=scope)):
            answer = {"ok": False, "error_code": 403, "description": "Forbidden: the request comes from another site"}
            await JSONResponse(answer, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        return (
            (self._names is None or _name(f"http://{host}") in self._names)
            and (origin is None or origin == f"http://{host}")
            and headers.get("sec-fetch-site", "none") in _OWN
        )


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
