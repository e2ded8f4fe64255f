"""What stands before a cluster that is reached over a network: TLS, and a user with a password."""

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

# What a cluster says of how it is: for who asks where there is none.
_HEALTH = {
    "number_of_nodes": 3, "active_shards": 7, "unassigned_shards": 0, "initializing_shards": 0, "status": "green"
}  # fmt: skip


class Authority:
    """Whom certificates are believed from, who believes `certificate`; each new one signs with a key of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, _named(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        own = _begun(self._name, self._name, self._key.public_key(), timedelta(days=1))
        signed = own.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.certificate = folder / f"{name}.pem"
        self.certificate.write_bytes(_pem(signed.sign(self._key, hashes.SHA256())))

    def issue(self, host: str = "127.0.0.1", left: timedelta = timedelta(hours=1)) -> Path:
        """A file with a key and the certificate for it, of that host, which is good for as long as is left."""
        key = ec.generate_private_key(ec.SECP256R1())
        begun = _begun(_named("node"), self._name, key.public_key(), left)
        of = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
        signed = begun.add_extension(of, critical=False).sign(self._key, hashes.SHA256())
        path = self._folder / f"{host}-{left.total_seconds():.0f}.pem"
        encoding, kind = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        path.write_bytes(key.private_bytes(encoding, kind, serialization.NoEncryption()) + _pem(signed))
        return path


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, left: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    begun = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    begun = begun.serial_number(x509.random_serial_number())
    return begun.not_valid_before(now - timedelta(days=2)).not_valid_after(now + left)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


class Gate:
    """Listens on a port of this machine with a certificate, and lets through to a port of it who names `user` and
    `password`; where there is no such port it answers itself. It tells whoever it refuses all that it was told, as a
    server in search of its faults may do.
    """

    def __init__(self, certificate: Path, user: str, password: str, to: int | None = None) -> None:
        self.user, self.password, self._to = user, password, to
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.port: int = self._server.server_address[1]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.context = context

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                given = b64encode(f"{gate.user}:{gate.password}".encode()).decode()
                if self.headers["authorization"] != f"Basic {given}":
                    self._answer(401, f"refused: {self.headers}".encode(), "text/plain")
                elif gate._to is None:
                    self._answer(200, json.dumps(_HEALTH).encode(), "application/json")
                else:
                    self._answer(*self._asked(gate._to, body))

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815 - as the server looks for them

            def _asked(self, port: int, body: bytes) -> tuple[int, bytes, str]:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                kept = {"content-type": self.headers["content-type"] or "application/json"}
                try:
                    connection.request(self.command, self.path, body, kept)
                    answer = connection.getresponse()
                    return answer.status, answer.read(), answer.headers["content-type"] or "application/json"
                finally:
                    connection.close()

            def _answer(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class _Server(ThreadingHTTPServer):
    """Hands are shaken in the thread of each connection."""

    daemon_threads = True
    context: ssl.SSLContext

    def get_request(self) -> tuple[socket.socket, Any]:
        one, address = super().get_request()
        return self.context.wrap_socket(one, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_: object) -> None:
        """Who does not believe a certificate goes away."""
