"""What a source says in article after article at the same place: buttons, appeals, names of series in a crawl.

It is found by counting (`retrieval.store.boilerplate`), never by a list: here stands what is counted of an article,
and how a phrase that was found is left out of the next one.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.records import Dropped

from .lines import Line

# A whole line among the first or the last ones; the beginning of one of the first, the end of one of the last.
Place = Literal["above", "below", "before", "after"]

_LINES = 5  # at either end of an article
FEWEST_WORDS = 4  # of a beginning or an end: with as many counting begins
_SHORTEST_LINE, _LONGEST_LINE = 2, 60  # words


@dataclass(frozen=True, slots=True)
class Phrase:
    """What `articles` of the `of` articles of a source have at a place, word by word."""

    place: Place
    words: tuple[str, ...]
    articles: int
    of: int

    @property
    def reason(self) -> str:
        """Why a line with it is no article's own."""
        return f"boilerplate of its source, in {self.articles:,} of {self.of:,} articles"


Boilerplate = Mapping[str, Sequence[Phrase]]


def source_of(publisher: str | None, path: str) -> str:
    """Whose articles are counted together: the paper's; of articles that name none those of their folder."""
    return publisher or path.rpartition("/")[0]


def pieces(text: str) -> Iterator[tuple[Place, list[str]]]:
    """The lines at both ends of a text, as words, for each place that they may have boilerplate at."""
    lines = [words for line in text.split("\n") if (words := line.split())]
    for some, whole, part in ((lines[:_LINES], "above", "before"), (lines[-_LINES:], "below", "after")):
        for words in some:
            if len(lines) > 1 and _SHORTEST_LINE <= len(words) <= _LONGEST_LINE:
                yield whole, words  # type: ignore[misc]  # mypy widens the literals
            if len(words) > FEWEST_WORDS:
                yield part, words  # type: ignore[misc]


def mark(place: Place, words: Sequence[str]) -> int:
    """A number that lines with the same boilerplate at a place have in common."""
    if place == "before":
        words = words[:FEWEST_WORDS]
    elif place == "after":
        words = words[-FEWEST_WORDS:]
    return zlib.crc32(" ".join((place, *words)).encode("utf-8", "surrogatepass"))


def marks(text: str) -> bytes:
    """The marks of a text, four bytes each."""
    return b"".join(number.to_bytes(4, "little") for number in sorted({mark(*piece) for piece in pieces(text)}))


def without(
    lines: Sequence[Line], phrases: Sequence[Phrase], title: str | None = None
) -> tuple[list[Line], list[Dropped]]:
    """An article's lines without the boilerplate of its source, and what was left out.

    Its title stays, and an article that is nothing else stays as it is.
    """
    left, dropped = list(lines), list[Dropped]()
    while found := next(_found(left, phrases, title), None):
        at, phrase, rest = found
        line = left[at]
        cut = line.text if rest is None else _other_part(line.text, rest, phrase.place)
        dropped.append(Dropped(line.number, cut, phrase.reason))
        left[at : at + 1] = [] if rest is None else [replace(line, text=rest)]
    return (left, dropped) if any(left) else (list(lines), [])


def _found(
    lines: Sequence[Line], phrases: Sequence[Phrase], title: str | None
) -> Iterator[tuple[int, Phrase, str | None]]:
    """Where in the lines boilerplate stands, and what is left of its line."""
    full = [at for at, line in enumerate(lines) if line]
    for phrase in phrases:
        first = phrase.place in ("above", "before")
        for at in full[:_LINES] if first else full[-_LINES:]:
            words = lines[at].text.split()
            if lines[at].words == title:
                continue
            if phrase.place in ("above", "below"):
                if tuple(words) == phrase.words:
                    yield at, phrase, None
            elif len(words) > len(phrase.words):
                rest = _rest(lines[at].text, words, phrase)
                if rest is not None:
                    yield at, phrase, rest


def _rest(text: str, words: Sequence[str], phrase: Phrase) -> str | None:
    """A line without the phrase that it begins or ends with; None where it does not."""
    count = len(phrase.words)
    if phrase.place == "before" and tuple(words[:count]) == phrase.words:
        return text.split(maxsplit=count)[-1]
    if phrase.place == "after" and tuple(words[-count:]) == phrase.words:
        return text.rsplit(maxsplit=count)[0]
    return None


def _other_part(text: str, rest: str, place: Place) -> str:
    return (text[: -len(rest)] if place == "before" else text[len(rest) :]).strip()
