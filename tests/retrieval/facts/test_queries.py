"""Offices and names as people type them."""

import pytest

from retrieval.facts import Facts

_KNOWN = ["Tô Lâm", "Bùi Thanh Sơn", "Nguyễn Hồng Sơn", "Phạm Minh Chính", "Hồ Chí Minh", "Joe Biden"]


@pytest.mark.parametrize(
    ("query", "office"),
    [
        ("TBT", "Tổng Bí thư"),
        ("tong bi thu", "Tổng Bí thư"),
        ("Bộ trưởng Ngoại giao", "Bộ trưởng Bộ Ngoại giao"),
        ("bo truong ngoai giao", "Bộ trưởng Bộ Ngoại giao"),
        ("Ngoại trưởng", "Bộ trưởng Bộ Ngoại giao"),
        ("thủ tướng", "Thủ tướng Chính phủ"),
        ("thủ tướng nhật bản", "Thủ tướng Nhật Bản"),
        ("phó thủ tướng", "Phó Thủ tướng"),
        ("chu tich ubnd tinh quang tri", "Chủ tịch UBND tỉnh Quảng Trị"),
        ("Chủ tịch Uỷ ban nhân dân thành phố Đà Nẵng", "Chủ tịch UBND TP Đà Nẵng"),
        ("truong ban doi ngoai trung uong", "Trưởng Ban Đối ngoại Trung ương"),
        ("  Chánh Văn phòng   Trung ương Đảng ", "Chánh Văn phòng Trung ương Đảng"),
    ],
)
def test_an_office_is_found_in_any_spelling(facts: Facts, query: str, office: str) -> None:
    assert facts.office(query) == office


@pytest.mark.parametrize(
    "query", ["", "Tô Lâm", "xin chào", "Tổng Bí thư nói gì", "Bộ trưởng Bộ Y tế Lê Văn Tám", "<b>"]
)
def test_what_is_not_just_an_office_is_none(facts: Facts, query: str) -> None:
    assert facts.office(query) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Tô Lâm", ["Tô Lâm"]),
        ("TÔ LÂM", ["Tô Lâm"]),
        ("to lam", ["Tô Lâm"]),
        ("ông Sơn", ["Bùi Thanh Sơn", "Nguyễn Hồng Sơn"]),
        ("son", ["Bùi Thanh Sơn", "Nguyễn Hồng Sơn"]),
        ("Bộ trưởng Bùi Thanh Sơn", ["Bùi Thanh Sơn"]),
        ("Bui Than Son", ["Bùi Thanh Sơn"]),
        ("Bác Hồ", ["Hồ Chí Minh"]),
        ("biden", ["Joe Biden"]),
        ("Jo Biden", ["Joe Biden"]),
        ("Lê Văn Tám", []),
        ("ông", []),
        ("", []),
    ],
)
def test_a_name_is_found_by_parts_and_near_misses(facts: Facts, query: str, found: list[str]) -> None:
    assert [candidate.name for candidate in facts.match(query, _KNOWN)] == found


def test_an_exact_name_ranks_before_a_part_and_a_part_before_a_near_miss(facts: Facts) -> None:
    known = ["Trần Thanh Sang", "Lê Thanh Sơn", "Thanh Sơn", "Thánh Son"]
    ranked = facts.match("Thanh Sơn", known)
    assert [(candidate.name, candidate.how) for candidate in ranked] == [
        ("Thanh Sơn", "exact"),
        ("Lê Thanh Sơn", "part"),
        ("Thánh Son", "near"),
    ]
