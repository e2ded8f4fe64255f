"""What operators have settled about single questions: the quote that answers one, or that no article does."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.memory.exchanges import Reference
from bot.memory.state import State
from retrieval import Library, Quote
from retrieval.query import Query
from retrieval.tokens import fold


@dataclass(frozen=True, slots=True)
class Curated:
    """The sentence that answers a question, by its place and its text; without a place: nothing answers it.

    `asked`: the question as it was asked then.
    """

    place: Reference | None = None
    text: str = ""
    asked: str = ""

    def quote(self, library: Library) -> Quote | None:
        """The sentence, where the library still has it as it was."""
        if self.place is None:
            return None
        found = library.quote(self.place.article, self.place.start, self.place.end)
        return found if found is not None and found.text == self.text else None


def key_of(library: Library, query: Query) -> str:
    """What the wordings of one question have in common: its kind and its words in any order, without diacritics."""
    plain = library.read_question(fold(query.text))
    return " ".join((plain.kind, *sorted(set(plain.terms))))


class CuratedAnswers:
    """They are few and looked through for every question, so they are held in memory as well."""

    def __init__(self, state: State, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self._now = now
        self._known: dict[str, Curated] = {}

    @property
    def known(self) -> Mapping[str, Curated]:
        """All of them, by the question's key, as they were settled."""
        return self._known

    async def load(self) -> None:
        """Read what is kept."""
        rows = await self._state.read("SELECT question, article, start, end, text, asked FROM curated ORDER BY at")
        self._known = {
            question: Curated(None if article is None else Reference(article, start, end), text, asked)
            for question, article, start, end, text, asked in rows
        }

    async def settle(self, key: str, curated: Curated, operator: int) -> None:
        """From now on this is shown for the question. Raises sqlite3.Error."""
        place = curated.place
        where = (None, None, None) if place is None else (place.article, place.start, place.end)
        row = (key, *where, curated.text, operator, int(self._now()), curated.asked)
        await self._state.write("INSERT OR REPLACE INTO curated VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._known.pop(key, None)
        self._known[key] = curated

    async def undo(self, key: str) -> bool:
        """The question is answered like any other again; whether anything had been settled. Raises sqlite3.Error."""
        await self._state.write("DELETE FROM curated WHERE question = ?", (key,))
        return self._known.pop(key, None) is not None
