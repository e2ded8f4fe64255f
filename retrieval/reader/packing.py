"""The encoder's weights in one file: products in eight bits a weight, in four those that were given in four."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retrieval.reader.network import Floats

_BLOCK = 32  # weights of a row that share a scale
_LARGE = 100_000  # weights; fewer are kept in sixteen bits
_SMALLEST = np.float32(1e-12)


def pack(
    path: Path, arrays: Mapping[str, Floats], pieces: Sequence[str], scores: Sequence[float], in_four: Collection[str]
) -> None:
    """Write arrays by name, and the vocabulary with its scores.

    Blocks in four bits are those of Q4_0 of ggml: what was given so is kept as it is.
    """
    packed: dict[str, npt.NDArray[np.generic]] = {
        "pieces": np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8),
        "scores": np.array(scores, dtype=np.float32),
    }
    for name, array in arrays.items():
        if array.size < _LARGE:
            packed[f"{name}:16"] = array.astype(np.float16)
            continue
        blocks = array.reshape(len(array), -1, _BLOCK)
        most = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[:, :, None], axis=2)
        steps = -8 if name in in_four else 127
        scale = (np.where(np.abs(most) < _SMALLEST, _SMALLEST, most) / steps).astype(np.float16)
        whole = np.clip(np.rint(blocks / scale.astype(np.float32)), -abs(steps), 7 if name in in_four else 127)
        packed[f"{name}:scale"] = scale[:, :, 0]
        if name in in_four:
            halves = (whole + 8).astype(np.uint8)
            packed[f"{name}:4"] = halves[:, :, ::2] | (halves[:, :, 1::2] << 4)
        else:
            packed[f"{name}:8"] = whole.astype(np.int8)
    np.savez(path, **packed)  # type: ignore[arg-type]


def unpack(path: Path) -> tuple[dict[str, Floats], list[str], list[float]]:
    """What was packed. Raises ValueError or OSError for a file that is none of these."""
    arrays: dict[str, Floats] = {}
    with np.load(path) as packed:
        pieces = packed["pieces"].tobytes().decode().split("\n")
        scores = packed["scores"].tolist()
        for key in packed.files:
            name, _, kind = key.partition(":")
            if kind == "16":
                arrays[name] = packed[key].astype(np.float32)
            elif kind in {"4", "8"}:
                whole = packed[key]
                if kind == "4":
                    halves = np.stack([whole & 15, whole >> 4], axis=3)
                    whole = halves.reshape(*whole.shape[:2], _BLOCK).astype(np.int8) - 8
                scale = packed[f"{name}:scale"].astype(np.float32)
                arrays[name] = (whole * scale[:, :, None]).reshape(len(whole), -1)
    return arrays, pieces, scores
