"""Cases that one predicate of the grammar decides, one for yes and one for no; see `python -m tests.mutants`."""

import pytest

from retrieval.facts import Facts
from tests.retrieval.facts.conftest import Read, sentences_of

_FAR = "\nMưa lớn." * 7


def test_a_mere_title_far_from_its_holder_may_be_anothers(read: Read) -> None:
    lead = "Chủ tịch UBND xã Bình An Lê Văn Tám đến."
    assert read(f"{lead}\nChủ tịch nói việc đã xong.")[-1].how == "title"
    assert read(f"{lead}{_FAR}\nChủ tịch nói việc đã xong.")[-1].how == "named"


def test_a_name_that_is_all_of_a_line_is_an_authors_at_the_edge_only(read: Read) -> None:
    assert read(f"Mưa lớn.{_FAR}\nTrần Văn Sáu")[-1].role == "other"
    [inside] = read(f"Mưa lớn.{_FAR}\nTrần Văn Sáu{_FAR}{_FAR}")
    assert inside.role == "actor"


def test_a_common_word_that_opens_a_sentence_is_no_given_name(read: Read) -> None:
    lead = "Ông Trần Văn Sáu đến."
    assert [m.name for m in read(f"{lead}\nSáu nói vậy.")] == ["Trần Văn Sáu"]
    assert [m.name for m in read(f"{lead}\nÔng Sáu nói vậy.")] == ["Trần Văn Sáu"] * 2


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Chủ tịch Juventus, Andrea Agnelli, thừa nhận sai sót.", "Andrea Agnelli"),
        ("Chủ tịch Juventus, Andrea Agnelli thừa nhận sai sót.", "Andrea Agnelli"),
        ("Chủ tịch Juventus, Andrea Agnelli, Pavel Nedved và nhiều người đến.", ""),
        ("TS Lê Văn Tám, Giám đốc Bệnh viện Bình An đã họp khẩn.", "Lê Văn Tám"),
        ("Trước khi đi TS Lê Văn Tám, Giám đốc Bệnh viện Bình An đã họp khẩn.", "Lê Văn Tám"),
        ("Hôm qua gặp ông Lê Văn Tám, Tổng thống Mỹ đã ký.", ""),
        ("Đọc bài trên Dân Việt Online, Giám đốc Bệnh viện Bình An đã họp khẩn.", ""),
    ],
)
def test_an_office_beside_a_name_is_its_own_where_the_clause_goes_on_so(facts: Facts, text: str, holder: str) -> None:
    offices = ("Chủ tịch Juventus", "Giám đốc Bệnh viện Bình An", "Tổng thống Mỹ")
    held = [m.name for m in facts.persons_in(text) if set(m.offices) & set(offices)]
    assert held == ([holder] if holder else [])


def test_offices_after_a_name_without_one_are_not_the_next_ones(facts: Facts) -> None:
    text = "Ông Lê Văn Tám, Giám đốc Sở Y tế Hà Nội, Phó Giám đốc Trần Văn Sáu cùng đến."
    assert [m.offices for m in facts.persons_in(text)][-1] == ("Phó Giám đốc",)
    [alone] = facts.persons_in("Giám đốc Sở Y tế Hà Nội, Phó Bí thư Trần Văn Sáu đến.")
    assert alone.offices == ("Giám đốc Sở Y tế Hà Nội", "Phó Bí thư")


def test_mere_titles_in_a_row_are_nobody_in_particular(read: Read) -> None:
    lead = "Chủ tịch UBND xã Bình An Lê Văn Tám đến."
    assert len(read(f"{lead}\nChủ tịch nói việc đã xong.")) == 2
    assert len(read(f"{lead}\nChủ tịch hoặc Phó Chủ tịch nói việc đã xong.")) == 1


