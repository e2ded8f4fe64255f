import gzip
import tracemalloc

import pytest

from retrieval.polling.body import read_body
from retrieval.polling.outcome import FetchError


def test_no_more_is_unpacked_than_may_be_kept() -> None:
    bomb = gzip.compress(bytes(20_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(FetchError) as caught:
            read_body([bomb], "gzip", 100_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert caught.value.reason == "too large"


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_pieces_of_any_size_are_put_together(size: int) -> None:
    body = bytes(range(256)) * 20
    packed = gzip.compress(body)
    assert read_body([packed[i : i + size] for i in range(0, len(packed), size)], "gzip", len(body)) == body


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "x-gzip"])
def test_an_empty_body_is_empty(encoding: str) -> None:
    assert read_body([], encoding, 10) == b""
