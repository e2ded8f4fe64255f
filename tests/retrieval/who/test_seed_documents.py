"""The five given documents: /who Lê Hoài Trung and the others."""

from functools import cache

import pytest

from retrieval import Library, Profile
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared


@cache
def library() -> Library:
    return Library.open([SHARED / "seeds"])


def profile(query: str) -> Profile:
    found = library().who(query)
    assert found is not None
    return found


@pytest.mark.parametrize("query", ["Lê Hoài Trung", "le hoai trung", "ông Trung"])
def test_le_hoai_trung_headed_the_commission_and_then_the_ministry(query: str) -> None:
    offices = {office.title: office for office in profile(query).offices}
    assert list(offices) == ["Bộ trưởng Bộ Ngoại giao", "Ủy viên Bộ Chính trị", "Trưởng Ban Đối ngoại Trung ương"]
    ministry, commission = offices["Bộ trưởng Bộ Ngoại giao"], offices["Trưởng Ban Đối ngoại Trung ương"]
    assert (commission.first_seen.edtf, commission.last_seen.edtf) == ("2024-08-29", "2024-08-29")
    assert (ministry.first_seen.edtf, ministry.first_seen.basis) == ("2026-01-25", "inferred")
    assert "Lê Hoài Trung, Bộ trưởng Bộ Ngoại giao" in ministry.quotes[0].text
    assert "Trưởng Ban Đối ngoại Trung ương Lê Hoài Trung" in commission.quotes[0].text
    for quote in (*ministry.quotes, *commission.quotes):
        assert quote.text == quote.article.text[quote.start : quote.end]


@pytest.mark.parametrize(
    ("query", "holders"),
    [
        (
            "Bộ trưởng Ngoại giao",
            [("Bùi Thanh Sơn", "2023-12-19", "2024-08-29"), ("Lê Hoài Trung", "2026-01-25", "2026-01-25")],
        ),
        (
            "Tổng Bí thư",
            [("Nguyễn Phú Trọng", "2023-12-19", "2023-12-19"), ("Tô Lâm", "2024-08-29", "2026-01-25")],
        ),
        ("Tổng Bí thư 2023", [("Nguyễn Phú Trọng", "2023-12-19", "2023-12-19")]),
    ],
)
def test_an_office_over_time(query: str, holders: list[tuple[str, str, str]]) -> None:
    shown = [(h.name, h.office.first_seen.edtf[:10], h.office.last_seen.edtf[:10]) for h in profile(query).holders]
    assert shown == holders


def test_the_late_general_secretary_is_no_holder_after_his_death() -> None:
    found = profile("Nguyễn Phú Trọng")
    assert [office.last_seen.edtf for office in found.offices] == ["2023-12-19"]
    assert [office.title for office in found.former] == ["Tổng Bí thư"]


@pytest.mark.parametrize("name", ["Hồ Chí Minh", "Thuỷ Nguyên", "Nguyễn Khánh"])
def test_photographers_and_ho_chi_minh_are_only_named(name: str) -> None:
    assert profile(name) == Profile(profile(name).name)
