"""Updates brought to the bot's own address instead of being fetched."""

import asyncio
import time
from typing import Any

import httpx

from bot.sandbox.chats import as_bots_see
from bot.sandbox.updates import Update, UpdateQueue

_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_PATIENCE = 60  # seconds for an answer


class Webhook:
    """Posts what waits in the queue to `url`, up to `max_connections` at a time, each until it is answered 2xx."""

    def __init__(
        self, url: str, queue: UpdateQueue, secret: str = "", max_connections: int = 40, pause: float = 1
    ) -> None:
        self.url = url
        self.max_connections = max_connections
        self.last_error: tuple[int, str] | None = None  # when (Unix time) and what
        self._queue = queue
        self._headers = {_SECRET: secret} if secret else {}
        self._pause = pause  # seconds before an update is tried again
        self._under_way: dict[int, asyncio.Task[None]] = {}  # by update_id
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Bring what waits, and what comes."""
        self._task = asyncio.create_task(self._run())

    def as_json(self) -> dict[str, Any]:
        """What WebhookInfo says of it."""
        info: dict[str, Any] = {"url": self.url, "max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.last_error
        return info

    async def stop(self) -> None:
        """Bring nothing more; what is under way is given up and waits on."""
        tasks = [*self._under_way.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        # Reading the authorities' certificates takes long, and a plain address needs none.
        async with httpx.AsyncClient(
            verify=self.url.startswith("https"), trust_env=False, timeout=_PATIENCE, headers=self._headers
        ) as client:
            while True:
                update = self._queue.first(besides=self._under_way)
                if update is None or len(self._under_way) >= self.max_connections:
                    await self._queue.changed.wait()
                else:
                    self._under_way[update["update_id"]] = asyncio.create_task(self._bring(client, update))

    async def _bring(self, client: httpx.AsyncClient, update: Update) -> None:
        try:
            while error := await self._refused(client, update):
                self.last_error = (int(time.time()), error)
                self._queue.changed.notify()
                await asyncio.sleep(self._pause)
            self._queue.done(update)
        finally:
            del self._under_way[update["update_id"]]
            self._queue.changed.notify()

    async def _refused(self, client: httpx.AsyncClient, update: Update) -> str:
        """Why the update was not taken; empty where it was."""
        try:
            response = await client.post(self.url, json=as_bots_see(update))
        except httpx.TimeoutException:
            return "Read timeout expired"
        except httpx.HTTPError:
            return "Connection refused"
        if response.is_success:
            return ""
        return f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
