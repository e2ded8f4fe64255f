"""A part of an index that is built once and never changed: articles as numbers, and their postings."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from retrieval.index import arrays
from retrieval.index.forward import Forward, Ints
from retrieval.index.postings import Postings

_LISTS = 4  # of postings


def _untold(_done: int, _of: int) -> None:
    """Nobody is told of the progress."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Articles with the postings of their sentences and passages; with diacritics, and folded."""

    forward: Forward
    sentences: Postings
    passages: Postings
    folded_sentences: Postings
    folded_passages: Postings

    @classmethod
    def build(cls, forward: Forward, folded: Ints, progress: Callable[[int, int], None] = _untold) -> Self:
        """`folded[v]` is the number of syllable v without diacritics; `progress` counts lists of postings."""
        made: list[Postings] = []
        progress(0, _LISTS)
        for of in (forward.of_sentences, forward.of_passages):
            numbers, lengths = of()
            for spelt in (numbers, folded[numbers]):
                made.append(Postings.of(spelt, lengths))
                progress(len(made), _LISTS)
        sentences, folded_sentences, passages, folded_passages = made
        return cls(forward, sentences, passages, folded_sentences, folded_passages)

    def save(self, folder: Path) -> None:
        """Write it to files in a folder."""
        for field in fields(self):
            arrays.save(getattr(self, field.name), folder / field.name)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Memory-map what `save` wrote. Raises OSError, ValueError or EOFError where a file is missing or damaged."""
        forward = arrays.load(Forward, folder / "forward")
        names = (field.name for field in fields(cls) if field.name != "forward")
        return cls(forward, *(arrays.load(Postings, folder / name) for name in names))
