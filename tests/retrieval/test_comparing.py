"""Where papers tell the same thing differently, and where they only write it otherwise."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Article, Date, Quote, known
from retrieval.comparing import Compared, compared
from retrieval.records import NO_DATE, Span
from retrieval.store.counting import newspaper
from tests.libraries import library_of

FIRST = "Sáng 15/9/2025, sạt lở ở xã Mường Kha làm 12 người mất tích, ông Trần Văn Bách cho biết."


PLACE = Article("a", None, "Báo A", None, None, Date("2025-09-16", "stated"), NO_DATE, "", "a.txt")


def told(text: str, paper: str = "Báo B", day: str = "2025-09-16") -> Quote:
    article = replace(PLACE, text=f"Đầu tin. {text}", publisher=paper, published=Date(day, "stated"))
    return Quote(text, article, len("Đầu tin. "), len(article.text), NO_DATE, 1.0)


def compared_with(*others: Quote) -> tuple[Compared, ...]:
    return compared(known.telling().numbers, told(FIRST, "Báo A"), others)


def said(found: Compared) -> str:
    answer = found.quote.answer
    assert answer is not None
    return found.quote.article.text[answer.start : answer.end]


def test_a_section_of_a_paper_is_no_other_paper() -> None:
    other = FIRST.replace("12 người", "14 người")
    assert compared_with(told(other, "Báo A - Thời sự")) == ()
    named = [newspaper(told(FIRST, name).article) for name in ("Báo A - Thời sự", "Báo A-Z", "")]
    assert named == ["Báo A", "Báo A-Z", ""]


@pytest.mark.parametrize(
    ("other", "kind", "words"),
    [
        (FIRST.replace("12 người", "14 người"), "number", ("12 người", "14 người")),
        (FIRST.replace("Sáng 15/9/2025", "Sáng 16/9"), "date", ("Sáng 15/9/2025", "Sáng 16/9")),
        (FIRST.replace("Trần Văn Bách", "Lê Thị Hoa"), "name", ("Trần Văn Bách", "Lê Thị Hoa")),
        ("Tính đến trưa, sạt lở ở xã Mường Kha làm hơn 20 người mất tích.", "number", ("12 người", "hơn 20 người")),
    ],
)
def test_another_number_date_or_name_in_the_same_place_is_told_with_its_words(
    other: str, kind: str, words: tuple[str, str]
) -> None:
    first, second = compared_with(told(other))
    assert (first.quote.text, second.quote.text, second.kinds) == (FIRST, other, (kind,))
    assert (said(first), said(second)) == words


@pytest.mark.parametrize(
    "other",
    [
        FIRST,
        FIRST.replace("15/9/2025", "15/9"),
        FIRST.replace("12 người", "khoảng 12 người"),
        FIRST.replace(", ông Trần Văn Bách cho biết", ""),
        FIRST.replace("ông Trần Văn Bách", "ông Bách"),
        FIRST.replace("xã Mường Kha", "xã vùng cao Mường Kha"),
        "Sạt lở ở xã Mường Kha khiến nhiều người mất tích, 35 ngôi nhà bị vùi và 2 cây cầu hư hỏng.",
        FIRST.replace("ở xã Mường Kha làm", "tại một xã vùng cao của tỉnh Bến Sông làm"),
        FIRST.replace("làm 12 người mất tích", "khiến 20 ngôi nhà mất tích"),
        FIRST.replace("12 người mất tích", "3 hộ mất tích"),
        "Bão số 9 làm 30 người mất tích ở tỉnh Bến Sông.",
    ],
)
def test_what_is_only_written_otherwise_or_told_beside_it_is_no_difference(other: str) -> None:
    assert compared_with(told(other)) == ()


KUNAR = "Trận động đất ở Kunar đêm 31/8 khiến ít nhất 500 người chết và 1.000 người bị thương."


def answering(text: str, words: str, paper: str = "Báo B", day: str = "2025-09-16") -> Quote:
    quote = told(text, paper, day)
    start = quote.start + text.index(words)
    return replace(quote, answer=Span(start, start + len(words), quote.kind))


@pytest.mark.parametrize(
    ("mine", "text", "theirs", "kind"),
    [
        ("500 người", "Giới chức cho hay khoảng 622 người thiệt mạng, hơn 500 người bị thương.", "622 người", "number"),
        ("đêm 31/8", "Rung chấn mạnh 6 độ xảy ra khuya 30/8, theo Reuters.", "30/8", "date"),
        ("500 người", "Giới chức cho hay khoảng 500 người thiệt mạng.", "500 người", None),
        ("500 người", "Giới chức cho hay khoảng 50 ngôi nhà sập.", "50 ngôi nhà", None),
        ("Kunar", "Rung chấn làm rung chuyển cả vùng Nangarhar, theo Reuters.", "Nangarhar", None),
        ("500 người", "Theo Reuters, rung chấn xảy ra khuya 30/8.", "30/8", None),
    ],
)
def test_answers_to_one_question_differ_by_what_answers_in_whatever_words(
    mine: str, text: str, theirs: str, kind: str | None
) -> None:
    first, other = answering(KUNAR, mine, "Báo A"), answering(text, theirs)
    found = compared(known.telling().numbers, first, (), [other])
    assert [each.kinds for each in found] == ([(), (kind,)] if kind else [])
    if kind:
        assert theirs in said(found[1])


def test_of_an_answer_only_the_value_that_answers_counts() -> None:
    other = told(FIRST.replace("12 người", "14 người"))
    for words, differs in (("12 người", True), ("Sáng 15/9/2025", False)):
        found = compared(known.telling().numbers, answering(FIRST, words, "Báo A"), [other])
        assert bool(found) is differs


def test_answers_of_later_days_or_of_the_same_paper_are_not_compared() -> None:
    first, later = answering(KUNAR, "500 người", "Báo A"), "Số người chết tăng lên 1.400 người."
    for other in (answering(later, "1.400 người", day="2025-09-18"), answering(later, "1.400 người", "Báo A")):
        assert compared(known.telling().numbers, first, (), [other]) == ()


def test_only_other_papers_of_these_days_are_compared_each_once() -> None:
    fourteen = FIRST.replace("12 người", "14 người")
    assert compared_with(told(fourteen, "Báo A")) == ()
    assert compared_with(told(fourteen, day="2025-10-01")) == ()
    found = compared_with(
        told(fourteen), told(fourteen), told(FIRST.replace("12 người", "15 người"), "Báo C"), told(FIRST, "Báo D")
    )
    assert [each.quote.article.publisher for each in found] == ["Báo A", "Báo B", "Báo C"]


def test_each_telling_of_its_own_day_they_tell_of_two_things() -> None:
    first = told(FIRST.replace("15/9/2025", "16/9"), "Báo A", "2025-09-16")
    other = told(FIRST.replace("15/9/2025", "17/9"), "Báo B", "2025-09-17")
    assert compared(known.telling().numbers, first, [other]) == ()


def test_a_library_compares_what_its_papers_write_about_a_quote(tmp_path: Path) -> None:
    texts = {"Báo A": FIRST, "Báo B": FIRST.replace("12 người", "14 người"), "Báo C": "Chợ Nhạn bán gà."}
    articles = [{"text": text, "publisher": paper, "published": "2025-09-16"} for paper, text in texts.items()]
    library = library_of(tmp_path, articles)
    question = "Sạt lở ở Mường Kha làm bao nhiêu người mất tích?"
    first = library.search(question)[0]
    found = library.compare(question, first)
    assert {each.quote.text for each in found} == {texts["Báo A"], texts["Báo B"]}
    assert library.compare(question, first, ["Báo C"]) == ()
