"""A file's name → the reader of its kind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from retrieval.config_files import load_toml
from retrieval.dates import Reference
from retrieval.records import Problem, Reading

from .archives import read_zip
from .boilerplate import Boilerplate
from .json_lines import read_json_lines
from .metadata import aggregator, dateline
from .pdf import read_pdf
from .plain import read_text
from .sidecar import read_sidecar
from .source import DEFAULT_LIMITS, Limits, Source, UnreadableError


@dataclass(frozen=True, slots=True)
class _Kind:
    """How files of a kind are read, and the name of the limit of their size."""

    read: Callable[[Source, bytes], Iterator[Reading | Problem]]
    limit: str


# What these three read with takes long to import: processes that read share it, all others need none of it.
def _docx(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    from .documents import read_docx  # noqa: PLC0415

    return read_docx(source, data)


def _feed(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    from .feeds import read_feed  # noqa: PLC0415

    return read_feed(source, data)


def _html(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    from .html_page import read_html  # noqa: PLC0415

    return read_html(source, data)


def _zip(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    return read_zip(source, data, read_source)


_TEXT = _Kind(read_text, "article")
_MARKDOWN = _Kind(partial(read_text, markdown=True), "article")
_HTML = _Kind(_html, "page")
_FEED = _Kind(_feed, "feed")
_KINDS: Mapping[str, _Kind] = {
    ".jsonl.gz": _Kind(partial(read_json_lines, compressed=True), "unpacked"),
    ".jsonl": _Kind(read_json_lines, "unpacked"),
    ".txt": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".xhtml": _HTML,
    ".xml": _FEED,
    ".rss": _FEED,
    ".atom": _FEED,
    ".docx": _Kind(_docx, "article"),
    ".pdf": _Kind(read_pdf, "article"),
    ".zip": _Kind(_zip, "unpacked"),
}


def load_publishers() -> Mapping[str, str]:
    """Host, dateline (`metadata.dateline`) or aggregator's host → publisher, from config/publishers.toml."""
    known: dict[str, dict[str, str]] = load_toml("publishers.toml")
    datelines = {dateline(name): paper for name, paper in known["datelines"].items()}
    return known["publishers"] | datelines | {aggregator(host): name for host, name in known["aggregators"].items()}


def read(  # noqa: PLR0913 - the last are what a caller with a library already holds, and default
    name: str,
    data: bytes,
    *,
    path: str,
    overrides: bytes | None = None,
    references: tuple[Reference, ...] = (),
    publishers: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    taken: frozenset[str] = frozenset(),
    first_line: int = 0,
    boilerplate: Boilerplate | None = None,
) -> Iterator[Reading | Problem]:
    """The articles of one file, and what of it could not be read. Nothing but MemoryError is raised for what it holds.

    `name`: the path below the opened root, with "/"; it becomes the id of a file's only article, and its suffix
    decides the reader. `path`: as given, for `Article.path` and problems. `overrides`: the content of the sidecar.
    `references`: what years are completed from. `publishers`: host → name; loaded where not given.
    `taken`: ids of articles of this file that were read before, where `data` holds only the rest of it.
    `first_line`: of JSON Lines, where `data` are some lines only, the number of the first; whoever puts them together
    makes ids unique (`Ids`), and the problems of the sidecar come with line 1.
    `boilerplate`: what is no article's own, by source.
    """
    if publishers is None:
        publishers = load_publishers()
    override, problems = read_sidecar(path, overrides)
    if first_line <= 1:
        yield from problems
    source = Source(
        *(name, path, override, references, publishers, limits),
        taken=taken,
        first_line=first_line,
        boilerplate=boilerplate or {},
    )
    yield from read_source(source, data)


def size_limit(name: str, limits: Limits = DEFAULT_LIMITS) -> int:
    """The most bytes a file of this name may have; so that a larger one need not be loaded to be refused."""
    kind = _kind(name)
    limit: int = getattr(limits, kind.limit) if kind else 0
    return limit


def read_source(source: Source, data: bytes) -> Iterator[Reading | Problem]:
    """The articles of a source that is put together already: a file, or a member of an archive."""
    kind, limit = _kind(source.name), size_limit(source.name, source.limits)
    if kind is None:
        yield Problem(source.path, "not a kind of file that is read")
    elif len(data) > limit:
        yield Problem(source.path, f"{len(data):,} bytes, above the limit of {limit:,}")
    else:
        yield from _guarded(kind, source, data)


def _guarded(kind: _Kind, source: Source, data: bytes) -> Iterator[Reading | Problem]:
    try:
        yield from kind.read(source, data)
    except UnreadableError as error:
        yield Problem(source.path, str(error))
    except MemoryError:  # of a process with a limit: whoever started it tells
        raise
    except Exception as error:  # noqa: BLE001 - the libraries below raise anything on hostile bytes; others are read on
        yield Problem(source.path, f"cannot be read: damaged? ({type(error).__name__})")


def _kind(name: str) -> _Kind | None:
    lower = name.lower()
    return next((kind for suffix, kind in _KINDS.items() if lower.endswith(suffix)), None)
