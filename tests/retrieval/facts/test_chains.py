"""Whose offices a list is, and offices of any text by themselves. Invented persons."""

import pytest

from retrieval.facts import Facts, LocatedOffice
from tests.retrieval.facts.conftest import Read

_TAM = "Lê Văn Tám"


def _offices(read: Read, text: str) -> dict[str, tuple[str, ...]]:
    return {mention.name: mention.offices for mention in read(text) if mention.how == "named"}


@pytest.mark.parametrize(
    ("text", "name", "offices"),
    [
        # A list that opens its phrase is one person's; within a phrase only the last office is certain.
        ("Thủ tướng, Bộ trưởng Bộ Y tế Lê Văn Tám ký.", _TAM, ("Thủ tướng Chính phủ", "Bộ trưởng Bộ Y tế")),
        ("Thừa uỷ quyền Thủ tướng, Bộ trưởng Bộ Y tế Lê Văn Tám ký.", _TAM, ("Bộ trưởng Bộ Y tế",)),
        ("Thay mặt Thủ tướng, Bộ trưởng Bộ Y tế Lê Văn Tám đọc.", _TAM, ("Bộ trưởng Bộ Y tế",)),
        ("Tân Thủ tướng, Bộ trưởng Bộ Y tế Lê Văn Tám ký.", _TAM, ("Thủ tướng Chính phủ", "Bộ trưởng Bộ Y tế")),
        (
            "Bài của Ủy viên Bộ Chính trị, Bộ trưởng Bộ Y tế Lê Văn Tám.",
            _TAM,
            ("Ủy viên Bộ Chính trị", "Bộ trưởng Bộ Y tế"),
        ),
        ("Thư của Tổng Bí thư, Chủ tịch nước Lê Văn Tám.", _TAM, ("Tổng Bí thư", "Chủ tịch nước")),
        (
            "Do Chủ tịch HĐQT kiêm Tổng giám đốc Vinamilk Lê Văn Tám ký.",
            _TAM,
            ("Chủ tịch HĐQT Vinamilk", "Tổng Giám đốc Vinamilk"),
        ),
        # Kin, envoys and other times: nobody's.
        ("Phu nhân Tổng Bí thư, Chủ tịch nước Lê Văn Tám Trần Thị Sơn tới dự.", _TAM, ()),
        ("Phu nhân Tổng Bí thư, Chủ tịch nước Lê Văn Tám Trần Thị Sơn tới dự.", "Trần Thị Sơn", ()),
        ("Em gái nhà lãnh đạo Triều Tiên Kim Yo-jong nói.", "Kim Yo-jong", ()),
        ("Đặc phái viên của Tổng thống Mỹ Steve Petit nói.", "Steve Petit", ()),
        ("Bài thơ có từ thời Tổng thống Joe Petit.", "Joe Petit", ()),
        ("Họ dự lễ tang Thủ tướng Lê Văn Tám.", _TAM, ()),
        ("Họ dự lễ tang cựu Thủ tướng Lê Văn Tám.", _TAM, ("Thủ tướng Chính phủ",)),
        # What stands after the name.
        (
            "Ông Lê Văn Tám, Chủ tịch UBND xã Hà Tiên, giữ chức Bí thư Huyện ủy Hà Tiên.",
            _TAM,
            ("Chủ tịch UBND xã Hà Tiên", "Bí thư Huyện ủy Hà Tiên"),
        ),
        ("Họ bổ nhiệm ông Lê Văn Tám giữ chức Giám đốc Sở Y tế Hà Nội.", _TAM, ("Giám đốc Sở Y tế Hà Nội",)),
        ("Họ đề cử ông Lê Văn Tám giữ chức Giám đốc Sở Y tế Hà Nội.", _TAM, ()),
        (
            "Phó Giám đốc Sở Y tế Hà Nội Lê Văn Tám giữ chức Giám đốc Sở Y tế Hà Nội.",
            _TAM,
            ("Phó Giám đốc Sở Y tế Hà Nội", "Giám đốc Sở Y tế Hà Nội"),
        ),
        ("HLV Joe Petit của U.23 Malaysia nói.", "Joe Petit", ("HLV U23 Malaysia",)),
        ("HLV Joe Petit nói.", "Joe Petit", ()),
        ("HLV trưởng tuyển Việt Nam - Lê Văn Tám đã nói.", _TAM, ("HLV đội tuyển Việt Nam",)),
        ("Trợ lý HLV Lê Văn Tám nói.", _TAM, ()),
        # What stands between.
        ("Chủ tịch Liên đoàn Bóng đá Việt Nam (VFF) Lê Văn Tám nói.", _TAM, ("Chủ tịch VFF",)),
        ("Thị trưởng Uruapan Carlos Petit nói.", "Carlos Petit", ("Thị trưởng Uruapan",)),
        ("Giám đốc FBI Joe Petit nói.", "Joe Petit", ("Giám đốc FBI",)),
        ("Tổng Bí thư đảng Cộng sản Trung Quốc Tập Cận Bình nói.", "Tập Cận Bình", ("Tổng Bí thư Trung Quốc",)),
        ("Bí thư Tỉnh ủy Gia Lai Thái Văn Tám nói.", "Thái Văn Tám", ("Bí thư Tỉnh ủy Gia Lai",)),
        # Where the office ends.
        ("Lê Văn Tám, Chủ tịch Hội Hữu nghị Việt Nam - Lào, nói.", _TAM, ("Chủ tịch Hội Hữu nghị Việt Nam - Lào",)),
        (
            "Bà Lê Thị Tám, Tổng giám đốc Danone Việt Nam đánh giá, giá tăng.",
            "Lê Thị Tám",
            ("Tổng Giám đốc Danone Việt Nam",),
        ),
        (
            "Họ bầu bà Lê Thị Tám giữ chức Chủ tịch UBND tỉnh Nghệ An nhiệm kỳ 2021 - 2026.",
            "Lê Thị Tám",
            ("Chủ tịch UBND tỉnh Nghệ An",),
        ),
        ("Lê Thị Tám, Giám đốc Công ty Long Hà và 7 người khác, đi.", "Lê Thị Tám", ("Giám đốc Công ty Long Hà",)),
        ("Bí thư T.Ư Đoàn Lê Văn Tám nói.", _TAM, ("Bí thư Trung ương Đoàn",)),
        # Kept forms.
        ("Chủ tịch Hà Nội Lê Văn Tám nói.", _TAM, ("Chủ tịch UBND TP Hà Nội",)),
        ("Phó chủ tịch tỉnh Nghệ An Lê Văn Tám nói.", _TAM, ("Phó Chủ tịch UBND tỉnh Nghệ An",)),
        ("Bí thư Nghệ An Lê Văn Tám nói.", _TAM, ("Bí thư Tỉnh ủy Nghệ An",)),
        ("Bí thư Thành ủy TP Đà Nẵng Lê Văn Tám nói.", _TAM, ("Bí thư Thành ủy Đà Nẵng",)),
        ("Giám đốc Công an Nghệ An Lê Văn Tám nói.", _TAM, ("Giám đốc Công an tỉnh Nghệ An",)),
        ("Phó Chủ tịch UBND TP Bắc Ninh Lê Văn Tám nói.", _TAM, ("Phó Chủ tịch UBND TP Bắc Ninh",)),
        ("Bộ trưởng Bộ Y tế Việt Nam Lê Văn Tám nói.", _TAM, ("Bộ trưởng Bộ Y tế",)),
    ],
)  # fmt: skip
def test_an_office_is_whose_the_grammar_is_certain_of(
    read: Read, text: str, name: str, offices: tuple[str, ...]
) -> None:
    assert _offices(read, text).get(name) == offices


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ông Joe Petit, giữ chức Tổng thống Pháp từ năm 2007 đến 2012, nói.", "former"),
        ("Ông Joe Petit, giữ chức Tổng thống Pháp từ năm 2007, nói.", "holds"),
    ],
)
def test_an_office_until_a_year_is_held_no_longer(read: Read, text: str, status: str) -> None:
    assert [mention.status for mention in read(text) if mention.offices] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "Lầu Năm Góc bác bỏ tin này.",
        "Nhờ ông Trời mà mưa.",
        "Ông Táo về trời.",
        "Kim Oanh Group và T&T Energy ký kết.",
        "Trợ lý Galaxy AI trả lời.",
        "Thị trưởng Memphis không được báo.",
        "Hoàng tử Drill nhập ngũ.",
        "Ngoại trưởng Nga-Mỹ hội đàm.",
        "Từ Nam Phi, Thủ tướng nói.",
        "Từ CHLB Đức, Chủ tịch UBND TP Đà Nẵng nói.",
        "Hội UNESCO Hà Nội – thành viên của Liên hiệp – nói.",
        "Các đại biểu Quốc hội TP Hà Nội đã về.",
        "Trường ĐH Trà Vinh, Hiệu trưởng nói.",
        "Tàu USS Joe Petit tới cảng.",
    ],
)
def test_what_only_looks_like_a_person_is_nobody(read: Read, text: str) -> None:
    assert [mention.surface for mention in read(text) if mention.how == "named"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ông Lê Văn Tám Những ngày qua ở nhà.", "Lê Văn Tám"),
        ("Bị cáo Tran Trong Khanh khai.", "Tran Trong Khanh"),
        ("PGS.TS Nguyễn Tấn Trần Minh Tám nói.", "Nguyễn Tấn Trần Minh Tám"),
        ("Diễn viên Hong Kong Hứa Thiệu Tám nói.", "Hứa Thiệu Tám"),
        ("Choi Won-tam đã đến.", "Choi Won-tam"),
        ("Messi ghi bàn.", "Messi"),
        ("Tay vợt số 1 VN Lê Quang Tám thắng.", "Lê Quang Tám"),
        ("Hoàng tử Harry nói.", "Harry"),
        ("Vì bầu Đức muốn thế.", "Đoàn Nguyên Đức"),
        ("Ca sĩ Lê Văn Tám, Trần Văn Sáu...", "Trần Văn Sáu"),
    ],
)
def test_a_name_is_found_whole(read: Read, text: str, name: str) -> None:
    assert name in [mention.name for mention in read(text)]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Cô ca sĩ và cựu Thủ tướng Canada - Justin Trudeau đến dự.", ("Thủ tướng Canada",)),
        ("Ông Lê Văn Tám - Chủ tịch Hội Thú chơi - Justin Trudeau.", ()),
        ("Sau trận cúp nhà Vua Tây Ban Nha, Chủ tịch Barcelona, Joan Laporta khẳng định.", ("Chủ tịch Barcelona",)),
        ("Tổng thống Cộng hòa Séc Petr Pavel nói.", ("Tổng thống Séc",)),
        ("Đại sứ Vương quốc Thái Lan tại Việt Nam Petr Pavel nói.", ("Đại sứ Thái Lan tại Việt Nam",)),
        ("Vụ trưởng Vụ Thuế Lê Văn Tám kiêm nhiệm giữ chức Trưởng thôn.", ("Vụ trưởng Vụ Thuế", "Trưởng thôn")),
    ],
)  # fmt: skip
def test_an_office_beside_a_name(read: Read, text: str, held: tuple[str, ...]) -> None:
    assert read(text)[-1].offices == held


