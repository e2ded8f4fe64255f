"""What was asked, and with what around it: enough to find its answer once more."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from retrieval import Article
from retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the day it was asked on, what the same person asked before it, and what to prefer (`Library.ask`).

    `sources` are the publishers that it is put to first, or `only`; none: to all.
    """

    question: str
    today: date
    previous: Query | None = None
    preferred: Callable[[Article], bool] | None = None
    sources: frozenset[str] = frozenset()
    only: bool = False


class LastAsked:
    """What the last updates asked, in memory, so that their answers can be explained."""

    def __init__(self, size: int = 1_000) -> None:
        self._size = size
        self._by_update: OrderedDict[int, Asked] = OrderedDict()

    def of(self, update_id: int) -> Asked | None:
        """What this update asked; None where it asked nothing, or is forgotten."""
        return self._by_update.get(update_id)

    def note(self, update_id: int, asked: Asked) -> None:
        """The oldest is forgotten where there are too many."""
        self._by_update[update_id] = asked
        if len(self._by_update) > self._size:
            self._by_update.popitem(last=False)
