"""What groups have settled, and which messages answered which: kept in the state's file."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ground.place import GENERAL
from bot.memory.answers import Answers
from bot.memory.chats import Chats
from bot.memory.policy import Policy
from bot.memory.state import State, StateError
from tests.clock import Clock

DAY = 24 * 60 * 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "chats.sqlite3"


@pytest.fixture
async def state(path: Path) -> AsyncIterator[State]:
    opened = State(path)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def chats(state: State) -> Chats:
    return Chats(state)


async def test_a_chat_answers_mentions_until_it_is_told_otherwise(chats: Chats) -> None:
    await chats.load()
    assert chats.policy(-100) == Policy("mention")
    await chats.set_mode(-100, None, "every")
    assert chats.policy(-100) == Policy("every")
    assert chats.policy(-101) == Policy("mention")


async def test_a_topics_mode_comes_before_the_chats_and_goes_with_none(chats: Chats) -> None:
    await chats.set_mode(-100, None, "every")
    await chats.set_mode(-100, 5, "off")
    await chats.set_mode(-100, GENERAL, "questions")
    policy = chats.policy(-100)
    assert [policy.mode_in(topic) for topic in (None, 5, GENERAL, 6)] == ["every", "off", "questions", "every"]
    await chats.set_mode(-100, 5, None)
    assert chats.policy(-100).mode_in(5) == "every"


async def test_a_topic_alone_leaves_the_chat_at_the_default(chats: Chats) -> None:
    await chats.set_mode(-100, 5, "off")
    assert [chats.policy(-100).mode_in(topic) for topic in (None, 5)] == ["mention", "off"]


async def test_policies_survive_a_restart(path: Path) -> None:
    for step in ("set", "read"):
        state = State(path)
        await state.open()
        chats = Chats(state)
        await chats.load()
        if step == "set":
            await chats.set_mode(-100, 5, "off")
        assert chats.policy(-100).mode_in(5) == "off"
        await state.close()


async def test_a_policy_moves_with_the_group_that_becomes_a_supergroup(chats: Chats) -> None:
    await chats.set_mode(-50, None, "every")
    for _ in range(2):  # both chats tell of it
        await chats.migrate(-50, -100)
    assert chats.policy(-100) == Policy("every")
    assert chats.policy(-50) == Policy()


async def test_what_was_set_in_the_supergroup_by_then_wins(chats: Chats) -> None:
    await chats.set_mode(-50, None, "every")
    await chats.set_mode(-100, None, "off")
    await chats.migrate(-50, -100)
    assert chats.policy(-100) == Policy("off")


async def test_a_mode_of_a_later_version_is_passed_over(path: Path, state: State) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO policies VALUES (-100, 0, 'whispering'), (-100, 5, 'off')")
    chats = Chats(state)
    await chats.load()
    assert [chats.policy(-100).mode_in(topic) for topic in (None, 5)] == ["mention", "off"]


async def test_a_policy_that_cannot_be_written_does_not_hold(path: Path, chats: Chats) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            await chats.set_mode(-100, None, "every")
    assert chats.policy(-100) == Policy("mention")
    await chats.set_mode(-100, None, "every")
    assert chats.policy(-100) == Policy("every")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def answers(state: State, clock: Clock) -> Answers:
    return Answers(state, timedelta(days=2), clock)


async def test_an_answer_is_found_by_its_question(answers: Answers) -> None:
    await answers.remember(-100, 30, [31, 32])
    await answers.remember(-101, 30, [40])
    assert await answers.of(-100, 30) == (31, 32)
    assert await answers.of(-101, 30) == (40,)
    assert await answers.of(-100, 31) == ()


async def test_an_answer_is_replaced_and_taken_back(answers: Answers) -> None:
    await answers.remember(-100, 30, [31, 32])
    await answers.remember(-100, 30, [31])
    assert await answers.of(-100, 30) == (31,)
    await answers.remember(-100, 30, [])
    assert await answers.of(-100, 30) == ()


async def test_answers_are_forgotten_in_time(path: Path, answers: Answers, clock: Clock) -> None:
    await answers.remember(-100, 30, [31])
    clock.now += 1 * DAY
    await answers.remember(-100, 33, [34])
    clock.now += 1.5 * DAY
    assert [await answers.of(-100, asked) for asked in (30, 33)] == [(), (34,)]
    await answers.remember(-100, 35, [36])
    with closing(sqlite3.connect(path)) as db:
        assert [asked for (asked,) in db.execute("SELECT message_id FROM answers")] == [33, 35]


async def test_an_answer_that_cannot_be_remembered_is_reported_and_nothing_else(
    path: Path, answers: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await answers.remember(-100, 30, [31])
    assert "message 30 is not remembered" in caplog.text
    await answers.remember(-100, 30, [31])
    assert await answers.of(-100, 30) == (31,)


async def test_a_state_of_a_newer_version_is_refused_and_left_alone(path: Path, state: State) -> None:
    await state.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO migrations VALUES ('m999_telepathy', '2030-01-01')")
    with pytest.raises(StateError, match=r"newer version of Trích \(m999_telepathy\).* \[chats\]"):
        await State(path).open()


async def test_a_state_that_cannot_be_written_is_gone_on_with_in_memory_and_names_its_setting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "var").touch()
    state = State(tmp_path / "var" / "chats.sqlite3")
    await state.open()
    chats = Chats(state)
    await chats.set_mode(-100, None, "every")
    assert chats.policy(-100).mode == "every"
    await state.close()
    assert "kept in memory" in caplog.text
    assert "`path` of [chats]" in caplog.text


async def test_what_was_settled_in_memory_is_on_the_disk_as_soon_as_it_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.memory.state._TRIED_AGAIN", 0)
    (tmp_path / "var").touch()
    state = State(tmp_path / "var" / "chats.sqlite3")
    await state.open()
    await Chats(state).set_mode(-100, None, "every")
    (tmp_path / "var").unlink()
    await Chats(state).set_mode(-200, None, "off")
    await state.close()
    again = State(tmp_path / "var" / "chats.sqlite3")
    await again.open()
    chats = Chats(again)
    await chats.load()
    await again.close()
    assert (chats.policy(-100).mode, chats.policy(-200).mode) == ("every", "off")


async def test_a_state_that_is_not_open_says_so(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="not open"):
        await State(path).read("SELECT 1")
