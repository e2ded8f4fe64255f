"""What holds for any text whatever."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.config_files import load_toml
from retrieval.dates import (
    Context,
    basis_note,
    bounds,
    date_sentences,
    event_date,
    find,
    for_people,
    load_references,
    parse_published,
    resolve,
    url_date,
)
from retrieval.dates.edtf import PATTERN
from retrieval.records import Date, Span

REFERENCES = load_references(load_toml("reference_dates.toml"))
MEGABYTE = 1_000_000

# Text made of what dates are made of, so that random strings come near the rules.
PIECES = st.sampled_from([
    "ngày ", "Sáng ", "nay", "qua", " ", ", ", "(", ")", "/", "-", ".", "–", "từ ", " đến ", " đến nay", "tháng ",
    "năm ", "quý III", "Thứ Hai", " tuần này", "mùng ", "Tết", "âm lịch", "rằm ", "thế kỷ XX", "nhiệm kỳ ", " tới",
    "1", "2", "12", "15", "29", "31", "99", "2020", "2025", "20221", "sẽ ", "đã ", "kỷ niệm 80 năm Quốc khánh ",
    "tổng kết năm 2024, nhiệm vụ năm 2025 ", "dự Đại hội XIV ", "hằng năm", "giai đoạn ",
    "\n", '"', "“", "İ", "\u00a0", "e\u0302\u0301",
])  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=25).map("".join))
PUBLISHED = st.one_of(
    st.just(Date()),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 12, 31)).map(
        lambda day: Date(day.isoformat(), "published")
    ),
)


@given(TEXTS)
def test_expressions_are_in_order_without_overlap_and_to_the_letter(text: str) -> None:
    reached = 0
    for one in find(text):
        assert reached <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.text
        reached = one.end


@given(TEXTS, PUBLISHED)
def test_every_date_is_extended_date_time_format_with_a_basis(text: str, published: Date) -> None:
    context = Context(published=published, references=REFERENCES, passage=text)
    for date in (resolve(one, context) for one in find(text)):
        assert PATTERN.fullmatch(date.edtf)
        assert for_people(date)
        bounds(date.edtf)
        if date.basis == "inferred":
            assert basis_note(date).startswith("tính theo ")
        assert bool(date) or date.basis == "unknown"
        assert ("XXXX" in date.edtf) <= (date.basis == "unknown")


@given(TEXTS, PUBLISHED)
def test_no_date_is_more_precise_than_its_text(text: str, published: Date) -> None:
    context = Context(published=published, passage=text)
    for one in find(text):
        date = resolve(one, context)
        if one.kind in {"month", "year", "part", "decade", "century", "quarter"}:
            assert len(date.edtf) <= len("XXXX-01") or one.kind == "century"
        if one.year and date and one.kind not in {"range", "decade", "century"}:
            assert date.edtf.startswith(str(one.year))


@given(st.lists(TEXTS, max_size=6), PUBLISHED)
def test_every_sentence_gets_one_date(passages: list[str], published: Date) -> None:
    text, spans = "", []
    for passage in passages:
        spans.append(Span(len(text), len(text) + len(passage), "body"))
        text += passage + "\n"
    context = Context(published=published, references=REFERENCES)
    dates = date_sentences(text, spans, event_date(text, spans, context), context)
    assert len(dates) == len(spans)
    assert all(PATTERN.fullmatch(date.edtf) for date in dates)


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,4}[-/. T][0-9]{1,2}[-/. ][0-9]{1,4}.{0,20}", fullmatch=True)))
def test_a_publication_string_is_a_date_or_none(value: str) -> None:
    date = parse_published(value)
    assert date is None or (date.edtf and PATTERN.fullmatch(date.edtf))
    assert PATTERN.fullmatch(url_date(value).edtf)


@pytest.mark.parametrize("unit", ["1/2/", "1/", "1-", "12", "1.", "/"])
def test_a_line_of_a_megabyte_of_digits_holds_no_date(unit: str) -> None:
    """A rule that tried every split would not come back."""
    assert find(unit * (MEGABYTE // len(unit))) == ()


@pytest.mark.parametrize(
    "unit", ["1, ", "ngày ", "ngày 1/", "1 và ", "tháng 1", "năm 2020-", "từ ", '"', "hôm ", "thứ ", "( "]
)
def test_a_long_line_of_the_words_around_dates_is_read_to_its_end(unit: str) -> None:
    line = unit * (MEGABYTE // 20 // len(unit))
    assert find(f"{line}\nHôm qua, trời mưa.")[-1].text == "Hôm qua"


def test_a_megabyte_of_dates_without_a_full_stop_is_read() -> None:
    unit = 'hôm qua trời mưa, ngày 5/3 "a" '
    text = unit * (MEGABYTE // 10 // len(unit))
    context = Context(published=Date("2021-04-20", "published"), references=REFERENCES)
    (date,) = date_sentences(text, [Span(0, len(text), "body")], Date(), context)
    assert date.edtf == "2021-04-19"
