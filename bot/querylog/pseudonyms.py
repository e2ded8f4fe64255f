"""People in the query log: a keyed hash of the user's id, and the key where none is given."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

_KEY_BYTES = 32


class BadKeyError(Exception):
    """The file of the key holds none; the message says what to do."""


def pseudonym(key: bytes, user_id: int | None) -> str | None:
    """HMAC-SHA256 of the id, in hexadecimal; None for nobody."""
    return None if user_id is None else hmac.new(key, str(user_id).encode(), hashlib.sha256).hexdigest()


def kept_key(path: Path) -> bytes:
    """The key beside the log: random, made at the first start, for its owner's eyes only.

    Raises BadKeyError, OSError.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_bytes()
        if len(key) < _KEY_BYTES:
            raise BadKeyError(f"{path} holds no key: delete it for a new one, or set TRICH_LOG_KEY") from None
        return key
    with os.fdopen(descriptor, "wb") as file:
        key = secrets.token_hex(_KEY_BYTES).encode()
        file.write(key)
    return key
