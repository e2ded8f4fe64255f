"""The connection by itself: addresses, a cluster that is not there, a queue that is full."""

import json
import pickle
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from retrieval.cluster.connection import Address, Cluster, ClusterError, RefusedError
from retrieval.cluster.opening import opened


def test_a_cluster_that_is_gone_is_told_at_once_and_without_its_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ClusterError) as error:
        opened(f"opensearch://127.0.0.1:{port}/none")
    assert str(port) not in str(error.value)


def test_without_the_extra_it_is_said_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    with pytest.raises(ClusterError, match=r"trich\[opensearch\]"):
        opened("opensearch://127.0.0.1:9/none")


class _Busy(BaseHTTPRequestHandler):
    """Has room for no more than one document at a time, and at first for none."""

    calls = 0
    taken: list[str] = []  # noqa: RUF012 - of the server

    def do_POST(self) -> None:
        lines = self.rfile.read(int(self.headers["content-length"])).splitlines()
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
