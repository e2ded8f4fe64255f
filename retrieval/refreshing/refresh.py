"""Files → store: what is new or changed is read, what is unchanged is kept, what is gone leaves."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from retrieval import reading
from retrieval.processes import Failure
from retrieval.records import Problem
from retrieval.refreshing.pieces import File, Parts, ended, given_up, parts, single_lines
from retrieval.refreshing.preparing import Piece, Prepared, Rules, Sentenced, facts_anew, prepared
from retrieval.refreshing.workers import DEFAULT_BOUNDS, Bounds, Workers
from retrieval.store.store import Stamp, Store
from retrieval.store.stored import Stored

# Articles whose facts are found anew in one transaction.
_AT_ONCE = 200
# Lines of a piece that may be ended until the rest of it is given up.
_MOST_ENDED = 3

# Times that articles are read again without boilerplate which was found then.
_MOST_AGAIN = 5

# What is being done: asking feeds, reading articles, reading some of them again without boilerplate, finding persons
# and offices anew, weighing offices; then, in the index, numbering words and sorting where they stand.
Stage = Literal["feeds", "articles", "again", "persons", "offices", "words", "postings"]
# What is done of a stage and of how much, 0 where nobody knows.
Progress = Callable[[float, float, Stage], None]


def untold(_done: float, _of: float, _stage: Stage) -> None:
    """Nobody is told of the progress."""


@dataclass(slots=True)
class Summary:
    """What a refresh did: files by what became of them, how many articles that were there had their persons and offices
    found anew (`restated`), and the roots and files that could not be looked at.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    restated: int = 0
    problems: list[Problem] = field(default_factory=list)


def refresh(
    store: Store, roots: Sequence[Path], progress: Progress = untold, bounds: Bounds = DEFAULT_BOUNDS
) -> Summary:
    """Bring the store up to date with the files under `roots`, each read in another process, within bounds.

    `progress` counts files, and parts of a file of lines; then articles. Where what came shows boilerplate of a source,
    the articles that have it are read again.
    """
    found = list(reading.find_files(roots))
    files = [file for file in found if not isinstance(file, Problem)]
    rules = Rules.from_config()
    refreshing = _Refreshing(store, rules, [p for p in found if isinstance(p, Problem)])
    with Workers(bounds) as workers:
        _read(workers, refreshing.jobs(files), bounds, partial(_counted, progress, "articles", len(files)))
        summary = refreshing.done()
        for _ in range(_MOST_AGAIN):
            progress(0, 0, "again")
            paths = store.find_boilerplate(rules.digest.hex())
            some = [(path, name) for path, name in files if str(path.resolve()) in paths] if paths else []
            if not some:
                break
            again = _Refreshing(store, rules, summary.problems)
            _read(workers, again.jobs(some), bounds, partial(_counted, progress, "again", len(some)))
        for done, _, restated in workers.each(facts_anew, refreshing.outdated()):
            if not isinstance(restated, str):  # else the facts stay as they were found before
                store.replace_persons(restated or ())
            progress(done, summary.restated, "persons")
    progress(0, 0, "offices")
    store.settle()
    return summary


def _counted(progress: Progress, stage: Stage, of: int, done: float) -> None:
    progress(done, of, stage)


def _read(workers: Workers, jobs: Iterable["_Job"], bounds: Bounds, told: Callable[[float], None]) -> None:
    """Read what is to be read and write it; what is done by then is told."""
    for (step, done), piece, result in workers.each(prepared, jobs):
        if piece is not None and isinstance(result, str):
            step(_line_by_line(workers, piece, result, bounds))
        elif not isinstance(result, str):
            step(result)
        told(done)


def _line_by_line(workers: Workers, piece: Piece, why: Failure, bounds: Bounds) -> Prepared:
    """What can be read of a piece whose reading was ended: of lines, each by itself, until too many fail."""
    lines = list(single_lines(piece))
    if len(lines) < 2:
        return Prepared(((piece.first, ended(next(iter(lines), piece), why, bounds)),))
    results: list[tuple[int, Stored | Problem]] = []
    failed = 0
    for line, _, result in workers.each(prepared, ((line, line) for line in lines)):
        if isinstance(result, Prepared):
            results.extend(result.results)
        elif result is not None:
            results.append((line.first, ended(line, result, bounds)))
            failed += 1
        if failed == _MOST_ENDED:
            results.append((line.first, given_up(line)))
            break
    return Prepared(tuple(results))


# What is done with what was read of a piece.
_Step = Callable[[Prepared | None], None]
_Job = tuple[tuple[_Step, float], Piece | None]


