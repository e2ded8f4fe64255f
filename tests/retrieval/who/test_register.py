"""The tables behind /who as files come, change and go."""

from pathlib import Path

import pytest

from retrieval import Library
from retrieval.who.holders import weighed
from retrieval.who.joining import Joining

MINISTER = "Sáng 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện cùng bà Trần Thị Chín.\n"


def test_who_is_in_no_article_any_more_is_nobody(tmp_path: Path) -> None:
    folder, cache = tmp_path / "articles", tmp_path / "cache"
    folder.mkdir()
    (folder / "a.txt").write_text(MINISTER, encoding="utf-8")
    (folder / "b.txt").write_text("Ngày 4/5/2025, ông Trần Văn Giang họp ở Huế.\n", encoding="utf-8")
    before = Library.open([folder], cache)
    assert before.who("Lê Văn Bình")
    (folder / "a.txt").unlink()
    after = before.refreshed([folder])
    assert after.who("Lê Văn Bình") is None
    assert after.who("Bộ trưởng Bộ Y tế") is None
    assert after.who("ông Giang")
    assert before.who("Lê Văn Bình"), "a library in use stays as it is"


def test_what_two_files_have_to_the_letter_is_seen_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(MINISTER, encoding="utf-8")
    found = Library.open([tmp_path]).who("Lê Văn Bình")
    assert found is not None
    assert [len(office.quotes) for office in found.offices] == [1]
    assert found.seen_with == ("Trần Thị Chín",)
    assert len(found.mentions) == 1


def test_names_in_capitals_and_with_the_tone_mark_elsewhere_are_one_person(tmp_path: Path) -> None:
    texts = ("Ông Trần Văn Hòa họp ở Huế.", "Ông TRẦN VĂN HÒA phát biểu ở Vinh.", "Ông Trần Văn Hoà trở về Hà Nội.")
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(f"{text}\n", encoding="utf-8")
    found = Library.open([tmp_path]).who("tran van hoa")
    assert found is not None
    assert len(found.mentions) == 3


def test_of_a_bare_title_only_those_are_joined_who_have_no_fuller_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (
        "Giám đốc Sở Y tế Gia Lai Lê Văn Tám đến dự lễ khai trương.",
        "Sáng nay, Giám đốc Lê Văn Tám tiếp đoàn bác sĩ từ Lào.",
        "Hai bên đã gặp nhau, Giám đốc Lê Văn Tám cho biết như vậy.",
        "Giám đốc Trần Văn Chín mở cửa hàng bán hoa ở chợ.",
        "Cuối tuần qua, Giám đốc Trần Văn Chín trồng một vườn cam.",
    )
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(f"{text}\n", encoding="utf-8")
    asked: list[str] = []
    whole = Joining.whole

    def noted(joining: Joining, person: str) -> str:
        asked.append(person)
        return whole(joining, person)

    monkeypatch.setattr(Joining, "whole", noted)
    library = Library.open([tmp_path])
    people = library._people
    found = [one.post.persons for one in weighed(people, "Giám đốc")]
    assert found == [("trần văn chín",)]
    assert "lê văn tám" not in asked
