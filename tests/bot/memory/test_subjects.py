"""Topics and persons behind buttons: kept apart, and those of an earlier version still found."""

from datetime import date, timedelta
from pathlib import Path

from bot.ground.database import connect
from bot.memory.state import State
from bot.memory.subjects import Subject, Subjects
from bot.memory.tables import MIGRATIONS, m011_subjects

AFTER_A_TIMELINE = 7


async def test_a_person_and_a_topic_of_the_same_name_are_two(tmp_path: Path) -> None:
    state = State(tmp_path / "chats.sqlite3")
    await state.open()
    subjects = Subjects(state, timedelta(days=1))
    timeline = await subjects.remember_timeline(5, "Lê Hoài Trung", None, None)
    person = await subjects.remember_person(5, "Lê Hoài Trung")
    assert timeline.id != person.id
    kinds = await state.read("SELECT kind FROM subjects ORDER BY id")
    assert [kind for (kind,) in kinds] == ["timeline", "person"]
    assert await subjects.remember_person(5, "Lê Hoài Trung") == person
    await state.close()


async def test_buttons_of_an_earlier_version_keep_their_numbers_and_no_other_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite3"
    before = MIGRATIONS[: MIGRATIONS.index(m011_subjects)]
    db = await connect(path, before)
    row = "INSERT INTO timelines (id, chat_id, topic, since, until, at) VALUES (?, 5, ?, '2025-01-02', '', ?)"
    await db.execute(row, (3, "bão", 2**33))
    await db.execute(row, (AFTER_A_TIMELINE, "lũ", 2**33))
    await db.execute("DELETE FROM timelines WHERE id = ?", (AFTER_A_TIMELINE,))  # its buttons are still in chats
    await db.close()
    state = State(path)
    await state.open()
    subjects = Subjects(state, timedelta(days=1))
    assert await subjects.shown(5, 3) == Subject(3, "bão", date(2025, 1, 2), None)
    assert (await subjects.remember_person(5, "Trần Văn Bách")).id == AFTER_A_TIMELINE + 1
    await state.close()
