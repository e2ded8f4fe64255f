"""What is remembered of a feed between two polls: one small JSON file."""

import datetime
import email.utils
from pathlib import Path
from typing import Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt, ValidationError

from .archive import write_atomically
from .fetch import Fetched, Validators
from .outcome import FetchError

_DAY = datetime.timedelta(days=1)
# A feed that is gone for good, or that answers nothing but errors, is asked for again no more often than this.
_GONE = 7 * _DAY
_MOST_DOUBLINGS = 20
_WEIGHT = 0.2  # of the last gap between two polls that bring something, against all before


class State(BaseModel):
    """Times are aware; `due` is when the feed may be asked again.

    `read` is when it last answered, `brought` when it last brought anything new, `usual` how many seconds it mostly is
    between two that do.
    """

    model_config = ConfigDict(frozen=True)

    etag: str | None = None
    last_modified: str | None = None
    polled: AwareDatetime | None = None
    due: AwareDatetime | None = None
    failures: NonNegativeInt = 0
    error: str | None = None
    gone: bool = False
    read: AwareDatetime | None = None
    brought: AwareDatetime | None = None
    usual: float | None = None

    @classmethod
    def load(cls, path: Path) -> tuple[Self, str | None]:
        """The state, and what is wrong with its file where it has to begin anew. Raises `OSError`."""
        try:
            return cls.model_validate_json(path.read_bytes()), None
        except FileNotFoundError:
            return cls(), None
        except ValidationError:
            return cls(), "damaged: the feed is asked for as if for the first time"

    def save(self, path: Path) -> None:
        """Write it; a kill leaves the old or the new. Raises `OSError`."""
        write_atomically(path, self.model_dump_json(indent=1, exclude_defaults=True).encode())

    @property
    def validators(self) -> Validators:
        """What the server gave at the last success."""
        return Validators(self.etag, self.last_modified)

    def waits(self, now: datetime.datetime) -> bool:
        """Whether it is too early; a poll in the future means that the clock was wrong then."""
        return self.polled is not None and self.due is not None and self.polled <= now < self.due

    def succeeded(self, fetched: Fetched, now: datetime.datetime, every: datetime.timedelta, new: int = 0) -> Self:
        """The state after an answer, with so many entries that are new."""
        validators = fetched.validators
        brought, usual = self.brought, self.usual
        if new:
            gap = None if brought is None else max((now - brought).total_seconds(), 0.0)
            usual = gap if usual is None or gap is None else _WEIGHT * gap + (1 - _WEIGHT) * usual
            brought = now
        return type(self)(
            etag=validators.etag,
            last_modified=validators.last_modified,
            polled=now,
            due=now + every,
            read=now,
            brought=brought,
            usual=usual,
        )

    def failed(self, error: FetchError, now: datetime.datetime, every: datetime.timedelta) -> Self:
        """The state after a failure: the pause doubles each time, up to a day, and is as long as the server asks."""
        doubled = every * 2 ** min(self.failures, _MOST_DOUBLINGS)
        gone = error.reason == "gone"
        pause = _GONE if gone else max(every, min(_DAY, max(doubled, _asked(error.retry_after, now))))
        return self.model_copy(
            update={
                "polled": now,
                "due": now + pause,
                "failures": self.failures + 1,
                "error": str(error),
                "gone": gone,
            }
        )


def _asked(retry_after: str | None, now: datetime.datetime) -> datetime.timedelta:
    """How long a Retry-After (seconds, or a date) asks to wait; nothing where it cannot be understood."""
    value = (retry_after or "").strip()
    if value.isascii() and value.isdecimal():
        return min(datetime.timedelta(seconds=int(value[:9])), _DAY)
    try:
        until = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return datetime.timedelta()
    if until.tzinfo is None:  # "-0000": UTC, RFC 5322
        until = until.replace(tzinfo=datetime.UTC)
    return until - now
