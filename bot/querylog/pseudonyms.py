"""People in the query log: a keyed hash of the user's id, and the key where none is given."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from retrieval.own_files import FILE

_KEY_BYTES = 32


class BadKeyError(Exception):
    """The file of the key holds none, or not that of the log beside it; the message says which."""


def pseudonym(key: bytes, user_id: int | None) -> str | None:
    """HMAC-SHA256 of the id, in hexadecimal; None for nobody."""
    return None if user_id is None else hmac.new(key, str(user_id).encode(), hashlib.sha256).hexdigest()


def fingerprint(key: bytes) -> int:
    """31 bits that tell a key from others, and nothing of it."""
    return int.from_bytes(hashlib.sha256(b"fingerprint" + key).digest()[:4], "big") >> 1 or 1


def kept_key(path: Path) -> bytes:
    """The key beside the log: random, made at the first start, for its owner's eyes only.

    Raises BadKeyError where there is something else, OSError.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < _KEY_BYTES or not key.isascii() or not key.decode().isprintable():
            raise BadKeyError("it holds no key") from None
        return key
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_hex(_KEY_BYTES).encode()
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    return key
