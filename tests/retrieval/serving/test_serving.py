"""A library served to others' programs: over HTTP, and as an MCP server."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp_types import TextContent
from starlette.testclient import TestClient
from typer.testing import CliRunner

from retrieval import Library
from retrieval.__main__ import app
from retrieval.serving.mcp_server import server
from retrieval.serving.operations import LONGEST, OPERATIONS
from retrieval.serving.web import application
from tests.retrieval.test_library import BRIDGE

QUESTION = "Cầu Gió dài bao nhiêu mét?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "cau.md").write_text(BRIDGE, encoding="utf-8")
    return Library.open([folder])


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(application(library)) as asking:
        yield asking


def got(client: TestClient, path: str, status: int = 200, **parameters: Any) -> Any:
    response = client.get(path, params=parameters)
    assert response.status_code == status, response.text
    return response.json()


def test_a_question_gets_verbatim_quotes_with_their_article(client: TestClient, library: Library) -> None:
    found = got(client, "/ask", question=QUESTION)
    assert found["status"] == "answered"
    [quote] = found["quotes"][:1]
    text = library.articles[0].text
    assert quote["text"] == text[quote["start"] : quote["end"]]
    assert text[quote["answer"]["start"] : quote["answer"]["end"]] == "950 m"
    assert quote["article"]["publisher"] == "Báo Thử"
    assert got(client, "/ask", question="Ai là vua nước Pháp?")["status"] == "not_found"


def test_a_question_may_be_limited_to_days(client: TestClient) -> None:
    assert got(client, "/ask", question=QUESTION, since="9/2025")["status"] == "answered"
    assert got(client, "/ask", question=QUESTION, until="9/2025")["status"] == "not_found"
    assert got(client, "/ask", question=f"{QUESTION[:-1]} trước 10/2025?")["status"] == "not_found"


def test_every_other_operation_answers(client: TestClient) -> None:
    assert got(client, "/search", question=QUESTION, limit=1)["quotes"][0]["text"].startswith("Cầu Gió dài 950 m")
    [entry] = got(client, "/timeline", topic="Cầu Gió", since="9/2025")["entries"]
    assert entry["date"]["edtf"] == "2025-10-01"
    assert got(client, "/who", name="Lê Văn Không")["profile"] is None
    listed = got(client, "/articles", limit=5)
    assert listed["total"] == 1
    [article] = listed["articles"]
    assert "text" not in article
    assert got(client, "/article", article=article["id"])["text"].startswith("Cầu Gió dài")
    assert got(client, "/health") == {"articles": 1}


@pytest.mark.parametrize(
    ("path", "parameters", "status", "message"),
    [
        ("/ask", {}, 400, "question: is missing"),
        ("/ask", {"question": "x" * (LONGEST + 1)}, 400, f"question: is to be a text of at most {LONGEST} characters"),
        (
            "/ask",
            {"question": "x", "since": "mai"},
            400,
            "since, until: 'mai' is no date",
        ),
        (
            "/ask",
            {"question": "x", "since": "2025", "until": "2024"},
            400,
            "since, until: the first date, 2025-01-01, is after the last, 2024-12-31",
        ),
        ("/ask", {"question": "x", "limit": "-1"}, 400, "limit: is to be a whole number from 0 on"),
        ("/ask", {"question": "x", "limits": "1"}, 400, "limits: is no parameter of ask"),
        ("/timeline", {"topic": "cầu", "since": "hôm kìa"}, 400, "'hôm kìa' is no date"),
        ("/article", {"article": "nowhere"}, 404, "nowhere: no article of this id"),
    ],
)
def test_what_cannot_be_done_is_told(
    client: TestClient, path: str, parameters: dict[str, str], status: int, message: str
) -> None:
    assert message in got(client, path, status, **parameters)["error"]


def test_with_a_key_only_who_has_it_is_answered(library: Library) -> None:
    with TestClient(application(library, "a key")) as client:
        assert client.get("/ask", params={"question": QUESTION}).status_code == 401
        wrong, right = ({"Authorization": f"Bearer {key}"} for key in ("another", "a key"))
        assert client.get("/ask", params={"question": QUESTION}, headers=wrong).status_code == 401
        assert client.get("/ask", params={"question": QUESTION}, headers=right).json()["status"] == "answered"
        assert client.get("/openapi.json").json()["security"] == [{"key": []}]


def test_the_description_names_every_operation_and_parameter(client: TestClient) -> None:
    paths = got(client, "/openapi.json")["paths"]
    assert set(paths) == {f"/{operation.name}" for operation in OPERATIONS}
    for operation in OPERATIONS:
        named = [parameter["name"] for parameter in paths[f"/{operation.name}"]["get"]["parameters"]]
        assert named == [parameter.name for parameter in operation.parameters]


async def test_an_assistant_fetches_quotes_through_mcp(library: Library) -> None:
    async with Client(server(library)) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == {each.name for each in OPERATIONS}
        found = await client.call_tool("ask", {"question": QUESTION})
        assert not found.is_error
        assert isinstance(found.content[0], TextContent)
        quotes = json.loads(found.content[0].text)["quotes"]
        assert quotes[0]["text"] == "Cầu Gió dài 950 m thông xe sáng 1/10/2025."
        for name, arguments in (("ask", {}), ("nothing", {}), ("article", {"article": "nowhere"})):
            assert (await client.call_tool(name, arguments)).is_error


CURL = shutil.which("curl")


@pytest.mark.skipif(CURL is None, reason="no curl on this machine: apt-get install curl")
def test_curl_asks_the_program_that_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cau.md").write_text(BRIDGE, encoding="utf-8")
    monkeypatch.setenv("TRICH_READER", "off")
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "cache"))
    program = [sys.executable, "-m", "retrieval", "serve", str(tmp_path / "cau.md"), "--port", "0"]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as served:  # noqa: S603
        try:
            assert served.stderr is not None
            address = next(line.strip() for line in served.stderr if line.startswith("http://127.0.0.1:"))
            asked = [str(CURL), "-sS", "-G", f"{address}/ask", "--data-urlencode", f"question={QUESTION}"]
            answer = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)  # noqa: S603
        finally:
            served.terminate()
    assert answer["quotes"][0]["text"].startswith("Cầu Gió dài 950 m")


def test_it_is_not_opened_to_other_machines_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRICH_SERVE_KEY", raising=False)
    refused = CliRunner().invoke(app, ["serve", str(tmp_path), "--host", "0.0.0.0"])  # noqa: S104 - it is refused
    assert refused.exit_code == 2
    assert "set TRICH_SERVE_KEY" in refused.stderr
