"""Near-copies: articles that papers took over from each other, word for word or lightly edited.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over runs of syllables, in bands (Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): articles that share a band are compared.
"""

import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from retrieval.tokens import fold, syllables

_RUN = 4  # syllables
_BASE = np.uint64(0x9E3779B97F4A7C15)
_BANDS = 16
_ROWS = 4
# Two articles this much alike (estimated Jaccard similarity of their runs) tell the same in the same words. With 16
# bands of 4 rows, a pair just as alike shares a band with a probability of 0.99.
SAME = 0.7


def sketch(text: str) -> bytes:
    """The 64 MinHash values of a text, four bytes each; texts of fewer than four syllables have one for all of it."""
    words = syllables(fold(text))
    hashes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    run = min(_RUN, len(words))
    runs = np.zeros(len(words) - run + 1, dtype=np.uint64)
    for at in range(run):  # a polynomial of its syllables, modulo 2⁶⁴
        runs = runs * _BASE + hashes[at : len(hashes) - run + 1 + at]
    a, b = _coefficients()
    permuted = (runs[:, None] * a + b) >> np.uint64(32)
    least: bytes = permuted.min(axis=0).astype(np.uint32).tobytes()
    return least


def bands(sketch: bytes) -> list[int]:
    """What near-copies have in common with a high probability: one number for each of the 16 bands of a sketch."""
    size = len(sketch) // _BANDS
    return [zlib.crc32(sketch[number * size : (number + 1) * size], number) for number in range(_BANDS)]


def alike(sketch: bytes, others: Sequence[bytes]) -> npt.NDArray[np.float64]:
    """The estimated Jaccard similarity, from 0 to 1, of a text to others; sketches are given as bytes."""
    values = np.frombuffer(sketch, dtype=np.uint32)
    rows = np.frombuffer(b"".join(others), dtype=np.uint32).reshape(len(others), len(values))
    shares: npt.NDArray[np.float64] = np.mean(rows == values, axis=1)
    return shares


@cache
def _coefficients() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Multiply-shift hashing: fixed odd multipliers, and summands."""
    random = np.random.default_rng(1997)
    a, b = random.integers(1, 1 << 63, size=(2, _BANDS * _ROWS), dtype=np.uint64)
    return a | np.uint64(1), b
