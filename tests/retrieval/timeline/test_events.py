from datetime import date
from pathlib import Path

import pytest

from retrieval import Library, Timeline
from retrieval.timeline import events
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

CABLE = [
    article("Sáng 1/10/2025, cáp treo Núi Mây đón những khách đầu tiên sau hai năm thi công.", "2025-10-01"),
    article("Sáng 1/10/2025, cáp treo Núi Mây mở cửa đón khách sau hai năm thi công.", "2025-10-01", "Báo B"),
    article("Cáp treo Núi Mây sáng 1/10/2025 đón khách đầu tiên.", "2025-10-02", "Báo C"),
    article("Chiều 28/9/2025, tỉnh cho chạy thử cáp treo Núi Mây.", "2025-09-29"),
    article("Dự kiến ngày 20/12/2025, cáp treo Núi Mây sẽ mở thêm tuyến thứ hai.", "2025-10-03"),
]


def quotes(timeline: Timeline) -> list[tuple[str, str]]:
    return [(entry.date.edtf, entry.quotes[0].text) for entry in timeline.entries]


def dates(timeline: Timeline) -> list[str]:
    return [entry.date.edtf for entry in timeline.entries]


def timeline_of(folder: Path, topic: str, *texts: str, published: str = "2025-10-02") -> Timeline:
    return library_of(folder, [article(text, published) for text in texts]).timeline(topic)


@pytest.fixture(scope="module")
def cable(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("cable"), CABLE)


def test_each_date_has_one_entry_in_order(cable: Library) -> None:
    assert dates(cable.timeline("cáp treo Núi Mây")) == ["2025-09-28", "2025-10-01", "2025-12-20"]


def test_the_same_event_told_by_three_papers_is_one_entry_with_all_three(cable: Library) -> None:
    entry = cable.timeline("cáp treo Núi Mây").entries[1]
    assert {quote.article.publisher for quote in entry.quotes} == {"Báo A", "Báo B", "Báo C"}
    assert all(quote.text == quote.article.text[quote.start : quote.end] for quote in entry.quotes)


def test_what_is_to_come_is_marked_as_planned(cable: Library) -> None:
    assert [entry.planned for entry in cable.timeline("cáp treo Núi Mây").entries] == [False, False, True]


def test_a_period_cuts_and_is_kept_in_the_timeline(cable: Library) -> None:
    timeline = cable.timeline("cáp treo Núi Mây", since=date(2025, 10, 1), until="10/2025")
    assert dates(timeline) == ["2025-10-01"]
    assert (timeline.since, timeline.until) == (date(2025, 10, 1), date(2025, 10, 31))


def test_a_topic_typed_without_diacritics_has_the_same_timeline(cable: Library) -> None:
    assert quotes(cable.timeline("cap treo nui may")) == quotes(cable.timeline("cáp treo Núi Mây"))


def test_a_topic_nobody_tells_of_has_no_entries(cable: Library) -> None:
    timeline = cable.timeline("tàu điện ngầm Thủ Đô")
    assert (timeline.entries, timeline.nearest) == ((), ())


@pytest.mark.parametrize("topic", ["", "   ", "?!", "<b>", "là gì", "a " * 300, "cáp treo " * 40])
def test_odd_topics_have_no_entries_and_are_no_errors(cable: Library, topic: str) -> None:
    assert cable.timeline(topic).entries == ()


def test_sentences_without_a_date_are_nearest(tmp_path: Path) -> None:
    timeline = timeline_of(tmp_path, "cáp treo Núi Mây", "Cáp treo Núi Mây dài bốn cây số.")
    assert timeline.entries == ()
    assert [quote.text for quote in timeline.nearest] == ["Cáp treo Núi Mây dài bốn cây số."]


def test_what_stands_beside_no_date_changes_nothing(tmp_path: Path) -> None:
    articles = [
        *CABLE,
        article("Mưa lớn ngày 28/9/2025. Cáp treo Núi Mây vắng khách. Khách chọn cáp treo Núi Mây vào dịp khác."),
        article("Cáp treo Núi Mây dài bốn cây số. Cáp treo Núi Mây có hai ga."),
    ]
    library = library_of(tmp_path, articles)
    topic = "cáp treo Núi Mây"
    found = library.search(topic, 100)
    every = events.timeline(library.read_question(topic), found, lambda article: library.contents(article).sentences)
    assert dates(every) == ["2025-09-28", "2025-10-01", "2025-12-20"]
    assert any(not quote.date for quote in found)
    assert library.timeline(topic) == every


