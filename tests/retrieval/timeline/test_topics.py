"""Stories as papers tell them: the telling word, days that nobody states, the days that matter; our own articles."""

from pathlib import Path

import pytest

from bot.pages.timeline_pages import others
from retrieval import Library, Timeline, TimelineEntry
from retrieval.timeline.topic import Topic
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

BRIDGE = [
    article("Sáng 2/11/2025, cầu Đá Xanh bị lũ cuốn sập.", "2025-11-02", "Báo A", "Sập cầu Đá Xanh"),
    article("Cầu Đá Xanh đổ sập sáng 2/11/2025 sau đêm mưa lớn.", "2025-11-02", "Báo B", "Cầu Đá Xanh sập"),
    article("Cầu Đá Xanh bị lũ cuốn sập sau đêm mưa lớn, dân mất lối đi.", "2025-11-03", "Báo C", "Mất cầu Đá Xanh"),
    article(
        "Công an khởi tố giám đốc công ty xây cầu Đá Xanh bị sập.", "2025-11-20", "Báo A", "Khởi tố vụ cầu Đá Xanh"
    ),
    article("Ngày 5/11/2025, tỉnh họp về giá lúa.", "2025-11-05", "Báo A", "Giá lúa"),
    article("Cầu Nhện khánh thành ngày 7/11/2025.", "2025-11-07", "Báo A", "Cầu Nhện"),
    article("Ngày 9/11/2025, thị trường xe máy sập giá.", "2025-11-09", "Báo B", "Xe máy"),
]


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("bridge"), BRIDGE)


def days(timeline: Timeline) -> list[tuple[str, str]]:
    return [(entry.date.edtf, entry.date.basis) for entry in timeline.entries]


@pytest.mark.parametrize("topic", ["sập cầu Đá Xanh", "vụ cầu Đá Xanh", "Đá Xanh", "sap cau da xanh"])
def test_the_name_must_be_there_and_common_words_need_not(bridge: Library, topic: str) -> None:
    assert days(bridge.timeline(topic)) == [("2025-11-02", "stated"), ("2025-11-20", "published")]


def test_an_article_without_a_day_that_retells_the_day_before_is_told_there(bridge: Library) -> None:
    first, _ = bridge.timeline("sập cầu Đá Xanh").entries
    assert {quote.article.publisher for quote in first.quotes} == {"Báo A", "Báo B", "Báo C"}
    assert first.quotes[0].date.basis == "stated"


def test_the_days_that_matter_most_are_those_of_most_evidence(bridge: Library) -> None:
    timeline = bridge.timeline("sập cầu Đá Xanh")
    assert [entry.date.edtf for entry in timeline.leading(1)] == ["2025-11-02"]
    assert timeline.leading(9) == timeline.entries


def test_a_section_of_a_paper_is_no_paper_more(tmp_path: Path) -> None:
    def entry(second: str, name: str) -> TimelineEntry:
        told = [
            article("Sáng 2/11/2025, cầu Đá Xanh bị lũ cuốn sập.", "2025-11-02", "Báo A", "Sập cầu Đá Xanh"),
            article("Cầu Đá Xanh sập sáng 2/11/2025 do lũ cuốn.", "2025-11-02", second, "Cầu Đá Xanh sập"),
        ]
        [found] = library_of(tmp_path, told, name).timeline("sập cầu Đá Xanh").entries
        return found

    section, other = entry("Báo A - Thời sự", "section"), entry("Báo B", "other")
    assert section.weight < other.weight
    assert [len(others(one)) for one in (section, other)] == [0, 1]


def test_a_list_of_other_news_is_no_telling(tmp_path: Path) -> None:
    roundup = article("Cầu Đá Xanh bị lũ cuốn sập; giá lúa tăng.", "2025-11-04", "Báo A", "Điểm tin 6h: cầu Đá Xanh")
    timeline = library_of(tmp_path, [*BRIDGE, roundup]).timeline("sập cầu Đá Xanh")
    assert "2025-11-04" not in {entry.date.edtf for entry in timeline.entries}


def test_what_is_announced_without_a_day_is_not_told_of_the_day_it_is_published(tmp_path: Path) -> None:
    plan = article("Tỉnh sẽ xây lại cầu Đá Xanh.", "2025-12-04", "Báo A", "Sẽ xây lại cầu Đá Xanh")
    timeline = library_of(tmp_path, [*BRIDGE, plan]).timeline("sập cầu Đá Xanh")
    assert "2025-12-04" not in {entry.date.edtf for entry in timeline.entries}


