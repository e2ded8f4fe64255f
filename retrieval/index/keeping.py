"""The index of a library file as the file changes: segments for what is new, merged as they grow many, kept on disk.

A folder beside the library file holds `segment-…` folders, which are written once, and for the newest revision of the
file a `library-…` folder that names its segments. Each appears by one renaming, so that a kill leaves it whole or not
at all; what nothing names is removed the next time.
"""

import fcntl
import json
import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from retrieval.index import arrays
from retrieval.index.forward import Forward, Ints, Longs
from retrieval.index.index import INDEX_VERSION, Index, with_folded
from retrieval.index.numbering import Keyed, numbered
from retrieval.index.segment import Segment
from retrieval.index.statistics import Statistics
from retrieval.index.vocabulary import Vocabulary
from retrieval.own_files import DamageError, IndexDamageError, make_folder, private, set_aside, those_set_aside
from retrieval.refreshing.refresh import Progress, untold
from retrieval.refreshing.workers import UNBOUNDED, Workers
from retrieval.store.snapshot import Snapshot

logger = logging.getLogger(__name__)

# Articles read and numbered at once.
_AT_ONCE = 1_000
# A segment is written anew without its removed articles when they are this share of it.
_REMOVED = 0.2
# The latest segments become one while it is not dwarfed by the segment before: so each article is written again
# about log(n) times in all, and there are about log(n) segments (O'Neil et al., "The log-structured merge-tree", 1996).
_DWARFED = 4

