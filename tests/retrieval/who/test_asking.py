"""Offices as people ask for them: `ask` and /who name the same holder, or nobody."""

from datetime import date
from pathlib import Path

import pytest

from retrieval import Library
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

_TODAY = date(2025, 12, 31)
ARTICLES = [
    "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện.",
    "Bí thư Thành ủy TP.HCM Trần Văn Hòa kiểm tra công trường.",
    "Chủ tịch UBND TP.HCM Nguyễn Văn Sáu dự lễ khởi công.",
    "Tổng thống Pháp Pierre Dubois phát biểu ở Paris.",
    "Giám đốc điều hành OpenAI John Miller trả lời báo chí.",
    "Chủ tịch HĐQT Tập đoàn Bình Minh Phạm Thị Lan công bố kế hoạch.",
    "Thị trưởng New York Robert Smith ký sắc lệnh.",
    "HLV đội tuyển nữ Việt Nam Đỗ Văn Tư gọi ba cầu thủ.",
    "HLV CLB Hà Nội Peter Jones thay người.",
    "Giám đốc Bệnh viện Bình An Vũ Thị Mai tiếp đoàn.",
    "Chủ nhiệm Ủy ban Kiểm tra Trung ương Hoàng Văn Năm chủ trì kỳ họp.",
    "Bộ trưởng Bộ Giáo dục và Đào tạo Đặng Văn Chín thăm trường.",
    "Giám đốc Bệnh viện Nhi đồng 7 TP.HCM Ngô Thị Tám tiếp đoàn.",
    "Chủ tịch Hãng hàng không Sao Đỏ Võ Văn Mười nhận tàu bay.",
    "Đại sứ Pháp tại Việt Nam Paul Durand thăm Huế.",
    "Chủ tịch Ủy ban Trung ương MTTQ Việt Nam Đinh Thị Ba dự hội nghị.",
    "Tổng thống Ý Carlo Rossi cho biết năm 2027 sẽ khó khăn hơn.",
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = [article(text, f"2025-11-{day:02}") for day, text in enumerate(ARTICLES, 1)]
    return library_of(tmp_path_factory.mktemp("asking"), made)


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("bo truong bo y te la ai", "Lê Văn Bình"),
        ("bộ trưởng y tế nước mình là ai ta", "Lê Văn Bình"),
        ("bộ trưởng y tế vn tên gì", "Lê Văn Bình"),
        ("bí thư tphcm giờ là ai rồi", "Trần Văn Hòa"),
        ("bí thư sài gòn là ai v", "Trần Văn Hòa"),
        ("chu tich tphcm ten gi", "Nguyễn Văn Sáu"),
        ("Nước Pháp đang do ai làm tổng thống?", "Pierre Dubois"),
        ("Công ty OpenAI do ai làm CEO?", "John Miller"),
        ("ceo mới của openai là ai thế", "John Miller"),
        ("chu tich hdqt binh minh la ai", "Phạm Thị Lan"),
        ("Tân thị trưởng của thành phố New York là ai?", "Robert Smith"),
        ("Huấn luyện viên của đội tuyển bóng đá nữ Việt Nam là ai?", "Đỗ Văn Tư"),
        ("hà nội fc đang do hlv nào dẫn dắt", "Peter Jones"),
        ("hlv nào đang dẫn dắt clb hà nội", "Peter Jones"),
        ("bv bình an giám đốc là bác sĩ nào", "Vũ Thị Mai"),
        ("Người đứng đầu Ủy ban Kiểm tra Trung ương hiện nay là ai?", "Hoàng Văn Năm"),
        ("bộ trưởng gd tên j", "Đặng Văn Chín"),
        ("Ai đang làm Giám đốc Bệnh viện Nhi đồng 7?", "Ngô Thị Tám"),
        ("hãng bay sao đỏ có chủ tịch là ai v bot", "Võ Văn Mười"),
        ("Đại sứ Pháp ở Việt Nam tên là gì?", "Paul Durand"),
        ("chủ tịch mặt trận tổ quốc giờ là bà nào", "Đinh Thị Ba"),
        ("Ông Carlo Rossi nói gì về năm 2027?", "Carlo Rossi"),
    ],
)
def test_a_holder_is_named_however_the_office_is_typed(library: Library, question: str, holder: str) -> None:
    [first, *_] = library.ask(question, today=_TODAY).quotes
    assert holder in first.text


@pytest.mark.parametrize(
    "question",
    [
        "thứ trưởng y tế là ai",
        "phó bí thư tphcm là ai",
        "bí thư bắc ninh là ai",
        "giám đốc bv bình minh là ai",
        "chủ tịch openai là ai",
        "thị trưởng boston tên gì",
        "hlv đội tuyển việt nam là ai",
        "vợ bộ trưởng y tế là ai",
        "Trước Lê Văn Bình thì ai làm Bộ trưởng Bộ Y tế?",
    ],
)
def test_nobody_is_named_for_another_rank_place_body_or_time(library: Library, question: str) -> None:
    assert not library.ask(question, today=_TODAY).quotes


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("john miller giữ chức gì ở openai", "Giám đốc điều hành OpenAI"),
        ("ông Lê Văn Bình giờ về làm gì rồi", "Bộ trưởng Bộ Y tế"),
        ("bà Phạm Thị Lan là chủ tịch tập đoàn nào", "Tập đoàn Bình Minh"),
    ],
)
def test_what_somebody_holds_is_told(library: Library, question: str, office: str) -> None:
    [first, *_] = library.ask(question, today=_TODAY).quotes
    assert office in first.text


def test_the_sentence_that_has_the_office_in_full_comes_first(tmp_path: Path) -> None:
    full = "Ngoại trưởng Đức Karl Petit cho rằng cần đối thoại."
    made = [article(full, "2025-11-02"), article("Đảng của Ngoại trưởng Karl Petit phản đối.", "2025-11-03")]
    [first, *_] = library_of(tmp_path, made).ask("karl petit là ai thế", today=_TODAY).quotes
    assert first.text == full


def test_who_finds_the_office_that_articles_write_in_another_way(library: Library) -> None:
    for typed in ("CEO Công ty OpenAI", "ceo openai", "Giám đốc điều hành của OpenAI"):
        found = library.who(typed, _TODAY)
        assert found
        assert [holder.name for holder in found.holders] == ["John Miller"]