def test_the_report_of_a_day_comes_before_its_preview(tmp_path: Path) -> None:
    articles = [
        article("Tối nay 6/11/2025, bão Lanka áp sát, còn cách bờ 90 km.", "2025-11-06", "Báo A", "Bão Lanka"),
        article("Tối nay 6/11/2025, bão Lanka áp sát bờ, gió giật mạnh.", "2025-11-06", "Báo B", "Bão Lanka"),
        article("Tối 6/11/2025, bão Lanka đổ bộ, làm tốc mái nghìn nhà.", "2025-11-07", "Báo C", "Bão Lanka"),
    ]
    (entry,) = library_of(tmp_path, articles).timeline("bão Lanka").entries
    assert entry.quotes[0].article.publisher == "Báo C"


def test_the_report_of_a_day_comes_before_what_is_thought_of_it(tmp_path: Path) -> None:
    comment = "Chuyên gia khen đội Sao Mai sau trận thắng đội Lúa Vàng 2-0 tối 6/11/2025."
    articles = [
        article(comment, "2025-11-07", "Báo A", "Sao Mai"),
        article(comment, "2025-11-07", "Báo B", "Sao Mai"),
        article("Tối 6/11/2025, đội Sao Mai thắng đội Lúa Vàng 2-0.", "2025-11-06", "Báo C", "Sao Mai"),
        article("18 giờ hôm nay 6/11/2025, đội Sao Mai chạm trán đội Lúa Vàng.", "2025-11-06", "Báo D", "Sao Mai"),
    ]
    (entry,) = library_of(tmp_path, articles).timeline("Sao Mai").entries
    assert entry.quotes[0].article.publisher == "Báo C"


def test_words_that_stand_together_are_one_and_a_name_is_apart(bridge: Library) -> None:
    texts = [
        "Bầu cử quốc hội Hungary kết thúc.",
        "Cuộc bầu cử ở Hungary.",
        "Quốc hội Hungary họp.",
        "Cử tri lo cho quốc gia.",
        "Đi bầu, quốc gia cử.",
    ]
    topic = Topic.of(bridge.read_question("bầu cử quốc hội Hungary"), None, texts)
    assert len(topic.units) == 3
    assert topic.tells("Thủ tướng Hungary từ chức")
    assert topic.share("Hungary bầu cử") > 0 == topic.share("bầu cử quốc hội")


def test_a_country_alone_is_no_story(bridge: Library) -> None:
    topic = Topic.of(bridge.read_question("bầu cử tổng thống Chile"), None, ["Bầu cử tổng thống Chile."])
    assert topic.share("Cử tri Chile đi bỏ phiếu từ sáng.") > 0 == topic.share("Đội bóng chuyền Việt Nam thua Chile.")


def test_a_name_is_found_however_it_is_written(tmp_path: Path) -> None:
    rows = [
        article("Mưa lớn làm ngập nhiều phố ở TP.HCM chiều 2/11.", "2025-11-02", "Báo A", "Mưa lớn ở TP.HCM"),
        article("Sáng 5/11, Sài Gòn lại ngập vì triều cường.", "2025-11-05", "Báo B", "Sài Gòn ngập"),
        article("Đường Hồ Chí Minh sạt lở ngày 7/11, xe không qua được.", "2025-11-07", "Báo C", "Sạt lở"),
    ]
    library = library_of(tmp_path, rows)
    for topic in ("ngập TPHCM", "ngập ở Sài Gòn"):
        assert [entry.date.edtf for entry in library.timeline(topic).entries] == ["2025-11-02", "2025-11-05"]


def test_the_lead_of_an_article_that_is_called_after_the_topic_tells_it(tmp_path: Path) -> None:
    row = article("Từ ngày 1/12/2025, xe không có tài khoản giao thông không qua được trạm.", "2025-11-02", "Báo A",
                  "Nghị định 119: thêm một tháng cho tài khoản giao thông")  # fmt: skip
    timeline = library_of(tmp_path, [row]).timeline("nghị định 119 tài khoản giao thông")
    assert [entry.date.edtf for entry in timeline.entries] == ["2025-12-01"]


def test_a_stretch_of_days_is_told_at_the_day_in_it_that_outweighs_it(tmp_path: Path) -> None:
    later = article("Cầu Đá Xanh sập tuần trước khiến dân mất lối.", "2025-11-06", "Báo D", "Cầu Đá Xanh sập")
    timeline = library_of(tmp_path, [*BRIDGE, later]).timeline("sập cầu Đá Xanh")
    first, _ = timeline.entries
    assert (first.date.edtf, first.quotes[0].date.edtf) == ("2025-11-02", "2025-11-02")
    assert "Báo D" in {quote.article.publisher for quote in first.quotes}


