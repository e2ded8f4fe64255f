"""Nodes that are killed or slow, a queue that is full, a cluster that is gone."""

import gzip
import json
import pickle
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.doctor.cluster import look_at_cluster
from bot.finding import answers
from bot.finding.desk import Desk
from bot.memory.asked import Asked
from bot.texts.reply import Replies
from retrieval import Library
from retrieval.cluster.connection import Address, Cluster, ClusterError, RefusedError
from retrieval.cluster.opening import opened
from retrieval.config_files import data_folder
from retrieval.records import Answer
from tests.cluster.conftest import loaded
from tests.cluster.nodes import Nodes


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library.open([data_folder("seeds")], tmp_path_factory.mktemp("seeds"))


@pytest.fixture
def titles(local: Library) -> list[str]:
    return [article.title for article in local.articles if article.title][:8]


@contextmanager
def without(nodes: Nodes, number: int) -> Iterator[None]:
    """While a node is dead."""
    node = nodes.nodes[number]
    nodes.kill(node)
    try:
        yield
    finally:
        nodes.start(node)
        nodes.wait()


def test_a_node_that_dies_takes_no_answer_along_where_there_are_copies(
    nodes: Nodes, local: Library, titles: list[str], store: str
) -> None:
    loaded(local, store, copies=1)
    nodes.wait()
    due = [local.ask(title, read=False) for title in titles]
    remote = opened(f"opensearch://{nodes.hosts}/{store.rpartition('/')[2]}")
    with without(nodes, 2):
        for title, answer in zip(titles, due, strict=True):
            found = _patiently(remote, title)
            assert found.partial or found == answer
        found = remote.ask(titles[0], read=False)
        levels = [finding.level for finding in look_at_cluster(store)]
        assert levels[-1] == "note", "copies have no node"
    again = opened(store)
    assert [again.ask(title, read=False) for title in titles] == due


def test_what_is_on_a_dead_node_only_is_said_to_be_missing(
    nodes: Nodes, local: Library, titles: list[str], store: str
) -> None:
    loaded(local, store, copies=0)
    due = {title: local.ask(title, read=False) for title in titles}
    remote = opened(store)
    marked = 0
    for number in range(len(nodes.nodes)):
        with without(nodes, number):
            for title in titles:
                try:
                    found = remote.ask(title, read=False)
                except ClusterError:
                    continue
                marked += found.partial
                assert found.partial or found == due[title]
    assert marked, "each shard was on one of them"
    assert [opened(store).ask(title, read=False) for title in titles] == list(due.values())


def test_a_slow_node_keeps_nobody_waiting_for_ever(nodes: Nodes, local: Library, titles: list[str], store: str) -> None:
    loaded(local, store, copies=0)
    remote = opened(store)
    due = local.ask(titles[0], read=False)
    nodes.signal(nodes.nodes[1], signal.SIGSTOP)
    try:
        for title in titles[:3]:
            try:
                found = remote.ask(title, read=False)
            except ClusterError:
                continue  # at its time
            assert found.partial or found == local.ask(title, read=False)
    finally:
        nodes.signal(nodes.nodes[1], signal.SIGCONT)
    nodes.wait()
    assert opened(store).ask(titles[0], read=False) == due


def _patiently(library: Library, title: str) -> Answer:
    """The answer; asked again while the cluster finds out that a node is gone."""
    for _ in range(20):
        try:
            return library.ask(title, read=False)
        except ClusterError:
            continue
    return library.ask(title, read=False)


def test_the_bot_says_that_not_all_was_searched(local: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local._index, "was_partial", lambda: True)
    question = next(article.title for article in local.articles if article.title)
    for language, words in (("vi", "Một phần kho bài"), ("en", "A part of the archive")):
        found = answers.find(Desk(local, Replies(), 3, hurried=True), Asked(question, None), language, 1)  # type: ignore[arg-type]
        assert found.answer.partial
        assert words in found.texts[-1]


def test_a_cluster_that_is_gone_is_told_at_once_and_without_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ClusterError) as error:
        opened(f"opensearch://127.0.0.1:{port}/none")
    assert str(port) not in str(error.value)


class _Busy(BaseHTTPRequestHandler):
    """Has room for no more than one document at a time, and at first for none."""

    calls = 0
    taken: list[str] = []  # noqa: RUF012 - of the server

    def do_POST(self) -> None:
        lines = gzip.decompress(self.rfile.read(int(self.headers["content-length"]))).splitlines()
        names = [json.loads(line)["index"]["_id"] for line in lines[::2]]
        type(self).calls += 1
        if self.calls == 1:
            self._answer(429, {"error": {"type": "rejected"}, "status": 429})
            return
        self.taken.append(names[0])
        items = [{"index": {"status": 201 if at == 0 else 429}} for at in range(len(names))]
        self._answer(200, {"errors": len(names) > 1, "items": items})

    def _answer(self, status: int, what: object) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def test_documents_that_find_the_queue_full_are_sent_again_ever_more_slowly() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pauses: list[float] = []
    try:
        cluster = Cluster(Address.of(f"opensearch://127.0.0.1:{server.server_address[1]}/name"))
        cluster.bulk([({"index": {"_id": name}}, {"text": name}) for name in "abc"], pauses.append)
        cluster.close()
    finally:
        server.shutdown()
        server.server_close()
    assert _Busy.taken == ["a", "b", "c"], "each once"
    assert len(pauses) == 3
    assert max(pauses) <= 0.8
    assert pauses[0] < 0.2 <= 2 * pauses[-1]


def test_what_a_cluster_refused_goes_from_process_to_process() -> None:
    refused = pickle.loads(pickle.dumps(RefusedError(429, "no room")))  # noqa: S301 - ours
    assert (refused.status, str(refused)) == (429, "no room")


@pytest.mark.parametrize(
    "wrong", ["opensearch://host", "http://host/name", "opensearch://user:secret@host/name", "opensearch://host:x/name"]
)
def test_an_address_holds_no_secret_and_names_a_collection(wrong: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 - of whatever says so
        Address.of(wrong)
    assert "secret" not in str(error.value)


def test_an_address_may_have_several_hosts() -> None:
    address = Address.of("opensearch+tls://a:9201,b/tin_tuc")
    assert (address.hosts, address.name, address.tls) == ((("a", 9201), ("b", 9200)), "tin_tuc", True)
