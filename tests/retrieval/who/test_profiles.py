"""Persons: offices as intervals with their proof, statements, company."""

from pathlib import Path

import pytest

from retrieval import Library, Office, Profile
from tests.libraries import library_of
from tests.retrieval.timeline.made import article


def profile(folder: Path, name: str, *texts: tuple[str, str]) -> Profile:
    found = library_of(folder, [article(text, published) for published, text in texts]).who(name)
    assert found is not None
    return found


def seen(office: Office) -> tuple[str, str, str]:
    return office.title, office.first_seen.edtf, office.last_seen.edtf


def test_an_office_lasts_from_where_it_is_first_seen_to_where_it_is_last_seen(tmp_path: Path) -> None:
    found = profile(
        tmp_path,
        "Lê Văn Bình",
        ("2025-03-02", "Sáng 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."),
        ("2024-05-05", "Ngày 4/5/2024, Bộ trưởng Bộ Y tế Lê Văn Bình họp với các tỉnh."),
        ("2023-01-10", "Ngày 9/1/2023, Thứ trưởng Bộ Y tế Lê Văn Bình dự hội nghị."),
    )
    assert [seen(office) for office in found.offices] == [
        ("Bộ trưởng Bộ Y tế", "2024-05-04", "2025-03-01"),
        ("Thứ trưởng Bộ Y tế", "2023-01-09", "2023-01-09"),
    ]


def test_the_quotes_of_an_office_are_the_sentences_to_the_letter_newest_first(tmp_path: Path) -> None:
    found = profile(
        tmp_path,
        "Lê Văn Bình",
        ("2024-05-05", "Ngày 4/5/2024,  Bộ trưởng Bộ Y tế Lê Văn Bình họp với các tỉnh."),
        ("2025-03-02", "Sáng 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."),
    )
    [office] = found.offices
    assert [quote.date.edtf for quote in office.quotes] == ["2025-03-01", "2024-05-04"]
    assert all(quote.text == quote.article.text[quote.start : quote.end] for quote in office.quotes)


def test_a_sentence_without_a_date_is_seen_when_it_is_published(tmp_path: Path) -> None:
    found = profile(
        tmp_path, "Lê Văn Bình", ("2025-03-02", "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện tuyến huyện.")
    )
    [office] = found.offices
    assert (office.first_seen.edtf, office.first_seen.basis) == ("2025-03-02", "published")


@pytest.mark.parametrize(
    "text",
    [
        "Bộ trưởng Bộ Y tế Lê Văn Bình sẽ thăm bệnh viện ngày 20/12/2026.",
        "Bộ trưởng Bộ Y tế Lê Văn Bình cho biết dịch bùng phát ngày 5/6/2021.",
        "Bộ trưởng Bộ Y tế Lê Văn Bình sinh ngày 5/6/1961 ở Huế.",
    ],
)
def test_no_office_is_seen_at_a_date_that_is_only_spoken_of(tmp_path: Path, text: str) -> None:
    [office] = profile(tmp_path, "Lê Văn Bình", ("2025-03-02", text)).offices
    assert office.first_seen.edtf == office.last_seen.edtf == "2025-03-02"


def test_long_ago_counts_where_it_says_when(tmp_path: Path) -> None:
    found = profile(
        tmp_path,
        "Lê Văn Bình",
        ("2025-03-02", "Năm 1989, Bộ trưởng Bộ Y tế Lê Văn Bình khởi công bệnh viện."),
        ("2025-03-02", "Thứ trưởng Bộ Y tế Lê Văn Bình xây bệnh viện đầu tiên từ năm 1969."),
    )
    assert [seen(office) for office in found.offices] == [
        ("Bộ trưởng Bộ Y tế", "1989", "1989"),
        ("Thứ trưởng Bộ Y tế", "", ""),
    ]


@pytest.mark.parametrize("word", ["nguyên", "cựu", "cố"])
def test_a_past_office_is_never_shown_as_held(tmp_path: Path, word: str) -> None:
    found = profile(
        tmp_path, "Lê Văn Bình", ("2025-03-02", f"Hội thảo nhắc công lao của {word} Bộ trưởng Bộ Y tế Lê Văn Bình.")
    )
    assert found.offices == ()
    assert [office.title for office in found.former] == ["Bộ trưởng Bộ Y tế"]


def test_the_dead_hold_no_office(tmp_path: Path) -> None:
    found = profile(
        tmp_path,
        "Lê Văn Bình",
        ("2025-03-02", "Gia đình tưởng nhớ cố Bộ trưởng Bộ Y tế Lê Văn Bình."),
        ("2025-04-02", "Bộ trưởng Bộ Y tế Lê Văn Bình để lại nhiều bài viết."),
        ("2024-04-02", "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."),
    )
    assert [seen(office) for office in found.offices] == [("Bộ trưởng Bộ Y tế", "2024-04-02", "2024-04-02")]


def test_an_acting_holder_is_shown_as_such(tmp_path: Path) -> None:
    found = profile(tmp_path, "Lê Văn Bình", ("2025-03-02", "Quyền Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."))
    assert [(office.title, office.acting) for office in found.offices] == [("Bộ trưởng Bộ Y tế", True)]


