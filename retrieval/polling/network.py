"""Connections that go where they were checked to go, and end in time.

httpcore asks a network backend for every connection. This one looks the host up itself, refuses it unless every
address is public, and connects to the very address it checked: there is no second look-up that could say something
else (DNS rebinding). The host name stays what TLS verifies. One pool serves one request, so no kept connection
outlives its check, and each redirect is checked anew. Proxies of the environment are not used: they would look up
the host themselves.
"""

import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

Clock = Callable[[], float]
Addresses = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the clock, in seconds, after which a request has taken too long."""

    at: float
    clock: Clock

    def cap(self, timeout: float | None) -> float:
        """The timeout, or what is left if that is less. Raises `httpcore.TimeoutException`."""
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the addresses that `addresses` returns for a host, in that order, or raises what it raises."""

    def __init__(self, addresses: Addresses, deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that accepts one."""
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses(host, port):
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.cap(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


class _TimedStream(httpcore.NetworkStream):
    """A connection of which no byte is read after the deadline, however steadily they drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
