"""`/healthz` and `/metrics`, for those who run the bot."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.running.health import Health
from bot.running.metrics import Metrics


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
