"""Calls of the Bot API over HTTP, wary of what comes back."""

import json
from typing import Any

import httpx
from telegram.error import BadRequest, TelegramError
from telegram.request import HTTPXRequest

from bot.updates.parsing import legible

# Each request looks at every connection that is kept; 30 messages a second need few.
_CONNECTIONS = 32
# Those that python-telegram-bot has classes for; others of the 4xx would pass for network errors, to be tried again.
_KNOWN = frozenset({400, 401, 403, 404, 409, 429})


class Request(HTTPXRequest):
    """One pool of connections; what is no answer of the Bot API is an error that tells nothing of its content."""

    def __init__(self, base_url: str, timeout: float) -> None:
        # A proxy that the environment names is for the world outside, not for the sandbox.
        url = httpx.URL(base_url)
        local = url.host in {"127.0.0.1", "::1", "localhost"}
        super().__init__(
            connect_timeout=timeout,
            read_timeout=timeout,
            write_timeout=timeout,
            connection_pool_size=_CONNECTIONS,
            pool_timeout=30,  # where many ask at once, a reply waits for a connection
            # To read the certificates of all authorities takes as long as ten answers: not where none is looked at.
            httpx_kwargs={"trust_env": not local, "verify": url.scheme != "http"},
        )

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As HTTPXRequest does; also raises BadRequest for the rarer codes by which a server says no for good."""
        code, payload = await super().do_request(*args, **kwargs)
        if 400 <= code < 500 and code not in _KNOWN:
            raise BadRequest(f"HTTP {code}")
        return code, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer, an object with a result or an error. Raises TelegramError."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            raise TelegramError("the answer is not JSON") from None
        if not isinstance(answer, dict) or ("result" not in answer and "description" not in answer):
            raise TelegramError("the answer is not of the Bot API")
        return answer


class PollRequest(Request):
    """For getUpdates: updates that python-telegram-bot can't parse come back as bare ones."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; python-telegram-bot can parse each update of it. Raises TelegramError."""
        answer = Request.parse_json_payload(payload)
        if answer.get("ok") is not True:
            return answer
        if not isinstance(answer.get("result"), list):
            raise TelegramError("the answer holds no updates")
        return answer | {"result": legible(answer["result"])}