def test_what_happened_goes_before_what_was_expected_of_the_day(tmp_path: Path) -> None:
    library = library_of(
        tmp_path,
        [
            article("Dự báo hôm nay 28/9/2025, bão Lanka sẽ vào bờ ở tỉnh Hạ Sơn.", "2025-09-28"),
            article("Dự báo trưa nay 28/9/2025, bão Lanka sẽ vào bờ ở tỉnh Hạ Sơn.", "2025-09-28", "Báo B"),
            article("Trưa 28/9/2025, bão Lanka đã vào bờ, làm đổ hàng trăm cột điện.", "2025-09-29", "Báo C"),
        ],
    )
    (entry,) = library.timeline("bão Lanka").entries
    assert "đã vào bờ" in entry.quotes[0].text
    assert not entry.planned


def test_what_somebody_said_of_the_future_was_said(tmp_path: Path) -> None:
    text = "Ngày 2/10/2025, ông Hải cho biết cáp treo Núi Mây sẽ mở thêm tuyến."
    assert [entry.planned for entry in timeline_of(tmp_path, "cáp treo Núi Mây", text).entries] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Cáp treo Núi Mây mở cửa trong dịp kỷ niệm 80 năm Quốc khánh (2/9/1945 - 2/9/2025).",
        "Cáp treo Núi Mây phấn đấu đón mười triệu khách vào năm 2035.",
        "Lễ tổng kết của cáp treo Núi Mây năm 2024 có nhiều khách quý.",
        "Cáp treo Núi Mây đông như lễ hội năm 2019.",
        "Cáp treo Núi Mây đóng cửa bảo dưỡng từ ngày 1/12 hằng năm.",
        "Bản tin ngày 2/10/2025 có nhiều tin tức đáng chú ý về cáp treo Núi Mây.",
        "Cáp treo Núi Mây đã hoạt động 12 năm.",
    ],
)
def test_anniversaries_targets_names_habits_roundups_and_durations_are_no_events(tmp_path: Path, text: str) -> None:
    assert timeline_of(tmp_path, "cáp treo Núi Mây", text).entries == ()


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Năm 2024, cáp treo Núi Mây đón hai triệu khách.", "2024"),
        ("Cáp treo Núi Mây được khởi công vào năm 2019.", "2019"),
        ("Tháng 3/2025, cáp treo Núi Mây được nâng cấp.", "2025-03"),
        ("Tối 1/9/2025, cáp treo Núi Mây kỷ niệm 10 năm ngày mở cửa.", "2025-09-01"),
    ],
)
def test_a_date_keeps_the_granularity_of_the_text(tmp_path: Path, text: str, edtf: str) -> None:
    assert dates(timeline_of(tmp_path, "cáp treo Núi Mây", text)) == [edtf]


def test_a_day_whose_year_is_not_known_stands_at_the_end(tmp_path: Path) -> None:
    texts = ("Ngày 5/3, cáp treo Núi Mây thử tải.", "Ngày 9/9/2025, cáp treo Núi Mây mở cửa.")
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(f'{{"id": "{n}", "text": "{text}"}}' for n, text in enumerate(texts)), encoding="utf-8")
    timeline = Library.open([path]).timeline("cáp treo Núi Mây")
    assert [(entry.date.edtf, entry.date.basis) for entry in timeline.entries] == [
        ("2025-09-09", "stated"),
        ("XXXX-03-05", "unknown"),
    ]


def test_a_word_of_two_syllables_is_not_found_in_two_words(tmp_path: Path) -> None:
    text = "Ngày 1/10/2025, nhiều người phản đối việc bán hàng ngoại ở chợ."
    assert timeline_of(tmp_path, "đối ngoại", text).entries == ()


