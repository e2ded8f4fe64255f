"""The one door to OpenSearch: where it is, how long it may take, and what is said when it does not answer.

A collection `name` has the indices `name-generation-…`; a new generation takes the place of the old one by one swap of
aliases. User, password and certificates come from the environment only.
"""

import json
import logging
import os
import random
import re
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from retrieval.store.schema import StoreError

# What names in the environment begin with: USER, PASSWORD, CA, SECONDS.
ENVIRONMENT = "TRICH_OPENSEARCH_"
_ADDRESS = re.compile(r"opensearch(?:\+tls)?://[^/@\s]{1,500}/[a-z][a-z0-9_]{0,60}")
_PORT = 9200
# Seconds that a call of a question waits for the cluster, where TRICH_OPENSEARCH_SECONDS names no others, and
# one of a load: no longer, whatever it does. Where its queue is full, a question is put again for so many of them.
_SECONDS, WRITING, _QUEUED = "3", 60.0, 1.0
# This part of those the cluster itself may search; what it has not looked at by then is said to be missing.
_SEARCHING = 2 / 3
# A full queue (429), or a cluster that is choosing its manager (503): the pause is doubled each time, up to the last.
_BUSY = frozenset({429, 503})
_PAUSES = tuple(min(0.2 * 2**at, 10.0) for at in range(9))
_ASK_AGAIN = 0.05
# Why a certificate is not believed, by OpenSSL's X509_V_ERR_…; whatever else, it is of nobody that is known here.
_CERTIFICATES = {9: "is not valid yet", 10: "has expired", 62: "is another host's", 64: "is another host's"}
_REFUSED = {
    401: f"OpenSearch does not take this user and password ({ENVIRONMENT}USER, {ENVIRONMENT}PASSWORD)",
    403: f"OpenSearch does not let this user do that ({ENVIRONMENT}USER)",
}
_KIND = re.compile(r"[A-Za-z_]{1,80}")  # of an error, as OpenSearch names them

Json = dict[str, Any]
T = TypeVar("T")


class ClusterError(StoreError):
    """The cluster cannot be used, or is not reached; the message holds neither its address nor a secret."""