def test_two_names_run_together_where_kin_is_spoken_of(facts: Facts) -> None:
    assert facts.persons_in("Phu nhân Tổng Bí thư Lê Lâm Ngô Phương Ly đến.")[0].surface == "Lê Lâm"
    assert facts.persons_in("Chị Trần Lê Ngô Phương đến.")[0].surface == "Trần Lê Ngô Phương"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông VFF nói.", ""),
        ("Ông T.Ư Đảng nói.", ""),
        ("Ông S nói.", ""),
        ("Ông J.D. Vance nói.", "J.D. Vance"),
    ],
)
def test_an_abbreviation_is_no_name(facts: Facts, text: str, name: str) -> None:
    assert [m.surface for m in facts.persons_in(text)] == ([name] if name else [])


def test_a_remembered_name_is_a_persons_after_a_title_though_a_place_has_it(facts: Facts) -> None:
    assert [m.name for m in facts.persons_in("Chủ tịch Hồ Chí Minh nói.")] == ["Hồ Chí Minh"]
    assert facts.persons_in("Ông Hà Nội nói.") == ()


def test_a_place_of_two_words_makes_no_person_of_a_run(facts: Facts) -> None:
    assert facts.persons_in("Khi Trần Gia Lai thắng.") == ()
    assert [m.name for m in facts.persons_in("Khi Lê Mỹ Linh thắng.")] == ["Lê Mỹ Linh"]


@pytest.mark.parametrize(
    ("text", "person", "offices"),
    [
        ("Chủ tịch FPT Telecom Hoàng Văn Tám đến.", "Hoàng Văn Tám", ("Chủ tịch FPT Telecom",)),
        ("Chủ tịch FPT Hoàng Văn Tám đến.", "Hoàng Văn Tám", ("Chủ tịch FPT",)),
        ("HLV Đoàn Thị Bình đến.", "Đoàn Thị Bình", ()),
        ("Tổng tư lệnh quân đội Sudan al-Masri đến.", "al-Masri", ("Tổng Tư lệnh quân đội Sudan",)),
        ("Diễn viên Trung Quốc Địch Nhiệt Na đến.", "Địch Nhiệt Na", ()),
        ("Chủ tịch FAM Datuk Wira Samad Karim đến.", "Samad Karim", ("Chủ tịch FAM",)),
        (
            "Nguyên Giám đốc Sở Y tế Lê Văn Tám giữ chức Bí thư Tỉnh ủy Gia Lai.",
            "Lê Văn Tám",
            ("Bí thư Tỉnh ủy Gia Lai",),
        ),
        ("Tổng tham mưu trưởng Viktor Petrov đến.", "Viktor Petrov", ()),
        ("Tổng tham mưu trưởng Lê Văn Tám đến.", "Lê Văn Tám", ("Tổng Tham mưu trưởng",)),
        ("Phó tổng Kiểm toán Nhà nước Lê Văn Tám đến.", "Lê Văn Tám", ("Phó Tổng Kiểm toán nhà nước",)),
        ("Phó Thủ tướng Chính phủ Lê Văn Tám đến.", "Lê Văn Tám", ("Phó Thủ tướng",)),
    ],
)
def test_where_a_name_begins_and_what_it_holds(facts: Facts, text: str, person: str, offices: tuple[str, ...]) -> None:
    assert [(m.name, m.offices) for m in facts.persons_in(text)] == [(person, offices)]


def test_the_place_of_a_company_is_no_name_of_a_person(facts: Facts) -> None:
    assert facts.persons_in("Chủ tịch Công ty TNHH Pha Lê Quảng Nam bị phạt.") == ()
    assert facts.persons_in("Chủ tịch Ủy ban Giải Kim Mã Đài Bắc bị phạt.") == ()
    assert [m.name for m in facts.persons_in("Giám đốc Sở Y tế Lê Quảng Nam nói.")] == ["Lê Quảng Nam"]


