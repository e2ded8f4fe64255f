"""What the program says about itself, on standard error: one line an event, never a secret.

DEBUG shows what users write, and no other level does. INFO is what happens, one line for each update that is handled;
WARNING what went wrong and is dealt with; ERROR what was lost, or a bug.
"""

import io
import json
import logging
import re
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError

from retrieval.cluster.connection import secrets_of_cluster
from retrieval.reading import NOISY

_Layout = Callable[[Mapping[str, Any]], str]
Format = Literal["text", "logfmt", "json"]
_Exception = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

# httpx logs the address of every request, and the token is in it; aiosqlite logs rows, and users' words are in them.
_TOO_TALKATIVE = ("httpx", "httpcore", "aiosqlite")
# What every record has; all else was given as `extra`, and is a field of its own.
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
# Their messages hold nothing that users wrote.
_SAFE = (TelegramError, OSError, sqlite3.Error)
_HEAD = ("time", "level", "logger", "msg", "error")
_BARE = re.compile(r"[^\s\"=\\]+")  # a value that logfmt has without quotes


def configure(level: str, secrets: Iterable[str], form: Format = "text") -> None:
    """Log everything from `level` on, without these secrets."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(secrets, _LAYOUTS[form], with_words=level == "DEBUG"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    hush()


def hush() -> None:
    """Silence what tells of every bad input: it is reported once, as a problem of its file."""
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


class LogFile(io.StringIO):
    """What is printed to it is logged, a line an event: for programs that read the log."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__()
        self._logger = logger
        self.level = logging.INFO

    def write(self, text: str) -> int:
        """Log each line that says something."""
        for line in text.splitlines():
            if line.strip():
                self._logger.log(self.level, "%s", line)
        return len(text)


class _Formatter(logging.Formatter):
    """Each part is searched for secrets, as one can come in by a message, an argument or a traceback."""

    def __init__(self, secrets: Iterable[str], layout: _Layout, *, with_words: bool) -> None:
        super().__init__()
        self._secrets = tuple(secrets)
        self._layout = layout
        self._with_words = with_words

    def __getstate__(self) -> dict[str, Any]:
        """For other processes, which log as this one does: they get no secret by this, and have but a cluster's."""
        return self.__dict__ | {"_secrets": ()}

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "msg": record.getMessage(),
            **{key: value for key, value in record.__dict__.items() if key not in _USUAL},
        }
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return self._layout({key: self._redacted(value) for key, value in fields.items()})

    def formatException(self, ei: _Exception) -> str:  # noqa: N802 - logging's name
        """One line where Telegram is out of reach or a user has blocked the bot: no bug, nothing to trace."""
        error = ei[1]
        ordinary = isinstance(error, NetworkError | Forbidden) and not isinstance(error, BadRequest)
        if ordinary:
            return f"{type(error).__name__}: {error}"
        if self._with_words or error is None:
            return super().formatException(ei)
        return "\n".join(_traced(traceback.TracebackException.from_exception(error), error))

    def _redacted(self, value: Any) -> Any:
        if isinstance(value, int | float | None):
            return value
        text = str(value)
        for secret in (*self._secrets, *secrets_of_cluster()):
            text = text.replace(secret, "[secret]")
        return text


def _traced(traced: traceback.TracebackException, error: BaseException) -> Iterator[str]:
    """Where it came from, and its causes; its message where that can't be anybody's words."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    traced_before = traced.__cause__ or traced.__context__
    if before is not None and traced_before is not None:
        yield from _traced(traced_before, before)
    yield "Traceback (most recent call last):"
    yield "".join(traced.stack.format()).rstrip("\n")
    message = str(error) if isinstance(error, _SAFE) else "(its message is shown at DEBUG)"
    yield f"{type(error).__name__}: {message}"


def _as_text(fields: Mapping[str, Any]) -> str:
    """For people: a traceback stands on lines of its own."""
    more = "".join(f" {key}={value}" for key, value in fields.items() if key not in _HEAD)
    error = f"\n{fields['error']}" if "error" in fields else ""
    return f"{fields['time']} {fields['level'].upper()} {fields['logger']}: {fields['msg']}{more}{error}"


def _as_logfmt(fields: Mapping[str, Any]) -> str:
    """key=value, quoted where it must be (https://brandur.org/logfmt)."""
    values = {key: "" if value is None else str(value) for key, value in fields.items()}
    return " ".join(
        f"{key}={value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
    )


def _as_json(fields: Mapping[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)


_LAYOUTS: Mapping[Format, _Layout] = {"text": _as_text, "logfmt": _as_logfmt, "json": _as_json}
