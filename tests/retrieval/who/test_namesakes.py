"""Two persons of one name stay two where their offices and places differ."""

from pathlib import Path

from retrieval import Library
from tests.libraries import library_of
from tests.retrieval.timeline.made import article

TWO = (
    "Chủ tịch UBND tỉnh Gia Lai Lê Văn Tám khởi công hồ chứa nước ở Chư Sê.",
    "Chủ tịch UBND tỉnh Gia Lai Lê Văn Tám tặng quà học sinh vùng cao.",
    "Giám đốc Sở Y tế Cần Thơ Lê Văn Tám nói về vắc xin cho trẻ em.",
)


def made(folder: Path, *texts: str) -> Library:
    return library_of(folder, [article(text, f"2025-03-{day:02}") for day, text in enumerate(texts, 1)])


def test_two_of_one_name_in_two_places_are_asked_about_the_best_known_first(tmp_path: Path) -> None:
    library = made(tmp_path, *TWO)
    found = library.who("Lê Văn Tám")
    assert found
    assert found.candidates == ("Lê Văn Tám (Chủ tịch UBND tỉnh Gia Lai)", "Lê Văn Tám (Giám đốc Sở Y tế Cần Thơ)")
    assert (found.offices, found.mentions) == ((), ())
    other = library.who(f'"{found.candidates[1]}"')
    assert other
    assert [office.title for office in other.offices] == ["Giám đốc Sở Y tế Cần Thơ"]
    assert [quote.text for quote in other.mentions] == [TWO[2]]


def test_one_whom_nearly_all_articles_mean_is_shown_and_the_other_offered(tmp_path: Path) -> None:
    what = (
        "họp",
        "thăm trường",
        "khánh thành cầu",
        "trồng rừng",
        "gặp dân",
        "dự hội làng",
        "ký kết",
        "kiểm tra đê",
        "đối thoại",
    )
    more = [f"Chủ tịch UBND tỉnh Gia Lai Lê Văn Tám {one} ở nơi xa." for one in what]
    found = made(tmp_path, *more, *TWO).who("Lê Văn Tám")
    assert found
    assert [office.title for office in found.offices] == ["Chủ tịch UBND tỉnh Gia Lai"]
    assert found.candidates == ("Lê Văn Tám (Giám đốc Sở Y tế Cần Thơ)",)
    assert TWO[2] not in [quote.text for quote in found.mentions]


def test_who_moved_is_one_person(tmp_path: Path) -> None:
    moved = "Ông Lê Văn Tám, Chủ tịch UBND tỉnh Gia Lai, được điều động giữ chức Giám đốc Sở Y tế Cần Thơ."
    found = made(tmp_path, *TWO, moved).who("Lê Văn Tám")
    assert found
    assert found.candidates == ()
    assert {office.title for office in found.offices} == {"Chủ tịch UBND tỉnh Gia Lai", "Giám đốc Sở Y tế Cần Thơ"}
