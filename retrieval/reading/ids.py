"""The ids of a file's articles: each once."""

from collections.abc import Iterable
from itertools import count


class Ids:
    """The ids given out for one file so far, those of an earlier reading included; None where they are not kept."""

    def __init__(self, taken: Iterable[str] | None = ()) -> None:
        self._taken = None if taken is None else set(taken)
        self._next: dict[str, int] = {}  # of each id the first suffix not tried yet: 100,000 articles may have the same

    def claim(self, article_id: str) -> str:
        """The id, or with the first free suffix ("#2") where an earlier article has it; half characters become "?"."""
        free = article_id = article_id.encode(errors="replace").decode()
        if self._taken is None:
            return article_id
        if article_id in self._taken:
            suffixes = count(self._next.get(article_id, 2))
            number, free = next((n, other) for n in suffixes if (other := f"{article_id}#{n}") not in self._taken)
            self._next[article_id] = number + 1
        self._taken.add(free)
        return free


def repeated(article_id: str, claimed: str) -> str:
    """What is wrong with an id that is not the first of its kind."""
    return f"id {article_id!r} was there before: read as {claimed!r}"
