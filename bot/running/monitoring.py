"""`/healthz` and `/metrics`, for those who run the bot."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ground.health import Health
from bot.ground.metrics import Metrics
from bot.ground.monitor import Monitor
from bot.running.privacy import damaged
from bot.running.serving import serving
from bot.settings import Settings

logger = logging.getLogger(__name__)


@asynccontextmanager
async def monitored(settings: Settings, monitor: Monitor) -> AsyncIterator[None]:
    """Health and metrics are served while the block runs, where the settings say so."""
    where = settings.monitoring
    if not where.enabled:
        yield
        return

    def notes() -> list[str]:
        set_aside = [f"{path.name}: set aside as damaged" for path in damaged(settings)]
        return [*set_aside, *(note for more in monitor.notes for note in more())]

    app = create_app(monitor.health, monitor.metrics, notes)
    async with serving(app, where.host, where.port, setting="TRICH_MONITORING__PORT") as address:
        logger.info("health and metrics: %s", address)
        yield


def create_app(health: Health, metrics: Metrics, notes: Callable[[], Sequence[str]] = lambda: ()) -> Starlette:
    """200 while all is well, 503 with what is wrong otherwise; the metrics in Prometheus' text format.

    `notes` are what somebody should look at though all works.
    """

    async def healthz(_: Request) -> JSONResponse:
        problems = health.problems()
        status = HTTPStatus.SERVICE_UNAVAILABLE if problems else HTTPStatus.OK
        told = {"status": "red" if problems else "green", "problems": problems}
        return JSONResponse(told | ({"notes": noted} if (noted := list(notes())) else {}), status)

    async def show(_: Request) -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(routes=[Route("/healthz", healthz), Route("/metrics", show)])
