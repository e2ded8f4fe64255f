import json
import logging
import pickle

import pytest
from rich.console import Console
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError

from bot.ground import logs

pytestmark = pytest.mark.usefixtures("logging_as_before")

TOKEN = "123:very-secret"  # noqa: S105 - opens nothing


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


def test_a_cluster_s_password_shows_in_no_process_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICH_OPENSEARCH_USER", "reader")
    monkeypatch.setenv("TRICH_OPENSEARCH_PASSWORD", "sesame")
    logs.configure("DEBUG", [TOKEN])
    formatter = pickle.loads(pickle.dumps(logging.getLogger().handlers[0].formatter))  # noqa: S301 - as processes get it
    record = logging.makeLogRecord({"msg": "sent: %s, %s", "args": ("sesame", "Basic cmVhZGVyOnNlc2FtZQ==")})
    assert "sent: [secret], Basic [secret]" in formatter.format(record)


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


def test_users_words_in_an_exception_show_at_debug_only(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", [])
    text = logged(capsys, ValueError("'Ai là bí mật?' is no date"))
    assert "ValueError: (its message is shown at DEBUG)" in text
    assert "in fail" in text
    assert "bí mật" not in text
    logs.configure("DEBUG", [])
    assert "bí mật" in logged(capsys, ValueError("'Ai là bí mật?' is no date"))


def test_the_cause_of_a_bug_is_traced_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", [])
    error = RuntimeError("lời của ai đó")
    error.__cause__ = OSError("disk full")
    text = logged(capsys, error)
    assert text.index("OSError: disk full") < text.index("RuntimeError: (its message")


@pytest.mark.parametrize("form", ["logfmt", "json"])
def test_programs_get_one_line_an_event_even_of_a_traceback(
    capsys: pytest.CaptureFixture[str], form: logs.Format
) -> None:
    logs.configure("INFO", [TOKEN], form)
    text = logged(capsys, RuntimeError("broken"))
    assert text.count("\n") == 1
    assert "Traceback" in text
    assert "very-secret" not in text


def test_json_holds_fields_and_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", ['a"b'], "json")
    logging.getLogger("bot").info('said "%s"', 'a"b', extra={"update": 7, "ms": 1.5})
    event = json.loads(capsys.readouterr().err)
    assert (event["msg"], event["level"], event["update"], event["ms"]) == ('said "[secret]"', "info", 7, 1.5)
    assert event["time"].endswith("+00:00")


def test_logfmt_quotes_what_needs_it(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", [], "logfmt")
    logging.getLogger("bot").warning('a "b"\nc', extra={"update": 7, "empty": None, "chat": "private"})
    line = capsys.readouterr().err
    assert line.endswith('level=warning logger=bot msg="a \\"b\\"\\nc" update=7 empty="" chat=private\n')


def test_what_is_printed_for_people_is_logged_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("INFO", [], "json")
    console = Console(file=logs.LogFile(logging.getLogger("bot")), soft_wrap=True)
    console.print("Articles: 1")
    console.print("A setting is wrong.\nreply.quotes")
    assert [json.loads(line)["msg"] for line in capsys.readouterr().err.splitlines()] == [
        "Articles: 1",
        "A setting is wrong.",
        "reply.quotes",
    ]
