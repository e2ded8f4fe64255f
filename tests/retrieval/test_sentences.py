from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sentences import split


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


def test_a_paragraph_is_cut_after_its_full_stops() -> None:
    assert _pieces("Hội nghị khai mạc. Đại biểu đến từ 30 nước.  Báo chí đưa tin.") == [
        "Hội nghị khai mạc.",
        "Đại biểu đến từ 30 nước.",
        "Báo chí đưa tin.",
    ]


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    assert _pieces('Ông nói: “Chúng tôi sẽ đi.” Bà gật đầu. "Tôi cũng đi." Họ lên đường.') == [
        "Ông nói: “Chúng tôi sẽ đi.”",
        "Bà gật đầu.",
        '"Tôi cũng đi."',
        "Họ lên đường.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Em Đ. khai nhận sự việc. | Công an vào cuộc.",
        "Xem tại www.vidu.vn để biết thêm. | Xin cảm ơn.",
        "Sân bay cách đó 25 km. | Tại đây có ga.",
        "Nhiệt độ lên đến 40,4 °C. | Còn đêm xuống thấp.",
        "Họ bán quần áo, du lịch… | Việc mua sắm tăng.",
        "Thăm Mỹ, Nga... để bàn việc. | Ông nói: “Tốt… Rất tốt.”",
        "UBND TP. Hà Nội họp. | Ông John F. Kennedy đến.",
        "PGS.TS. Lê An và BS.CKII. Vũ Bình dự. | PGS,TS. Hà Chi vắng.",
        "Theo LS. Đỗ Dũng, ĐH. Mẫu và NXB. Mới đã ký. | Ông về.",
        "Đội của HLV. Park đã thắng. | Anh từng làm HLV. | Nay anh về quê. | Đến thời HLV. Kim Sang-sik mới khác.",
        "Giám đốc Cty. ABC từ chức. | VĐV. Nguyễn Thị Oanh về nhất trong số 40 VĐV. | Cô lập kỷ lục.",
        "Đoàn TNCS. HCM tổ chức hội trại. | Thanh niên dự đông.",
        "Chị N.T. Lan kể lại. | Hôm đó anh N.V. Hùng ở xa. | Công an tìm bị hại N.T. | Người này đã về.",
        "Nạn nhân là bà N.T. | Theo bác sĩ, bà đã qua cơn nguy kịch.",
        "Người bị hại N.V.A. (SN 1990) đã về. | Em Th. (12 tuổi) ở lại.",
        "Bà N.T.C. | Hôm sau bà trở lại.",
        "Cơ thể cần vitamin C. | Cam có nhiều. | Trời lạnh 5 độ C. | Gió to.",
        "Nhà ở Q. Bình Tân, P. Tân Tạo. | Anh Q. | Công an phường đã mời.",
        "Sạc 33 W. | iPhone mới có 128 GB. | Xiaomi thì không.",
        "Xem tr. 5 và Hình. 3. | Tay vợt No. 1 thắng.",
        "Có ba việc: 1. Dọn rác. 2. Trồng cây. 3. Đắp đê. | Việc nào cũng gấp.",
        "1. Dọn rác ở chợ. | Chợ đông.",
        '"Ai làm?", bà hỏi. | "Tôi!". | Ông đáp.',
        "'Tôi sẽ đi.' | Bà nói. | «Vâng.» | Họ đi.",
        "Hội nghị bế mạc./. | (TTXVN)",
        "Khói phủ kín phố. Ảnh: EPA/TTXVN | Người dân đeo khẩu trang.",
        "PV: Ông nghĩ sao? | – Ông An: Tôi thấy được.",
        "Bạn tự làm chủ . | Rồi bạn đi.",
        "Bị can N.V.A. (SN. 1980, ở TP. Mẫu) đã khai. | Vụ án khép lại.",
        "a) Hộ nghèo: hỗ trợ 100%. | b) Hộ cận nghèo: hỗ trợ 70%. | Tiền trả một lần.",
        "Đội tuyển gặp U.S. Open team. | Trận đấu hoãn.",
        "Ferdinand Marcos Jr. ban hành lệnh. | Robert Downey Jr. | Anh cười.",
    ],
)
def test_abbreviations_end_no_sentence_and_units_may(text: str) -> None:
    assert _pieces(text.replace("| ", "")) == text.split(" | ")


def test_a_sentence_ends_though_no_white_space_follows_but_no_address_does() -> None:
    assert _pieces("Đẹp nhất châu Á.Ngôi nhà ở xa.") == ["Đẹp nhất châu Á.", "Ngôi nhà ở xa."]
    assert _pieces("Họp xong.Đại biểu ra về. Xem www.Vidu.vn hoặc TP.Huế.") == [
        "Họp xong.",
        "Đại biểu ra về.",
        "Xem www.Vidu.vn hoặc TP.Huế.",
    ]


def test_only_the_given_paragraph_is_cut() -> None:
    text = "Tiêu đề\nMột câu. Hai câu.\nĐoạn sau."
    assert [text[a:b] for a, b in split(text, 8, 25)] == ["Một câu.", "Hai câu."]


@given(st.text(alphabet=st.sampled_from(list('aĐ. ?!"”“…\n\u00a0()1ô')), max_size=60) | st.text(max_size=60))
def test_every_visible_character_lies_in_exactly_one_sentence_in_order(text: str) -> None:
    spans = list(split(text, 0, len(text)))
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_a_run_that_is_longer_than_any_word_holds_no_end_of_a_sentence() -> None:
    run = "A.B" * 40
    text = f"Một. {run}. Hai. Ba."
    assert _pieces(text) == ["Một.", f"{run}.", "Hai.", "Ba."]


def test_dots_to_be_filled_in_end_a_sentence_as_ever() -> None:
    text = f"Họ tên{'.' * 80} Ngày sinh{'.' * 80} Nơi sinh."
    assert len(_pieces(text)) == 3


def test_what_is_longer_than_any_sentence_is_cut_in_white_space() -> None:
    text = "một hai ba " * 500
    found = _pieces(text)
    assert len(found) > 3
    assert " ".join(found) == text.strip()


def test_what_has_no_white_space_is_cut_between_letters() -> None:
    text = "a\u0301" * 2000
    found = _pieces(text)
    assert "".join(found) == text
    assert all(piece.startswith("a") for piece in found)
