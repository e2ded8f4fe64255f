"""The encoder: a transformer as of BERT (Devlin et al. 2019), computed by NumPy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
import numpy.typing as npt

from retrieval.reader.pairs import Pair

Floats = npt.NDArray[np.float32]

# The first layers are as they were given; the marks are added before the first of those that were taught.
TAUGHT_FROM = 4
HEADS = 12
_LEAST_VARIANCE = np.float32(1e-12)


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights (output, input) and biases of a layer's four products, and its two normalisations' (2, width)."""

    attention: Floats
    attention_bias: Floats
    joined: Floats
    joined_bias: Floats
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    first_norm: Floats
    second_norm: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """`pieces` (vocabulary, width), `places` (longest, width), `marks` (MARKS, width), `norm` (2, width) of their sum;
    `ends` (2, width) and its bias (2,) tell where an answer starts and ends.
    """

    pieces: Floats
    places: Floats
    marks: Floats
    norm: Floats
    layers: tuple[Layer, ...]
    ends: Floats
    ends_bias: Floats

    @classmethod
    def of(cls, arrays: Mapping[str, Floats]) -> Self:
        """Of arrays by name, those of layer N named "N.attention" and so on."""
        count = sum(name.endswith(".attention") for name in arrays)
        layers = (
            Layer(**{field: arrays[f"{number}.{field}"] for field in Layer.__dataclass_fields__})
            for number in range(count)
        )
        rest = {field: arrays[field] for field in cls.__dataclass_fields__ if field != "layers"}
        return cls(**rest, layers=tuple(layers))

    def ends_of(self, pairs: Sequence[Pair]) -> list[Floats]:
        """For each pair (its length, 2) how much speaks for each of its pieces to start, and to end, the answer."""
        bounds = np.cumsum([0, *(len(pair.pieces) for pair in pairs)])
        each = [slice(start, end) for start, end in pairwise(bounds.tolist())]
        places = np.concatenate([self.places[: len(pair.pieces)] for pair in pairs])
        x = _normed(self.pieces[[number for pair in pairs for number in pair.pieces]] + places, self.norm)
        for number, layer in enumerate(self.layers):
            if number == TAUGHT_FROM:
                x = x + self.marks[[mark for pair in pairs for mark in pair.marks]]
            x = _through(layer, x, each)
        found = x @ self.ends.T + self.ends_bias
        return [found[one] for one in each]


def _through(layer: Layer, x: Floats, each: Sequence[slice]) -> Floats:
    products = x @ layer.attention.T + layer.attention_bias
    attended: Floats = np.concatenate([_attended(products[one]) for one in each])
    x = _normed(x + attended @ layer.joined.T + layer.joined_bias, layer.first_norm)
    widened = _gelu(x @ layer.wide.T + layer.wide_bias)
    return _normed(x + widened @ layer.narrow.T + layer.narrow_bias, layer.second_norm)


def _attended(products: Floats) -> Floats:
    """What each piece (length, 3 · width) takes from the others of its pair."""
    length = len(products)
    asking, asked, given = products.reshape(length, 3, HEADS, -1).transpose(1, 2, 0, 3)
    odds: Floats = asking @ asked.transpose(0, 2, 1) * np.float32(asking.shape[-1] ** -0.5)
    np.exp(odds - odds.max(axis=-1, keepdims=True), out=odds)
    odds /= odds.sum(axis=-1, keepdims=True)
    taken: Floats = (odds @ given).transpose(1, 0, 2).reshape(length, -1)
    return taken


def _normed(x: Floats, norm: Floats) -> Floats:
    x = x - x.mean(axis=1, keepdims=True)
    normed: Floats = x / np.sqrt((x * x).mean(axis=1, keepdims=True) + _LEAST_VARIANCE) * norm[0] + norm[1]
    return normed


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), with Φ as Hendrycks and Gimpel ("Gaussian Error Linear Units", 2016) approximate it by tanh."""
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32(np.sqrt(2 / np.pi))
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner
