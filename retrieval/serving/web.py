"""The operations as JSON over HTTP, described by OpenAPI."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from retrieval.cluster.condition import Condition
from retrieval.library import Library
from retrieval.serving.operations import OPERATIONS, InputError, MissingError, Operation
from retrieval.store.schema import StoreError

OPEN = ("/health", "/openapi.json")  # what may be read without the key


def application(library: Library, key: str = "") -> Starlette:
    """GET /ask, /search, /timeline, /who, /articles, /article over a library. With a `key` each wants it as a bearer
    token.
    """
    operations = [Route(f"/{operation.name}", _endpoint(library, operation)) for operation in OPERATIONS]
    described = Route("/openapi.json", lambda _: JSONResponse(description(with_key=bool(key))))
    health = Route("/health", _health(library))
    checked = [Middleware(BaseHTTPMiddleware, dispatch=_with_key(key))] if key else []
    return Starlette(routes=[*operations, described, health], middleware=checked)


def description(*, with_key: bool) -> dict[str, Any]:
    """OpenAPI 3.1 of the operations."""
    secured: dict[str, Any] = {"security": [{"key": []}]} if with_key else {}
    schemes: dict[str, Any] = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}} if with_key else {}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Trích", "version": version("trich"), "summary": "Vietnamese news, quoted to the letter."},
        "paths": {f"/{operation.name}": {"get": _described(operation)} for operation in OPERATIONS},
        "components": schemes,
        **secured,
    }


def _described(operation: Operation) -> dict[str, Any]:
    error = {"description": 'What is wrong, and where: {"error": …}', "content": {"application/json": {}}}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [
            {
                "name": parameter.name,
                "in": "query",
                "required": parameter.default is None,
                "schema": parameter.schema,
            }
            for parameter in operation.parameters
        ],
        "responses": {
            "200": {"description": "The result.", "content": {"application/json": {}}},
            **dict.fromkeys(("400", "401", "404", "503"), error),
        },
    }


def _health(library: Library) -> Callable[[Request], Awaitable[Response]]:
    """How many articles there are; 503 and why where they are in a cluster, and not all of them can be looked at."""

    async def health(_: Request) -> Response:
        told: dict[str, Any] = {"articles": len(library.articles)}
        if not library.store:
            return JSONResponse(told)
        try:
            condition = await asyncio.to_thread(Condition.of_store, library.store)
        except StoreError as error:
            return JSONResponse(told | {"cluster": str(error)}, 503)
        return JSONResponse(told | {"cluster": str(condition)}, 200 if condition.whole else 503)

    return health


def _endpoint(library: Library, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await asyncio.to_thread(operation.done, library, dict(request.query_params)))
        except InputError as error:
            return JSONResponse({"error": str(error)}, 400)
        except MissingError as error:
            return JSONResponse({"error": str(error)}, 404)
        except StoreError as error:
            return JSONResponse({"error": str(error)}, 503)

    return answer


def _with_key(key: str) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    expected = f"Bearer {key}".encode()

    async def checked(request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.headers.get("authorization", "").encode()
        if request.url.path not in OPEN and not hmac.compare_digest(given, expected):
            return JSONResponse({"error": "the key is missing or wrong"}, 401, {"WWW-Authenticate": "Bearer"})
        return await following(request)

    return checked
