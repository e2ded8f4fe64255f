from pathlib import Path

import numpy as np

from retrieval import Library
from retrieval.index.forward import Longs
from retrieval.records import Article, Sentence
from retrieval.store.collection import Quotes, Sentences


class Watched(Sentences):
    """Remembers how many sentences have been read."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.read: list[int] = []

    def at(self, numbers: Longs) -> list[tuple[Article, Sentence]]:
        self.read.append(len(numbers))
        return [self._library.sentences[number] for number in numbers.tolist()]


def test_quotes_are_read_as_they_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Lũ\n\n" + "\n\n".join(f"Nước sông lên mức {n} mét." for n in range(20)))
    sentences = Watched(Library.open([tmp_path]))
    quotes = Quotes(sentences, np.arange(20, 0, -1), np.linspace(2, 1, 20))
    assert (len(quotes), sentences.read) == (20, [])
    assert [quote.text for quote in quotes[:2]] == ["Nước sông lên mức 19 mét.", "Nước sông lên mức 18 mét."]
    assert (quotes[-20].score, sentences.read) == (2.0, [8])
    assert (len([*quotes]), sentences.read) == (20, [8, 12])
    assert (quotes[-1].text, quotes[30:], sentences.read) == ("Nước sông lên mức 0 mét.", (), [8, 12])