def test_the_number_of_a_document_or_a_storm_may_stand_behind_a_word_for_it(bridge: Library) -> None:
    told = ["Nghị định 232 về vàng có hiệu lực.", "Nghị định 232 bỏ độc quyền vàng.", "Nghị định 12 về phí, 232 trang."]
    topic = Topic.of(bridge.read_question("nghị định 232"), [1.0, 1.0, 3.0], told)
    assert topic.is_in("Chính phủ ban hành Nghị định số 232/2025 về vàng miếng.")
    assert not topic.is_in("Chính phủ ban hành Nghị định số 12/2025 dày 232 trang.")


def test_most_of_a_long_word_stands_for_it_unless_it_is_a_name(bridge: Library) -> None:
    told = ["Lệnh ngừng bắn ở Gaza.", "Gaza: lệnh ngừng bắn mong manh."]
    topic = Topic.of(bridge.read_question("lệnh ngừng bắn Gaza"), None, told)
    assert topic.share("lệnh ngừng bắn Gaza") > topic.share("thỏa thuận ngừng bắn Gaza") > topic.share("bắn ở Gaza")
    told = ["Vợ chồng Trần Văn Hải.", "Ông Trần Văn Hải đến."]
    for typed in ("Trần Văn Hải", "trần văn hải"):
        assert not Topic.of(bridge.read_question(typed), None, told).tells("Bà Lê Văn Hải và ông Trần Văn.")


def test_what_somebody_has_to_say_is_less_of_a_day_than_what_happened(tmp_path: Path) -> None:
    articles = [
        article("Cầu Đá Xanh bị lũ cuốn sập.", "2025-11-02", "Báo A", "Sập cầu Đá Xanh"),
        article("Ông Hải cho rằng cầu Đá Xanh sập vì cát.", "2025-11-09", "Báo A", "Ông Hải: 'Cầu Đá Xanh sập vì cát'"),
    ]
    timeline = library_of(tmp_path, articles).timeline("sập cầu Đá Xanh")
    assert [entry.date.edtf for entry in timeline.leading(1)] == ["2025-11-02"]
    first, said = timeline.entries
    assert said.weight < first.weight / 2


@pytest.mark.parametrize("topic", ["sạt lở Colombia", "động đất Colombia", "sat lo colombia"])
def test_a_country_of_which_it_is_not_told_has_no_such_story(tmp_path: Path, topic: str) -> None:
    articles = [
        article("Ngày 5/11/2025, sạt lở vùi ba nhà ở Hà Giang.", "2025-11-05", "Báo A", "Sạt lở ở Hà Giang"),
        article("Ngày 6/11/2025, động đất làm nứt tường ở Kon Tum.", "2025-11-06", "Báo A", "Động đất ở Kon Tum"),
        article("Ngày 8/11/2025, Myanmar bắt nhóm hoạt động lừa đảo.", "2025-11-08", "Báo A", "Lừa đảo ở Myanmar"),
    ]
    assert library_of(tmp_path, articles).timeline(topic).entries == ()


@pytest.mark.parametrize("topic", ["vụ án Chu Thị Thành", "Chu Thị Thành"])
def test_the_syllables_of_a_name_that_nobody_tells_of_have_no_story(tmp_path: Path, topic: str) -> None:
    articles = [
        article("Ngày 5/11/2025, đường Chu Văn An có thêm chợ Thành Thị.", "2025-11-05", "Báo A", "Vụ án ở chợ"),
        article("Ngày 8/11/2025, bà Chu Thị Hạnh bán thạch ở Thành Sơn.", "2025-11-08", "Báo A", "Chu Thị Hạnh"),
    ]
    assert library_of(tmp_path, articles).timeline(topic).entries == ()


