"""Questions over time: what is told of other days does not answer them."""

from datetime import date

import numpy as np
import pytest

from retrieval import Library
from retrieval.dates.ranges import Period
from retrieval.index.searcher import Only

TODAY = date(2025, 11, 20)
_PRICES = {
    "2024-12-02": "Giá gạo Gió Lành hôm nay là 12.100 đồng một cân.",
    "2025-03-12": "Giá gạo Gió Lành hôm nay là 14.200 đồng một cân.",
    "2025-06-15": "Giá gạo Gió Lành hôm nay là 15.300 đồng một cân.",
    "2025-10-20": "Giá gạo Gió Lành hôm nay là 16.400 đồng một cân.",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("articles")
    for day, text in _PRICES.items():
        article = f"---\ntitle: Chợ Gió Lành ngày {day[-2:]}\ndate: {day}\npublisher: Báo Thử\n---\n{text}\n"
        (folder / f"{day}.md").write_text(article, encoding="utf-8")
    law = "---\ntitle: Luật Gió\ndate: 2024-05-05\n---\nNgân sách xã Gió từ năm 2026 đến năm 2030 là 7 tỷ đồng.\n"
    (folder / "luat.md").write_text(law, encoding="utf-8")
    return Library.open([folder])


@pytest.mark.parametrize(
    ("question", "prices"),
    [
        ("Giá gạo Gió Lành là bao nhiêu từ 5/2025?", {"15.300", "16.400"}),
        ("Trước 2025 giá gạo Gió Lành là bao nhiêu?", {"12.100"}),
        ("Giá gạo Gió Lành trước Tết 2025 là bao nhiêu?", {"12.100"}),
        ("Giá gạo Gió Lành trong tháng 6 là bao nhiêu?", {"15.300"}),
        ("gia gao Gio Lanh trong thang 6 la bao nhieu", {"15.300"}),
        ("Giá gạo Gió Lành từ tháng 3 đến tháng 6 là bao nhiêu?", {"14.200", "15.300"}),
    ],
)
def test_a_range_limits_what_answers(library: Library, question: str, prices: set[str]) -> None:
    answer = library.ask(question, limit=5, today=TODAY)
    assert answer.status == "answered"
    assert {price for price in ("12.100", "14.200", "15.300", "16.400") if price in str(answer.quotes)} == prices
    assert answer.since or answer.until
    explained = library.explain(question, today=TODAY)
    assert explained.answer.quotes == answer.quotes[:3]
    assert (explained.parts[0].since, explained.parts[0].until) == (answer.since, answer.until)


def test_days_of_which_nothing_is_told_are_refused(library: Library) -> None:
    answer = library.ask("Giá gạo Gió Lành là bao nhiêu trước năm 2020?", today=TODAY)
    assert (answer.status, answer.nearest, answer.suggestions) == ("not_found", (), ())
    assert answer.until == date(2019, 12, 31)


def test_a_range_that_the_articles_write_is_what_is_asked(library: Library) -> None:
    answer = library.ask("Ngân sách xã Gió từ năm 2026 đến năm 2030 là bao nhiêu?", today=TODAY)
    assert answer.status == "answered"
    assert "7 tỷ" in answer.quotes[0].text


def test_a_period_given_beside_a_question_narrows_its_own(library: Library) -> None:
    question = "Giá gạo Gió Lành là bao nhiêu từ 2/2025?"
    quotes = library.ask(question, limit=5, today=TODAY, until="9/2025").quotes
    assert {quote.article.published.edtf for quote in quotes} == {"2025-03-12", "2025-06-15"}
    with pytest.raises(ValueError, match="is after the last"):
        library.ask(question, since="2025", until="2024")


def test_sentences_that_are_searched_are_limited_too(library: Library) -> None:
    found = library.search("giá gạo Gió Lành từ 8/2025")
    assert [quote.article.published.edtf for quote in found if "đồng một cân" in quote.text] == ["2025-10-20"]


def test_the_index_finds_the_same_as_going_through_all_dates(library: Library) -> None:
    for since, until in ((None, date(2025, 3, 12)), (date(2025, 3, 12), None), (date(2025, 1, 1), date(2025, 6, 14))):
        inside = library._index.allowed(np.arange(len(library.sentences)), Only(since, until))
        dates = [(s.date or a.event_date or a.published).edtf for a, s in library.sentences]
        assert len(dates) == len(inside)
        assert inside.tolist() == [Period(since, until).overlaps(edtf) for edtf in dates]
