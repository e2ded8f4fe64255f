"""Which office a sentence gives to which name."""

import pytest

from retrieval.facts import Facts
from tests.retrieval.facts.conftest import Read

PM = "Thủ tướng Chính phủ"


@pytest.mark.parametrize(
    ("sentence", "name", "offices"),
    [
        ("Tổng Bí thư Lê Văn Tám tới dự.", "Lê Văn Tám", ("Tổng Bí thư",)),
        ("Tổng bí thư Ban Chấp hành Trung ương Đảng Lê Văn Tám tới dự.", "Lê Văn Tám", ("Tổng Bí thư",)),
        ("Thủ tướng Lê Văn Tám nói.", "Lê Văn Tám", (PM,)),
        ("Thứ trưởng Ngoại giao Lê Văn Tám nói.", "Lê Văn Tám", ("Thứ trưởng Bộ Ngoại giao",)),
        ("Ngoại trưởng Pháp Jean Petit nói.", "Jean Petit", ("Bộ trưởng Bộ Ngoại giao Pháp",)),
        ("Bộ trưởng Bộ GD&ĐT Lê Văn Tám nói.", "Lê Văn Tám", ("Bộ trưởng Bộ Giáo dục và Đào tạo",)),
        ("Uỷ viên T.Ư Đảng Lê Văn Tám nói.", "Lê Văn Tám", ("Ủy viên Trung ương Đảng",)),
        ("Phó Tư lệnh Quân khu 7 Lê Văn Tám nói.", "Lê Văn Tám", ("Phó Tư lệnh Quân khu 7",)),
        ("Phó Chủ tịch UBND tỉnh Hoàng Nam nói.", "Hoàng Nam", ("Phó Chủ tịch UBND tỉnh",)),
        ("Chủ tịch UBND tỉnh Quảng Trị Lê Văn Tám nói.", "Lê Văn Tám", ("Chủ tịch UBND tỉnh Quảng Trị",)),
        ("Chánh Văn phòng Trung ương Đảng Lê Văn Tám.", "Lê Văn Tám", ("Chánh Văn phòng Trung ương Đảng",)),
        ("Giám đốc Sở Y tế TP.HCM Lê Văn Tám nói.", "Lê Văn Tám", ("Giám đốc Sở Y tế TP.HCM",)),
        ("CEO Nvidia Jensen Huang nói.", "Jensen Huang", ("Giám đốc điều hành Nvidia",)),
        ("Ca ngợi Tổng Bí thư, Chủ tịch nước Lê Văn Tám.", "Lê Văn Tám", ("Tổng Bí thư", "Chủ tịch nước")),
        (
            "Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao Lê Văn Tám nói.",
            "Lê Văn Tám",
            ("Phó Thủ tướng", "Bộ trưởng Bộ Ngoại giao"),
        ),
        (
            "Có Tổng Bí thư, Chủ tịch nước Trung Quốc Tập Cận Bình.",
            "Tập Cận Bình",
            ("Tổng Bí thư Trung Quốc", "Chủ tịch nước Trung Quốc"),
        ),
        ("Phó Tổng thống JD Vance của Mỹ nói.", "JD Vance", ("Phó Tổng thống Mỹ",)),
        ("Bộ trưởng Bộ Công an, Đại tướng Lê Văn Tám nói.", "Lê Văn Tám", ("Bộ trưởng Bộ Công an",)),
        ("Bộ trưởng Y tế, bà Lê Thị Tám nói.", "Lê Thị Tám", ("Bộ trưởng Bộ Y tế",)),
        ("Chủ tịch Juventus, Andrea Agnelli thừa nhận.", "Andrea Agnelli", ("Chủ tịch Juventus",)),
        ("Phó chủ tịch Man Utd là Ed Woodward phải đi.", "Ed Woodward", ("Phó Chủ tịch Man Utd",)),
        ("Chủ tịch của Real Madrid Florentino Perez nói.", "Florentino Perez", ("Chủ tịch Real Madrid",)),
    ],
)
def test_an_office_before_a_name_is_that_persons(
    read: Read, sentence: str, name: str, offices: tuple[str, ...]
) -> None:
    (mention,) = read(sentence)
    assert (mention.name, mention.offices, mention.status) == (name, offices, "holds")


