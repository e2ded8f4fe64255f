"""The parameters of a request, whichever of Telegram's ways they came: address, JSON, form, multipart with files."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.sandbox.errors import ApiError, bad_request

_LARGEST_UPLOAD = 50 << 20  # bytes, as Telegram takes them


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str | None
    content: bytes

    def as_json(self) -> dict[str, Any]:
        """For the list of calls: without its bytes."""
        return {"file_name": self.name, "file_size": len(self.content)}


async def parameters(request: Request) -> dict[str, Any]:
    """By name; a file is an `Upload`. Raises ApiError where the body can't be read."""
    params: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        params |= _json_object(await request.body())
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        params |= await _form(request)
    return params


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object")
    return value


async def _form(request: Request) -> dict[str, Any]:
    async with request.form() as form:
        return {
            name: await _upload(value) if isinstance(value, UploadFile) else value for name, value in form.multi_items()
        }


async def _upload(file: UploadFile) -> Upload:
    if (file.size or 0) > _LARGEST_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    return Upload(file.filename or None, await file.read())
