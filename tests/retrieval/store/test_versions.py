"""An article read again at the same address is a newer version of it: it stands in the place of the older."""

import json
from pathlib import Path

import pytest

from retrieval import Library

ADDRESS = "https://baovidu.vn/ong-an-nhan-chuc-4900009.html"
FIRST = "Ông Lê Văn An được bổ nhiệm làm giám đốc sở Xây dựng tỉnh Mẫu. Lễ trao quyết định có 40 người dự."
SECOND = "Ông Lê Văn An được bổ nhiệm làm phó giám đốc sở Xây dựng tỉnh Mẫu. Lễ trao quyết định có 40 người dự."
ASKED = "Ông Lê Văn An được bổ nhiệm làm gì?"


def library(folder: Path, *articles: dict[str, str]) -> Library:
    lines = (json.dumps({"id": str(n), **article}, ensure_ascii=False) for n, article in enumerate(articles))
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Library.open([folder / "a.jsonl"], cache=folder / "cache")


OLD = {"text": FIRST, "url": ADDRESS, "published": "2024-03-02T08:00:00+07:00"}
NEW = {"text": SECOND, "url": ADDRESS, "published": "2024-03-03T10:00:00+07:00"}


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)], ids=["older first", "newer first"])
def test_only_the_newest_version_is_quoted_and_says_when_it_was_corrected(
    tmp_path: Path, order: tuple[dict[str, str], ...]
) -> None:
    found = library(tmp_path, *order)
    assert [article.text for article in found.articles] == [SECOND]
    (quoted,) = found.ask(ASKED).quotes
    assert "phó giám đốc" in quoted.text
    assert quoted.revised.edtf == NEW["published"]


def test_a_sentence_that_the_older_version_has_too_is_not_called_corrected(tmp_path: Path) -> None:
    quotes = library(tmp_path, OLD, NEW).ask("Lễ trao quyết định có bao nhiêu người dự?").quotes
    assert [quoted.revised.edtf for quoted in quotes] == [""]


def test_when_the_newer_version_is_gone_the_older_one_is_back(tmp_path: Path) -> None:
    library(tmp_path, OLD, NEW)
    found = library(tmp_path, OLD)
    assert [article.text for article in found.articles] == [FIRST]
    (quoted,) = found.ask(ASKED).quotes
    assert not quoted.revised


@pytest.mark.parametrize("address", ["https://baovidu.vn/", "https://baovidu.vn/thoi-su", None])
def test_what_has_no_address_of_its_own_has_no_versions(tmp_path: Path, address: str | None) -> None:
    named = {} if address is None else {"url": address}
    found = library(tmp_path, {"text": FIRST, **named}, {"text": SECOND, **named})
    assert len(found.articles) == 2


@pytest.mark.parametrize("first", [True, False], ids=["correction read first", "correction read last"])
def test_an_article_that_corrects_another_is_told_with_its_quotes(tmp_path: Path, *, first: bool) -> None:
    corrected = {"title": "Ông An nhận chức ở sở Xây dựng tỉnh Mẫu", **OLD}
    correction = {
        "title": "Đính chính",
        "text": "Bài “Ông An nhận chức ở sở Xây dựng tỉnh Mẫu” ghi nhầm chức danh. Chúng tôi xin cáo lỗi bạn đọc.",
        "url": "https://baovidu.vn/dinh-chinh-4900010.html",
    }
    found = library(tmp_path, *([correction, corrected] if first else [corrected, correction]))
    (quoted,) = found.ask(ASKED).quotes
    assert quoted.correction is not None
    assert quoted.correction.title == "Đính chính"


@pytest.mark.parametrize("title", ["ĐÍNH CHÍNH", "Cải chính", "Lời đính chính của tòa soạn"])
@pytest.mark.parametrize("named", ["“Ông An nhận chức ở sở Xây dựng tỉnh Mẫu”", ADDRESS])
def test_a_correction_may_be_called_and_name_its_article_otherwise(tmp_path: Path, title: str, named: str) -> None:
    corrected = {"title": "Ông An nhận chức ở sở Xây dựng tỉnh Mẫu", **OLD}
    correction = {
        "title": title,
        "text": f"Bài {named} ghi nhầm chức danh. Chúng tôi xin cáo lỗi bạn đọc.",
        "url": "https://baovidu.vn/dinh-chinh-4900010.html",
    }
    (quoted,) = library(tmp_path, corrected, correction).ask(ASKED).quotes
    assert quoted.correction is not None
    assert quoted.correction.title == title


def test_two_articles_that_have_nothing_in_common_are_no_versions(tmp_path: Path) -> None:
    other = "Chợ nổi mở lại sau hai tháng đóng cửa vì lũ. Hơn một trăm ghe chở khóm và bưởi đã về chợ từ sáng sớm."
    assert len(library(tmp_path, OLD, {"text": other, "url": ADDRESS}).articles) == 2
