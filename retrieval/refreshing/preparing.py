"""Bytes → what is stored of their articles: the work of a refresh that needs no store, done in any process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from retrieval import dates, reading, sentences
from retrieval.config_files import load_toml
from retrieval.facts import Facts
from retrieval.reading.boilerplate import Boilerplate
from retrieval.records import Article, Problem, Reading, Sentence, Span
from retrieval.refreshing.versions import facts_version, reading_version
from retrieval.store.sightings import SightingRows, rows_of, sightings_of
from retrieval.store.stored import Stored, stored


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reading of a file depends on besides the file: `digest` changes when any of it does, `facts` when what
    the persons and offices of an article depend on does. `boilerplate` is what was found in the library itself.
    """

    references: tuple[dates.Reference, ...]
    publishers: Mapping[str, str]
    digest: bytes
    facts: str
    boilerplate: Boilerplate = field(default_factory=dict)

    @classmethod
    def from_config(cls) -> "Rules":
        """As the code and the files of config/ are now."""
        references = dates.load_references(load_toml("reference_dates.toml"))
        return cls(references, reading.load_publishers(), reading_version(), facts_version())


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
    """The articles of a piece as they are stored. The ids of lines are as they are there, not each once.

    Raises MemoryError.
    """
    return Prepared(tuple(_prepared(piece)))


def _prepared(piece: Piece) -> Iterator[tuple[int, Stored | Problem]]:
    rules = piece.rules
    for result in reading.read(
        piece.name,
        piece.data,
        path=piece.path,
        overrides=piece.sidecar,
        references=rules.references,
        publishers=rules.publishers,
        first_line=piece.first,
        boilerplate=rules.boilerplate,
    ):
        yield result.line, _stored(result, rules) if isinstance(result, Reading) else result


def _stored(read: Reading, rules: Rules) -> Stored:
    """All that is stored of an article."""
    found = tuple(sentences_of(read, rules))
    return stored(read, found, sightings_of(_facts(rules.facts), read.article, found), rules.facts)


@dataclass(frozen=True, slots=True)
class Sentenced:
    """Articles by key, with their sentences, whose facts are found anew by rules of this version."""

    articles: tuple[tuple[int, Article, tuple[Sentence, ...]], ...]
    version: str


def facts_anew(job: Sentenced) -> tuple[tuple[int, SightingRows], ...]:
    """The persons of articles that are stored, as they are stored."""
    facts = _facts(job.version)
    return tuple(
        (key, rows_of(sightings_of(facts, article, found), job.version)) for key, article, found in job.articles
    )


@lru_cache(1)
def _facts(version: str) -> Facts:  # noqa: ARG001 - the lexicon is read again when it is another
    """The lexicon of persons and offices, compiled once in each process: too large to be sent with every piece."""
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
