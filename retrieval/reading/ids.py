"""The ids of a file's articles: each once."""

from collections.abc import Iterable
from itertools import count


class Ids:
    """The ids given out for one file so far, those of an earlier reading included."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)

    def claim(self, article_id: str) -> str:
        """The id, or with the first free suffix ("#2") where an earlier article has it; half characters become "?"."""
        free = article_id = article_id.encode(errors="replace").decode()
        if article_id in self._taken:
            free = next(other for n in count(2) if (other := f"{article_id}#{n}") not in self._taken)
        self._taken.add(free)
        return free