@dataclass(frozen=True, slots=True)
class Address:
    """`opensearch://host:9200,host:9200/name`: the nodes that are asked, and the name of the collection."""

    hosts: tuple[tuple[str, int], ...]
    name: str
    tls: bool = False

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError for what is no such address, or has a user or password in it."""
        if not _ADDRESS.fullmatch(text):
            raise ValueError("an address such as opensearch://host:9200/name is needed, without user and password")
        parts = urlsplit(text)
        hosts = [urlsplit(f"//{host}") for host in parts.netloc.split(",")]
        found = tuple((host.hostname or "", host.port or _PORT) for host in hosts)  # raises ValueError for a port
        if not all(host for host, _ in found):
            raise ValueError("a host has no name")
        return cls(found, parts.path[1:], parts.scheme.endswith("+tls"))


class Cluster:
    """A connection to the collection of an address. `gaps` counts what came from a part of the shards only; a call
    waits for so many `seconds`.
    """

    def __init__(self, address: Address, seconds: float | None = None) -> None:
        try:
            from opensearchpy import OpenSearch  # noqa: PLC0415 - an extra: who has one machine needs it not
        except ImportError:
            raise ClusterError("a library in OpenSearch needs the extra: pip install 'trich[opensearch]'") from None
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # it names hosts, and what is raised is told
        self.name, self.gaps = address.name, 0
        self.seconds = seconds or _seconds_of(os.environ.get(f"{ENVIRONMENT}SECONDS") or _SECONDS)
        self._hosts = len(address.hosts)
        self._client: Any = OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in address.hosts],
            use_ssl=address.tls,
            verify_certs=address.tls,
            ca_certs=_authority() if address.tls else None,
            headers={"authorization": f"Basic {_credentials()}"} if _credentials() else {},
            timeout=self.seconds,
            max_retries=0,  # `call` does that; a node that does not answer in time is left alone for a while
            retry_on_timeout=True,
            retry_on_status=(),
        )

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def call(self, method: str, path: str, body: Any = None, **params: Any) -> Any:
        """What the cluster answers: the first node that does. Raises ClusterError; of what is not there KeyError."""
        from opensearchpy import exceptions  # noqa: PLC0415

        headers = {"content-type": "application/x-ndjson"} if isinstance(body, str) else None
        end = time.monotonic() + params.pop("request_timeout", self.seconds)
        left = self._hosts
        while True:
            left -= 1
            given = params | {"request_timeout": max(end - time.monotonic(), 0.01)}
            try:
                return self._client.transport.perform_request(method, path, headers=headers, params=given, body=body)
            except exceptions.NotFoundError as error:
                raise KeyError(path) from error
            except exceptions.ConnectionError as error:
                if not left or isinstance(error, exceptions.ConnectionTimeout):
                    raise ClusterError(_unreached(error)) from error
            except exceptions.TransportError as error:
                raise RefusedError(error.status_code, _refusal(error)) from error

    def search(self, index: str, body: Json) -> Json:
        """The hits of one search; a gap is counted where shards are missing."""
        [found] = self.searches([(index, body)])
        return found

    def searches(self, asked: Sequence[tuple[str, Json]]) -> list[Json]:
        """Several searches in one call, each of an index. Raises ClusterError where one fails whole."""
        lines: list[Json] = []
        searching = f"{round(1_000 * self.seconds * _SEARCHING)}ms"
        for index, body in asked:
            lines += [{"index": index, "allow_partial_search_results": True}, {"timeout": searching, **body}]
        found = _patiently(lambda: self._searched(_lines(lines)))
        for one in found:
            self._note(one)
        return found

    def _searched(self, lines: str) -> list[Json]:
        found: list[Json] = self.call("POST", "/_msearch", lines)["responses"]
        for one in found:
            if "error" in one:
                status, kind = int(one.get("status", 500)), one["error"]["type"]
                raise RefusedError(status, f"OpenSearch could not search ({status}, {kind})")
        return found

    def documents(self, index: str, names: Sequence[str]) -> dict[str, Json]:
        """Id → source of the documents that are there. Those on missing shards are left out, and a gap is counted."""
        found: dict[str, Json] = {}
        for at in range(0, len(names), 500):
            asked = partial(self.call, "POST", f"/{index}/_mget", {"ids": list(names[at : at + 500])})
            for one in _patiently(asked)["docs"]:
                if "error" in one:
                    self.gaps += 1
                elif one["found"]:
                    found[one["_id"]] = one["_source"]
        return found

    def bulk(self, actions: Sequence[tuple[Json, Json | None]], pause: Callable[[float], None] = time.sleep) -> None:
        """Carry out the actions, each with its document; those that the cluster has no room for are sent again, ever
        more slowly. Raises ClusterError where one is refused, or all tries were in vain.
        """
        left = list(actions)
        for longest in _PAUSES:
            left = self._sent(left)
            if not left:
                return
            pause(_about(longest))
        raise ClusterError(f"OpenSearch took none of {len(left)} documents for want of room")

    def insist(
        self, method: str, path: str, body: Any = None, pause: Callable[[float], None] = time.sleep, **params: Any
    ) -> Any:
        """As `call`; what the cluster has no room for is asked again, ever more slowly, while a call may last."""
        end = time.monotonic() + self.seconds
        for longest in _PAUSES:
            try:
                return self.call(method, path, body, **params)
            except RefusedError as error:
                if error.status not in _BUSY or time.monotonic() > end:
                    raise
            pause(_about(longest))
        return self.call(method, path, body, **params)

    def _sent(self, actions: list[tuple[Json, Json | None]]) -> list[tuple[Json, Json | None]]:
        """The actions that the cluster was too busy for."""
        lines = [line for action in actions for line in action if line is not None]
        try:
            done = self.call("POST", "/_bulk", _lines(lines), request_timeout=WRITING)
        except RefusedError as error:
            if error.status not in _BUSY:
                raise
            return actions
        if not done["errors"]:
            return []
        again: list[tuple[Json, Json | None]] = []
        for action, item in zip(actions, done["items"], strict=True):
            [(kind, result)] = item.items()
            if result["status"] in _BUSY:
                again.append(action)
            elif result["status"] >= 300 and not (kind == "delete" and result["status"] == 404):
                raise ClusterError(f"OpenSearch refused a document ({result['status']}, {result['error']['type']})")
        return again

    def _note(self, found: Mapping[str, Any]) -> None:
        shards = found["_shards"]
        if found["timed_out"] or shards["failed"] or shards["successful"] < shards["total"]:
            self.gaps += 1


def secrets_of_cluster() -> tuple[str, ...]:
    """What no log may show: the password of this process's environment, and how it is sent."""
    password = os.environ.get(f"{ENVIRONMENT}PASSWORD", "")
    return (password, _credentials()) if password else ()


