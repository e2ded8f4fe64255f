"""Whom a query means."""

from datetime import date
from pathlib import Path

import pytest

from retrieval import Library
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

ARTICLES = [
    ("2022-02-03", "Bộ trưởng Bộ Y tế Trần Quốc Sơn thăm bệnh viện."),
    ("2024-02-03", "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."),
    ("2025-02-03", "Bộ trưởng Bộ Y tế Lê Văn Bình khai trương phòng khám."),
    ("2025-02-04", "Bộ trưởng Bộ Xây dựng Nguyễn Hải Sơn kiểm tra công trường."),
    ("2025-02-05", "Ông Vladimir Kozlov đến Huế."),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("who"), [article(text, day) for day, text in ARTICLES])


@pytest.mark.parametrize(
    "query", ["Lê Văn Bình", "le van binh", "lê văn bình", "ông Bình", "Lê Văn Bình là ai?", "Văn Bình"]
)
def test_a_name_in_full_in_part_or_without_diacritics(library: Library, query: str) -> None:
    found = library.who(query)
    assert found
    assert found.name == "Lê Văn Bình"
    assert found.offices


def test_a_half_name_of_several_asks_which(library: Library) -> None:
    found = library.who("ông Sơn")
    assert found
    assert sorted(found.candidates) == ["Nguyễn Hải Sơn", "Trần Quốc Sơn"]
    assert (found.offices, found.mentions) == ((), ())


@pytest.mark.parametrize("query", ["Le Van Bin", "Lê Văn Bính", "Nguyen Hai Son g"])
def test_a_misspelt_name_is_suggested_and_nobody_shown(library: Library, query: str) -> None:
    found = library.who(query)
    assert found
    assert len(found.suggestions) == 1
    assert (found.offices, found.mentions) == ((), ())


@pytest.mark.parametrize("query", ["Bộ trưởng Y tế", "bo truong y te", "ai là Bộ trưởng Bộ Y tế?"])
def test_an_office_lists_who_held_it_in_order(library: Library, query: str) -> None:
    found = library.who(query)
    assert found
    assert found.name == "Bộ trưởng Bộ Y tế"
    assert [(holder.name, holder.office.last_seen.edtf) for holder in found.holders] == [
        ("Trần Quốc Sơn", "2022-02-03"),
        ("Lê Văn Bình", "2025-02-03"),
    ]


@pytest.mark.parametrize(
    ("query", "holders"),
    [
        ("Bộ trưởng Y tế 2022", ["Trần Quốc Sơn"]),
        ("Bộ trưởng Y tế từ 6/2024", ["Lê Văn Bình"]),
        ("Bộ trưởng Y tế năm ngoái", ["Lê Văn Bình"]),
    ],
)
def test_an_office_in_a_period(library: Library, query: str, holders: list[str]) -> None:
    found = library.who(query, today=date(2026, 1, 1))
    assert found
    assert [holder.name for holder in found.holders] == holders


def test_a_mere_minister_is_every_minister(library: Library) -> None:
    found = library.who("Bộ trưởng")
    assert found
    assert [holder.office.title for holder in found.holders] == ["Bộ trưởng Bộ Y tế"] * 2 + ["Bộ trưởng Bộ Xây dựng"]


def test_a_person_in_a_period_shows_what_is_seen_then(library: Library) -> None:
    found = library.who("Lê Văn Bình 2024")
    assert found
    assert [quote.text for quote in found.mentions] == [ARTICLES[1][1]]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?",
        "2024",
        "Chủ tịch nước",
        "Bộ trưởng Y tế 1990",
        "Phan Thị Tuyết",
        "<b>x</b>",
        "ê" * 300,
        "Bình " * 60,
    ],
)
def test_nobody_is_none(library: Library, query: str) -> None:
    assert library.who(query) is None


def test_who_is_appointed_elsewhere_does_not_hold_the_office_before_it(tmp_path: Path) -> None:
    texts = [
        ("2025-03-01", "Bí thư Tỉnh ủy Gia Lai Lê Văn Bình thăm các xã vùng cao."),
        ("2025-03-05", "Bà Trần Thị Chín được bổ nhiệm giữ chức Bí thư Tỉnh ủy Gia Lai."),
        ("2025-03-06", "Ông Lê Văn Bình, Bí thư Tỉnh ủy Gia Lai, được điều động giữ chức Bí thư Tỉnh ủy Cà Mau."),
    ]
    found = library_of(tmp_path, [article(text, day) for day, text in texts]).who("Bí thư Tỉnh ủy Gia Lai hiện nay")
    assert found
    assert [holder.name for holder in found.holders] == ["Trần Thị Chín"]
