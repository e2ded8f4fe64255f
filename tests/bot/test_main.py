"""`python -m bot` as people run it."""

import asyncio
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import takewhile
from pathlib import Path

import httpx
import pytest

from bot.__main__ import main
from bot.running.offline import sandboxed
from bot.sandbox.scene import set_scene
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval.config_files import data_folder
from retrieval.settings import SettingsError
from tests.clock import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("logging_as_before")


@pytest.fixture(autouse=True)
def own_settings(settings: Settings) -> None:
    """The environment of `settings` holds for the programs started here too."""
    settings.paths()[0].mkdir()
    (settings.paths()[0] / "cau.txt").write_text(
        "Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công.\n", encoding="utf-8"
    )


def status(*arguments: str) -> int | str | None:
    """The exit status of a command in this process."""
    with pytest.raises(SystemExit) as end:
        main(arguments or ("run",))
    return end.value.code


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_in_the_terminal_a_question_is_answered() -> None:
    with started("chat") as process:
        out, err = process.communicate("Cầu Hương An được thông xe khi nào?\n", timeout=PATIENCE)
    assert process.returncode == 0
    assert "│ Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công." in out
    assert "không rõ nguồn (cau.txt) · sự việc ngày 15/9/2025" in out
    assert "Articles: 1, sentences: 1" in err
    assert "Traceback" not in err


def test_in_a_world_of_its_own_one_is_an_operator_a_channel_is_read_and_the_log_is_apart(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRICH_LIBRARY__PATHS")
    unset = Settings.load()
    own, world = sandboxed(unset), World()
    set_scene(world)
    [channel] = [chat for chat in world.chats.values() if chat.type == "channel"]
    assert min(world.users) in own.operators.ids
    assert own.channels.allowed == [f"@{channel.username}"]
    assert own.paths()[0] == data_folder("seeds")  # the samples stay
    assert own.log.path.name == "queries-sandbox.sqlite3"
    assert sandboxed(settings).library.paths == settings.library.paths


def test_what_is_tried_in_the_page_is_not_kept_with_what_a_bot_in_telegram_has(settings: Settings) -> None:
    own = sandboxed(settings)
    assert own.channels.folder not in (settings.channels.folder, settings.library.added)
    assert own.library.added not in (settings.channels.folder, settings.library.added)
    settings.channels.folder.mkdir(parents=True)
    assert settings.channels.folder in sandboxed(settings).paths()


def test_where_the_sandbox_is_not_installed_what_to_do_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.running.offline.find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"pip install 'trich\[sandbox\]'"):
        sandboxed(settings)


def test_without_a_token_a_page_is_served_until_ctrl_c() -> None:
    with started() as process:
        assert process.stderr is not None
        address = next(re.findall(r"http://[\d.:]+", line)[0] for line in process.stderr if "Trích is at" in line)
        page = httpx.get(address)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert "<title>Trích</title>" in page.text
    assert process.returncode == 0
    assert "Traceback" not in err


def test_the_chat_ends_where_nobody_reads_it_any_more() -> None:
    with started("chat") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write("Cầu Hương An được thông xe khi nào?\n" * 2)
        process.stdin.close()
        assert process.wait(timeout=PATIENCE) == 0


def test_ctrl_c_in_the_terminal_ends_cleanly() -> None:
    with started("chat") as process:
        assert process.stdout is not None
        process.stdout.readline()  # the greeting: the chat is open
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.fixture
def out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the settings have Telegram nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    monkeypatch.setenv("TRICH_TELEGRAM__BASE_URL", f"http://127.0.0.1:{port}/bot")


@pytest.mark.usefixtures("out_of_reach")
def test_telegram_out_of_reach_at_the_start_is_awaited_until_stopped() -> None:
    with started() as process:
        assert process.stderr is not None
        waiting = next(line for line in process.stderr if "trying again" in line)
        process.terminate()
        _, err = process.communicate(timeout=PATIENCE)
    assert "Telegram cannot be reached" in waiting
    assert process.returncode == 0
    assert "Traceback" not in err
    assert "secret" not in waiting + err


