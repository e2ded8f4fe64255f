"""One cluster of three nodes for all tests of a run, started by the first that asks for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import pytest

from retrieval import Library
from retrieval.cluster.connection import WRITING, Address, Cluster, ClusterError
from retrieval.cluster.loading import Copies, load
from tests.cluster.nodes import Nodes, what_lacks

_ROOM = 2_000_000_000
GIVEN = "TRICH_TEST_OPENSEARCH"  # host:port,host:port of a cluster that is there


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    """Nodes that a test may kill."""
    lacking = what_lacks()
    if lacking:
        pytest.skip(f"OpenSearch cannot be put together: {lacking}")
    with TemporaryDirectory(prefix="opensearch-", dir=_memory()) as folder:
        Path(folder).chmod(
            0o755
        )  # it runs as nobody where the tests run as root, and pytest's folders are for root only
        nodes = Nodes(Path(folder))
        try:
            nodes.__enter__()
        except (
            TimeoutError,
            subprocess.SubprocessError,
        ) as error:  # a machine that is too busy, or without Maven Central
            pytest.skip(f"OpenSearch could not be put together in time: {error}")
        try:
            yield nodes
        finally:
            nodes.stop()


def _memory() -> str | None:
    """Memory, where it may hold files and has room: a disk is waited for at each index that is made, on each node."""
    place = Path("/dev/shm")  # noqa: S108 - the folder in it has a name of its own
    roomy = place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM
    return str(place) if roomy else None


@pytest.fixture(scope="session")
def hosts(request: pytest.FixtureRequest) -> str:
    given = os.environ.get(GIVEN, "")
    if given:
        return given
    started: Nodes = request.getfixturevalue("nodes")
    return started.hosts


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: a call that is in vain takes all of it."""
    monkeypatch.setenv("TRICH_OPENSEARCH_SECONDS", "10")


@pytest.fixture
def store(hosts: str) -> Iterator[str]:
    """The address of a collection that is not there yet; it goes with the test, as do those whose names go on from it:
    nodes that start again bring up again what they have.
    """
    store = f"opensearch://{hosts}/t{token_hex(6)}"
    yield store
    with suppress(ClusterError), closing(Cluster(Address.of(store), WRITING)) as cluster:
        cluster.call("DELETE", f"/{cluster.name}*")


@contextmanager
def hurried(cluster: Cluster, seconds: float = 0.5) -> Iterator[None]:
    """While calls wait for so long: where they are in vain, that is all that a test waits for."""
    before, cluster.seconds = cluster.seconds, seconds
    try:
        yield
    finally:
        cluster.seconds = before


def loaded(library: Library, store: str, copies: int = 1) -> int:
    """How many articles of a local library were sent."""
    return load(Cluster(Address.of(store), WRITING), *library.parts(), copies=Copies(3, copies))


def news(folder: Path, name: str, *texts: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text("\n\n".join(texts), encoding="utf-8")
    return path
