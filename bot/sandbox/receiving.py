"""The methods by which the bot gets its updates: getUpdates, and webhooks."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.schemas.account import DeleteWebhook, GetUpdates, SetWebhook
from bot.sandbox.schemas.base import NoParameters
from bot.sandbox.updates import UPDATE_TYPES
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

_LONGEST_POLL = 50  # seconds; the Bot API server's own limit
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


async def get_updates(world: World, params: GetUpdates) -> list[dict[str, Any]]:
    """Long polling; `allowed_updates` holds for later calls too until it is given anew."""
    if world.webhook is not None:
        raise ApiError(409, _WEBHOOK_IS_SET)
    _allow(world, params.allowed_updates)
    limit = params.limit if 1 <= params.limit <= 100 else 100
    return await world.updates.poll(params.offset, limit, min(max(params.timeout, 0), _LONGEST_POLL))


def _allow(world: World, kinds: Sequence[str] | None) -> None:
    if kinds is None:
        return
    unknown = set(kinds) - set(UPDATE_TYPES)
    if unknown:
        raise bad_request(f"unknown update type in allowed_updates: {', '.join(sorted(unknown))}")
    world.updates.allow(kinds)


async def set_webhook(world: World, params: SetWebhook) -> bool:
    """Updates go to `url` from now on; none: they wait to be fetched. Plain HTTP is taken on this machine only."""
    if not params.url:
        return await delete_webhook(world, DeleteWebhook(drop_pending_updates=params.drop_pending_updates))
    _check_address(params.url)
    if params.secret_token and not re.fullmatch("[A-Za-z0-9_-]{1,256}", params.secret_token):
        raise bad_request("secret token contains unallowed characters")
    _allow(world, params.allowed_updates)
    await delete_webhook(world, DeleteWebhook(drop_pending_updates=params.drop_pending_updates))
    world.updates.interrupt("Conflict: terminated by setWebhook request")
    connections = min(max(params.max_connections, 1), 100)
    world.webhook = Webhook(params.url, world.updates, params.secret_token, connections, world.webhook_pause)
    world.webhook.start()
    return True


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    if parts.scheme == "http" and parts.hostname in _LOOPBACK:
        return
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in {None, 80, 88, 443, 8443}:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


async def delete_webhook(world: World, params: DeleteWebhook) -> bool:
    """Updates wait to be fetched again; those that wait are dropped if asked."""
    if world.webhook is not None:
        await world.webhook.stop()
        world.webhook = None
    if params.drop_pending_updates:
        world.updates.clear()
    return True


async def get_webhook_info(world: World, _: NoParameters) -> dict[str, Any]:
    """Where updates go, how many wait, and what went wrong last."""
    info = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    return info | ({} if world.webhook is None else world.webhook.as_json())