def test_a_name_may_stand_a_little_further_on(tmp_path: Path) -> None:
    text = "Ngày 1/10/2025, cơn bão số 10 (Lanka) suy yếu."
    assert dates(timeline_of(tmp_path, "bão Lanka", text)) == ["2025-10-01"]


def test_where_a_sentence_goes_on_telling_an_event_the_one_that_tells_it_comes_first(tmp_path: Path) -> None:
    text = (
        "Sáng 1/10/2025, tỉnh Hạ Sơn tổ chức hội nghị về du lịch.\n"
        "Phát biểu tại hội nghị, ông Hải đề nghị mở rộng cáp treo Núi Mây.\n"
        "Cáp treo Núi Mây hiện quá tải."
    )
    (entry,) = timeline_of(tmp_path, "cáp treo Núi Mây", text).entries
    assert [quote.text[:15] for quote in (*entry.quotes, *entry.about)] == ["Sáng 1/10/2025,", "Phát biểu tại h"]


def test_an_article_about_something_else_that_mentions_the_topic_once_is_left_out(tmp_path: Path) -> None:
    text = (
        "Sáng 1/10/2025, tỉnh Hạ Sơn tổ chức hội nghị về giáo dục.\n"
        "Phát biểu tại hội nghị, ông Hải nhắc đến cáp treo Núi Mây."
    )
    assert timeline_of(tmp_path, "cáp treo Núi Mây", text).entries == ()


_PLAN = article("Cáp treo Núi Mây dự kiến khai trương ngày 20/10/2025.", "2025-10-02")


@pytest.mark.parametrize(
    ("later", "day"),
    [
        ("Lễ khai trương cáp treo Núi Mây ngày 20/10 bị hoãn vì bão.", "2025-10-20"),
        ("Cáp treo Núi Mây dời lịch khai trương từ 20/10 sang 5/11/2025.", "2025-10-20"),
        ("Cáp treo Núi Mây sẽ khai trương ngày 5/11/2025 thay vì ngày 20/10.", "2025-10-20"),
    ],
)
def test_a_plan_that_was_moved_or_dropped_is_shown_as_that(tmp_path: Path, later: str, day: str) -> None:
    library = library_of(tmp_path, [_PLAN, article(later, "2025-10-15", "Báo B")])
    [entry] = [e for e in library.timeline("cáp treo Núi Mây").entries if e.date.edtf == day]
    assert (entry.planned, entry.changed, entry.quotes[0].text) == (True, True, later)


@pytest.mark.parametrize(
    "later",
    [
        "Cáp treo Núi Mây dời lịch khai trương từ 20/10 sang 5/11/2025.",
        "Lễ khai trương cáp treo Núi Mây ngày 20/10 phải lùi đến 5/11.",
        "Cáp treo Núi Mây lùi ngày khai trương từ ngày 20/10 đến ngày 5/11.",
    ],
)
def test_the_day_that_a_plan_is_moved_to_has_an_entry(tmp_path: Path, later: str) -> None:
    library = library_of(tmp_path, [_PLAN, article(later, "2025-10-15", "Báo B")])
    [entry] = [e for e in library.timeline("cáp treo Núi Mây").entries if e.date.edtf == "2025-11-05"]
    assert (entry.planned, entry.changed, entry.quotes[0].text) == (True, False, later)


@pytest.mark.parametrize(
    ("other", "published"),
    [
        ("Lễ khai trương cáp treo Núi Mây ngày 20/10 sẽ không hoãn dù có bão.", "2025-10-15"),
        ("Cáp treo Núi Mây hoãn khai trương ngày 1/9/2025.", "2025-10-15"),  # another day
        ("Lễ khai trương cáp treo Núi Mây bị hoãn, và ngày 20/10 cũng chưa chắc.", "2025-09-01"),  # before the plan
    ],
)
def test_a_plan_stays_one_where_nothing_later_says_that_it_was_changed(
    tmp_path: Path, other: str, published: str
) -> None:
    library = library_of(tmp_path, [_PLAN, article(other, published, "Báo B")])
    [entry] = [e for e in library.timeline("cáp treo Núi Mây").entries if e.date.edtf == "2025-10-20"]
    assert (entry.planned, entry.changed) == (True, False)
