"""A language is one folder: its texts, its templates, how it says dates."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ground.splitting import visible
from bot.texts.catalogue import LANGUAGES, date_words, languages, picture_words, short_texts
from bot.texts.filters import filters_of
from bot.texts.reply import Replies, language_of
from retrieval import Answer, Date
from retrieval.dates import basis_note, for_people
from tests.bot.records import quote_of

FILES = {path.relative_to(LANGUAGES / "vi") for path in (LANGUAGES / "vi").rglob("*.*")}


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2025-09-15", "15 September 2025"),
        ("2023-12-19T10:35+07:00", "19 December 2023"),
        ("2025-09", "September 2025"),
        ("2024", "2024"),
        ("XXXX-01-25", "25 January, year unknown"),
        ("XXXX-09", "September, year unknown"),
        ("2025-35", "Q3 2025"),
        ("2020/2025", "2020–2025"),
        ("2025-03-03/2025-03-07", "3–7 March 2025"),
        ("2025-04-28/2025-05-03", "28 April 2025–3 May 2025"),
        ("199X", "1990s"),
        ("19XX", "20th century"),
        ("2016/..", "since 2016"),
        ("", "date unknown"),
        ("XXXX-03-03/XXXX-03-07", "3–7 March, year unknown"),
    ],
)
def test_english_dates_of_every_granularity(edtf: str, said: str) -> None:
    assert for_people(Date(edtf, "stated", ""), date_words("en")) == said


def test_english_says_what_a_date_was_inferred_from() -> None:
    note = basis_note(Date("2025-09-15", "inferred", "ngày đăng 16/9/2025"), date_words("en"))
    assert note == "inferred from the day of publication, 16/9/2025"


@pytest.mark.parametrize(
    ("edtf", "vietnamese"),
    [
        ("2025-09-15", "ngày 15/9/2025"),
        ("2025-09", "tháng 9/2025"),
        ("XXXX-09", "tháng 9, không rõ năm"),
        ("2024", "năm 2024"),
        ("2025-35", "quý III/2025"),
        ("2025-03-03/2025-03-07", "3–7/3/2025"),
    ],
)
def test_after_a_noun_a_vietnamese_date_says_what_it_is(edtf: str, vietnamese: str) -> None:
    vi, en = (filters_of(language, LANGUAGES)["when"] for language in ("vi", "en"))
    date = Date(edtf, "stated", "")
    assert vi(date) == vietnamese
    assert en(date) == for_people(date, date_words("en"))


def test_moments_and_numbers_are_said_as_the_language_does() -> None:
    moment = datetime(2025, 9, 15, 18, 5, tzinfo=UTC)
    vi, en = (filters_of(language, LANGUAGES) for language in ("vi", "en"))
    assert (vi["time"](moment), vi["number"](1234.5)) == ("01:05 ngày 16/9/2025", "1.234,5")
    assert (en["time"](moment), en["number"](1234.5)) == ("01:05 on 16 September 2025 (Vietnam)", "1,234.5")


@pytest.mark.parametrize("language", languages())
def test_every_language_has_every_file_and_every_short_text(language: str) -> None:
    folder = LANGUAGES / language
    assert {path.relative_to(folder) for path in folder.rglob("*.*")} == FILES
    for name in ("short", "terminal", "page"):
        assert short_texts(language, name).keys() == short_texts("vi", name).keys()


def test_a_third_language_is_one_more_folder(tmp_path: Path) -> None:
    for language in ("vi", "en"):
        shutil.copytree(LANGUAGES / language, tmp_path / language)
    shutil.copytree(LANGUAGES / "en", tmp_path / "xx")
    for name, before, after in (
        ("short.toml", "More", "Yollo"),
        ("dates.toml", 'day = "{day} {month} {year}"', 'day = "{year}!{month}!{day}"'),
        ("dates.toml", '"September"', '"Sept"'),
        ("dates.toml", 'planned = "planned"', 'planned = "yet to be"'),
    ):
        file = tmp_path / "xx" / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after), encoding="utf-8")
    assert languages(tmp_path) == ("vi", "en", "xx")
    assert picture_words("xx", tmp_path).planned == "yet to be"
    replies = Replies(tmp_path)
    quote = quote_of("Cầu dài 5 mét.")
    [said] = replies.answer(Answer("Cầu dài?", "answered", (quote,), ()), (), "xx")
    assert "2025!Sept!16" in visible(said)


def test_who_speaks_a_language_that_there_is_not_is_answered_in_vietnamese() -> None:
    said = {code: language_of(code) for code in ("vi", "en-GB", "EN", "fr", "../en", "", None)}
    assert said == {"vi": "vi", "en-GB": "en", "EN": "en", "fr": "vi", "../en": "vi", "": "vi", None: "vi"}