@pytest.mark.parametrize(
    ("sentence", "offices"),
    [
        ("Lê Văn Tám, Chánh Văn phòng Trung ương Đảng; có mặt.", ("Chánh Văn phòng Trung ương Đảng",)),
        ("Ông Lê Văn Tám (Giám đốc Sở Y tế Hà Nội) nói.", ("Giám đốc Sở Y tế Hà Nội",)),
        ("Ông Lê Văn Tám - Giám đốc Sở Y tế Hà Nội - nói.", ("Giám đốc Sở Y tế Hà Nội",)),
        ("Ông Lê Văn Tám, 54 tuổi, Bí thư Tỉnh ủy Gia Lai, nói.", ("Bí thư Tỉnh ủy Gia Lai",)),
        ("Ông Lê Văn Tám là Hiệu trưởng.", ("Hiệu trưởng",)),
        ("Lê Văn Tám, Giám đốc Công ty khoáng sản Long Hà, nói.", ("Giám đốc Công ty khoáng sản Long Hà",)),
        ("[Lê Văn Tám Chủ tịch nước] Phát biểu.", ("Chủ tịch nước",)),
        ("Ông Lê Văn Tám – Quyền Giám đốc Sở Y tế Hà Nội cho biết.", ("Giám đốc Sở Y tế Hà Nội",)),
        ("Ông Lê Văn Tám, Giám đốc Sở Y tế Hà Nội cho biết thêm.", ("Giám đốc Sở Y tế Hà Nội",)),
        ("Ông Lê Văn Tám, Chủ tịch Hội Thú chơi (HTC), nói.", ("Chủ tịch Hội Thú chơi",)),
        ("Ông Lê Văn Tám, Chủ tịch ngân hàng Thú chơi (ThuBank), nói.", ("Chủ tịch ThuBank",)),
        ("Ông Lê Văn Tám, Chủ tịch Công ty Thú chơi (Hà Nội), nói.", ("Chủ tịch Công ty Thú chơi",)),
        ("Ông Lê Văn Tám, Giám đốc Công ty Dịch vụ trực tuyến cho biết.", ("Giám đốc Công ty Dịch vụ trực tuyến",)),
        ("Ông Lê Văn Tám, Giám đốc Trung tâm Đổi mới Long Hà, nói.", ("Giám đốc Trung tâm Đổi mới Long Hà",)),
        ("Ông Lê Văn Tám, Giám đốc Trung tâm kiểm soát bệnh tật nói.", ("Giám đốc Trung tâm kiểm soát bệnh tật",)),
        ("Ông Lê Văn Tám, Giám đốc Sở Y tế Gia Lai kiểm tra bệnh viện.", ("Giám đốc Sở Y tế Gia Lai",)),
        ("Ông Lê Văn Tám, Giám đốc Sở Dân số, Gia đình và Trẻ em, nói.", ("Giám đốc Sở Dân số, Gia đình và Trẻ em",)),
        ("Ông Lê Văn Tám, Giám đốc Sở Quy hoạch - Kiến trúc, nói.", ("Giám đốc Sở Quy hoạch - Kiến trúc",)),
        ("Ông Lê Văn Tám, Giám đốc Sở Y tế, Bệnh viện Hữu nghị và Viện Pasteur họp.", ("Giám đốc Sở Y tế",)),
    ],
)  # fmt: skip
def test_an_office_in_apposition_is_the_persons_before_it(read: Read, sentence: str, offices: tuple[str, ...]) -> None:
    mention = read(sentence)[0]
    assert (mention.name, mention.offices) == ("Lê Văn Tám", offices)


def test_a_list_shares_the_office_before_the_colon(read: Read) -> None:
    text = (
        "Dự có các đồng chí Ủy viên Bộ Chính trị: Lê Văn Tám, Chánh Văn phòng Trung ương Đảng; "
        "Trần Thị Chín, Bộ trưởng Bộ Y tế."
    )
    assert {mention.name: mention.offices for mention in read(text)} == {
        "Lê Văn Tám": ("Chánh Văn phòng Trung ương Đảng", "Ủy viên Bộ Chính trị"),
        "Trần Thị Chín": ("Bộ trưởng Bộ Y tế", "Ủy viên Bộ Chính trị"),
    }


def test_a_plural_office_is_shared_by_the_names_that_follow(read: Read) -> None:
    found = read("Có hai Phó Thủ tướng Lê Văn Tám, Trần Thị Chín và ông Đỗ Mười.")
    assert [mention.offices for mention in found] == [("Phó Thủ tướng",)] * 3


