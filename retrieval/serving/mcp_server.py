"""The operations as tools of an MCP server, so that an assistant can fetch verbatim quotes with their sources."""

import asyncio
import json
from importlib.metadata import version
from typing import Any

import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from retrieval.library import Library
from retrieval.serving.operations import OPERATIONS, InputError, MissingError
from retrieval.store.schema import StoreError

_INSTRUCTIONS = (
    "Vietnamese news articles, quoted to the letter. Every quote is text[start:end] of its article: repeat it "
    "verbatim, with its publisher, date and url. Where ask says not_found, the articles do not hold the answer."
)


def server(library: Library) -> Server[Any]:
    """One with a tool for each operation over a library."""
    operations = {operation.name: operation for operation in OPERATIONS}

    async def listed(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(name=each.name, description=each.summary, input_schema=each.schema) for each in OPERATIONS
            ]
        )

    async def called(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        operation = operations.get(asked.name)
        if operation is None:
            return _failed(f"{asked.name}: no such tool")
        try:
            result = await asyncio.to_thread(operation.done, library, asked.arguments or {})
        except (InputError, MissingError, StoreError) as error:
            return _failed(str(error))
        text = json.dumps(result, ensure_ascii=False)
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)], structured_content=result)

    return Server(
        "trich",
        version=version("trich"),
        instructions=_INSTRUCTIONS,
        on_list_tools=listed,
        on_call_tool=called,
    )


def _failed(why: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=why)], is_error=True)


async def serve_stdio(library: Library) -> None:
    """Serve on standard input and output, as assistants start their servers, until the input ends."""
    made = server(library)
    async with stdio_server() as (read, write):
        await made.run(read, write, made.create_initialization_options())