_DAMAGE = (OSError, ValueError, EOFError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class _Part:
    """A segment, and the name of its folder; empty where it has none yet."""

    segment: Segment
    name: str = ""


def index_of(
    snapshot: Snapshot, store: Path | None, progress: Progress = untold, *, looked_through: bool = False
) -> Index:
    """The index of what the library file `store` holds: the one kept beside it, with what has changed since.

    Without a file, it is in memory only. Of one that another process has `looked_through` only the sizes are compared,
    as all else is most of the time that it takes to open it; and where it is damaged, it raises IndexDamageError.
    `progress` counts articles whose words are numbered, then lists of postings.
    """
    if store is None:
        return _index(snapshot, store, *_nothing(), progress)[0]
    folder = _folder(store)
    current = {folder, *those_set_aside(folder)}
    for older in store.parent.glob(f"{store.stem}.index-*"):
        if older not in current:
            logger.warning("%s: of another version; the index is made again", older)
            shutil.rmtree(older, ignore_errors=True)
    kept = _Kept(folder, store, progress)
    try:  # while another process may be making the next one
        return kept.of(snapshot, looked_through=looked_through)
    except _DAMAGE:
        pass
    try:
        try:
            with _alone(folder):
                return kept.index(snapshot)
        except DamageError as error:
            if looked_through:
                raise IndexDamageError(str(error)) from error
            set_aside(folder, str(error), keep=1)
        with _alone(folder):
            return kept.index(snapshot)
    except OSError:  # no room, or no right to write: the index in memory serves
        return _index(snapshot, store, *_nothing(), progress)[0]


def _nothing() -> tuple[Vocabulary, Ints, list[_Part]]:
    """No words and no segments."""
    return Vocabulary.of(), np.zeros(0, dtype=np.int32), []


@contextmanager
def index_made(store: Path, snapshot: Snapshot) -> Iterator[Callable[[], None]]:
    """The index of what a snapshot shows and nobody else can see yet; once it is committed, what is given here puts
    the index in its place. Who opens the library file in between waits for the end of the block. Raises OSError.
    """
    kept = _Kept(_folder(store), store)
    with _alone(kept.folder):
        yield kept.made(snapshot)


def _folder(store: Path) -> Path:
    return store.with_suffix(f".index-{INDEX_VERSION}")


class _Kept:
    """The folder of an index. Raises OSError where it cannot be written, DamageError where it is not as it was."""

    def __init__(self, folder: Path, store: Path, progress: Progress = untold) -> None:
        self.folder, self._store, self._progress = folder, store, progress

    def of(self, snapshot: Snapshot, *, looked_through: bool) -> Index:
        """The index of a snapshot, if it is there."""
        return self._load(snapshot, whole=not looked_through)

    def _current(self, snapshot: Snapshot) -> Path:
        return self.folder / f"library-{snapshot.revision()}"

    def _libraries(self) -> list[Path]:
        """The newest first."""
        return sorted(self.folder.glob("library-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def index(self, snapshot: Snapshot) -> Index:
        """The index of a snapshot of the library, and nothing else in the folder."""
        try:
            return self._load(snapshot)
        except FileNotFoundError:
            pass
        except _DAMAGE as error:
            raise DamageError(str(error) or type(error).__name__) from error
        self._made(snapshot, self._store)()
        return self._load(snapshot)

    def made(self, snapshot: Snapshot) -> Callable[[], None]:
        """Make the index of a snapshot that other processes cannot see yet; what is returned puts it in its place."""
        try:
            self._load(snapshot)
        except _DAMAGE:
            return self._made(snapshot, None)
        return lambda: None

    def _made(self, snapshot: Snapshot, store: Path | None) -> Callable[[], None]:
        vocabulary, folded, parts = self._newest()
        index, parts = _index(snapshot, store, vocabulary, folded, parts, self._progress)
        names = [part.name or self._saved(part.segment) for part in parts]
        current = self._current(snapshot)

        def keep() -> None:
            shutil.rmtree(current, ignore_errors=True)
            self._save(index, names, current)
            self._clear()

        return keep

    def _newest(self) -> tuple[Vocabulary, Ints, list[_Part]]:
        """The words and segments of the last revision that is whole; none where there is none."""
        for library in self._libraries():
            try:
                names = _segments(library)
                for name in (library.name, *names):
                    arrays.check(self.folder / name)
                parts = [_Part(Segment.load(self.folder / name), name) for name in names]
                words = arrays.load(Vocabulary, library / "vocabulary")
                return words, np.load(library / "folded.npy"), parts
            except _DAMAGE:
                continue
        return _nothing()

    def _load(self, snapshot: Snapshot, *, whole: bool = True) -> Index:
        library = self._current(snapshot)
        arrays.check(library, whole=whole)
        names = _segments(library)
        for name in names:
            if not (self.folder / name).is_dir():
                raise ValueError(f"{name} is gone")
            arrays.check(self.folder / name, whole=whole)
        folded = np.asarray(np.load(library / "folded.npy", mmap_mode="r"))
        keys = np.load(library / "keys.npy")  # few, and looked at by processes that look at nothing else
        statistics = {path.name: Statistics.load(path) for path in library.glob("*_statistics")}
        segments = [Segment.load(self.folder / name) for name in names]
        vocabulary = arrays.load(Vocabulary, library / "vocabulary")
        by_field = {name.removesuffix("_statistics"): one for name, one in statistics.items()}
        made = library.stat().st_mtime_ns
        return Index(vocabulary, folded, segments, keys, by_field, made, snapshot.keys_of)

    def _save(self, index: Index, segments: Sequence[str], library: Path) -> None:
        with _whole(library) as folder:
            arrays.save(index.vocabulary, folder / "vocabulary")
            for field, statistics in index.statistics.items():
                arrays.save(statistics, folder / f"{field}_statistics")
            np.save(folder / "folded.npy", index.folded)
            np.save(folder / "keys.npy", index.keys)
            (folder / "segments.json").write_text(json.dumps(list(segments)), encoding="utf-8")

    def _saved(self, segment: Segment) -> str:
        unfinished = Path(mkdtemp(dir=self.folder, prefix="unfinished-"))
        segment.save(unfinished)
        arrays.seal(unfinished)
        name = unfinished.name.replace("unfinished", "segment")
        unfinished.rename(self.folder / name)
        return name

    def _clear(self) -> None:
        """Only the newest library and the one before stay: another process may just be opening that."""
        libraries = self._libraries()[:2]
        named = {library.name for library in libraries}
        for library in libraries:
            with suppress(*_DAMAGE):
                named.update(_segments(library))
        for path in self.folder.iterdir():
            if path.is_dir() and path.name not in named:
                shutil.rmtree(path, ignore_errors=True)


def _segments(library: Path) -> list[str]:
    """The names of the folders of its segments."""
    names: list[str] = json.loads((library / "segments.json").read_text(encoding="utf-8"))
    return names


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, which appears in one step."""
    unfinished = Path(mkdtemp(dir=folder.parent, prefix="unfinished-"))
    yield unfinished
    arrays.seal(unfinished)
    unfinished.rename(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """While no other process works on the folder."""
    make_folder(folder)
    with open(folder / "lock", "w", encoding="ascii", opener=private) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _index(  # noqa: PLR0913, PLR0917 - what there is, of what, and who is told
    snapshot: Snapshot,
    store: Path | None,
    vocabulary: Vocabulary,
    folded: Ints,
    parts: Sequence[_Part],
    progress: Progress,
) -> tuple[Index, list[_Part]]:
    """The index of a snapshot, with as much as possible of the segments that there are."""
    keys = np.array(snapshot.keys(), dtype=np.int64)
    known = np.concatenate([np.zeros(0, dtype=np.int64), *(part.segment.forward.keys for part in parts)])
    added: list[Forward] = []
    new = keys[~np.isin(keys, known)].tolist()
    done = 0
    for words, forward in _numbered(snapshot, store, new):
        vocabulary = vocabulary.extended(words)
        added.append(forward.renumbered(vocabulary.numbers_of(words)))
        done += len(forward.keys)
        progress(done, len(new), "words")
    vocabulary, folded = with_folded(vocabulary, folded)
    parts = _merged(parts, added, keys, folded, progress)
    index = Index(vocabulary, folded, [part.segment for part in parts], keys, published_by=snapshot.keys_of)
    return index, parts


def _numbered(snapshot: Snapshot, store: Path | None, keys: Sequence[int]) -> Iterator[tuple[list[str], Forward]]:
    """The articles of these keys; many by several processes, which read them from the library file."""
    some = [keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE)]
    if store is None:
        yield from (_read(snapshot, keys) for keys in some)
        return
    if len(some) == 1:
        yield _read(snapshot, keys)
        return
    with Workers(UNBOUNDED) as workers:
        for _, job, result in workers.each(_read_from, (((), (store, keys)) for keys in some)):
            if isinstance(result, tuple):
                yield result
            elif job is not None:  # its process was killed
                yield _read_from(job)


def _read(snapshot: Snapshot, keys: Sequence[int]) -> tuple[list[str], Forward]:
    return numbered(map(Keyed, keys, snapshot.articles(keys), snapshot.sentences(keys)))


def _read_from(job: tuple[Path, Sequence[int]]) -> tuple[list[str], Forward]:
    store, keys = job
    with closing(Snapshot.open(store)) as snapshot:
        return _read(snapshot, keys)


def _merged(
    parts: Sequence[_Part], added: Sequence[Forward], keys: Longs, folded: Ints, progress: Progress
) -> list[_Part]:
    """The segments, the largest first, with what is added; merged, and without removed articles, where that pays."""
    there = [np.flatnonzero(np.isin(part.segment.forward.keys, keys)) for part in parts]
    sizes = [_sentences(part.segment.forward, articles) for part, articles in zip(parts, there, strict=True)]
    order = sorted((at for at in range(len(parts)) if len(there[at])), key=lambda at: -sizes[at])
    new = sum(len(forward.kinds) for forward in added)
    kept = _kept([sizes[at] for at in order], new)
    whole = [at for at in order[:kept] if len(there[at]) >= (1 - _REMOVED) * len(parts[at].segment.forward.keys)]
    rest = [parts[at].segment.forward.selected(there[at]) for at in order if at not in whole]
    forward = Forward.joined([*rest, *added])
    left = [parts[at] for at in whole]
    if len(forward.keys):
        left.append(_Part(Segment.build(forward, folded, lambda done, of: progress(done, of, "postings"))))
    return left


def _kept(sizes: Sequence[int], new: int) -> int:
    """How many of the segments, the largest first, stay as they are when `new` sentences come."""
    for kept in range(len(sizes), 0, -1):
        if sizes[kept - 1] >= _DWARFED * (sum(sizes[kept:]) + new):
            return kept
    return 0 if new else len(sizes)


def _sentences(forward: Forward, articles: Longs) -> int:
    return int((forward.article_starts[articles + 1] - forward.article_starts[articles]).sum())
