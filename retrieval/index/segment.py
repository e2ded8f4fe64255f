"""A part of an index that is built once and never changed: articles as numbers, and their postings."""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

from retrieval.index import arrays
from retrieval.index.forward import Forward, Ints
from retrieval.index.postings import Postings


@dataclass(frozen=True, slots=True)
class Segment:
    """Articles with the postings of their sentences and passages; with diacritics, and folded."""

    forward: Forward
    sentences: Postings
    passages: Postings
    folded_sentences: Postings
    folded_passages: Postings

    @classmethod
    def build(cls, forward: Forward, folded: Ints) -> Self:
        """`folded[v]` is the number of syllable v without diacritics."""
        sentences, lengths = forward.of_sentences()
        passages, passage_lengths = forward.of_passages()
        return cls(
            forward=forward,
            sentences=Postings.of(sentences, lengths),
            passages=Postings.of(passages, passage_lengths),
            folded_sentences=Postings.of(folded[sentences], lengths),
            folded_passages=Postings.of(folded[passages], passage_lengths),
        )

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
