"""What the reader has said of pairs that tests read again and again, at a tenth of a second each.

    python -m pytest -n0 --keep-readings tests/retrieval/test_quality_floor.py …

adds the pairs of these tests to readings.npz. A pair is known by all that is read of it, and all pairs are forgotten
where the reader or its weights are others: then tests read anew, as they do pairs that they have never read.
"""

import ast
import hashlib
from collections.abc import Sequence
from dataclasses import astuple
from functools import cached_property
from pathlib import Path

import numpy as np

from retrieval import reader
from retrieval.config_files import data_folder
from retrieval.reader import Passage, Reader, Reading
from retrieval.tokens import fold

KEPT = Path(__file__).with_name("readings.npz")


def version() -> str:
    """Another where the reader's code (not its comments) or weights are others, or what it takes from other modules."""
    digest = hashlib.sha256((data_folder("config") / "reader.npz").read_bytes())
    for path in sorted(Path(reader.__file__).parent.glob("*.py")):
        digest.update(ast.dump(ast.parse(path.read_text(encoding="utf-8"))).encode())
    digest.update(fold("".join(map(chr, range(0x20, 0x2000)))).encode())
    return digest.hexdigest()


class RememberingReader(Reader):
    """Reads what it has not read before."""

    def __init__(self, path: Path = KEPT) -> None:
        self._version = version()
        self._known: dict[int, Reading] = {}
        if path.is_file():
            with np.load(path) as kept:
                if str(kept["version"]) == self._version:
                    rows = (kept[name].tolist() for name in ("pairs", "scores", "starts", "ends"))
                    self._known = {pair: Reading(*reading) for pair, *reading in zip(*rows, strict=True)}
        self.read_anew = 0

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """As the reader does."""
        pairs = [_key(question, passage) for passage in passages]
        new = [at for at, pair in enumerate(pairs) if pair not in self._known]
        self.read_anew += len(new)
        found = self._reader.read(question, [passages[at] for at in new]) if new else []
        self._known |= {pairs[at]: reading for at, reading in zip(new, found, strict=True)}
        return [self._known[pair] for pair in pairs]

    def keep(self, path: Path = KEPT) -> None:
        """Write down all that it knows."""
        known = sorted(self._known.items())
        scores, starts, ends = (np.array(column) for column in zip(*(astuple(r) for _, r in known), strict=True))
        pairs = np.array([pair for pair, _ in known], dtype=np.uint64)
        ends, starts = ends.astype(np.uint16), starts.astype(np.uint16)
        np.savez_compressed(path, version=self._version, pairs=pairs, scores=scores, starts=starts, ends=ends)

    @cached_property
    def _reader(self) -> Reader:
        return Reader.from_config()


def _key(question: str, passage: Passage) -> int:
    read = "\0".join((question, *astuple(passage)))
    return int.from_bytes(hashlib.sha256(read.encode("utf-8", "surrogatepass")).digest()[:8])
