"""python -m retrieval serve: a library for others' programs."""

import asyncio
import importlib.util
import ipaddress
import os
import sys

from retrieval.library import Library

KEY = "TRICH_SERVE_KEY"


class RefusedError(Exception):
    """It is not served so; the message says what to do."""


def check(host: str, *, mcp: bool) -> None:
    """Raises `RefusedError` where the host would open the library to all the world, or what MCP needs is not there."""
    if mcp:
        if importlib.util.find_spec("mcp") is None:
            raise RefusedError("--mcp needs the extra: pip install 'trich[mcp]'")
    elif not os.environ.get(KEY) and not _is_loopback(host):
        raise RefusedError(f"--host {host}: set {KEY} in the environment to be reached from other machines")


def serve(library: Library, host: str, port: int, *, mcp: bool) -> None:
    """Until it is stopped; its address is told on standard error, as any free port may be asked for."""
    if mcp:
        from retrieval.serving.mcp_server import serve_stdio

        asyncio.run(serve_stdio(library))
        return
    import uvicorn

    from retrieval.serving.web import application

    config = uvicorn.Config(application(library, os.environ.get(KEY, "")), host=host, port=port, log_level="warning")
    listening = config.bind_socket()
    listening.listen(config.backlog)  # who is told the address may come at once
    sys.stderr.write(f"http://{host}:{listening.getsockname()[1]}\n")
    uvicorn.Server(config).run([listening])


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
