"""A response's body, unpacked, up to a size."""

import zlib
from collections.abc import Iterable

from .outcome import FetchError


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The body of a response with this Content-Encoding. Raises `FetchError`.

    Neither the bytes sent nor the bytes they unpack to may be more than `limit`; no more is ever held. (httpx unpacks
    whole chunks, and "gzip, gzip" makes terabytes of one.)
    """
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise FetchError("unreachable", "the answer is packed in a way that was not asked for")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16) if encoding.endswith("gzip") else None
    body = bytearray()
    sent = 0
    for chunk in chunks:
        sent += len(chunk)
        body += _unpacked(unpacker, chunk, limit + 1 - len(body)) if unpacker else chunk
        if max(sent, len(body)) > limit:
            raise FetchError("too large", f"more than {limit:,} bytes")
    if unpacker and sent and not unpacker.eof:
        raise FetchError("unreachable", "the answer breaks off (gzip)")
    return bytes(body)


def _unpacked(unpacker: "zlib._Decompress", chunk: bytes, most: int) -> bytes:
    try:
        return b"" if unpacker.eof else unpacker.decompress(chunk, most)
    except zlib.error:
        raise FetchError("unreachable", "the answer is damaged (gzip)") from None