def test_no_syllables_stand_for_a_word_that_is_told_of_no_such_country(tmp_path: Path) -> None:
    articles = [
        article("Ngày 6/11/2025, động đất làm nứt tường ở Kon Tum.", "2025-11-06", "Báo A", "Động đất ở Kon Tum"),
        article("Ngày 8/11/2025, Nepal bắt nhóm hoạt động lừa đảo.", "2025-11-08", "Báo A", "Lừa đảo ở Nepal"),
        article("Ngày 9/11/2025, biểu tình lan khắp đất nước Nepal.", "2025-11-09", "Báo B", "Biểu tình ở Nepal"),
    ]
    assert library_of(tmp_path, articles).timeline("động đất Nepal").entries == ()
    quake = article("Ngày 12/11/2025, động đất rung chuyển Nepal.", "2025-11-12", "Báo B", "Động đất ở Nepal")
    shown = library_of(tmp_path, [*articles, quake], "more").timeline("động đất Nepal").entries
    assert "2025-11-12" in {entry.date.edtf for entry in shown}


def test_syllables_with_capitals_are_one_vietnamese_name(bridge: Library) -> None:
    told = ["Cầu vượt Hồng Kỳ đổ sập.", "Sông Hồng có bảy cầu mới, Kỳ họp bàn.", "Hồng Hà làm chủ tịch, Nhiệm Kỳ mới."]
    topic = Topic.of(bridge.read_question("sập cầu Hồng Kỳ"), None, told)
    assert topic.share("Cầu vượt Hồng Kỳ đổ sập.") == 1
    assert topic.share("Sông Hồng có bảy cầu mới, Kỳ họp bàn.") == 0


def test_a_known_name_ends_where_it_ends(bridge: Library) -> None:
    told = ["UAV của Nga xâm phạm Ba Lan.", "Máy bay Nga xâm phạm Ba Lan.", "TikTok tại Mỹ có chủ mới."] * 2
    topic = Topic.of(bridge.read_question("máy bay Nga xâm phạm Ba Lan"), None, told)
    assert topic.share("Ba Lan bắn máy bay của Nga, không phận bị xâm phạm.") == pytest.approx(1)
    topic = Topic.of(bridge.read_question("TikTok tại Mỹ"), None, told)
    assert topic.share("Mỹ thỏa thuận về TikTok.") > 0


def test_a_decree_is_told_of_the_day_on_which_articles_say_it_was_issued(tmp_path: Path) -> None:
    rows = [
        article("Chính phủ ban hành Nghị định 82 về phạt.", "2025-11-05", "Báo A", "Phạt người gây ồn"),
        article("Nghị định 82 phạt người gây ồn.", "2025-11-08", "Báo A", "Phạt người hát to"),
    ]
    assert days(library_of(tmp_path, rows).timeline("Nghị định 82")) == [("2025-11-05", "published")]


def test_papers_leave_out_the_year_of_a_name(tmp_path: Path) -> None:
    articles = [
        article("Ngày 5/11/2025, Hội thi Sao Mai khai mạc.", "2025-11-05", "Báo A", "Khai mạc Sao Mai"),
        article("Ngày 8/11/2025, Hội thi Sao Mai 2025 có quán quân.", "2025-11-08", "Báo B", "Quán quân Sao Mai"),
    ]
    entries = library_of(tmp_path, articles).timeline("Hội thi Sao Mai 2025").entries
    assert [entry.date.edtf for entry in entries] == ["2025-11-05", "2025-11-08"]


def test_a_day_that_papers_come_back_to_counts_more_than_one_told_as_often_at_once(tmp_path: Path) -> None:
    told = "Cầu Đá Xanh được nhắc lại: vụ sập ngày 1/10/2025 làm hai xã bị cô lập."
    once = "Ngày 20/10/2025, cầu Đá Xanh có thêm biển báo, thợ sơn lan can."
    articles = [
        *(article(told, day, "Báo A", f"Cầu Đá Xanh {day}") for day in ("2025-10-02", "2025-10-06", "2025-10-09")),
        *(article(once, "2025-10-20", "Báo A", f"Cầu Đá Xanh {number}") for number in range(3)),
    ]
    (leading,) = library_of(tmp_path, articles).timeline("cầu Đá Xanh").leading(1)
    assert leading.date.edtf == "2025-10-01"


def test_what_the_next_day_tells_again_goes_behind_what_is_new(tmp_path: Path) -> None:
    fell = "cầu Đá Xanh bị lũ cuốn sập lúc nửa đêm, hai xã với hàng nghìn người bị cô lập"
    articles = [
        article(f"Ngày 1/10/2025, {fell}.", "2025-10-01", "Báo A", "Cầu Đá Xanh"),
        article("Rạng sáng 1/10/2025, nước xiết làm sập cầu Đá Xanh.", "2025-10-01", "Báo B", "Cầu Đá Xanh"),
        article(f"Ngày 2/10/2025, {fell}.", "2025-10-02", "Báo A", "Cầu Đá Xanh"),
        article("Ngày 9/10/2025, công an khởi tố nhà thầu cầu Đá Xanh.", "2025-10-09", "Báo A", "Cầu Đá Xanh"),
    ]
    timeline = library_of(tmp_path, articles).timeline("cầu Đá Xanh")
    weight = {entry.date.edtf: entry.weight for entry in timeline.entries}
    assert weight["2025-10-01"] > weight["2025-10-09"] > weight["2025-10-02"] > 0


