"""Where an office begins or ends."""

import pytest

from retrieval.facts import Facts
from retrieval.records import Kind
from tests.retrieval.facts.conftest import sentences_of


def changes(facts: Facts, text: str, first: Kind = "body") -> list[tuple[str, str, str]]:
    [sentence] = sentences_of(text, first)
    found = facts.changes(text, sentence, facts.mentions(text, [sentence]))
    return [(change.name, change.title, change.kind) for change in found]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ông Lê Văn Tám được bổ nhiệm giữ chức Giám đốc Sở Y tế Hà Nội.", "Giám đốc Sở Y tế Hà Nội"),
        ("Quốc hội bầu ông Lê Văn Tám giữ chức Chủ tịch nước.", "Chủ tịch nước"),
        ("Ông Lê Văn Tám được Ban Bí thư điều động, chỉ định giữ chức Bí thư Gia Lai.", "Bí thư Tỉnh ủy Gia Lai"),
        ("Ông Lê Văn Tám, Phó Bí thư Tỉnh ủy Lào Cai, được bầu làm Chủ tịch UBND tỉnh.", "Chủ tịch UBND tỉnh"),
        ("Ông Lê Văn Tám, nguyên Giám đốc Sở Y tế Hà Nội, được bầu làm Chủ tịch nước.", "Chủ tịch nước"),
        ("Ông Lê Văn Tám, Ủy viên Ủy ban Kiểm tra T.Ư, được bầu làm Chủ tịch nước.", "Chủ tịch nước"),
        ("Bổ nhiệm ông Lê Văn Tám làm Thứ trưởng Bộ Y tế.", "Thứ trưởng Bộ Y tế"),
        ("Thủ tướng Lê Văn Tám tuyên thệ nhậm chức.", "Thủ tướng Chính phủ"),
        ("Cựu danh thủ Lê Văn Tám trở thành HLV CLB Long Hà.", "HLV CLB Long Hà"),
    ],
)  # fmt: skip
def test_an_appointment_begins_an_office(facts: Facts, text: str, title: str) -> None:
    assert changes(facts, text) == [("Lê Văn Tám", title, "begins")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ông Lê Văn Tám thôi giữ chức Bộ trưởng Bộ Y tế.", "Bộ trưởng Bộ Y tế"),
        ("Quốc hội miễn nhiệm chức vụ Bộ trưởng Bộ Y tế đối với ông Lê Văn Tám.", "Bộ trưởng Bộ Y tế"),
        ("Miễn nhiệm ông Lê Văn Tám khỏi chức vụ Bộ trưởng Bộ Y tế.", "Bộ trưởng Bộ Y tế"),
        ("Ông Lê Văn Tám nghỉ hưu, thôi giữ chức Giám đốc Sở Y tế Hà Nội.", "Giám đốc Sở Y tế Hà Nội"),
        ("Bộ trưởng Bộ Y tế Lê Văn Tám tuyên bố từ chức.", "Bộ trưởng Bộ Y tế"),
    ],
)
def test_a_leave_ends_an_office(facts: Facts, text: str, title: str) -> None:
    assert changes(facts, text) == [("Lê Văn Tám", title, "ends")]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám sẽ được bổ nhiệm làm Giám đốc Sở Y tế Hà Nội.",
        "Ông Lê Văn Tám sắp được bổ nhiệm làm Giám đốc Sở Y tế Hà Nội.",
        "Ông Lê Văn Tám được đề nghị bổ nhiệm làm Giám đốc Sở Y tế Hà Nội.",
        "Ông Lê Văn Tám từng được bổ nhiệm làm Giám đốc Sở Y tế Hà Nội.",
        "Người dân kêu gọi Bộ trưởng Bộ Y tế Lê Văn Tám từ chức.",
        "Bộ trưởng Bộ Y tế Lê Văn Tám không từ chức.",
        "Bộ trưởng Bộ Y tế Lê Văn Tám bổ nhiệm ba hiệu trưởng.",
        "Ông Lê Văn Tám giữ chức Giám đốc Sở Y tế Hà Nội đã lâu.",
        "Ông Lê Văn Tám được bổ nhiệm hôm qua cùng Giám đốc Sở Y tế Hà Nội.",
        "Quốc hội miễn nhiệm chức vụ Bộ trưởng Bộ Y tế và khen ông Lê Văn Tám.",
        "Ông Lê Văn Tám từ chức vì vụ sa thải HLV Kim Sang-sik.",
    ],
)
def test_what_is_wanted_denied_past_or_lasting_is_no_change(facts: Facts, text: str) -> None:
    assert changes(facts, text) == []


def test_a_headline_may_leave_out_the_verb(facts: Facts) -> None:
    text = "Ông Lê Văn Tám giữ chức Giám đốc Sở Y tế Hà Nội"
    assert changes(facts, text, "headline") == [("Lê Văn Tám", "Giám đốc Sở Y tế Hà Nội", "begins")]


def test_a_foreigners_office_is_not_that_of_vietnam(facts: Facts) -> None:
    assert changes(facts, "Ông John Miller được bổ nhiệm làm thủ tướng.") == [("John Miller", "Thủ tướng", "begins")]


