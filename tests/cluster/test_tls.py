"""A cluster behind TLS, that asks for a user and a password: all three from the environment, and shown to nobody."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.doctor.machine import look_at_library
from bot.sandbox.serve import serving
from bot.sandbox.world import World
from bot.settings import Settings
from retrieval import Library
from retrieval.__main__ import app
from retrieval.cluster.condition import Condition
from retrieval.cluster.connection import ClusterError
from retrieval.cluster.opening import opened
from retrieval.config_files import data_folder
from tests.bot.conftest import environment
from tests.bot.faults.conftest import ask, ask_and_hear, eventually, listening, people
from tests.bot.faults.programs import ROOT
from tests.bot.faults.test_workers import FAILED, said
from tests.clock import PATIENCE
from tests.cluster.conftest import loaded
from tests.cluster.gate import Authority, Gate

USER, PASSWORD = "người-đọc", "mật khẩu 2.19"
SECRETS = (PASSWORD, b64encode(f"{USER}:{PASSWORD}".encode()).decode())
NEW = "another one"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Believed:
    """An authority that the environment names, beside a user and a password."""

    authority: Authority
    folder: Path


@pytest.fixture
def believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Believed:
    authority = Authority(tmp_path, "ours")
    for name, value in (("CA", str(authority.certificate)), ("USER", USER), ("PASSWORD", PASSWORD)):
        monkeypatch.setenv(f"TRICH_OPENSEARCH_{name}", value)
    return Believed(authority, tmp_path)


@pytest.fixture
def gate(believed: Believed, hosts: str) -> Iterator[Gate]:
    port = int(hosts.partition(",")[0].rpartition(":")[2])
    with Gate(believed.authority.issue(), USER, PASSWORD, port) as gate:
        yield gate


def behind(gate: Gate, store: str = "/news") -> str:
    return f"opensearch+tls://127.0.0.1:{gate.port}/{store.rpartition('/')[2]}"


def told(store: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """All that who asks for it so in vain is told: by the package, the commands, the doctor."""
    with pytest.raises(ClusterError) as error:
        opened(store)
    assert store not in str(error.value), "programs of others are told no address"
    yield str(error.value)
    monkeypatch.setenv("TRICH_LIBRARY__STORE", store)
    for command in (["ask", "Cầu Hương An dài bao nhiêu?"], ["move", store, "--back"]):
        ended = CliRunner().invoke(app, command)
        assert ended.exit_code == 2
        assert store in ended.output
        yield ended.output
    [finding] = look_at_library(Settings.load())
    assert store in finding.what
    yield finding.what


def test_who_has_the_right_of_all_three_is_let_through(believed: Believed) -> None:
    with Gate(believed.authority.issue(), USER, PASSWORD) as gate:
        assert Condition.of_store(behind(gate)).nodes == 3


@pytest.mark.parametrize(
    ("host", "left", "why"),
    [
        ("127.0.0.1", -HOUR, "has expired"),
        ("192.0.2.1", HOUR, "is another host's"),
        ("127.0.0.1", HOUR, "is of no authority that is known here"),
    ],
)
def test_a_certificate_that_is_not_to_be_believed_is_told_with_its_reason(
    believed: Believed, host: str, left: timedelta, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(believed.folder, "theirs") if "no authority" in why else believed.authority
    with Gate(authority.issue(host, left), USER, PASSWORD) as gate:
        for text in told(behind(gate), monkeypatch):
            assert f"OpenSearch's certificate {why}" in text.replace("\n", " ")
            assert not [secret for secret in (USER, *SECRETS) if secret in text]


def test_a_wrong_password_is_told_and_not_shown(believed: Believed, monkeypatch: pytest.MonkeyPatch) -> None:
    with Gate(believed.authority.issue(), USER, NEW) as gate:
        for text in told(behind(gate), monkeypatch):
            assert "does not take this user and password" in text
            assert not [secret for secret in (USER, NEW, *SECRETS) if secret in text]


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_holds_no_authority_is_told_by_its_setting(
    believed: Believed, content: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = believed.folder / "none.pem"
    if content:
        path.write_text(content)
    monkeypatch.setenv("TRICH_OPENSEARCH_CA", str(path))
    for text in told("opensearch+tls://127.0.0.1:9/news", monkeypatch):
        assert "TRICH_OPENSEARCH_CA names no file with a certificate" in text


def test_over_tls_a_library_is_moved_and_answers_as_in_files(gate: Gate, store: str, tmp_path: Path) -> None:
    local = Library.open([data_folder("seeds")], tmp_path / "cache")
    assert loaded(local, behind(gate, store)) == len(local.articles)
    remote = opened(behind(gate, store))
    for article in local.articles[:20]:
        assert remote.ask(article.title or "", read=False) == local.ask(article.title or "", read=False)
    assert remote.timeline("kinh tế") == local.timeline("kinh tế")
    assert remote.who("Phạm Minh Chính") == local.who("Phạm Minh Chính")


async def test_a_password_that_is_changed_meanwhile_shows_neither_in_chats_nor_in_logs(
    gate: Gate, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(Library.open([data_folder("seeds")], tmp_path / "cache"), behind(gate, store))
    world = World()
    [chat] = people(world, 1)
    environment(monkeypatch, tmp_path)
    for name, value in {
        "TELEGRAM_BOT_TOKEN": world.token,
        "TRICH_LIBRARY__STORE": behind(gate, store),
        "TRICH_LOGGING__LEVEL": "DEBUG",
        "TRICH_READER": "off",
    }.items():
        monkeypatch.setenv(name, value)
    async with serving(world) as address:
        monkeypatch.setenv("TRICH_TELEGRAM__BASE_URL", f"{address}/bot")
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", cwd=ROOT, stderr=PIPE)
        assert process.stderr is not None
        log = asyncio.create_task(process.stderr.read())
        try:
            await listening(world)
            await ask_and_hear(world, [chat])
            assert FAILED not in said(world, chat)[-1]
            gate.password = NEW
            ask(world, [chat])
            await eventually(lambda: FAILED in said(world, chat)[-1])
            gate.password = PASSWORD
            ask(world, [chat])
            await eventually(lambda: len(said(world, chat)) > 2 and FAILED not in said(world, chat)[-1])
        finally:
            process.terminate()
            written = (await asyncio.wait_for(log, PATIENCE)).decode()
            await process.wait()
    assert "does not take this user and password" in written
    shown = [written, *said(world, chat)]
    assert not [secret for secret in SECRETS if any(secret in text for text in shown)]
    assert not [text for text in said(world, chat) if USER in text or "127.0.0.1" in text]
