"""What questions ask for."""

import pytest

from retrieval.evidence import Asking
from retrieval.query import QuestionReader


@pytest.fixture(scope="module")
def asking() -> Asking:
    return Asking.from_config()


@pytest.fixture(scope="module")
def reader() -> QuestionReader:
    return QuestionReader.from_config()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Cầu Gió dài bao nhiêu mét?", "length"),
        ("cau gio dai bao nhieu", "length"),
        ("Vé vào vườn giá bao nhiêu?", "money"),
        ("gia ve vao vuon bao nhieu tien", "money"),
        ("Tỷ lệ thất nghiệp là bao nhiêu phần trăm?", "share"),
        ("Bà Hoa bao nhiêu tuổi?", "age"),
        ("Có bao nhiêu người đi hội?", "count"),
        ("tp bầu bao nhiêu đại biểu", "count"),
        ("Đội đứng thứ mấy?", "ordinal"),
        ("Bão mạnh cấp mấy?", "ordinal"),
        ("Hội kéo dài mấy ngày?", "duration"),
        ("Cầu khánh thành khi nào?", "day"),
        ("lễ hội tổ chức hôm nào", "day"),
        ("Hội khai mạc ngày thứ mấy?", "day"),
        ("Quán mở cửa lúc mấy giờ?", "duration"),
        ("Tỷ số trận đấu là bao nhiêu?", "score"),
        ("Vì sao cầu bị đóng?", "reason"),
        ("sao hôm qua mất điện vậy", "reason"),
        ("Ông Nam giữ chức gì?", "office"),
        ("Lễ diễn ra ở đâu?", "where"),
        ("Cầu Gió thuộc huyện nào?", "place"),
        ("Ai vẽ cầu Gió?", "who"),
        ("cầu thủ nào ghi bàn", "who"),
        ("Công ty nào xây cầu?", "name"),
        ("Chủ quán tên gì?", "name"),
        ("Bộ trưởng nói gì về giá điện?", "said"),
        ("Blockchain là gì?", "meaning"),
        ("Chiếc xe màu gì?", "kind"),
        ("Tổ chức nào đưa ra số liệu?", "name"),
        ("Cầu Gió ra sao rồi?", "anything"),
        ("Cầu Gió đã xong chưa?", "anything"),
        ("chế tạo bằng cách nào", "anything"),
        ("", "anything"),
    ],
)
def test_a_question_asks_for(asking: Asking, reader: QuestionReader, question: str, name: str) -> None:
    assert asking.of(reader.read(question)).name == name


def test_what_is_counted_and_what_the_noun_is_are_known(asking: Asking, reader: QuestionReader) -> None:
    assert asking.of(reader.read("Có bao nhiêu người đi hội?")).counted == ("người", "đi")
    assert asking.of(reader.read("Chiếc xe màu gì?")).noun == "màu"
    assert asking.of(reader.read("Cầu Gió thuộc huyện nào?")).noun == "huyện"
