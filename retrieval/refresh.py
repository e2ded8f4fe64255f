"""Files → store: what is new or changed is read, what is unchanged is kept, what is gone leaves."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import dates, reading, sentences
from .config_files import data_folder, load_toml
from .records import Problem, Reading, Sentence, Span
from .store import Stamp, Store

# Part of every file's digest: raise it when reading, sentences or dates change, and everything is read again.
READING_VERSION = 1


@dataclass(frozen=True, slots=True)
class Source:
    """A file found under the given paths: `path` as given, `key` in the store, `name` below its root."""

    path: Path
    name: str

    @property
    def key(self) -> str:
        """The absolute path."""
        return str(self.path.resolve())


@dataclass(slots=True)
class Summary:
    """What a refresh did, in files; `sources` are all that were found, `problems` what never became a file."""

    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


def refresh(store: Store, roots: Sequence[Path], progress: Callable[[int, int], None] | None = None) -> Summary:
    """Bring the store up to date with the files under `roots`; `progress(done, total)` is called after each file."""
    summary = Summary()
    for found in reading.find_files(roots):
        if isinstance(found, Problem):
            summary.problems.append(found)
        else:
            summary.sources.append(Source(*found))
    known = store.stamps()
    rules = _Rules.load()
    for done, source in enumerate(summary.sources, 1):
        _refresh_file(store, source, known.pop(source.key, None), rules, summary)
        if progress:
            progress(done, len(summary.sources))
    gone = [key for key in known if any(Path(key).is_relative_to(root.resolve()) for root in roots)]
    store.remove(gone)
    summary.removed = len(gone)
    return summary


@dataclass(frozen=True, slots=True)
class _Rules:
    """What the reading of a file depends on besides the file."""

    references: tuple[dates.Reference, ...]
    publishers: Mapping[str, str]
    digest: bytes

    @classmethod
    def load(cls) -> "_Rules":
        config = data_folder("config")
        content = b"".join((config / name).read_bytes() for name in ("reference_dates.toml", "publishers.toml"))
        digest = hashlib.sha256(READING_VERSION.to_bytes(4) + content).digest()
        references = dates.load_references(load_toml("reference_dates.toml"))
        return cls(references, reading.load_publishers(), digest)


def _refresh_file(store: Store, source: Source, known: Stamp | None, rules: _Rules, summary: Summary) -> None:
    try:
        status = source.path.stat()
        sidecar = reading.sidecar(source.path)
        data = source.path.read_bytes()
    except OSError as error:
        summary.problems.append(Problem(str(source.path), f"cannot be read: {error.strerror}"))
        return
    digest = hashlib.sha256(rules.digest + hashlib.sha256(data).digest() + (sidecar or b"")).hexdigest()
    stamp = Stamp(status.st_size, status.st_mtime_ns, digest)
    if known and known.digest == digest:
        summary.unchanged += 1
        return
    articles: list[tuple[Reading, Sequence[Sentence]]] = []
    problems: list[Problem] = []
    results = reading.read(
        source.name,
        data,
        path=str(source.path),
        overrides=sidecar,
        references=rules.references,
        publishers=rules.publishers,
    )
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
        else:
            articles.append((result, tuple(sentences_of(result, rules.references))))
    store.put(source.key, stamp, articles, problems)
    summary.changed += known is not None
    summary.new += known is None


def sentences_of(read: Reading, references: tuple[dates.Reference, ...]) -> Iterator[Sentence]:
    """The article's sentences in order, each with its date."""
    article = read.article
    spans: list[Span] = []
    paragraphs: list[int] = []
    for number, paragraph in enumerate(read.paragraphs):
        for start, end in sentences.split(article.text, paragraph.start, paragraph.end):
            spans.append(Span(start, end, paragraph.kind))
            paragraphs.append(number)
    context = dates.Context(published=article.published, url_date=dates.url_date(article.url), references=references)
    spoken_of = dates.date_sentences(article.text, spans, article.event_date, context)
    for index, (span, number, date) in enumerate(zip(spans, paragraphs, spoken_of, strict=True)):
        yield Sentence(article.id, index, span.start, span.end, span.kind, date, number)
