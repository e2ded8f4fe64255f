from collections.abc import Iterator

import pytest

from .site import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def other_site() -> Iterator[Site]:
    with serve() as site:
        yield site
