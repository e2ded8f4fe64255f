from collections.abc import Iterator
from pathlib import Path

import pytest

from .poller import Poller
from .site import Site, serve


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def other_site() -> Iterator[Site]:
    with serve() as site:
        yield site


@pytest.fixture
def poller(site: Site, tmp_path: Path) -> Poller:
    return Poller(site, tmp_path)