class _Refreshing:
    """One refresh of a store. Jobs are made ahead of those whose results are written."""

    def __init__(self, store: Store, rules: Rules, problems: list[Problem]) -> None:
        self._store, self._rules = store, replace(rules, boilerplate=store.boilerplate(rules.digest.hex()))
        self._known = store.stamps()
        self._summary = Summary(problems=problems)

    def jobs(self, files: Sequence[tuple[Path, str]]) -> Iterator[_Job]:
        """For each file what is to be read, and what is to be done then; with the files done by then."""
        for before, (path, name) in enumerate(files):
            try:
                for step, share, piece in self._steps(File(path, name, str(path.resolve()), self._rules)):
                    yield (step, before + share), piece
            except OSError as error:
                self._summary.problems.append(Problem(str(path), f"cannot be read: {error.strerror}"))
                yield (_nothing, before + 1), None

    def done(self) -> Summary:
        """Forget the files that are gone, and tell what was done."""
        self._store.remove(self._known)
        self._summary.removed = len(self._known)
        return self._summary

    def outdated(self) -> Iterator[tuple[int, Sentenced]]:
        """The articles whose persons and offices other rules have found: read from the store, not from their files.
        Beside each some of them how many there are up to them.
        """
        keys, snapshot = self._store.outdated(self._rules.facts), self._store.snapshot()
        self._summary.restated = len(keys)
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            read = zip(some, snapshot.articles(some), snapshot.sentences(some), strict=True)
            yield at + len(some), Sentenced(tuple(read), self._rules.facts)

    def _steps(self, file: File) -> Iterator[tuple[_Step, float, Piece | None]]:
        known = self._known.pop(file.key, None)
        look, rules = file.look(), self._rules.digest.hex()
        if known and known.look == look and known.digest.startswith(rules):
            self._summary.unchanged += 1
            yield _nothing, 1, None
            return
        size, limit = file.path.stat().st_size, reading.size_limit(file.name)
        if size > limit:
            problem = Problem(str(file.path), f"{size:,} bytes, above the limit of {limit:,}")
            writing = _Writing(self._store, file, Stamp(look, rules + look), Parts(()))
            yield partial(writing.add_ready, Prepared(((0, problem),))), 1, None
        else:
            data, sidecar = file.path.read_bytes(), reading.sidecar(file.path)
            stamp = Stamp(look, rules + hashlib.sha256(hashlib.sha256(data).digest() + (sidecar or b"")).hexdigest())
            if known and known.digest == stamp.digest:
                self._summary.unchanged += 1
                yield lambda _: self._store.finish(file.key, stamp), 1, None
                return
            split = parts(file, data, sidecar, self._store.units(file.key))
            del data  # hundreds of megabytes of a file of lines
            writing = _Writing(self._store, file, stamp, split)
            for part in split.parts:
                if isinstance(part.piece, Prepared):
                    yield partial(writing.add_ready, part.piece), part.share, None
                else:
                    yield writing.add, part.share, part.piece
        yield lambda _: writing.finish(), 1, None
        self._summary.changed += known is not None
        self._summary.new += known is None


def _nothing(_: Prepared | None) -> None:
    """A file is passed over."""


class _Writing:
    """A file on its way into the store: begun with the first that is added, finished at the end."""

    def __init__(self, store: Store, file: File, stamp: Stamp, parts: Parts) -> None:
        self._store, self._file, self._stamp, self._parts = store, file, stamp, parts
        self._ids: reading.Ids | None = None

    def add(self, read: Prepared | None) -> None:
        """Write what was read of a piece."""
        ids = self._begun()
        articles: list[tuple[str, Stored]] = []
        problems: list[tuple[str, Problem]] = []
        for line, result in read.results if read else ():
            unit = self._parts.units[line - 1] if self._parts.units and line else ""
            if isinstance(result, Problem):
                problems.append((unit, result))
                continue
            claimed = ids.claim(result.id)
            articles.append((unit, replace(result, id=claimed)))
            if claimed != result.id:
                wrong = reading.repeated(result.id, claimed)
                problems.append((unit, Problem(f"{self._file.path}:{line}", wrong, line)))
        self._store.add(self._file.key, articles, problems)

    def add_ready(self, read: Prepared, _: Prepared | None) -> None:
        """Write what was read already."""
        self.add(read)

    def finish(self) -> None:
        """Note that all is read."""
        self._begun()
        self._store.finish(self._file.key, self._stamp)

    def _begun(self) -> reading.Ids:
        """The ids of the file."""
        if self._ids is None:
            self._store.begin(self._file.key, str(self._file.path), self._parts.kept)
            self._ids = reading.Ids(self._store.ids(self._file.key) if self._parts.by_line else None)
        return self._ids
