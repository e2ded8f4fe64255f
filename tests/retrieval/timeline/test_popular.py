from datetime import date
from pathlib import Path

from retrieval import Library
from retrieval.timeline import ALWAYS, Period
from tests.libraries import library_of
from tests.retrieval.timeline.made import article


def topics(folder: Path, *titles: str, count: int = 5, period: Period | None = None) -> tuple[str, ...]:
    articles = [article(f"Tin số {number}.", "2025-10-02", title=title) for number, title in enumerate(titles)]
    opened = library_of(folder, articles)
    return tuple(opened.topics_in(period or ALWAYS)[:count])


def test_the_names_of_most_titles_come_first(tmp_path: Path) -> None:
    found = topics(tmp_path, "Chợ nổi ở Hạ Sơn đông khách", "Lũ về Hạ Sơn", "Đường sắt qua Bến Nhạn")
    assert found == ("Hạ Sơn", "Bến Nhạn")


def test_a_name_counts_once_a_title(tmp_path: Path) -> None:
    found = topics(tmp_path, "Từ Bến Nhạn về Bến Nhạn", "Lũ ở Hạ Sơn", "Chợ ở Hạ Sơn")
    assert found == ("Hạ Sơn", "Bến Nhạn")


def test_the_capital_that_opens_a_title_makes_no_name(tmp_path: Path) -> None:
    assert topics(tmp_path, "Mưa lớn: Đường ngập", "Mưa lớn. Chợ nghỉ") == ()


def test_a_foreign_name_is_one_by_itself(tmp_path: Path) -> None:
    assert topics(tmp_path, "Bão Lanka tới gần", "Lanka suy yếu") == ("Lanka",)


def test_a_name_is_completed_by_the_small_word_that_always_follows(tmp_path: Path) -> None:
    assert topics(tmp_path, "Khai trương Nhà Hát lớn", "Đêm nhạc ở Nhà Hát lớn") == ("Nhà Hát lớn",)


def test_old_news_is_no_topic_unless_its_period_is_asked_for(tmp_path: Path) -> None:
    opened = library_of(
        tmp_path,
        [
            article("Một.", "2024-01-02", title="Lũ ở Hạ Sơn"),
            article("Hai.", "2025-10-02", title="Chợ ở Bến Nhạn"),
        ],
    )
    assert opened.topics == ("Bến Nhạn",)
    assert opened.topics_in(Period(until=date(2024, 12, 31))) == ("Hạ Sơn",)


def test_nothing_is_made_up_where_there_are_no_titles(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ngày 4/5/2025, ông Trần Văn Giang họp ở Huế.\n", encoding="utf-8")
    assert Library.open([tmp_path]).topics == ()


def test_a_collection_without_dates_has_topics(tmp_path: Path) -> None:
    assert library_of(tmp_path, [article("Một.", "", title="Lũ ở Hạ Sơn")]).topics == ("Hạ Sơn",)