@pytest.mark.parametrize(
    ("sentence", "name", "offices", "status"),
    [
        ("Cựu Tổng thống Mỹ Barack Obama nói.", "Barack Obama", ("Tổng thống Mỹ",), "former"),
        ("Nguyên Bộ trưởng Bộ Y tế Lê Văn Tám nói.", "Lê Văn Tám", ("Bộ trưởng Bộ Y tế",), "former"),
        ("Mặc niệm cố Tổng Bí thư Lê Văn Tám.", "Lê Văn Tám", ("Tổng Bí thư",), "late"),
        ("Quyền Chủ tịch nước Lê Thị Tám nói.", "Lê Thị Tám", ("Chủ tịch nước",), "acting"),
        ("Ông Lê Văn Tám, nguyên Giám đốc Sở Y tế, nói.", "Lê Văn Tám", ("Giám đốc Sở Y tế",), "former"),
        ("Ông Lê Văn Tám từng là Hiệu trưởng.", "Lê Văn Tám", ("Hiệu trưởng",), "former"),
        ("Bộ trưởng Bộ Y tế khi đó Lê Văn Tám nói.", "Lê Văn Tám", ("Bộ trưởng Bộ Y tế",), "former"),
        ("Tổng thống đắc cử Donald Trump nói.", "Donald Trump", (), "none"),
        ("Ứng viên Tổng thống Joe Biden nói.", "Joe Biden", (), "none"),
        ("Phó Chủ tịch Quốc hội Lê Văn Tám nói.", "Lê Văn Tám", ("Phó Chủ tịch Quốc hội",), "holds"),
        ("Trợ lý Tổng thống Nga Yuri Petrov nói.", "Yuri Petrov", ("Trợ lý Tổng thống Nga",), "holds"),
        ("Trợ lý HLV Lê Văn Tám nói.", "Lê Văn Tám", (), "none"),
        ("Vợ của Chủ tịch Man Utd là Anna Smith nói.", "Anna Smith", (), "none"),
        ("Con trai Tổng thống Donald Trump nói.", "Donald Trump", (), "none"),
        (
            "Chủ nhiệm Văn phòng Chủ tịch nước Lê Văn Tám.",
            "Lê Văn Tám",
            ("Chủ nhiệm Văn phòng Chủ tịch nước",),
            "holds",
        ),
        ("Đề nghị công nhận ông Lê Văn Tám là hiệu trưởng.", "Lê Văn Tám", (), "none"),
        ("Sau khi gặp ông Putin, Tổng thống Mỹ cho biết sẽ về.", "Putin", (), "none"),
        ("Sáng nay gặp Bộ trưởng Y tế, ông Lê Văn Tám nói.", "Lê Văn Tám", (), "none"),
        (
            "Hiệu trưởng Trường THPT Lê Quý Đôn Lê Văn Tám.",
            "Lê Văn Tám",
            ("Hiệu trưởng Trường THPT Lê Quý Đôn",),
            "holds",
        ),
        ("Thủ tướng, Tổng thống Pháp Emmanuel Macron dự.", "Emmanuel Macron", ("Tổng thống Pháp",), "holds"),
    ],
)
def test_the_left_context_decides(read: Read, sentence: str, name: str, offices: tuple[str, ...], status: str) -> None:
    (mention,) = read(sentence)
    assert (mention.name, mention.offices, mention.status) == (name, offices, status)


def test_the_list_of_another_person_stays_his(read: Read) -> None:
    text = "Tổng Bí thư Lê Văn Tám, Phó thủ tướng, Bộ trưởng Bộ Ngoại giao Trần Văn Chín cùng dự."
    assert [mention.offices for mention in read(text)] == [
        ("Tổng Bí thư",),
        ("Phó Thủ tướng", "Bộ trưởng Bộ Ngoại giao"),
    ]


def test_a_foreigner_without_a_country_holds_no_vietnamese_office(read: Read) -> None:
    assert [mention.offices for mention in read("Chủ tịch nước Tập Cận Bình gặp Thủ tướng Ishiba.")] == [
        (),
        ("Thủ tướng",),
    ]
    assert read("Bộ trưởng Quốc phòng Pete Hegseth nói.")[0].offices == ("Bộ trưởng Quốc phòng",)


def test_an_office_is_completed_from_the_rest_of_the_article(read: Read) -> None:
    found = read("Bộ trưởng Lê Văn Tám nói.\nSau đó, Bộ trưởng Bộ Ngoại giao Lê Văn Tám ra về.")
    assert [mention.offices for mention in found] == [("Bộ trưởng Bộ Ngoại giao",)] * 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("HLV Thái Lan", "HLV đội tuyển Thái Lan"),
        ("HLV Hà Nội FC", "HLV Hà Nội FC"),
        ("Chủ tịch Hà Nội FC", "Chủ tịch Hà Nội FC"),
        ("HLV của Nepal", "HLV đội tuyển Nepal"),
        ("Thành viên Hội đồng Tiền lương", "Thành viên Hội đồng Tiền lương"),
        ("Thành viên của Chính phủ", "Thành viên Chính phủ"),
        ("Thành viên Tập đoàn Long Hà", None),
        ("Thành viên", None),
    ],
)
def test_a_coach_is_of_a_team_a_club_is_no_town_and_members_are_of_bodies(
    facts: Facts, text: str, title: str | None
) -> None:
    assert facts.office(text) == title


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("Liverpool của HLV Arne Petit thắng.", ("HLV Liverpool",)),
        ("CLB Bình Định của HLV Arne Petit thắng.", ("HLV CLB Bình Định",)),
        ("Đội bóng của HLV Arne Petit thắng.", ()),
        ("Đường lên đỉnh V-League của HLV Arne Petit còn dài.", ()),
    ],
)
def test_a_team_stands_before_its_coach(read: Read, text: str, offices: tuple[str, ...]) -> None:
    assert read(text)[0].offices == offices


def test_a_number_belongs_to_a_hospital(read: Read) -> None:
    [found] = read("Giám đốc Bệnh viện Nhi đồng 7 TP.HCM Lê Văn Tám nói.")
    assert found.offices == ("Giám đốc Bệnh viện Nhi đồng 7 TP.HCM",)


def test_after_the_short_title_of_a_coach_a_syllable_is_of_the_name(read: Read) -> None:
    assert read("Niềm vui của HLV Đức Thắng.")[0].name == "Đức Thắng"
