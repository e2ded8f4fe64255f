"""Bytes → what is stored of their articles: the work of a refresh that needs no store, done in any process."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from retrieval import dates, reading, sentences
from retrieval.config_files import data_folder, load_toml
from retrieval.facts import Facts
from retrieval.records import Article, Problem, Reading, Sentence, Span
from retrieval.store.sightings import sightings_of
from retrieval.store.stored import Stored, stored

# Part of every digest: raise it when reading, sentences, dates or names change, and everything is read again.
READING_VERSION = 5
_CONFIG = ("reference_dates.toml", "publishers.toml", "offices.toml")


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reading of a file depends on besides the file; `digest` changes when any of it does."""

    references: tuple[dates.Reference, ...]
    publishers: Mapping[str, str]
    digest: bytes

    @classmethod
    def from_config(cls) -> "Rules":
        """As the files of config/ named above have them."""
        config = data_folder("config")
        content = b"".join((config / name).read_bytes() for name in _CONFIG)
        references = dates.load_references(load_toml("reference_dates.toml"))
        digest = hashlib.sha256(READING_VERSION.to_bytes(4) + content).digest()
        return cls(references, reading.load_publishers(), digest)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or with `first` some lines of one, from that line on; `sidecar` is what lies beside it."""

    name: str
    path: str
    data: bytes
    sidecar: bytes | None
    rules: Rules
    first: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a piece holds, in order: articles and problems, each with the line that holds all of it, else 0."""

    results: tuple[tuple[int, Stored | Problem], ...]


def prepared(piece: Piece) -> Prepared:
    """The articles of a piece as they are stored. The ids of lines are as they are there, not each once."""
    return Prepared(tuple(prepared_of(piece)))


def prepared_of(piece: Piece) -> Iterator[tuple[int, Stored | Problem]]:
    """What `prepared` gives, one by one."""
    rules = piece.rules
    for result in reading.read(
        piece.name,
        piece.data,
        path=piece.path,
        overrides=piece.sidecar,
        references=rules.references,
        publishers=rules.publishers,
        first_line=piece.first,
    ):
        yield result.line, _stored(result, rules) if isinstance(result, Reading) else result


def _stored(read: Reading, rules: Rules) -> Stored:
    """All that is stored of an article."""
    found = tuple(sentences_of(read, rules))
    return stored(read, found, sightings_of(_facts(rules.digest), read.article, found))


@lru_cache(1)
def _facts(digest: bytes) -> Facts:  # noqa: ARG001 - the rules are read again when it is another
    """The rules for names, compiled once in each process: they are too large to be sent with every piece."""
    return Facts.from_config()


def sentences_of(read: Reading, rules: Rules) -> Iterator[Sentence]:
    """The article's sentences in order, each with its date."""
    article = read.article
    spans: list[Span] = []
    paragraphs: list[int] = []
    for number, paragraph in enumerate(read.paragraphs):
        for start, end in sentences.split(article.text, paragraph.start, paragraph.end):
            spans.append(Span(start, end, paragraph.kind))
            paragraphs.append(number)
    spoken_of = dates.date_sentences(article.text, spans, article.event_date, _context(article, rules))
    for index, (span, number, date) in enumerate(zip(spans, paragraphs, spoken_of, strict=True)):
        yield Sentence(article.id, index, span.start, span.end, span.kind, date, number)


def _context(article: Article, rules: Rules) -> dates.Context:
    url_date = dates.url_date(article.url)
    return dates.Context(published=article.published, url_date=url_date, references=rules.references)
