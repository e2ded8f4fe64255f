"""A cluster of OpenSearch on this machine, put together from Maven Central's artifacts: for tests and measurements.

    python -m tests.cluster.nodes            three nodes, until Ctrl-C; their addresses are printed

A node is the server's main class with a folder of its own; HTTP is a module, which a distribution brings unpacked and
which is laid out here. It is reached through loopback only, and all that it writes is in a temporary folder.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

_VERSION = "2.19.6"
_POM = Path(__file__).with_name("pom.xml")
_HEAP = "512m"
# Seconds until the nodes have found each other; artifacts are fetched once.
_PATIENCE, _FETCHED = 1_200.0, 600.0
_NOBODY = 65534  # OpenSearch will not run as root
_MODULE = f"""description=HTTP
version={_VERSION}
name=transport-netty4
classname=org.opensearch.transport.Netty4Plugin
java.version=11
opensearch.version={_VERSION}
has.native.controller=false
"""
_ALLOWED = "grant { permission java.security.AllPermission; };\n"
_LOGGING = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""
# Classes are not verified, which takes a sixth of what a start takes, and compiled quickly rather than well.
_QUICKLY = ("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote", "-XX:TieredStopAtLevel=1")
_OPTIONS = ("-XX:+UseSerialGC", "-Dio.netty.noUnsafe=true", "-Djava.security.manager=allow")


def what_lacks() -> str:
    """What the machine lacks to run a cluster; empty where it has it."""
    lacking = [program for program in ("java", "mvn") if shutil.which(program) is None]
    return f"no {' and no '.join(lacking)} on this machine" if lacking else ""


def fetch(folder: Path) -> None:
    """Have Maven bring the artifacts into a folder. Raises CalledProcessError, TimeoutExpired."""
    command = ["mvn", "-B", "-q", "-f", str(_POM), "dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    subprocess.run(command, check=True, timeout=_FETCHED, capture_output=True)  # noqa: S603 - ours


@dataclass
class Node:
    """One node: its folder, its port for HTTP and that for the others, and its process."""

    folder: Path
    http: int
    transport: int
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def call(self, method: str, path: str, body: Any = None, seconds: float = 10.0) -> Any:
        """What the node answers, as JSON. Raises OSError, HTTPException, ValueError."""
        connection = http.client.HTTPConnection("127.0.0.1", self.http, timeout=seconds)
        try:
            data = None if body is None else json.dumps(body)
            connection.request(method, path, data, {"content-type": "application/json"})
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


class Nodes:
    """Some nodes in a folder, started and ended by their process ids. `options` of Java: those that make them start
    quickly, or none, where they are to work long.
    """

    def __init__(self, folder: Path, count: int = 3, options: Sequence[str] = _QUICKLY) -> None:
        self._folder, self._options = folder, options
        ports = _free_ports(2 * count)
        self.nodes = [Node(folder / f"n{at}", ports[2 * at], ports[2 * at + 1]) for at in range(count)]
        self._jars = folder / "lib"

    @property
    def hosts(self) -> str:
        """As an address has them."""
        return ",".join(f"127.0.0.1:{node.http}" for node in self.nodes)

    def __enter__(self) -> Self:
        try:
            fetch(self._jars)
            (self._folder / "snapshots").mkdir()
            for at, node in enumerate(self.nodes):
                self._lay_out(at, node)
            if os.geteuid() == 0:
                for path in (self._folder, *self._folder.rglob("*")):
                    os.chown(path, _NOBODY, _NOBODY)
            for node in self.nodes:
                self.start(node)
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, node: Node) -> None:
        """Start a node; it is there when it answers (`wait`)."""
        properties = [f"-Dopensearch.path.home={node.folder}", f"-Dopensearch.path.conf={node.folder / 'config'}"]
        command = [
            "java", f"-Xms{_HEAP}", f"-Xmx{_HEAP}", *_OPTIONS, *self._options, *properties, "-cp", f"{self._jars}/*",
            "org.opensearch.bootstrap.OpenSearch",
        ]  # fmt: skip
        as_nobody: dict[str, Any] = {"user": _NOBODY, "group": _NOBODY} if os.geteuid() == 0 else {}
        with (node.folder / "output.log").open("ab") as output:
            node.process = subprocess.Popen(  # noqa: S603 - ours
                command, cwd=node.folder, stdout=output, stderr=output, stdin=subprocess.DEVNULL, **as_nobody
            )

    def kill(self, node: Node) -> None:
        """End a node at once, as a machine does that loses its power."""
        self.signal(node, signal.SIGKILL)
        if node.process:
            node.process.wait()
        node.process = None

    @staticmethod
    def signal(node: Node, number: signal.Signals) -> None:
        """To a node's process: SIGSTOP makes it a slow one, SIGCONT takes that back."""
        if node.process and node.process.poll() is None:
            node.process.send_signal(number)

    def wait(self, seconds: float = _PATIENCE) -> None:
        """Until all nodes that were started are one cluster and each shard is on one of them. Raises TimeoutError."""
        running = [node for node in self.nodes if node.process]
        due = "wait_for_no_initializing_shards=true&wait_for_status=yellow&timeout=1s&cluster_manager_timeout=1s"
        asked = f"/_cluster/health?wait_for_nodes={len(running)}&{due}"
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            gone = [node for node in running if node.process and node.process.poll() is not None]
            if gone:
                raise RuntimeError((gone[0].folder / "output.log").read_text(errors="replace")[-2000:])
            try:
                if all(node.call("GET", asked)["timed_out"] is False for node in running):
                    return
            except (OSError, http.client.HTTPException, ValueError, KeyError):
                time.sleep(0.5)  # a server that is starting refuses the connection at once
        raise TimeoutError("the nodes did not find each other")

    def cpu(self) -> float:
        """Seconds of processors that the nodes have used."""
        used = 0.0
        for node in self.nodes:
            if node.process:
                fields = Path(f"/proc/{node.process.pid}/stat").read_text().rpartition(")")[2].split()
                used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return used

    def memory(self) -> float:
        """Megabytes that the largest node had at most."""
        running = [node.process.pid for node in self.nodes if node.process]
        told = [Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace") for pid in running]
        return max(int(status.partition("VmHWM:")[2].split()[0]) for status in told) / 1024

    def stop(self) -> None:
        """End all nodes."""
        for node in self.nodes:
            self.signal(node, signal.SIGCONT)
            self.kill(node)

    def _lay_out(self, at: int, node: Node) -> None:
        for name in ("config", "data", "logs", "plugins", "lib", "modules/transport-netty4"):
            (node.folder / name).mkdir(parents=True)
        module = node.folder / "modules/transport-netty4"
        (module / "plugin-descriptor.properties").write_text(_MODULE)
        (module / "plugin-security.policy").write_text(_ALLOWED)
        for jar in (*self._jars.glob("netty-*.jar"), *self._jars.glob("transport-netty4*.jar")):
            shutil.move(jar, module / jar.name) if at == len(self.nodes) - 1 else shutil.copy(jar, module)
        (node.folder / "config/log4j2.properties").write_text(_LOGGING)
        settings = {
            "cluster.name": "trich-tests",
            "node.name": f"n{at}",
            "network.host": "127.0.0.1",
            "http.port": node.http,
            "transport.port": node.transport,
            "discovery.seed_hosts": [f"127.0.0.1:{other.transport}" for other in self.nodes],
            "cluster.initial_cluster_manager_nodes": [f"n{number}" for number in range(len(self.nodes))],
            "path.repo": [str(self._folder / "snapshots")],
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        lines = [f"{key}: {json.dumps(value)}\n" for key, value in settings.items()]
        (node.folder / "config/opensearch.yml").write_text("".join(lines))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def main() -> None:
    """Three nodes, until they are told to stop."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nodes are ended, whoever ends this
    with suppress(KeyboardInterrupt), TemporaryDirectory(prefix="opensearch-") as folder:
        Path(folder).chmod(0o755)
        with Nodes(Path(folder)) as nodes:
            sys.stdout.write(f"opensearch://{nodes.hosts}/NAME\n")
            sys.stdout.flush()
            signal.pause()


if __name__ == "__main__":
    main()
