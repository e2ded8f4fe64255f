"""Planned or happened: by day, tense and what was said; our own sentences, and the labelled ones of the corpus."""

import pytest

from retrieval.timeline.planning import is_comment, is_planned, is_preview
from tests.conftest import needs_shared
from tests.labels.score_plans import outcomes

FLOOR = 0.96


@pytest.mark.parametrize(
    ("text", "day", "published", "planned"),
    [
        ("Ngày 20/12, cầu được thông xe.", "2025-12-20", "2025-12-01", True),
        ("Ngày 20/12, cầu sẽ được thông xe.", "2025-12-20", "2025-12-21", False),
        ("Sáng nay 20/12, cầu sẽ được thông xe.", "2025-12-20", "2025-12-20", True),
        ("Sáng 20/12, cầu được thông xe.", "2025-12-20", "2025-12-20", False),
        ("Ngày 20/12, ông Hải cho biết cầu sẽ được thông xe.", "2025-12-20", "2025-12-20", False),
        ("Ông Hải cho biết cầu sẽ thông xe ngày 20/12.", "2025-12-20", "2025-12-20", True),
        ("Tỉnh sẽ xây cầu trong giai đoạn 2026-2030.", "2026/2030", "2025-12-20", True),
        ("Cầu sẽ xong trong năm 2025.", "2025", "2025-08-20", True),
        ("Cầu sập trong năm 2025.", "2025", "2025-08-20", False),
        ("Tỉnh đã ký hợp đồng, theo đó cầu sẽ rộng hơn.", "", "2025-12-20", False),
        ("Lượng khách vượt dự kiến.", "", "2025-12-20", False),
        ("Robot sắp xếp hàng hóa.", "", "2025-12-20", False),
        ("Cầu sắp xong.", "", "2025-12-20", True),
        ("Bà Lan vừa thông báo sẽ xây cầu.", "", "2025-12-20", True),
        ("Sắp tới, tỉnh xây cầu.", "", "2025-12-20", True),
        ("Đội bóng có buổi tập cho trận gặp Nepal sắp tới.", "", "2025-12-20", False),
        ("Đội bóng đang tập để chuẩn bị cho giải sắp mở màn.", "", "2025-12-20", False),
        ("Thí sinh chụp ảnh ở Huế, nơi sẽ có trận chung kết.", "", "2025-12-20", False),
        ("Những ngày qua, người dân gia cố nhà trước cơn bão sắp vào.", "", "2025-12-20", False),
        ("Công ty mở rộng bốn dự án, tổng vốn đầu tư dự kiến 5.000 tỷ đồng.", "", "2025-12-20", False),
        ("Công ty dự kiến mở rộng bốn dự án.", "", "2025-12-20", True),
        ("Giai đoạn 2026–2030, tỉnh xây cầu.", "", "2025-12-20", True),
        ("Giai đoạn 2021–2025, tỉnh xây cầu.", "", "2025-12-20", False),
        ("Cầu phải xong cuối năm nay.", "2025", "2025-08-20", True),
        ("Hạn chót nộp đề án là 20/12.", "", "2025-12-10", True),
        ("Tối nay, đội nữ gặp chủ nhà.", "2025-12-20", "2025-12-20T09:00:00+07:00", True),
        ("Tối nay, đội nữ gặp chủ nhà.", "2025-12-20", "2025-12-20T22:30:00+07:00", False),
    ],
)
def test_what_lay_ahead_is_planned(text: str, day: str, published: str, planned: bool) -> None:
    assert is_planned(text, day, published) == planned


def test_a_preview_tells_of_a_day_before_it() -> None:
    assert is_preview("Tối nay, bão còn cách bờ 90 km.")
    assert is_preview("16 giờ hôm nay, đội nữ chạm trán chủ nhà.")
    assert not is_preview("Bão đổ bộ, làm sập hàng trăm ngôi nhà.")


def test_what_is_thought_of_a_day_is_no_report_of_it() -> None:
    assert is_comment("HLV khen thủ môn sau trận thắng.")
    assert not is_comment("Đội nữ thắng chủ nhà 2-0.")


@needs_shared
@pytest.mark.parametrize("name", ["plans", "plans_2"])
def test_labelled_sentences_are_told_apart(name: str) -> None:
    every = outcomes(name)
    assert len(every) >= 50
    wrong = [passage for passage, planned, taken in every if planned != taken]
    assert 1 - len(wrong) / len(every) >= FLOOR, wrong