def test_the_date_of_a_day_is_that_of_its_first_quote(tmp_path: Path) -> None:
    articles = [
        article("Cầu Đá Xanh dự kiến khánh thành ngày 20/11.", "2025-11-10", "Báo A", "Cầu Đá Xanh"),
        article("Sáng 20/11, cầu Đá Xanh khánh thành.", "2025-11-20", "Báo B", "Cầu Đá Xanh"),
    ]
    (entry,) = library_of(tmp_path, articles).timeline("cầu Đá Xanh").entries
    assert (entry.date.evidence, entry.planned, entry.background) == ("ngày đăng 20/11/2025", False, False)


def test_of_two_names_both_must_be_there(tmp_path: Path) -> None:
    articles = [
        article("Ngày 9/10/2025, ông Kông Minh thăm Wakanda.", "2025-10-09", "Báo A", "Kông Minh tới Wakanda"),
        article("Ngày 22/10/2025, ông Kông Minh thăm Elbonia.", "2025-10-22", "Báo A", "Kông Minh tới Elbonia"),
        *(article(f"Wakanda bán được {n} tấn gạo.", f"2025-11-0{n}", "Báo B", f"Gạo Wakanda {n}") for n in (2, 3)),
    ]
    entries = library_of(tmp_path, articles).timeline("Kông Minh thăm Wakanda").entries
    assert [entry.date.edtf for entry in entries] == ["2025-10-09"]


@pytest.mark.parametrize("topic", ["rơi trực thăng", "roi truc thang"])
def test_of_a_topic_without_a_name_all_that_weighs_must_be_there(tmp_path: Path, topic: str) -> None:
    told = [
        article("Trực thăng cứu hộ rơi sáng 4/11/2025, năm người bị thương.", "2025-11-04", "Báo A", "Trực thăng rơi"),
        article("Ngày 6/11/2025, trực thăng chở hàng lên đảo.", "2025-11-06", "Báo A", "Hàng ra đảo"),
        article("Ngày 8/11/2025, đá rơi chặn đường lên đèo.", "2025-11-08", "Báo B", "Đá rơi"),
    ]
    assert days(library_of(tmp_path, told).timeline(topic)) == [("2025-11-04", "stated")]


def test_a_capital_within_makes_a_name(tmp_path: Path) -> None:
    told = [
        article("Hãng bán dòng iPhone mới từ ngày 9/9/2025.", "2025-09-09", "Báo A", "iPhone mới lên kệ"),
        article("Ngày 12/9/2025, hãng ra mắt đồng hồ.", "2025-09-12", "Báo A", "Đồng hồ"),
        article("Ngày 14/9/2025, nhà hát ra mắt vở mới.", "2025-09-14", "Báo A", "Vở mới"),
        article("Ngày 15/9/2025, đội bóng ra mắt sân nhà.", "2025-09-15", "Báo A", "Sân nhà"),
    ]
    assert days(library_of(tmp_path, told).timeline("ra mắt iPhone")) == [("2025-09-09", "stated")]


def test_a_month_is_told_at_the_day_in_it_that_its_article_tells_too(tmp_path: Path) -> None:
    both = article(
        "Tháng 11/2025, cầu Đá Xanh bị lũ cuốn sập. Cầu Đá Xanh sập sáng 2/11/2025 sau đêm mưa.",
        "2025-12-20", "Báo D", "Một năm của cầu Đá Xanh",
    )  # fmt: skip
    alone = article("Tháng 11/2025, cầu Đá Xanh bị lũ cuốn sập.", "2025-12-21", "Báo E", "Cầu Đá Xanh nhìn lại")
    for told, shown in ((both, "2025-11-02"), (alone, "2025-11")):
        (tmp_path / shown).mkdir()
        entries = library_of(tmp_path / shown, [*BRIDGE, told]).timeline("sập cầu Đá Xanh").entries
        assert {e.date.edtf for e in entries if told["text"][:40] in " ".join(q.text for q in e.quotes)} == {shown}
