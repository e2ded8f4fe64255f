"""Plain text as people save it."""

import pytest

from tests.retrieval.reading.reads import dropped, only, problems, spans

LEAD = "Sáng 5-3, cây cầu mới qua sông đã thông xe, sớm hơn kế hoạch hai tháng."
BODY = "Chủ đầu tư cho biết cầu có sáu làn xe và chịu được lũ lớn nhất trong một trăm năm."


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def test_a_text_without_a_title_gets_none() -> None:
    read = only("a.txt", text(LEAD, BODY))
    assert read.article.title is None
    assert spans(read) == [("lead", LEAD), ("body", BODY)]


def test_a_first_line_without_a_full_stop_is_the_title_and_stays_quotable() -> None:
    read = only("a.txt", text("Cầu mới thông xe sớm hai tháng", LEAD, BODY))
    assert read.article.title == "Cầu mới thông xe sớm hai tháng"
    assert spans(read)[0] == ("headline", "Cầu mới thông xe sớm hai tháng")


@pytest.mark.parametrize("title", ["Vì sao cầu mới thông xe sớm?", "“Cầu của chúng tôi”", "Cầu mới thông xe ..."])
def test_titles_may_ask_quote_or_be_cut_off(title: str) -> None:
    assert only("a.txt", text(title, LEAD, BODY)).article.title == title


def test_what_stands_around_a_saved_page_is_dropped_and_used() -> None:
    page = text(
        "Thời sự",
        "Cầu mới thông xe sớm hai tháng",
        "Thứ Ba, 05/03/2024, 08:15 (GMT+7)",
        LEAD,
        "Cầu mới thông xe sớm hai tháng - Ảnh 1.",
        "Cây cầu mới nhìn từ bờ nam (Ảnh: Lan Anh).",
        "Nối hai bờ",
        BODY,
        "Lan Anh",
        "Nguồn: Báo Ví Dụ: https://vidu.vn/cau-moi-1.htm",
        "Chia sẻ\nZalo",
        "Bạn cần đăng nhập để thực hiện chức năng này!",
    )
    read = only("a.txt", page)
    assert spans(read) == [
        ("headline", "Cầu mới thông xe sớm hai tháng"),
        ("lead", LEAD),
        ("caption", "Cây cầu mới nhìn từ bờ nam (Ảnh: Lan Anh)."),
        ("headline", "Nối hai bờ"),
        ("body", BODY),
    ]
    assert [reason for _, reason in dropped(read)] == [
        "section label",
        "date line",
        "photo slug",
        "byline",
        "source line",
        "share button",
        "share button",
        "comment box",
    ]
    article = read.article
    assert (article.section, article.author, article.publisher) == ("Thời sự", "Lan Anh", "Báo Ví Dụ")
    assert article.url == "https://vidu.vn/cau-moi-1.htm"
    assert article.published.edtf == "2024-03-05T08:15+07:00"


def test_dropped_lines_are_numbered_as_in_the_file() -> None:
    read = only("a.txt", f"Thời sự\n\nCầu mới thông xe\n\n{LEAD}\n\nZalo\n")
    assert dropped(read) == [(1, "section label"), (7, "share button")]


def test_a_date_glued_to_the_lead_is_cut_off_and_used() -> None:
    read = only("a.txt", f" date 2024-03-05 {LEAD}\n\n{BODY}")
    assert read.article.text == text(LEAD, BODY)
    assert read.article.published.edtf == "2024-03-05"
    assert [(d.line, d.text, d.reason) for d in read.dropped] == [(1, " date 2024-03-05 ", "date prefix")]


def test_a_repeated_line_is_dropped_once_and_a_short_reply_never() -> None:
    caption = "Người dân đi bộ qua cầu mới - Ảnh: LAN ANH"
    read = only("a.txt", text(LEAD, caption, caption, "- Vâng.", BODY, "- Vâng."))
    assert dropped(read) == [(5, "repeated line")]
    assert [kind for kind, _ in spans(read)] == ["lead", "caption", "body", "body", "body"]


def test_a_list_of_names_is_no_byline() -> None:
    names = ["Nguyễn Văn A", "Trần Thị B", "Lê Văn C"]
    read = only("a.txt", text(LEAD, BODY, *names))
    assert read.article.author is None
    assert [line for _, line in spans(read)][2:] == names


def test_a_name_inside_the_body_is_no_byline() -> None:
    read = only("a.txt", text("Cầu mới thông xe", LEAD, "Trần Thị B", BODY))
    assert read.article.author is None
    assert not read.dropped


def test_nothing_is_dropped_for_being_rare_or_short() -> None:
    lines = [LEAD, "Xin hết.", "1.250 m", "?", BODY]
    assert [line for _, line in spans(only("a.txt", text(*lines)))] == lines


def test_a_sentence_about_sources_is_no_source_line() -> None:
    sentence = "Nguồn vốn của cây cầu là ngân sách thành phố và vốn vay của ngân hàng trong nước."
    assert not only("a.txt", text(LEAD, sentence)).dropped


