"""Files → store: what is new or changed is read, what is unchanged is kept, what is gone leaves."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from . import dates, reading, sentences
from .config_files import data_folder, load_toml
from .records import Problem, Reading, Sentence, Span
from .store import Stamp, Store, Stored

# Part of every digest: raise it when reading, sentences or dates change, and everything is read again.
READING_VERSION = 2
# Articles written in one transaction: what a kill costs at most.
_BATCH = 500

Progress = Callable[[float, int], None]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the reading of a file depends on besides the file; `digest` changes when any of it does."""

    references: tuple[dates.Reference, ...]
    publishers: Mapping[str, str]
    digest: bytes

    @classmethod
    def from_config(cls) -> "Rules":
        """With config/reference_dates.toml and config/publishers.toml."""
        config = data_folder("config")
        content = b"".join((config / name).read_bytes() for name in ("reference_dates.toml", "publishers.toml"))
        references = dates.load_references(load_toml("reference_dates.toml"))
        digest = hashlib.sha256(READING_VERSION.to_bytes(4) + content).digest()
        return cls(references, reading.load_publishers(), digest)


@dataclass(slots=True)
class Summary:
    """What a refresh did: files by what became of them, and the roots and files that could not be looked at."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[Problem] = field(default_factory=list)


def refresh(store: Store, roots: Sequence[Path], progress: Progress | None = None) -> Summary:
    """Bring the store up to date with the files under `roots`.

    `progress(done, total)` counts files, and parts of a file of lines.
    """
    summary = Summary()
    found = list(reading.find_files(roots))
    summary.problems = [problem for problem in found if isinstance(problem, Problem)]
    files = [file for file in found if not isinstance(file, Problem)]
    known = store.stamps()
    rules = Rules.from_config()
    for done, (path, name) in enumerate(files, 1):
        key = str(path.resolve())
        try:
            part = partial(_part, progress, done - 1, len(files))
            _refresh_file(_File(path, name, key, rules, part), store, known.pop(key, None), summary)
        except OSError as error:
            summary.problems.append(Problem(str(path), f"cannot be read: {error.strerror}"))
        if progress:
            progress(done, len(files))
    store.remove(known)
    summary.removed = len(known)
    return summary


def _part(progress: Progress | None, before: int, total: int, share: float) -> None:
    if progress:
        progress(before + share, total)


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read: as given, its name below its root, its key in the store; `part` is told what share is read."""

    path: Path
    name: str
    key: str
    rules: Rules
    part: Callable[[float], None]

    def look(self) -> str:
        """What changes whenever the file or its sidecar is written, as far as the file system tells."""
        looks = [path.stat() for path in (self.path, reading.sidecar_path(self.path)) if path.is_file()]
        return " ".join(f"{look.st_size}:{look.st_mtime_ns}:{look.st_ctime_ns}" for look in looks)


def _refresh_file(file: _File, store: Store, known: Stamp | None, summary: Summary) -> None:
    look = file.look()
    rules = file.rules.digest.hex()
    if known and known.look == look and known.digest.startswith(rules):
        summary.unchanged += 1
        return
    size, limit = file.path.stat().st_size, reading.size_limit(file.name)
    if size > limit:
        stamp = Stamp(look, rules + look)
        store.begin(file.key, str(file.path), frozenset())
        store.add(file.key, (), [("", Problem(str(file.path), f"{size:,} bytes, above the limit of {limit:,}"))])
    else:
        data, sidecar = file.path.read_bytes(), reading.sidecar(file.path) or b""
        stamp = Stamp(look, rules + hashlib.sha256(hashlib.sha256(data).digest() + sidecar).hexdigest())
        if known and known.digest == stamp.digest:
            store.finish(file.key, stamp)
            summary.unchanged += 1
            return
        _read_into(store, file, data, sidecar)
    store.finish(file.key, stamp)
    summary.changed += known is not None
    summary.new += known is None


def _read_into(store: Store, file: _File, data: bytes, sidecar: bytes) -> None:
    """Read a file into the store; of a file of lines only those lines that the store does not have yet."""
    units: list[str] = []
    kept: frozenset[str] = frozenset()
    if file.name.lower().endswith(".jsonl"):
        lines = data.split(b"\n")
        salt = hashlib.sha256(file.rules.digest + sidecar).digest()
        units = [hashlib.blake2b(line, digest_size=16, key=salt).hexdigest() for line in lines]
        kept = store.units(file.key).intersection(units)
        first = {unit: number for number, unit in reversed(list(enumerate(units)))}
        # Blank lines in their place: the numbers of the others stay.
        data = b"\n".join(
            b"" if units[number] in kept or first[units[number]] != number else line
            for number, line in enumerate(lines)
        )
    store.begin(file.key, str(file.path), kept)
    if kept and not data.strip():
        return
    results = reading.read(
        file.name,
        data,
        path=str(file.path),
        overrides=sidecar or None,
        references=file.rules.references,
        publishers=file.rules.publishers,
        taken=store.ids(file.key),
    )
    while batch := list(islice(results, _BATCH)):
        file.part(batch[-1].line / max(len(units), 1))
        placed = [(units[result.line - 1] if units and result.line else "", result) for result in batch]
        store.add(
            file.key,
            [Stored(unit, r, tuple(sentences_of(r, file.rules))) for unit, r in placed if isinstance(r, Reading)],
            [(unit, r) for unit, r in placed if isinstance(r, Problem)],
        )


def sentences_of(read: Reading, rules: Rules) -> Iterator[Sentence]:
    """The article's sentences in order, each with its date."""
    article = read.article
    spans: list[Span] = []
    paragraphs: list[int] = []
    for number, paragraph in enumerate(read.paragraphs):
        for start, end in sentences.split(article.text, paragraph.start, paragraph.end):
            spans.append(Span(start, end, paragraph.kind))
            paragraphs.append(number)
    url_date = dates.url_date(article.url)
    context = dates.Context(published=article.published, url_date=url_date, references=rules.references)
    spoken_of = dates.date_sentences(article.text, spans, article.event_date, context)
    for index, (span, number, date) in enumerate(zip(spans, paragraphs, spoken_of, strict=True)):
        yield Sentence(article.id, index, span.start, span.end, span.kind, date, number)
