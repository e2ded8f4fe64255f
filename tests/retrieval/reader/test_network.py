"""The encoder against the same computed piece by piece, as the papers write it."""

import math

import numpy as np
import numpy.typing as npt

from retrieval.reader.network import HEADS, TAUGHT_FROM, Floats, Network
from retrieval.reader.pairs import MARKS, Pair

WIDTH, LAYERS = 2 * HEADS, TAUGHT_FROM + 1
Wide = npt.NDArray[np.float64]


def arrays() -> dict[str, Floats]:
    chance = np.random.default_rng(3)

    def some(*shape: int) -> Floats:
        return chance.normal(scale=0.3, size=shape).astype(np.float32)

    sizes = {"attention": (3 * WIDTH, WIDTH), "joined": (WIDTH, WIDTH), "wide": (4 * WIDTH, WIDTH)}
    sizes["narrow"] = (WIDTH, 4 * WIDTH)
    found = {"pieces": some(9, WIDTH), "places": some(8, WIDTH), "marks": some(MARKS, WIDTH), "norm": some(2, WIDTH)}
    found |= {"ends": some(2, WIDTH), "ends_bias": some(2)}
    for number in range(LAYERS):
        for name, shape in sizes.items():
            found |= {f"{number}.{name}": some(*shape), f"{number}.{name}_bias": some(shape[0])}
        found |= {f"{number}.first_norm": some(2, WIDTH), f"{number}.second_norm": some(2, WIDTH)}
    return found


def normed(row: Wide, norm: Wide) -> Wide:
    found: Wide = (row - row.mean()) / np.sqrt(row.var() + 1e-12) * norm[0] + norm[1]
    return found


def slowly(weights: dict[str, Floats], pair: Pair) -> list[Wide]:
    w = {name: array.astype(np.float64) for name, array in weights.items()}
    rows = [normed(w["pieces"][n] + w["places"][at], w["norm"]) for at, n in enumerate(pair.pieces)]
    for number in range(LAYERS):
        if number == TAUGHT_FROM:
            rows = [row + w["marks"][mark] for row, mark in zip(rows, pair.marks, strict=True)]
        at = {key.split(".")[1]: value for key, value in w.items() if key.startswith(f"{number}.")}
        products = [at["attention"] @ row + at["attention_bias"] for row in rows]
        after = []
        for row, own in zip(rows, products, strict=True):
            taken = []
            for head in range(HEADS):
                part = slice(head * 2, head * 2 + 2)
                odds = [own[:WIDTH][part] @ other[WIDTH : 2 * WIDTH][part] / math.sqrt(2) for other in products]
                shares = np.exp(odds) / np.exp(odds).sum()
                taken.append(sum(s * o[2 * WIDTH :][part] for s, o in zip(shares, products, strict=True)))
            row = normed(row + at["joined"] @ np.concatenate(taken) + at["joined_bias"], at["first_norm"])  # noqa: PLW2901
            wide = at["wide"] @ row + at["wide_bias"]
            wide = wide * np.array([(1 + math.erf(x / math.sqrt(2))) / 2 for x in wide])
            after.append(normed(row + at["narrow"] @ wide + at["narrow_bias"], at["second_norm"]))
        rows = after
    return [w["ends"] @ row + w["ends_bias"] for row in rows]


def test_pairs_read_together_are_read_as_each_alone_and_as_the_papers_say() -> None:
    weights = arrays()
    pairs = [Pair((0, 5, 2, 6, 7, 2), (0, 1, 0, 3, 4, 7), 3, ()), Pair((0, 8, 4, 2), (0, 2, 0, 7), 2, ())]
    found = Network.of(weights).ends_of(pairs)
    for pair, ends in zip(pairs, found, strict=True):
        assert np.allclose(ends, slowly(weights, pair), atol=5e-3)
        assert np.allclose(ends, Network.of(weights).ends_of([pair])[0], atol=1e-4)