@pytest.mark.parametrize(
    ("line", "publisher", "url"),
    [
        ("Nguồn: TTXVN", "TTXVN", None),
        ("(Nguồn: Báo Ví Dụ)", "Báo Ví Dụ", None),
        ("Nguồn: https://tuoitre.vn/a-1.htm", "Tuổi Trẻ (tuoitre.vn)", "https://tuoitre.vn/a-1.htm"),
        ("Nguồn: Bản tin: https://tuoitre.vn/a-1.htm.", "Bản tin", "https://tuoitre.vn/a-1.htm"),
        ("Nguồn Tuổi Trẻ: https://www.tuoitre.vn/a-1.htm", "Tuổi Trẻ (tuoitre.vn)", "https://www.tuoitre.vn/a-1.htm"),
        ("Nguồn Ví Dụ: http://vidu.vn/a", "Ví Dụ (vidu.vn)", "http://vidu.vn/a"),
        ("https://thethao.tuoitre.vn/a-1.htm", None, None),
        ("Theo TTXVN", "TTXVN", None),
    ],
)
def test_source_lines_below_the_body(line: str, publisher: str | None, url: str | None) -> None:
    article = only("a.txt", text(LEAD, BODY, line)).article
    assert (article.publisher, article.url) == (publisher, url)
    assert article.text == text(LEAD, BODY)


def test_an_address_above_the_body_is_the_articles() -> None:
    article = only("a.txt", text("https://thethao.tuoitre.vn/a-1.htm", LEAD, BODY)).article
    assert (article.publisher, article.url) == ("Tuổi Trẻ (tuoitre.vn)", "https://thethao.tuoitre.vn/a-1.htm")


def test_a_teaser_that_the_body_repeats_in_full_is_dropped() -> None:
    read = only("a.txt", text(f"{BODY[:60]} ...", LEAD, BODY))
    assert dropped(read) == [(1, "truncated teaser")]
    assert read.article.title is None


def test_hard_wrapped_text_is_one_paragraph_a_block() -> None:
    first = (
        "Cây cầu mới qua sông đã thông xe vào sáng thứ ba tuần này, sớm hơn kế\n"
        "hoạch hai tháng, trong sự vui mừng của người dân sống ở hai bờ sông và\n"
        "những người lái phà đã đưa họ qua lại suốt bốn mươi năm."
    )
    second = (
        "Chủ đầu tư cho biết cầu có sáu làn xe, hai lề bộ hành và chịu được trận\n"
        "lũ lớn nhất trong một trăm năm, theo tính toán của các kỹ sư thiết kế và\n"
        "kết quả thử tải hồi tháng trước."
    )
    read = only("a.txt", f"Cầu mới thông xe\n\n{first}\n\n{second}\n\nLan Anh\n")
    assert spans(read) == [("headline", "Cầu mới thông xe"), ("lead", first), ("body", second)]
    assert dropped(read) == [(11, "byline")]


def test_one_paragraph_a_line_without_blank_lines_is_not_taken_for_wrapped() -> None:
    lines = [f"{LEAD} Câu số {n}." for n in range(6)]
    assert [line for _, line in spans(only("a.txt", "\n".join(lines)))] == lines


def test_text_keeps_its_letters_as_published() -> None:
    odd = 'Bà Thuỷ\u00a0nói: “Khoẻ rồi", và đi\u200b tiếp qua cây cầu mới của thành phố.'
    assert only("a.txt", odd).article.text == odd


def test_blank_lines_stay_between_paragraphs_only() -> None:
    assert only("a.txt", f"\n\n{LEAD}\n\n\n\nZalo\n\n{BODY}\n\n").article.text == text(LEAD, BODY)


def test_a_file_of_buttons_only_is_a_problem() -> None:
    assert problems("a.txt", "Zalo\nFacebook\n") == ["in/a.txt: no article text in it"]


def test_a_file_above_the_limit_is_refused_with_both_sizes() -> None:
    assert problems("a.txt", b"a" * 20_000_001) == ["in/a.txt: 20,000,001 bytes, above the limit of 20,000,000"]


def test_a_file_of_too_many_lines_is_refused() -> None:
    assert problems("a.txt", "a\n" * 200_001) == ["in/a.txt: more than 200,000 lines, too many for an article"]


def test_a_file_of_an_unknown_kind_is_a_problem() -> None:
    assert problems("a.exe", b"MZ") == ["in/a.exe: not a kind of file that is read"]


def test_id_and_path_are_those_given() -> None:
    article = only("sub/a.txt", LEAD).article
    assert (article.id, article.path) == ("sub/a.txt", "in/sub/a.txt")


def test_a_text_sent_on_by_mail_is_read_without_its_marks() -> None:
    wrapped = "Sau hai tháng đóng cửa vì lũ, chợ nổi trên sông Mẫu đón khách trở lại\ntừ sáng nay với hơn trăm ghe."
    more = "Từ 5h, tiếng máy nổ đã rộn trên sông Mẫu, ghe chở khóm, bưởi và rau\nnối nhau về chợ như mọi năm."
    last = "Ban quản lý nói lượng khách ngày đầu bằng một nửa trước lũ và hy vọng\ncon số này tăng trong hè."
    sent = "\n".join(f"> {line}".rstrip() for line in f"{wrapped}\n\n{more}\n\n{last}".split("\n"))
    assert [text for _, text in spans(only("a.txt", sent))] == [wrapped, more, last]
