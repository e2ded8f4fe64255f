"""Weights in a file: what was given in four bits is kept exactly, the rest in eight, small arrays in sixteen."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.reader.packing import pack, unpack


def test_four_bits_keep_what_was_given_in_four(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    whole = chance.integers(-8, 8, (400, 10, 32)).astype(np.float32)
    whole[:, :, 0] = -8  # each block uses its widest step, as what was rounded to four bits does
    given = (whole * np.float32(0.0625)).reshape(400, 320)
    pack(tmp_path / "w.npz", {"given": given}, ["a"], [0.0], {"given"})
    assert np.array_equal(unpack(tmp_path / "w.npz")[0]["given"], given)


def test_eight_bits_are_within_a_hundredth_of_the_largest(tmp_path: Path) -> None:
    weights = np.random.default_rng(2).normal(size=(400, 320)).astype(np.float32)
    pack(tmp_path / "w.npz", {"taught": weights, "bias": weights[0]}, ["▁a", "b"], [-1.5, -2.0], set())
    arrays, pieces, scores = unpack(tmp_path / "w.npz")
    blocks = np.abs(weights.reshape(400, 10, 32)).max(axis=2, keepdims=True)
    assert (np.abs(arrays["taught"] - weights).reshape(400, 10, 32) <= blocks * 0.01).all()
    assert np.allclose(arrays["bias"], weights[0], atol=2e-3)
    assert (pieces, scores) == (["▁a", "b"], [-1.5, -2.0])
    assert (tmp_path / "w.npz").stat().st_size < weights.size * 1.2


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.npz").write_bytes(b"no weights")
    with pytest.raises((ValueError, OSError)):
        unpack(tmp_path / "w.npz")
