"""Errors of the Bot API, with Telegram's own codes and wording."""

from typing import Any


class ApiError(Exception):
    """What a method answers instead of a result.

    `description` is the whole text, prefix included ("Bad Request: chat not found"); `parameters` is Telegram's
    ResponseParameters (`retry_after`, `migrate_to_chat_id`).
    """

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> ApiError:
    """A 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {reason}")
