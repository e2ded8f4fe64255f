"""Which date each sentence of an article gets; our own sentences."""

from retrieval.config_files import load_toml
from retrieval.dates import Context, date_sentences, event_date, load_references, parse_published
from retrieval.records import NO_DATE, Date, Kind, Span

REFERENCES = load_references(load_toml("reference_dates.toml"))
_BODY: Kind = "body"
LEAD = "Chiều 15-9, Bộ trưởng đã chủ trì hội nghị của ngành."


def dated(*sentences: str | tuple[str, Kind], published: str | None = "2025-09-16") -> tuple[Date, list[Date]]:
    text, spans = "", []
    for sentence in sentences:
        words, kind = sentence if isinstance(sentence, tuple) else (sentence, _BODY)
        spans.append(Span(len(text), len(text) + len(words), kind))
        text += words + "\n"
    given = (parse_published(published) if published else None) or NO_DATE
    context = Context(published=given, references=REFERENCES)
    event = event_date(text, spans, context)
    return event, list(date_sentences(text, spans, event, context))


def after_lead(sentence: str, kind: Kind = "body", published: str | None = "2025-09-16") -> str:
    return dated(LEAD, (sentence, kind), published=published)[1][1].edtf


def test_the_leads_day_is_the_events_not_that_of_publication() -> None:
    event, dates = dated(LEAD)
    assert event == Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")
    assert dates == [event]


def test_a_day_far_back_in_the_lead_is_background() -> None:
    event, _ = dated("Cầu được khánh thành ngày 2/9/1985.", "Sáng 16-9, cầu được sửa.")
    assert event.edtf == "2025-09-16"
    event, _ = dated("Trước đó, ngày 10-9, xe bị hỏng.", "Sáng 16-9, xe được sửa.")
    assert event.edtf == "2025-09-16"


def test_headlines_and_captions_hold_no_event() -> None:
    assert dated(("Ngày 15-9 đáng nhớ", "headline"), ("Lễ ngày 14-9. Ảnh: A", "caption"))[0] == NO_DATE


def test_a_sentence_that_goes_on_telling_the_gathering_has_its_day() -> None:
    for sentence in (
        "Tại hội nghị, các đại biểu trao đổi sôi nổi.",
        "Kết luận hội nghị, Thủ tướng nhấn mạnh ba việc.",
        "Thủ tướng dự và chỉ đạo hội nghị.",
        "Ông Nguyễn Văn A đề nghị các tỉnh làm nhanh.",
        "“Phải làm ngay” - Bộ trưởng nhấn mạnh.",
    ):
        assert after_lead(sentence) == "2025-09-15", sentence
    assert after_lead("Các đại biểu dự hội nghị. Ảnh: A", "caption") == "2025-09-15"


def test_an_inherited_day_says_so() -> None:
    _, dates = dated(LEAD, "Tại hội nghị, các đại biểu trao đổi sôi nổi.")
    assert (dates[1].basis, dates[1].evidence) == ("inferred", "việc chính của bài, ngày đăng 16/9/2025")


def test_an_event_without_a_year_is_inherited_without_one() -> None:
    _, dates = dated(LEAD, "Tại hội nghị, các đại biểu trao đổi sôi nổi.", published=None)
    assert [(date.edtf, date.basis) for date in dates] == [("XXXX-09-15", "unknown")] * 2


def test_background_plans_states_and_goals_do_not_inherit_the_day() -> None:
    for sentence in (
        "Đã có gần 50 chuyến thăm tới các nước.",
        "Tại hội nghị, Bộ trưởng cho biết sẽ trình đề án.",
        "Ông A cho biết tới đây có thêm ba trường.",
        "Ông A cho biết 40 năm đổi mới đã thành công.",
        "Trước đó, ông A đề nghị hoãn họp.",
        "Ông A nhấn mạnh mục tiêu đến năm 2030.",
        "Thực hiện tốt chủ trương của ngành.",
        "Ngoại giao là nhiệm vụ thường xuyên.",
        "Ông A nhắc lại hội nghị tháng 12/20221 của ngành.",
        "Ông A ăn rằm tháng Giêng ở quê.",
    ):
        assert after_lead(sentence) == "", sentence
    assert after_lead("Hội nghị năm 1990. Ảnh tư liệu", "caption") == "1990"


def test_only_a_gathering_is_told_on() -> None:
    _, dates = dated("Ngày 15-9, lũ cuốn trôi cây cầu.", "Ông Nguyễn Văn A cho biết nước lên nhanh.")
    assert [date.edtf for date in dates] == ["2025-09-15", ""]


def test_a_sentence_speaks_of_the_time_that_opens_it() -> None:
    assert after_lead("Năm 2024, ngành làm được nhiều việc, nhất là ngày 5/3/2024.") == "2024"
    assert after_lead("Hội nghị tổng kết công tác năm 2024 được mở chiều 15-9.") == "2025-09-15"
    assert after_lead("Ngành họp lần đầu ngày 3/2/2021.") == "2021-02-03"


def test_the_date_of_a_law_a_birth_or_a_term_is_not_the_sentences() -> None:
    assert after_lead("Ông A (sinh năm 1970) nhấn mạnh ba việc.") == "2025-09-15"
    assert after_lead("Việc này theo Nghị quyết số 5 ngày 3/2/2021 của tỉnh.") == ""
    assert after_lead("Bộ trưởng nhấn mạnh vai trò của Ban chấp hành nhiệm kỳ 2020-2025.") == "2025-09-15"


def test_a_state_as_of_now_has_the_publication_day() -> None:
    assert after_lead("Đến nay, 60 xã có điện.") == "2025-09-16"
    assert after_lead("Đến nay, 60 xã có điện.", published=None) == ""


def test_since_a_known_event_is_an_interval_from_its_month() -> None:
    sentence = "Bộ trưởng cho biết, từ sau Hội nghị Đối ngoại toàn quốc đến nay, ngành có 45 chuyến thăm."
    assert after_lead(sentence) == "2021-12/2025-09-16"
    assert after_lead(sentence.replace("Đối ngoại toàn quốc", "cán bộ xã")) == ""


def test_what_is_compared_with_does_not_date_a_sentence() -> None:
    for sentence in (
        "Doanh thu tăng 57% so với cùng kỳ năm 2024.",
        "Lịch nghỉ giữ như năm 2024.",
        "Lượng khách bằng năm 2019.",
    ):
        assert dated(sentence)[1] == [NO_DATE], sentence


def test_the_same_day_is_that_of_the_sentence_before() -> None:
    _, dates = dated("Sáng 10-9, cầu sập.", "Cùng ngày, tỉnh họp khẩn.")
    assert [date.edtf for date in dates] == ["2025-09-10", "2025-09-10"]