def test_a_name_that_a_feed_has_cut_is_not_taken_for_whole(read: Read) -> None:
    assert read("Họ tiếp Tổng Bí thư Lê Văn T...") == ()
    assert read("Tin vui: họ tiếp Tổng Bí thư Lê Tá...") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bộ trưởng Ngoại giao là ai", "Bộ trưởng Bộ Ngoại giao|Bộ trưởng|Bộ Ngoại giao|holds"),
        ("bo truong ngoai giao la ai", "Bộ trưởng Bộ Ngoại giao|Bộ trưởng|Bộ Ngoại giao|holds"),
        ("ai là phó chủ tịch ubnd tp.hcm?", "Phó Chủ tịch UBND TP.HCM|Phó Chủ tịch|UBND TP.HCM|holds"),
        ("ai là chủ tịch hà nội", "Chủ tịch UBND TP Hà Nội|Chủ tịch|UBND TP Hà Nội|holds"),
        ("nguyên Thủ tướng là ai", "Thủ tướng Chính phủ|Thủ tướng||former"),
        ("Tổng thống đắc cử Mỹ là ai", "Tổng thống Mỹ|Tổng thống|Mỹ|elect"),
        ("các Phó Thủ tướng là ai", "Phó Thủ tướng|Phó Thủ tướng||holds|plural"),
        ("vợ Tổng thống Mỹ là ai", "Tổng thống Mỹ|Tổng thống|Mỹ|holds|of another"),
        ("trời hôm nay thế nào", ""),
    ],
)
def test_the_offices_of_a_question(facts: Facts, text: str, found: str) -> None:
    assert " ".join(map(_told, facts.offices_in(text))) == found


def _told(office: LocatedOffice) -> str:
    also = [word for word, true in (("plural", office.plural), ("of another", office.of_another)) if true]
    return "|".join([*office.titles, office.head, office.complement, office.status, *also])


def test_a_located_office_tells_its_place_and_holder(facts: Facts) -> None:
    text = "Hôm qua Tổng thống Pháp Joe Petit tiếp Thủ tướng."
    first, second = facts.offices_in(text)
    assert (text[first.start : first.end], first.holder, first.country) == ("Tổng thống Pháp", "Joe Petit", "Pháp")
    assert (text[second.start : second.end], second.holder, second.country) == ("Thủ tướng", "", "")


def test_the_persons_of_one_sentence(facts: Facts) -> None:
    [person] = facts.persons_in("Tổng thống Pháp Joe Petit nói.")
    assert (person.name, person.offices, person.sentence) == ("Joe Petit", ("Tổng thống Pháp",), 0)
