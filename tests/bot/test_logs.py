import logging
from collections.abc import Iterator

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from bot import logs

TOKEN = "123:very-secret"  # noqa: S105 - opens nothing


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers = []  # pytest's own would be closed
    yield
    root.handlers = handlers
    root.setLevel(level)


def logged(capsys: pytest.CaptureFixture[str], error: Exception) -> str:
    def fail() -> None:
        raise error

    try:
        fail()
    except Exception:
        logging.getLogger("telegram.ext").exception("Failed at https://api.telegram.org/bot%s/getMe", TOKEN)
    return capsys.readouterr().err


def test_a_secret_shows_neither_in_messages_nor_in_tracebacks(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("DEBUG", [TOKEN])
    text = logged(capsys, InvalidToken(f"The token `{TOKEN}` was rejected by the server."))
    assert "The token `[secret]` was rejected" in text
    assert "https://api.telegram.org/bot[secret]/getMe" in text
    assert "very-secret" not in text


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "aiosqlite"])
def test_libraries_that_log_addresses_and_rows_are_silent(capsys: pytest.CaptureFixture[str], name: str) -> None:
    logs.configure("DEBUG", [])
    logging.getLogger(name).info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("error", [NetworkError("httpx.ConnectError"), Forbidden("bot was blocked by the user")])
def test_what_is_no_bug_has_no_traceback(capsys: pytest.CaptureFixture[str], error: Exception) -> None:
    logs.configure("INFO", [])
    text = logged(capsys, error)
    assert str(error) in text
    assert "Traceback" not in text


@pytest.mark.parametrize("error", [BadRequest("can't parse entities"), RuntimeError("broken")])
def test_a_bug_has_a_traceback(capsys: pytest.CaptureFixture[str], error: Exception) -> None:
    logs.configure("INFO", [])
    assert "Traceback" in logged(capsys, error)