def test_a_mere_minister_is_the_one_of_the_ministry_that_is_known(tmp_path: Path) -> None:
    found = profile(
        tmp_path,
        "Lê Văn Bình",
        ("2025-03-02", "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."),
        ("2025-05-02", "Bộ trưởng Lê Văn Bình thăm trường học."),
    )
    assert [seen(office) for office in found.offices] == [("Bộ trưởng Bộ Y tế", "2025-03-02", "2025-05-02")]
    assert found.offices[0].articles == 2


def test_statements_are_what_the_person_says_not_what_is_said_of_the_person(tmp_path: Path) -> None:
    text = (
        "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện huyện. Ông nhấn mạnh vai trò của y tế cơ sở."
        " Giám đốc bệnh viện Trần Thị Cúc cảm ơn Bộ trưởng Lê Văn Bình."
    )
    found = profile(tmp_path, "Lê Văn Bình", ("2025-03-02", text))
    assert [quote.text for quote in found.statements] == ["Ông nhấn mạnh vai trò của y tế cơ sở."]


def test_company_is_counted_for_those_in_office_only(tmp_path: Path) -> None:
    texts = [
        ("2025-03-02", "Bộ trưởng Bộ Y tế Lê Văn Bình gặp ông Nguyễn Hữu Đạt ở Huế."),
        ("2025-03-03", "Bộ trưởng Bộ Y tế Lê Văn Bình gặp bà Trần Thị Cúc ở Vinh."),
        ("2025-03-04", "Bộ trưởng Bộ Y tế Lê Văn Bình lại gặp bà Trần Thị Cúc."),
    ]
    library = library_of(tmp_path, [article(text, published) for published, text in texts])
    minister, private = library.who("Lê Văn Bình"), library.who("Trần Thị Cúc")
    assert minister
    assert minister.seen_with == ("Trần Thị Cúc", "Nguyễn Hữu Đạt")
    assert private
    assert private.seen_with == ()
    assert [quote.text for quote in private.mentions] == [texts[2][1], texts[1][1]]


def test_events_are_the_sentences_with_a_date_of_their_own(tmp_path: Path) -> None:
    text = "Ngày 1/3/2025, Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện.\nBộ trưởng Lê Văn Bình sẽ trở lại."
    found = profile(tmp_path, "Lê Văn Bình", ("2025-03-02", text))
    assert [entry.date.edtf for entry in found.events] == ["2025-03-01"]


def test_a_sentence_that_several_papers_print_is_quoted_once(tmp_path: Path) -> None:
    text = "Bộ trưởng Bộ Y tế Lê Văn Bình thăm bệnh viện."
    found = profile(tmp_path, "Lê Văn Bình", ("2025-03-02", text), ("2025-03-02", f"{text} Tin thêm."))
    assert [quote.text for quote in found.offices[0].quotes] == [text]


def test_who_is_only_named_has_no_profile(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, [article("Đoàn viếng Lăng Chủ tịch Hồ Chí Minh.\nBộ trưởng Bộ Y tế Lê Văn Bình dự.")]
    )
    assert library.who("Hồ Chí Minh") == Profile("Hồ Chí Minh")


def test_an_empty_library_knows_nobody(tmp_path: Path) -> None:
    assert Library.open([tmp_path]).who("Lê Văn Bình") is None


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Bà Lê Thị Hà, Chủ tịch UBND tỉnh, họp ở xã Bình An, tỉnh Khánh Hòa.", "Chủ tịch UBND tỉnh Khánh Hòa"),
        ("Khánh Hòa họp. Bà Lê Thị Hà được bầu làm Bí thư Tỉnh ủy.", "Bí thư Tỉnh ủy Khánh Hòa"),
        ("TP.HCM mưa. Bà Lê Thị Hà, Phó Chủ tịch UBND TP, đi thăm.", "Phó Chủ tịch UBND TP.HCM"),
        ("Bà Lê Thị Hà, Bí thư Thành ủy, thăm dân Hà Nội.", "Bí thư Thành ủy Hà Nội"),
        ("Hà Nội mưa. Bà Lê Thị Hà, Bí thư Tỉnh ủy, đi thăm.", "Bí thư Tỉnh ủy"),
        ("Bà Lê Thị Hà, Chủ tịch UBND tỉnh, từ Khánh Hòa ra Nghệ An.", "Chủ tịch UBND tỉnh"),
    ],
)
def test_an_office_is_of_the_only_province_or_city_that_its_article_names(
    tmp_path: Path, text: str, office: str
) -> None:
    found = library_of(tmp_path, [article(text, "2025-03-01")]).who("Lê Thị Hà")
    assert found
    assert [one.title for one in found.offices] == [office]


def test_the_managing_director_and_the_director_general_of_a_company_are_one_office(tmp_path: Path) -> None:
    texts = ["CEO Bình An Group Lê Văn Tám thăm nhà máy ở Vinh.", "Tổng giám đốc Bình An Group Lê Văn Tám họp báo."]
    library = library_of(tmp_path, [article(text, f"2025-03-0{day}") for day, text in enumerate(texts, 1)])
    found = library.who("CEO Bình An Group")
    assert found
    assert [(one.name, one.office.articles) for one in found.holders] == [("Lê Văn Tám", 2)]