def test_offices_given_together_all_begin(facts: Facts) -> None:
    text = "Ông Lê Văn Tám được bầu giữ chức Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao."
    assert changes(facts, text) == [
        ("Lê Văn Tám", "Phó Thủ tướng", "begins"),
        ("Lê Văn Tám", "Bộ trưởng Bộ Ngoại giao", "begins"),
    ]


def test_each_of_two_persons_has_his_own(facts: Facts) -> None:
    text = "Bà Trần Thị Chín được bổ nhiệm làm Thứ trưởng Bộ Y tế, ông Lê Văn Tám thôi giữ chức Thứ trưởng Bộ Y tế."
    assert changes(facts, text) == [
        ("Trần Thị Chín", "Thứ trưởng Bộ Y tế", "begins"),
        ("Lê Văn Tám", "Thứ trưởng Bộ Y tế", "ends"),
    ]


@pytest.mark.parametrize("mark", ["; ", ", ", "; và "])
def test_in_a_list_the_verb_is_said_once(facts: Facts, mark: str) -> None:
    text = f"Quốc hội phê chuẩn ông Lê Văn Tám giữ chức Chánh án TAND tối cao{mark}bà Trần Thị Chín làm Phó Thủ tướng."
    assert changes(facts, text) == [
        ("Lê Văn Tám", "Chánh án Tòa án nhân dân tối cao", "begins"),
        ("Trần Thị Chín", "Phó Thủ tướng", "begins"),
    ]


def test_whoever_is_named_with_an_office_for_another_reason_is_not_appointed_with_the_others(facts: Facts) -> None:
    text = "Ông Lê Văn Tám được bầu làm Phó Thủ tướng khi bà Trần Thị Chín làm Chủ tịch nước."
    assert changes(facts, text) == [("Lê Văn Tám", "Phó Thủ tướng", "begins")]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Bayer Leverkusen chính thức bổ nhiệm Petr Pavel làm HLV trưởng.", ("HLV Leverkusen", "begins")),
        ("LĐBĐ Thái Lan (FAT) bổ nhiệm Petr Pavel làm HLV đội tuyển quốc gia.", ("HLV đội tuyển Thái Lan", "begins")),
        ("Long Air bổ nhiệm ông Petr Pavel giữ chức Chủ tịch HĐQT.", ("Chủ tịch HĐQT Long Air", "begins")),
        ("Long Air bổ nhiệm ông Petr Pavel làm giám đốc phụ trách các tỉnh.", ("Giám đốc phụ trách", "begins")),
        ("Liên đoàn Bóng đá Thái Lan đã sa thải HLV trưởng Petr Pavel.", ("HLV đội tuyển Thái Lan", "ends")),
        ("Sau ba trận thua, CLB Hà Nội quyết định chia tay HLV Petr Pavel.", ("HLV CLB Hà Nội", "ends")),
        ("Hà Nội FC chia tay HLV Petr Pavel.", ("HLV Hà Nội FC", "ends")),
    ],
)
def test_an_employer_tells_of_what_the_office_is(facts: Facts, text: str, change: tuple[str, str]) -> None:
    assert changes(facts, text) == [("Petr Pavel", *change)]


@pytest.mark.parametrize(
    "text",
    [
        "Có nguồn tin về vụ sa thải HLV Petr Pavel.",
        "Thái Lan có thể chia tay HLV Petr Pavel.",
        "Thủ tướng bổ nhiệm Bộ trưởng Petr Pavel.",
        "Petr Pavel sa thải HLV.",
    ],
)
def test_without_an_employer_or_in_doubt_a_coach_stays(facts: Facts, text: str) -> None:
    assert changes(facts, text) == []


@pytest.mark.parametrize("between", [" thay ông", ", thay ông", ", thay thế bà", " thay cho"])
def test_who_is_replaced_leaves(facts: Facts, between: str) -> None:
    text = f"Ông Lê Văn Tám được bầu làm Chủ tịch nước{between} Trần Văn Chín đã nghỉ."
    assert changes(facts, text) == [
        ("Lê Văn Tám", "Chủ tịch nước", "begins"),
        ("Trần Văn Chín", "Chủ tịch nước", "ends"),
    ]


@pytest.mark.parametrize("to", ["ông", "GS.TS", ""])
def test_an_office_may_be_given_to_somebody(facts: Facts, to: str) -> None:
    text = f"Bộ Y tế trao quyết định bổ nhiệm Giám đốc Bệnh viện Bình An cho {to} Lê Văn Tám.".replace("  ", " ")
    assert changes(facts, text) == [("Lê Văn Tám", "Giám đốc Bệnh viện Bình An", "begins")]


def test_on_behalf_of_somebody_is_not_in_his_place(facts: Facts) -> None:
    text = "Ông Lê Văn Tám được bầu làm Chủ tịch nước thay mặt ông Trần Văn Chín."
    assert changes(facts, text) == [("Lê Văn Tám", "Chủ tịch nước", "begins")]


def test_who_tells_of_a_leave_is_the_employer(facts: Facts) -> None:
    text = "Ngày 4/9, Tottenham thông báo Petr Pavel từ chức chủ tịch điều hành."
    assert changes(facts, text) == [("Petr Pavel", "Chủ tịch Tottenham", "ends")]
