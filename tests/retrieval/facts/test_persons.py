"""Which runs of capitals are persons, and who acts."""

import pytest

from retrieval.facts import Facts
from retrieval.facts.spelling import is_spelt_alike
from tests.retrieval.facts.conftest import Read


@pytest.mark.parametrize(
    "sentence",
    [
        "Thành phố Hồ Chí Minh và TP.HCM đón khách.",
        "CLB Hoàng Anh Gia Lai thắng trên sân Pleiku.",
        "Công ty cổ phần Trần Anh mở cửa hàng ở quận Hoàng Mai.",
        "Xã Nguyễn Phích, huyện Trần Văn Thời ngập nặng.",
        "Cầu thủ Real Madrid đến Bà Rịa rồi ra Cô Tô.",
        "Chủ tịch UBND Ngọc Trạo và Chủ tịch Masan Group vắng mặt.",
        "Hội nghị Bộ trưởng Ngoại giao ASEAN họp ở Hà Nội.",
        "Các quán ở Bùi Viện đóng cửa.",
        "Bão Trà Mi đi vào Biển Đông.",
    ],
)
def test_places_institutions_and_companies_are_not_persons(read: Read, sentence: str) -> None:
    assert not [mention for mention in read(sentence) if mention.role == "actor"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Tập Cận Bình phát biểu.", "Tập Cận Bình"),
        ("Ursula von der Leyen phát biểu.", "Ursula von der Leyen"),
        ("HLV Kim Sang-sik nói.", "Kim Sang-sik"),
        ("Ông Y Vinh Tơr nói.", "Y Vinh Tơr"),
        ("Bà Nguyễn Thị Hồng Ánh Tuyết nói.", "Nguyễn Thị Hồng Ánh Tuyết"),
        ("George W. Bush nói.", "George W. Bush"),
        ("Tiền đạo Haaland ghi bàn.", "Haaland"),
        ("Ca sĩ Mỹ Taylor Swift hát.", "Taylor Swift"),
        ("Ca sĩ Mỹ Tâm hát.", "Mỹ Tâm"),
        ("Theo Lê Văn Tám, mọi việc đã xong.", "Lê Văn Tám"),
        ("Zorblat Quux (32 tuổi) bị bắt.", "Zorblat Quux"),
        ("Bị cáo Hưng khai nhận.", "Hưng"),
        ("Hậu vệ Micky van de Ven ghi bàn.", "Micky van de Ven"),
        ("Mohammed bin Rashid bin Saeed al-Thani đến dự.", "Mohammed bin Rashid bin Saeed al-Thani"),
        ("Bộ trưởng Giáo dục Hang Chuon Naron nói.", "Hang Chuon Naron"),
        ("Tổng Bí thư Trường Chinh nói.", "Trường Chinh"),
    ],
)
def test_names_of_all_forms_are_persons(read: Read, sentence: str, name: str) -> None:
    (mention,) = read(sentence)
    assert (mention.name, mention.role) == (name, "actor")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Xe chạy trên đường Nguyễn Chí Thanh.", "Nguyễn Chí Thanh"),
        ("Tặng bức tượng Chủ tịch Hồ Chí Minh cho trường.", "Hồ Chí Minh"),
        ("Học tập tư tưởng Hồ Chí Minh.", "Hồ Chí Minh"),
        ("Nhớ lời Bác Hồ dạy.", "Hồ Chí Minh"),
        ("Toàn cảnh buổi lễ (Ảnh: Thuỷ Nguyên).", "Thuỷ Nguyên"),
        ("Toàn cảnh buổi lễ. Ảnh: NGUYỄN KHÁNH", "Nguyễn Khánh"),
        ("Toàn cảnh buổi lễ - Ảnh: H.N", "H.N"),
        ("Trao giải thưởng Trần Đại Nghĩa.", "Trần Đại Nghĩa"),
    ],
)
def test_who_is_only_named_does_not_act(read: Read, sentence: str, name: str) -> None:
    (mention,) = read(sentence)
    assert (mention.name, mention.role) == (name, "other")


def test_agencies_are_nobodys_name(read: Read) -> None:
    assert read("Toàn cảnh buổi lễ. Ảnh: TTXVN\nĐoàn xe (Ảnh: Tuổi Trẻ).") == ()


def test_a_name_alone_at_the_end_is_the_authors(read: Read) -> None:
    mention = read("Trời mưa.\nĐường ngập.\nHoài Nhung")[-1]
    assert (mention.name, mention.role) == ("Hoài Nhung", "other")


def test_the_order_to_somebody_is_no_bridge(read: Read) -> None:
    assert read("Cổ động viên yêu cầu Chủ tịch Trần Mạnh Hùng từ chức.")[0].role == "actor"


def test_capitals_throughout_are_read_by_office_and_verb(read: Read) -> None:
    found = read("TỔNG BÍ THƯ LÊ VĂN TÁM THĂM THỦ ĐÔ HÀ NỘI\nTổng Bí thư Lê Văn Tám đến Hà Nội.", first="headline")
    assert [(mention.name, mention.offices) for mention in found] == [("Lê Văn Tám", ("Tổng Bí thư",))] * 2


def test_decomposed_or_odd_capitals_do_not_break_offsets(read: Read) -> None:
    text = "İstanbul: ông Lê Văn Tám gặp Tổng thống ẞeta Quux."
    assert all(text[mention.start : mention.end] == mention.surface for mention in read(text))


def test_a_word_of_kinship_after_a_title_is_a_surname(facts: Facts) -> None:
    assert [m.surface for m in facts.persons_in("Gia đình ông Cô Văn Tám đến.")] == ["Cô Văn Tám"]
    assert [m.surface for m in facts.persons_in("Gia đình ông, cô Văn Tám đến.")] == ["Văn Tám"]


def test_a_place_before_a_name_has_two_syllables(facts: Facts) -> None:
    [found] = facts.persons_in("Trưởng Công an xã Bố Hạ Mai Văn Tám đến.")
    assert (found.surface, found.offices) == ("Mai Văn Tám", ("Trưởng Công an xã Bố Hạ",))


def test_foreign_names_that_sound_alike_are_spellings_of_one() -> None:
    assert is_spelt_alike(["abbas", "araghchi"], ["abbas", "araqchi"])
    assert is_spelt_alike(["jd", "vance"], ["j", "d", "vance"])
    assert not is_spelt_alike(["maria", "petrov"], ["marco", "petrov"])
    assert not is_spelt_alike(["lê", "tám"], ["lê", "tâm"])
