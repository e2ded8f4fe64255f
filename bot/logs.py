"""What the program says about itself, on standard error: never a secret, no traceback for a network that is down."""

import logging
from collections.abc import Iterable
from types import TracebackType

from telegram.error import BadRequest, Forbidden, NetworkError

from retrieval.reading import NOISY

_Exception = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# httpx logs the address of every request, and the token is in it; aiosqlite logs rows, and users' words are in them.
_TOO_TALKATIVE = ("httpx", "httpcore", "aiosqlite")


def configure(level: str, secrets: Iterable[str]) -> None:
    """Log everything from `level` on, without these secrets."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    hush()


def hush() -> None:
    """Silence what tells of every bad input: it is reported once, as a problem of its file."""
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Formatter(logging.Formatter):
    """The finished text is searched, as a secret can come in by a message, an argument or a traceback."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

    def formatException(self, ei: _Exception) -> str:  # noqa: N802 - logging's name
        """One line where Telegram is out of reach or a user has blocked the bot: no bug, nothing to trace."""
        error = ei[1]
        ordinary = isinstance(error, NetworkError | Forbidden) and not isinstance(error, BadRequest)
        return f"{type(error).__name__}: {error}" if ordinary else super().formatException(ei)
