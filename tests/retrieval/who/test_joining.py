"""One person under several names, and two persons under one ending."""

from pathlib import Path

import pytest

from retrieval import Library
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

HELD = [f"Tổng Bí thư Lê Văn Tám {what}." for what in (
    "họp với các tỉnh", "thăm chợ Mới", "trồng cây ở Vinh", "gặp công nhân nhà máy đường", "dự lễ khai giảng năm học",
    "tiếp đoàn đại biểu thanh niên", "khánh thành cầu qua sông", "chúc Tết bà con làng chài", "đọc diễn văn ở Huế",
)]  # fmt: skip


def made(folder: Path, *texts: str) -> Library:
    return library_of(folder, [article(text, f"2025-03-{day:02}") for day, text in enumerate(texts, 1)])


@pytest.mark.parametrize(
    ("texts", "name", "query"),
    [
        (("Tổng thống Mỹ Robert Kolton tới Huế.", "Tổng thống Kolton rời Huế."), "Robert Kolton", "Kolton"),
        (
            ("Tổng thống Ukraine Oleh Baransky nói.", "Tổng thống Ukraine Oleh Baranskyy.", "Tổng thống Baranskiy đi."),
            "Oleh Baransky",
            "Baranskiy",
        ),
        (
            ("Thủ tướng Nhật Bản Aiko Moriyama nói.", "Thủ tướng Nhật Bản Moriyama Aiko đi.", "Thủ tướng Moriyama về."),
            "Aiko Moriyama",
            "Moriyama Aiko",
        ),
        (("Chủ tịch Fed James Arthur Pavell.", "Chủ tịch Fed James Pavell về."), "James Arthur Pavell", "James Pavell"),
        ((*HELD, "Tổng Bí thư Lê Văn Tám Phùng nói."), "Lê Văn Tám", "Lê Văn Tám"),
    ],
)  # fmt: skip
def test_names_of_one_person_in_one_office_open_one_page(
    tmp_path: Path, texts: tuple[str, ...], name: str, query: str
) -> None:
    library = made(tmp_path, *[text.replace(".", f" lần {number}.") for number, text in enumerate(texts)])
    found = library.who(query)
    assert found
    assert found.name == name
    assert len(found.mentions) == len(texts)
    assert [office.articles for office in found.offices] == [len(texts)]
    by_office = library.who(found.offices[0].title)
    assert by_office
    assert [holder.office.articles for holder in by_office.holders] == [len(texts)]


def test_a_half_name_is_the_one_whom_nearly_all_articles_mean(tmp_path: Path) -> None:
    texts = [f"Tiền đạo Nguyễn Hoàng Thạch ghi bàn thứ {number}." for number in range(5)]
    library = made(tmp_path, *texts, "Tiền đạo Hoàng Thạch ghi bàn ở Vinh.")
    found = library.who("Nguyễn Hoàng Thạch")
    assert found
    assert len(found.mentions) == 6


def test_a_half_name_that_may_be_of_two_stays_by_itself(tmp_path: Path) -> None:
    texts = ["Ông Trần Quốc Sơn họp.", "Ông Nguyễn Quốc Sơn họp.", "Ông Quốc Sơn họp ở Huế."]
    found = made(tmp_path, *texts).who("Trần Quốc Sơn")
    assert found
    assert [quote.text for quote in found.mentions] == [texts[0]]


def test_two_presidents_of_one_name_stay_two(tmp_path: Path) -> None:
    texts = ["Tổng thống Mỹ George Kolton nói.", "Tổng thống Pháp Kolton nói."]
    found = made(tmp_path, *texts).who("Tổng thống Pháp")
    assert found
    assert [(holder.name, holder.office.articles) for holder in found.holders] == [("Kolton", 1)]


def test_a_spelling_that_no_article_has_opens_the_page_of_whoever_is_spelt_alike(tmp_path: Path) -> None:
    library = made(tmp_path, "Ngoại trưởng Iran Abbas Baraghchi nói.", "Ông Abbas Baraghchi về.")
    for typed in ("Baragchi", "Abas Baraghchi"):
        found = library.who(typed)
        assert found
        assert found.name == "Abbas Baraghchi"
    assert library.who("Boroshenko") is None


def test_a_son_of_the_same_name_is_somebody_else(tmp_path: Path) -> None:
    texts = [f"Tổng thống Mỹ Robert Kolton tới Huế lần {number}." for number in range(20)]
    library = made(tmp_path, *texts, "Ông Robert Kolton Jr tới Vinh.")
    found = library.who("Robert Kolton")
    assert found
    assert "Robert Kolton Jr" not in found.aliases
    assert len(found.mentions) == 20
