"""What fails holds back no reply, and no chat hears of its details."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from bot.settings import Settings
from retrieval import Library
from tests.bot.conftest import Running
from tests.bot.faults.conftest import eventually
from tests.bot.test_end_to_end import Person, rows


@pytest.fixture
def broken(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A library that breaks down when asked."""

    def ask(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError("disk on fire at /secret/place")

    monkeypatch.setattr(Library, "ask", ask)
    return library


async def test_a_failure_is_logged_and_excused_without_its_details(
    running: Running, settings: Settings, broken: Library, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(broken) as world:
        reply = await Person(world).says("Cây cầu dài bao nhiêu mét?")
    assert reply["text"].startswith("Xin lỗi")
    assert "fire" not in reply["text"]
    assert "disk on fire" in caplog.text
    assert [(row["outcome"], row["question"]) for row in rows(settings)] == [("error", "Cây cầu dài bao nhiêu mét?")]


async def test_the_excuse_is_in_the_persons_language(running: Running, broken: Library) -> None:
    async with running(broken) as world:
        reply = await Person(world, "en").says("Cây cầu dài bao nhiêu mét?")
    assert reply["text"].startswith("Sorry")


async def test_a_locked_log_holds_back_no_reply(
    running: Running, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as world:
        with closing(sqlite3.connect(settings.log.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            person = Person(world)
            assert "1.200 mét" in (await person.says("Cây cầu dài bao nhiêu mét?"))["text"]
            assert "Cách hỏi" in (await person.says("/help"))["text"]
            await eventually(lambda: "no row for update" in caplog.text)


async def test_a_log_that_cannot_be_opened_holds_back_no_reply(
    running: Running, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.log.path.parent.mkdir(parents=True)
    settings.log.path.mkdir()
    async with running() as world:
        assert "1.200 mét" in (await Person(world).says("Cây cầu dài bao nhiêu mét?"))["text"]
    assert "cannot be opened" in caplog.text
    assert "no row for update" in caplog.text
