"""A stretch of network that can be cut: connections to a node go through it, or nothing comes through any more."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self


class Proxy:
    """Listens on a port of this machine for a port of it. While `cut`, what is sent waits, and nobody hears why."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._open, self._stopped = threading.Event(), threading.Event()
        self._open.set()
        self._sockets: list[socket.socket] = [self._listening]

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._open.set()
        for one in self._sockets:
            one.close()

    @contextmanager
    def cut(self) -> Iterator[None]:
        """While nothing comes through."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                one, _ = self._listening.accept()
                other = socket.create_connection(("127.0.0.1", self._to))
            except OSError:  # closed, or the node is gone
                continue
            self._sockets += [one, other]
            threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        to = {one: other, other: one}
        try:
            with selectors.DefaultSelector() as either, one, other:
                for each in to:
                    either.register(each, selectors.EVENT_READ)
                while True:
                    for key, _ in either.select():
                        data = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                        self._open.wait()
                        if not data or self._stopped.is_set():
                            return
                        to[key.fileobj].sendall(data)  # type: ignore[index]
        except (OSError, ValueError):  # closed
            return