def _credentials() -> str:
    """User and password as HTTP has them, in UTF-8 (RFC 7617); empty where nobody is named."""
    user, password = (os.environ.get(f"{ENVIRONMENT}{key}", "") for key in ("USER", "PASSWORD"))
    return b64encode(f"{user}:{password}".encode()).decode("ascii") if user else ""


def _authority() -> str | None:
    """The file of whom certificates are believed from; None for those whom the system believes."""
    path = os.environ.get(f"{ENVIRONMENT}CA") or None
    try:
        ssl.create_default_context(cafile=path)
    except OSError:
        raise ClusterError(f"{ENVIRONMENT}CA names no file with a certificate") from None
    return path


def _unreached(error: BaseException) -> str:
    """Why nothing was heard: what a certificate lacks stands below all that libraries have put around it."""
    below: BaseException | None = error
    while below is not None and not isinstance(below, ssl.SSLCertVerificationError):
        below = below.__cause__ or below.__context__
    if below is None:
        return f"OpenSearch does not answer ({type(error).__name__})"
    unknown = f"is of no authority that is known here ({ENVIRONMENT}CA)"
    return f"OpenSearch's certificate {_CERTIFICATES.get(below.verify_code, unknown)}"


def _refusal(error: Any) -> str:
    """Of what is answered nothing but the kind of an error: what stands before OpenSearch may say what it was told."""
    kind = error.error if isinstance(error.error, str) and _KIND.fullmatch(error.error) else "no reason told"
    return _REFUSED.get(error.status_code) or f"OpenSearch refused a call ({error.status_code}, {kind})"


def _about(seconds: float) -> float:
    """So that two writers do not come back together."""
    return seconds * random.uniform(0.5, 1.0)  # noqa: S311


def _seconds_of(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ClusterError("TRICH_OPENSEARCH_SECONDS is no number of seconds") from None


def _patiently(call: Callable[[], T]) -> T:
    """What the cluster answers to a question, which it may be too busy for at first. Raises ClusterError."""
    end = time.monotonic() + _QUEUED
    while True:
        try:
            return call()
        except RefusedError as error:
            if error.status not in _BUSY or time.monotonic() > end:
                raise
        time.sleep(_ASK_AGAIN)


def _lines(documents: Sequence[Json]) -> str:
    """JSON, a line each."""
    return "".join(json.dumps(document, separators=(",", ":")) + "\n" for document in documents)


class RefusedError(ClusterError):
    """The cluster answered that it does not do this; `status` as of HTTP."""

    def __init__(self, status: Any, message: str) -> None:
        super().__init__(status, message)  # as it was made: it goes from process to process
        self.status = status if isinstance(status, int) else 0

    def __str__(self) -> str:
        return str(self.args[1])
