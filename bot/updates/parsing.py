"""An update that can't be parsed must not stop those behind it: all that is kept of it is its id.

Of a channel's post all the rest is kept too: what it says must not be taken for nothing.
"""

import logging
from typing import Any

from telegram import Bot, Update

from bot.updates.untyped import set_apart, typed

logger = logging.getLogger(__name__)

_LARGEST = 2**63 - 1


def parsed(update: dict[str, Any], bot: Bot | None = None) -> Update:
    """The update, a bare one with its id where it can't be parsed; its content is not logged."""
    return Update.de_json(_legible(update), bot)


def legible(updates: list[Any]) -> list[dict[str, Any]]:
    """The updates, as JSON, those that can't be parsed reduced to their id, those without an id left out."""
    return [_legible(update) for update in identified(updates)]


def is_bare(update: Update) -> bool:
    """Whether nothing is known of it, as it couldn't be parsed or is of a kind that is yet to be invented."""
    return all(getattr(update, kind) is None for kind in Update.ALL_TYPES)


def identified(updates: list[Any]) -> list[dict[str, Any]]:
    """Those of the updates, as JSON, that have an id; without one there is nothing to hold on to."""
    good = [update for update in updates if isinstance(update, dict) and _is_id(update.get("update_id"))]
    if len(good) < len(updates):
        logger.error("Telegram sent %d updates without an id: passed over", len(updates) - len(good))
    return good


def _is_id(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _legible(update: dict[str, Any]) -> dict[str, Any]:
    known = typed(update)
    error = _wrong_with(known)
    if error is None:
        return known
    apart = set_apart(known)
    if apart is not None and _wrong_with(apart) is None:
        return apart
    # Its content is not logged.
    logger.error("update %s cannot be parsed and is passed over: %s", update["update_id"], type(error).__name__)
    return {"update_id": update["update_id"]}


def _wrong_with(update: dict[str, Any]) -> Exception | None:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - anything at all may be wrong with it
        return error
    return None