def test_what_is_made_public_is_nobodys_father(facts: Facts) -> None:
    said = "công bố quyết định bổ nhiệm ông Phan Nguyễn Hoàng Tám."
    assert [m.name for m in facts.persons_in(f"Tỉnh vừa {said}")] == ["Phan Nguyễn Hoàng Tám"]
    assert len(facts.persons_in("Bố ông Phan Nguyễn Hoàng Tám nói.")) == 2


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("HLV John Kolton của Thái Lan nói ở giải bóng đá.", "HLV đội tuyển Thái Lan"),
        ("HLV John Kolton của Thái Lan nói ở giải bóng chuyền.", "HLV Thái Lan"),
        ("Ở giải futsal, HLV đội tuyển Thái Lan John Kolton nói.", "HLV Thái Lan"),
        ("HLV tuyển nữ Thái Lan John Kolton nói.", "HLV đội tuyển nữ Thái Lan"),
        ("Thua ở giải U17 quốc tế, HLV John Kolton của Thái Lan vẫn vui.", "HLV Thái Lan"),
    ],
)
def test_the_coach_of_another_sport_is_not_that_of_the_football_team(facts: Facts, text: str, office: str) -> None:
    assert [m.offices for m in facts.persons_in(text)] == [(office,)]


@pytest.mark.parametrize(
    "text",
    ["Tay vợt số hai thế giới Jan Kolton nói sẽ thắng.", "HLV John Kolton một mực cho rằng đội đã hay."],
)
def test_a_field_of_four_words_and_an_adverb_stand_beside_a_speaker(facts: Facts, text: str) -> None:
    assert list(facts.read(text, sentences_of(text)).speeches) == [0]


@pytest.mark.parametrize(
    "text", ["Đại biểu Hội Nông dân đến.", "Ca sĩ Nhóm Bức Tường đến.", "Ông Trung Tâm Bình An đến."]
)
def test_an_institution_after_a_title_is_nobody(facts: Facts, text: str) -> None:
    assert facts.persons_in(text) == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Ông Lê Văn Tám - Chủ tịch Tài chính Hoàng Huy; ông Trần Văn Sáu cùng đến.",
            {"Lê Văn Tám": "Chủ tịch Tài chính"},
        ),
        ("Dự có ông Lê Văn Tám - Bí thư Tỉnh ủy.", {"Lê Văn Tám": "Bí thư Tỉnh ủy"}),
        ("Cuộc gặp Lê Văn Tám - Tổng thống Mỹ John Kolton.", {"John Kolton": "Tổng thống Mỹ"}),
        (
            "Có ông Lê Văn Tám - tu sĩ, Trưởng ban Trị sự TP Hà Nội, bà Trần Thị Sáu (thường trực Hội), ông Lý Bảy.",
            {},
        ),
        ("Trưởng ban Trị sự TP Hà Nội, bà Trần Thị Sáu, nói.", {"Trần Thị Sáu": "Trưởng Ban Trị sự TP Hà Nội"}),
        (
            "TS Lê Văn Tám, Hiệu trưởng Trường Đại học Bình An và Ông Trần Văn Sáu cùng ký.",
            {"Lê Văn Tám": "Hiệu trưởng Trường Đại học Bình An"},
        ),
        ("Tổng giám đốc Tập đoàn Phúc Hoàng Nguyên bị bắt.", {}),
        ("Tổng giám đốc Tập đoàn Phúc Lê Hoàng Nguyên bị bắt.", {"Lê Hoàng Nguyên": "Tổng Giám đốc Tập đoàn Phúc"}),
        ("Jane Kolton, CEO Meta châu Á, nói.", {"Jane Kolton": "Giám đốc điều hành Meta châu Á"}),
        ("Ông Lê Văn Tám, Chủ tịch Tập đoàn Đèo Cả trả lời báo chí.", {"Lê Văn Tám": "Chủ tịch Tập đoàn Đèo Cả"}),
    ],
)
def test_where_an_institution_ends_and_whose_an_office_between_two_is(
    facts: Facts, text: str, held: dict[str, str]
) -> None:
    assert {m.name: m.offices[0] for m in facts.persons_in(text) if m.offices} == held


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bộ trưởng Bộ Y tế Nguyễn Thanh Lượngđề nghị.", []),
        ("Bộ trưởng Bộ Y tế Nguyễn Thanh Lượng đề nghị.", ["Nguyễn Thanh Lượng"]),
        ("Bộ trưởng Y tế Pháp Olivier Véran nói.", ["Olivier Véran"]),
    ],
)
def test_a_name_that_lacks_the_space_after_it_is_none(facts: Facts, text: str, names: list[str]) -> None:
    assert [m.name for m in facts.persons_in(text)] == names
