"""All articles of a library, all its sentences, and quotes of some, as sequences that read what is looked at."""

from collections.abc import Callable, Iterator, Sequence
from typing import Self, TypeVar, overload

import numpy as np
import numpy.typing as npt

from retrieval.index.forward import Longs
from retrieval.records import Article, Quote, Sentence, quote
from retrieval.store.snapshot import Snapshot

# Articles read ahead where all are gone through.
_AHEAD = 200
# Quotes read first: an answer has three, and some may say the same.
_READ_FIRST = 8

Item = TypeVar("Item")
Places = Callable[[Longs], tuple[list[int], list[int]]]


class _Lazy(Sequence[Item]):
    """Equal to any sequence of the same items."""

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        if isinstance(at, slice):
            return tuple(self._some(range(len(self))[at]))
        [item] = self._some([range(len(self))[at]])  # raises IndexError
        return item

    def __iter__(self) -> Iterator[Item]:
        for first in range(0, len(self), _AHEAD):
            yield from self._some(range(first, min(first + _AHEAD, len(self))))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as a list

    def __repr__(self) -> str:
        return f"<{len(self):,} {type(self).__name__.lower()}>"

    def _some(self, places: Sequence[int]) -> Sequence[Item]:
        raise NotImplementedError


class Articles(_Lazy[Article]):
    """The articles of these keys. As long as they are held the `keeper` is, on whose end the snapshot is let go."""

    def __init__(self, snapshot: Snapshot, keys: Longs, keeper: object = None) -> None:
        self._snapshot, self._keys, self._keeper = snapshot, keys, keeper

    def __len__(self) -> int:
        return len(self._keys)

    def names(self) -> list[str]:
        """Their ids, in no order: quicker than all there is of them."""
        return self._snapshot.names(self._keys.tolist())

    def keys_not_in(self, other: Self) -> list[int]:
        """The keys of those whose text none of the others has."""
        keys = self._keys[~np.isin(self._keys, other._keys)].tolist()
        texts = self._snapshot.digests(keys)
        return [key for key in keys if not other._snapshot.has_text(texts[key])]

    def _some(self, places: Sequence[int]) -> Sequence[Article]:
        return self._snapshot.articles([int(self._keys[place]) for place in places])


class Sentences(_Lazy[tuple[Article, Sentence]]):
    """Each sentence with its article: article a has those from `starts[a]` to `starts[a + 1]`.

    `places` tells the keys of the articles of sentences, and their indices in them, by the numbers that their index
    gives them. `keeper` as of `Articles`.
    """

    def __init__(self, snapshot: Snapshot, keys: Longs, starts: Longs, places: Places, keeper: object = None) -> None:
        self._snapshot, self._keys, self._starts, self.places, self._keeper = snapshot, keys, starts, places, keeper

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __iter__(self) -> Iterator[tuple[Article, Sentence]]:
        for first in range(0, len(self._keys), _AHEAD):
            keys = self._keys[first : first + _AHEAD].tolist()
            both = zip(self._snapshot.articles(keys), self._snapshot.sentences(keys), strict=True)
            yield from ((article, sentence) for article, sentences in both for sentence in sentences)

    def _some(self, places: Sequence[int]) -> Sequence[tuple[Article, Sentence]]:
        numbers = np.array(places, dtype=np.int64)
        of = self._starts.searchsorted(numbers, side="right") - 1
        return self._at(self._keys[of].tolist(), (numbers - self._starts[of]).tolist())

    def at(self, numbers: Longs) -> list[tuple[Article, Sentence]]:
        """The sentences of these numbers, in their order."""
        return self._at(*self.places(numbers))

    def _at(self, keys: list[int], indices: list[int]) -> list[tuple[Article, Sentence]]:
        articles = self._snapshot.articles(keys)
        return list(zip(articles, self._snapshot.sentences_at(keys, indices, articles), strict=True))


class Quotes(Sequence[Quote]):
    """The sentences of these numbers as quotes, with their scores: the first few are read first, the rest when one of
    them is looked at.
    """

    def __init__(self, sentences: Sentences, numbers: Longs, scores: npt.NDArray[np.float64]) -> None:
        self._sentences, self._numbers, self._scores = sentences, numbers, scores
        self._read: list[Quote] = []

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> Quote: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Quote, ...]: ...
    def __getitem__(self, at: int | slice) -> Quote | tuple[Quote, ...]:
        asked = range(len(self))[at]  # raises IndexError
        last = asked if isinstance(asked, int) else max(asked, default=-1)
        if last >= len(self._read):
            self._read_up_to(_READ_FIRST if last < _READ_FIRST else len(self))
        return self._read[asked] if isinstance(asked, int) else tuple(self._read[place] for place in asked)

    def _read_up_to(self, end: int) -> None:
        new = slice(len(self._read), end)
        found = zip(self._sentences.at(self._numbers[new]), self._scores[new].tolist(), strict=True)
        self._read += (quote(article, sentence, score) for (article, sentence), score in found)
