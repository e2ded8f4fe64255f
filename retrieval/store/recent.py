"""What was read last of a library file, kept in memory."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

# Articles, and the sentences of so many, kept from one question to the next: up to 20 kB each, in every process. A
# question looks at some thirty.
_KEPT = 200

Value = TypeVar("Value")


class Recent(Generic[Value]):
    """What was read last, by key."""

    def __init__(self, read: Callable[[Sequence[int]], Iterable[tuple[int, Value]]]) -> None:
        self._read = read
        self._kept: dict[int, Value] = {}

    def get(self, key: int) -> Value | None:
        """What is kept of a key."""
        return self._kept.get(key)

    def of(self, keys: Sequence[int]) -> list[Value]:
        """The value of each key; those that are not kept are read, all at once. Raises KeyError."""
        kept = self._kept
        found = {key: kept.pop(key) for key in dict.fromkeys(keys) if key in kept}
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            found.update(self._read(missing))
        kept.update(found)
        for oldest in list(kept)[: max(len(kept) - _KEPT, 0)]:
            del kept[oldest]
        return [found[key] for key in keys]
