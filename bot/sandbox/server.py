"""The Bot API over HTTP, `/sandbox/` by which others act as people (see `control`, `live`), and the page (`web`)."""

from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import control, web
from bot.sandbox.chats import as_bots_see
from bot.sandbox.errors import ApiError
from bot.sandbox.faulty_calls import Gone, fail, while_connected
from bot.sandbox.live import Live, Page
from bot.sandbox.methods import call, canonical
from bot.sandbox.origin import SameOriginOnly
from bot.sandbox.parameters import parameters
from bot.sandbox.world import Call, World


def create_app(world: World, host: str = "127.0.0.1", page: Page | None = None) -> Starlette:
    """`/bot<token>/<method>` as Telegram serves it, by GET and POST, files at `/file/bot<token>/<path>`, `/sandbox/`.

    At `/` stands the page to chat in. `host` is where it listens: what a browser sends from elsewhere is refused.
    """
    page = page or Page()
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", _bot_api, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", _file),
            *control.routes(),
            *Live(world, page).routes(),
            *web.routes(page),
        ],
        middleware=[Middleware(web.Guarded), Middleware(SameOriginOnly, host=host)],
        exception_handlers={ApiError: _error, Gone: _to_nobody, ClientDisconnect: _to_nobody},
    )
    app.state.world = world
    return app


async def _bot_api(request: Request) -> Response:
    world: World = request.app.state.world
    method, params = request.path_params["method"], await parameters(request)
    fault = world.faults.take(method, params)

    async def answer() -> Response:
        work = call(world, request.path_params["token"], method, params, fault)
        polled = canonical(method) == "getUpdates"
        result = await (while_connected(request, work) if polled else work)
        return JSONResponse({"ok": True, "result": as_bots_see(result)})

    if fault is None:
        return await answer()
    if not fault.handled and fault.kind != "hold":
        world.record(Call(canonical(method), params, None, fault.description or fault.kind, fault))
    return await fail(request, fault, world.faults, answer)


async def _file(request: Request) -> Response:
    world: World = request.app.state.world
    file = world.files.at(request.path_params["path"])
    if request.path_params["token"] != world.token:
        raise ApiError(401, "Unauthorized")
    if file is None:
        raise ApiError(404, "Not Found")
    return Response(file.content, media_type="application/octet-stream")


async def _error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ApiError):  # starlette's signature is wider than what it is registered for
        raise error
    answer: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return JSONResponse(answer, error.code)


async def _to_nobody(_: Request, __: Exception) -> Response:
    return Response()
