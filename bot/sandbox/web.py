"""The page: its files as they are, its words, the letters it is set in, and what a browser is told to refuse.

On a slow line the files come at once, none waits for the one that names it, and all are compressed; what the first
paint waits for is one file.
"""

import json
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.live import Page

FOLDER = Path(__file__).parent / "page"
_LETTERS = fontpkg_be_vietnam_pro.ROOT / "files"
_CATALOGUE = "catalogue.js"
_STYLE = "style.css"
_STYLES = ("colours", "frame", "chats", "messages", "text", "composer", "menus", "inspector")  # later ones win
_NO_MODULES = {"theme.js"}  # a script that runs before anything is painted
_SMALL = 500  # bytes that are not worth compressing

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def routes(page: Page) -> list[BaseRoute]:
    """The page at `/`, its parts under `/page/`."""

    async def sampled(_: Request) -> Response:
        return JSONResponse({"ok": True, "result": page.samples})

    async def catalogue(_: Request) -> Response:
        words = json.dumps(page.words, ensure_ascii=False)
        return Response(f"export const CATALOGUE = {words};\n", media_type="text/javascript")

    compressed = [Middleware(GZipMiddleware, minimum_size=_SMALL)]
    return [
        Route("/", _index),
        Route("/favicon.ico", _icon),
        Route("/sandbox/samples", sampled),
        Route(f"/page/{_CATALOGUE}", catalogue, middleware=compressed),
        Route(f"/page/{_STYLE}", _style, middleware=compressed),
        Mount("/page", StaticFiles(directory=FOLDER), middleware=compressed),
        Mount("/letters", StaticFiles(directory=_LETTERS), middleware=compressed),
    ]


async def _index(_: Request) -> Response:
    """With the names of all modules, so that they are fetched before one asks for the other."""
    modules = sorted({*(path.name for path in FOLDER.glob("*.js")), _CATALOGUE} - _NO_MODULES)
    hints = "\n    ".join(f'<link rel="modulepreload" href="/page/{name}" />' for name in modules)
    return HTMLResponse((FOLDER / "index.html").read_text(encoding="utf-8").replace("<!-- modules -->", hints))


async def _style(_: Request) -> Response:
    parts = (FOLDER / "style" / f"{name}.css" for name in _STYLES)
    return Response("\n".join(part.read_text(encoding="utf-8") for part in parts), media_type="text/css")


async def _icon(_: Request) -> Response:
    return FileResponse(FOLDER / "icon.svg")


class Guarded:
    """Adds to every answer what keeps a browser from running or showing anything of elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI calls it."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers: Any = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        await self._app(scope, receive, guarded)
