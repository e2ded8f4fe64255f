"""Texts typed without diacritics and capitals, as articles write them."""

from pathlib import Path

import pytest

from retrieval import Library
from retrieval.ranking.restoring import restored
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

ARTICLES = [
    article("Sáng 6/11/2025, động đất làm nứt tường nhiều nhà ở Kon Tum, người dân ở Mỹ cũng lo động đất."),
    article("Hôm qua, trận động đất mạnh 5 độ xảy ra; Nepal và Ba Lan gửi điện thăm hỏi."),
    article("Hàng đặt từ Nepal đồng loạt tăng giá, đất đai cũng thế, theo Bộ trưởng Ba, và Bộ trưởng Ba vui."),
    article("Anh Ba lần đầu tới thẩm mỹ viện; đồng đạt giá, đóng đắt."),
    article("Tòa xử bà Trương Mỹ Lan; Bộ trưởng Mỹ đến, Ngoại trưởng Mỹ đi, rồi Bộ trưởng Mỹ về."),
    article("Bác sĩ dặn: bánh mì phải mới."),
    article("Trộm cắp tăng, theo UBND xã ở Ba Lan và ở Mỹ Lan; mía đường thì không."),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("restoring"), ARTICLES)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("dong dat nepal", "động đất Nepal"),
        ("DONG DAT NEPAL", "động đất Nepal"),
        ("động dat, nepal?", "động đất, Nepal?"),  # what was typed with them stays
        ("tham my vien", "thẩm mỹ viện"),
        ("dong dat o my", "động đất ở Mỹ"),
        ("ba lan", "Ba Lan"),
        ("truong my lan", "Trương Mỹ Lan"),  # "trưởng Mỹ" stands there three times
        ("bac si dan ve banh mi", "bác sỹ dặn về bánh mỳ"),
        ("bo truong ba", "Bộ trưởng Ba"),
        ("zyx dong dat", "zyx động đất"),  # no article has it
        ("?", "?"),
        ("", ""),
    ],
)
def test_syllables_get_the_diacritics_and_capitals_of_their_neighbours(
    library: Library, typed: str, wanted: str
) -> None:
    assert restored(library._index, typed, cased=False) == wanted


def test_who_types_capitals_gets_no_others(library: Library) -> None:
    assert restored(library._index, "Dong dat nepal", cased=True) == "Động đất nepal"


@pytest.mark.parametrize("topic", ["dong dat nepal", "dong dat Nepal", "động đất nepal"])
def test_a_timeline_is_that_of_what_was_meant(tmp_path: Path, topic: str) -> None:
    """ "hoạt động … đất nước Nepal" tells of no earthquake there, however it is asked for."""
    told = [
        article("Ngày 6/11/2025, động đất làm nứt tường ở Kon Tum.", "2025-11-06", "Báo A", "Động đất ở Kon Tum"),
        article("Ngày 8/11/2025, Nepal bắt nhóm hoạt động lừa đảo.", "2025-11-08", "Báo A", "Lừa đảo ở Nepal"),
        article("Ngày 9/11/2025, đồng tiền của đất nước Nepal mất giá.", "2025-11-09", "Báo B", "Tiền ở Nepal"),
    ]
    assert library_of(tmp_path, told).timeline(topic).entries == ()
    quake = article("Ngày 12/11/2025, động đất rung chuyển Nepal.", "2025-11-12", "Báo B", "Động đất ở Nepal")
    library = library_of(tmp_path, [*told, quake], "more")
    timeline, meant = library.timeline(topic), library.timeline("động đất Nepal")
    assert timeline.topic == topic
    assert timeline.entries == meant.entries
    assert "2025-11-12" in {entry.date.edtf for entry in timeline.entries}


def test_a_question_without_diacritics_finds_i_and_y(library: Library) -> None:
    assert library.read_question("bac si noi gi ve banh mi").terms[:2] == ("bac", "sy")
    assert library.search("bac si banh mi", 1)[0].text == "Bác sĩ dặn: bánh mì phải mới."
