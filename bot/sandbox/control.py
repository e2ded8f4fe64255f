"""`/sandbox/`: how another process acts as people, makes things go wrong, and sees what came of it.

POST   /sandbox/act       {"act": "say", …}: see `acts`; answers what the method of `World` returns
POST   /sandbox/say       {"text", "user_id"?}: the first user (made if there is none) writes to the bot
GET    /sandbox/chats     all chats;  GET /sandbox/chats/{id}/messages: a chat's messages, oldest first
GET    /sandbox/faults    those that wait;  POST: add one (the fields of `faults.Fault`);  DELETE: none any more
POST   /sandbox/release   let go the answers that are held
POST   /sandbox/updates   {"put": {…}} queues an update as it is, {"repeat": {…}} delivers one again, {"reverse": true}
GET    /sandbox/tally     questions sent, answered, lost, doubled, in each chat and in all
GET    /sandbox/calls     the calls of the bot, oldest first; ?method= picks
"""

from dataclasses import asdict
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.sandbox.acts import act
from bot.sandbox.chats import User
from bot.sandbox.errors import bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.parameters import Upload, parameters
from bot.sandbox.state import Call
from bot.sandbox.tally import Tally
from bot.sandbox.world import World


def routes() -> list[Route]:
    """All of them."""
    return [
        Route("/sandbox/act", _act, methods=["POST"]),
        Route("/sandbox/say", _say, methods=["POST"]),
        Route("/sandbox/chats", _chats),
        Route("/sandbox/chats/{chat_id}/messages", _messages),
        Route("/sandbox/faults", _faults),
        Route("/sandbox/faults", _add_fault, methods=["POST"]),
        Route("/sandbox/faults", _clear_faults, methods=["DELETE"]),
        Route("/sandbox/release", _release, methods=["POST"]),
        Route("/sandbox/updates", _updates, methods=["POST"]),
        Route("/sandbox/tally", _tally),
        Route("/sandbox/calls", _calls),
    ]


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


def _ok(result: Any) -> JSONResponse:
    return JSONResponse({"ok": True, "result": result})


async def _act(request: Request) -> JSONResponse:
    return _ok(act(_world(request), await parameters(request)))


async def _say(request: Request) -> JSONResponse:
    world, params = _world(request), await parameters(request)
    user = _speaker(world, params.get("user_id"))
    text = params.get("text")
    if not isinstance(text, str):
        raise bad_request("message text is empty")
    return _ok(world.say(user, world.private_chat(user), text))


def _speaker(world: World, user_id: Any) -> User:
    people = [user for user in world.users.values() if not user.is_bot]
    if user_id is None:
        return people[0] if people else world.add_user("Bạn")
    if not any(user.id == user_id for user in people):
        raise bad_request("user not found")
    return world.users[user_id]


async def _chats(request: Request) -> JSONResponse:
    return _ok([chat.as_json() for chat in _world(request).chats.values()])


async def _messages(request: Request) -> JSONResponse:
    number = request.path_params["chat_id"]  # starlette's own integers have no sign, and groups' ids are negative
    chat = _world(request).chat(int(number) if number.removeprefix("-").isdecimal() else number)
    return _ok(list(chat.messages.values()))


async def _faults(request: Request) -> JSONResponse:
    return _ok([fault.model_dump() for fault in _world(request).faults])


async def _add_fault(request: Request) -> JSONResponse:
    try:
        fault = Fault.model_validate(await parameters(request))
    except ValidationError as error:
        first = error.errors()[0]
        raise bad_request(f"wrong fault, {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    return _ok(_world(request).faults.add(fault).model_dump())


async def _clear_faults(request: Request) -> JSONResponse:
    _world(request).faults.clear()
    return _ok(True)


async def _release(request: Request) -> JSONResponse:
    _world(request).faults.release()
    return _ok(True)


async def _updates(request: Request) -> JSONResponse:
    queue, params = _world(request).updates, await parameters(request)
    match params:
        case {"put": dict(update), **rest} if not rest:
            return _ok(queue.put(update))
        case {"repeat": dict(update), **rest} if not rest:
            queue.repeat(update)
        case {"reverse": True, **rest} if not rest:
            queue.reverse()
        case _:
            raise bad_request('one of "put", "repeat", "reverse" is required')
    return _ok(True)


async def _tally(request: Request) -> JSONResponse:
    world = _world(request)
    by_chat = {str(chat.id): _counts(world.tally(chat)) for chat in world.chats.values()}
    return _ok(_counts(world.tally()) | {"chats": by_chat})


def _counts(tally: Tally) -> dict[str, Any]:
    return asdict(tally)


async def _calls(request: Request) -> JSONResponse:
    world, method = _world(request), request.query_params.get("method")
    return _ok([call_as_json(call) for call in (world.calls_of(method) if method else world.calls)])


def call_as_json(call: Call) -> dict[str, Any]:
    """A call with its parameters as they came; of a file, its name and size."""
    fault = None if call.fault is None else call.fault.model_dump()
    return {
        "method": call.method,
        "params": {key: _shown(value) for key, value in call.params.items()},
        "result": call.result,
        "error": call.error,
        "fault": fault,
        "at": call.at,
    }


def _shown(value: Any) -> Any:
    """A file as its name and size."""
    return value.as_json() if isinstance(value, Upload) else value