@pytest.mark.usefixtures("out_of_reach")
def test_a_second_bot_on_the_same_files_is_refused_and_told_which_is_the_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with started() as process:
        assert process.stderr is not None
        assert any("trying again" in line for line in process.stderr)
        assert status() == 1
        assert f"process {process.pid} is a Trích that works with" in capsys.readouterr().err
        assert status("doctor") in {0, 1}
        assert f"process {process.pid}" not in capsys.readouterr().err
        process.terminate()
        process.communicate(timeout=PATIENCE)


@contextmanager
def telegram(world: World) -> Iterator[str]:
    """The local Bot API in a thread of its own; gives its address."""
    address: list[str] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    over = asyncio.Event()

    async def serve() -> None:
        async with serving(world) as where:
            address.append(where)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    ready.wait()
    try:
        yield address[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()


def test_telegram_is_served_until_ctrl_c_and_the_token_is_in_no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    monkeypatch.setenv("TRICH_LOGGING__LEVEL", "DEBUG")
    with telegram(world) as address:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", world.token)
        monkeypatch.setenv("TRICH_TELEGRAM__BASE_URL", f"{address}/bot")
        with started() as process:
            assert process.stderr is not None
            before = list(takewhile(lambda line: "Answering as @trich_bot" not in line, process.stderr))
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Application started" in "".join(before)
    assert "Traceback" not in err
    assert world.token not in "".join(before) + err


def test_a_token_that_telegram_refuses_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with telegram(World()) as address:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:wrong-one")
        monkeypatch.setenv("TRICH_TELEGRAM__BASE_URL", f"{address}/bot")
        assert status() == 1
    err = capsys.readouterr().err
    assert "TELEGRAM_BOT_TOKEN was refused by Telegram" in err
    assert "Traceback" not in err
    assert "wrong-one" not in err


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TRICH_REPLY__QUOTES", "many")
    assert status() == 2
    assert "TRICH_REPLY__QUOTES" in capsys.readouterr().err


def test_a_port_in_use_is_named_with_the_setting_that_changes_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setenv("TRICH_SANDBOX__PORT", str(port))
        assert status() == 1
    err = capsys.readouterr().err
    assert f"127.0.0.1:{port}: the port is in use; set TRICH_SANDBOX__PORT" in err


def test_a_query_log_of_a_newer_version_is_refused(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    log = settings.log.path.with_stem("queries-sandbox")
    log.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(log)) as db, db:
        db.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)")
        db.execute("INSERT INTO migrations VALUES ('m999_from_the_future', '2030-01-01')")
    assert status() == 1
    assert "newer version of Trích" in capsys.readouterr().err


def test_a_missing_folder_is_named_and_the_bot_starts_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typed = tmp_path / "typed"
    typed.write_text("Cầu Hương An được thông xe khi nào?\n", encoding="utf-8")
    monkeypatch.setenv("TRICH_LIBRARY__PATHS", str(settings.paths()[0] / "nowhere"))
    with typed.open(encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert status("chat") == 0
    shown = capsys.readouterr()
    assert "nowhere: " in shown.err
    assert "Articles: 0" in shown.err
    assert "chưa có bài báo nào" in shown.out


def test_trich_has_the_commands_of_both_packages_and_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("--version") == 0
    assert capsys.readouterr().out.startswith("trich ")
    assert status("--help") == 0
    shown = capsys.readouterr().out
    for command in ("run", "chat", "ask", "timeline", "who", "articles", "refresh", "eval"):
        assert f" {command} " in shown


def test_trich_ask_answers_as_the_library_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("ask", "Cầu Hương An được thông xe khi nào?") == 0
    assert "“Sáng 15/9/2025, cầu Hương An được thông xe sau ba năm thi công.”" in capsys.readouterr().out
    assert status("ask", "Ai phát minh ra máy hơi nước?") == 1


def test_programs_read_the_log_of_a_run_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRICH_LOGGING__FORMAT", "json")
    monkeypatch.setenv("TRICH_LOGGING__LEVEL", "INFO")
    with started("chat") as process:
        _, err = process.communicate("Cầu Hương An được thông xe khi nào?\n", timeout=PATIENCE)
    events = [json.loads(line) for line in err.splitlines()]
    assert "Articles: 1, sentences: 1" in [event["msg"] for event in events]
    [handled] = [event for event in events if event["msg"] == "update handled"]
    assert (handled["kind"], handled["outcome"], handled["chat"]) == ("question", "answered", "private")
    assert "Hương An" not in err
