"""The Bot API over HTTP, and `/sandbox/` by which another process acts as a user."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.methods import call
from bot.sandbox.world import User, World


def create_app(world: World) -> Starlette:
    """`/bot<token>/<method>` as Telegram serves it, by GET and POST.

    Besides: `POST /sandbox/say` with `{"text", "user_id"?}` (the first user, made if there is none, without a
    `user_id`) answers the update; `GET /sandbox/chats/{id}/messages` answers a chat's messages, oldest first.
    """
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", _bot_api, methods=["GET", "POST"]),
            Route("/sandbox/say", _say, methods=["POST"]),
            Route("/sandbox/chats/{chat_id:int}/messages", _messages),
        ],
        exception_handlers={ApiError: _error},
    )
    app.state.world = world
    return app


async def _bot_api(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    path = request.path_params
    work = call(world, path["token"], path["method"], await _parameters(request))
    if path["method"].lower() == "getupdates":
        work = _while_connected(request, work)
    return JSONResponse({"ok": True, "result": await work})


async def _while_connected(request: Request, poll: Coroutine[Any, Any, Any]) -> Any:
    """The poll's result; a poll whose client has gone is given up, so that the next one doesn't conflict with it."""
    polling = asyncio.create_task(poll)
    leaving = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({polling, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return polling.result() if polling.done() else None
    finally:
        polling.cancel()
        leaving.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _say(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    params = await _parameters(request)
    user = _speaker(world, params.get("user_id"))
    text = params.get("text")
    if not isinstance(text, str):
        raise bad_request("message text is empty")
    return JSONResponse({"ok": True, "result": world.say(user, world.private_chat(user), text)})


def _speaker(world: World, user_id: Any) -> User:
    people = [user for user in world.users.values() if not user.is_bot]
    if user_id is None:
        return people[0] if people else world.add_user("Bạn")
    if not any(user.id == user_id for user in people):
        raise bad_request("user not found")
    return world.users[user_id]


async def _messages(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    chat = world.chat(request.path_params["chat_id"])
    return JSONResponse({"ok": True, "result": list(chat.messages.values())})


async def _parameters(request: Request) -> dict[str, Any]:
    """The parameters from the address and the body, whichever of Telegram's ways they came."""
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
        files = [name for name, value in form.multi_items() if isinstance(value, UploadFile)]
        if files:
            raise bad_request(f'parameter "{files[0]}" is a file, which no method of the sandbox takes yet')
        return dict(form)


async def _error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ApiError):  # starlette's signature is wider than what it is registered for
        raise error
    answer = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        answer["parameters"] = error.parameters
    return JSONResponse(answer, error.code)
