import gc
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from retrieval import Library

FLOOD = """Sáng 3/11/2025, mực nước sông Bồ ở trạm Phú Ốc lên 5,2 m, trên báo động ba.

Thành phố cho học sinh nghỉ học hai ngày.

Nguồn: Báo Thử: https://vidu.vn/lu-song-bo.html
"""
BRIDGE = """---
title: Cầu Gió thông xe
date: 2025-10-01
publisher: Báo Thử
---
Cầu Gió dài 950 m thông xe sáng 1/10/2025.

Cầu có bốn làn xe.
"""


def two_articles(folder: Path) -> Path:
    articles = folder / "articles"
    articles.mkdir()
    (articles / "lu.txt").write_text(FLOOD, encoding="utf-8")
    (articles / "cau.md").write_text(BRIDGE, encoding="utf-8")
    return articles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """For tests that write there, or open it in a way of their own."""
    return two_articles(tmp_path)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """For those that only ask."""
    return Library.open([two_articles(tmp_path_factory.mktemp("asked"))])


def test_a_question_gets_the_sentence_to_the_letter_with_its_article(library: Library) -> None:
    answer = library.ask("mực nước sông Bồ lên bao nhiêu?")
    assert answer.status == "answered"
    quote = answer.quotes[0]
    assert quote.text == "Sáng 3/11/2025, mực nước sông Bồ ở trạm Phú Ốc lên 5,2 m, trên báo động ba."
    assert quote.text == quote.article.text[quote.start : quote.end]
    assert quote.article.url == "https://vidu.vn/lu-song-bo.html"
    assert quote.date.edtf == "2025-11-03"


def test_the_words_that_answer_stand_inside_the_quote(library: Library) -> None:
    [quote, *_] = library.ask("mực nước sông Bồ lên bao nhiêu?").quotes
    assert quote.answer is not None
    assert quote.start <= quote.answer.start < quote.answer.end <= quote.end
    assert any(map(str.isdecimal, quote.article.text[quote.answer.start : quote.answer.end]))


@pytest.mark.parametrize(
    "question", ["cau gio dai bao nhieu met", "CẦU GIÓ DÀI BAO NHIÊU?", "Ca\u0302\u0300u Gio\u0301 dài mấy mét"]
)
def test_questions_match_in_any_case_and_without_diacritics(library: Library, question: str) -> None:
    assert library.search(question)[0].text.startswith("Cầu Gió dài 950 m")


@pytest.mark.parametrize(
    "question",
    [
        "ông ấy dài bao nhiêu",
        "ai là thị trưởng Paris",
        "Cầu Gió dài 1200 m phải không",
        "",
        "x",
        "?!",
        "🙂" * 50,
        "là gì",
        "a " * 2000,
    ],
)
def test_what_the_articles_do_not_hold_is_refused(library: Library, question: str) -> None:
    answer = library.ask(question)
    assert (answer.status, answer.quotes) == ("not_found", ())


def test_a_refusal_shows_what_came_nearest(library: Library) -> None:
    answer = library.ask("Cầu Gió dài 1200 m phải không")
    assert "Cầu Gió" in answer.nearest[0].text


def test_a_word_for_a_day_is_understood_from_today(library: Library) -> None:
    assert library.ask("mực nước sông Bồ hôm qua", today=date(2025, 11, 4)).status == "answered"
    assert library.ask("mực nước sông Bồ hôm qua", today=date(2025, 12, 24)).status == "not_found"


def test_the_limits_of_quotes_hold(library: Library) -> None:
    assert len(library.search("cầu sông thành phố nước làn xe", limit=2)) == 2
    assert len(library.ask("Cầu Gió", limit=1).quotes) == 1


def test_a_library_without_articles_answers_nothing(tmp_path: Path) -> None:
    library = Library.open([tmp_path])
    assert (library.articles, library.search("cầu"), library.ask("cầu").status) == ((), (), "not_found")


def test_a_missing_folder_is_a_problem_and_the_rest_is_read(folder: Path, tmp_path: Path) -> None:
    library = Library.open([tmp_path / "none", folder])
    assert len(library.articles) == 2
    assert [problem.source for problem in library.problems] == [str(tmp_path / "none")]


def test_only_what_is_new_is_read_again(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = Library.open([folder], cache).summary
    (folder / "lu.txt").write_text(FLOOD.replace("5,2", "5,3"), encoding="utf-8")
    (folder / "moi.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    second = Library.open([folder], cache).summary
    (folder / "cau.md").unlink()
    third = Library.open([folder], cache)
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    assert (second.new, second.changed, second.unchanged) == (1, 1, 1)
    assert (third.summary.unchanged, third.summary.removed) == (2, 1)
    assert sorted(article.id for article in third.articles) == ["lu.txt", "moi.txt"]


def test_a_cached_library_is_the_one_that_was_read(folder: Path, tmp_path: Path) -> None:
    fresh, cached = (Library.open([folder], tmp_path / "cache") for _ in range(2))
    assert fresh.articles == cached.articles == Library.open([folder]).articles
    assert fresh.sentences == cached.sentences


def test_articles_of_one_name_in_two_folders_are_both_kept(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "lu.txt").write_text("Nước sông Hương xuống dần.\n", encoding="utf-8")
    ids = [article.id for article in Library.open([folder, other]).articles]
    assert len(set(ids)) == len(ids) == 3


def test_a_refreshed_library_is_itself_where_nothing_has_changed(folder: Path, tmp_path: Path) -> None:
    library = Library.open([folder], tmp_path / "cache")
    assert library.refreshed([folder]) is library
    (folder / "moi.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    refreshed = library.refreshed([folder])
    assert (len(library.articles), len(refreshed.articles)) == (2, 3)
    assert library.ask("Chợ Mới mở cửa ngày nào?").status == "not_found"
    assert refreshed.ask("Chợ Mới mở cửa ngày nào?").status == "answered"


def test_the_same_told_in_copies_is_quoted_once(folder: Path) -> None:
    more = "".join(f"Đoạn thứ {n} kể rằng xã số {n * 3} có {n * 17} hộ đã dời nhà.\n\n" for n in range(30))
    told = "Cầu Mây dài 720 m, khởi công ngày 2/10/2025.\n\n"
    (folder / "may1.txt").write_text(told + more, encoding="utf-8")
    (folder / "may2.txt").write_text(told.replace("khởi công", "được khởi công") + more, encoding="utf-8")
    assert len(Library.open([folder]).ask("Cầu Mây dài bao nhiêu mét?").quotes) == 1


def test_a_kept_index_ranks_as_a_new_one_and_is_made_again_where_it_is_damaged(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    question, cache = "mực nước sông Bồ lên bao nhiêu?", tmp_path / "cache"
    expected = Library.open([folder]).search(question)
    assert Library.open([folder], cache).search(question) == expected
    assert Library.open([folder], cache).search(question) == expected
    [kinds] = cache.glob("*.index-*/segment-*/forward/kinds.npy")
    kinds.write_bytes(b"")
    assert Library.open([folder], cache).search(question) == expected
    assert [record.message for record in caplog.records if "damaged" in record.message]


def test_what_was_added_since_is_what_is_new_or_has_another_text(folder: Path, tmp_path: Path) -> None:
    before = Library.open([folder], tmp_path / "cache")
    (folder / "lu.txt").write_text(FLOOD.replace("5,2", "5,3"), encoding="utf-8")
    (folder / "cau.md").rename(folder / "cau-gio.md")
    (folder / "moi.txt").write_text("Chợ Mới mở cửa ngày 2/11/2025.\n", encoding="utf-8")
    after = before.refreshed([folder])
    assert [article.id for article in after.added_since(before)] == ["lu.txt", "moi.txt"]
    assert after.added_since(after) == ()


def test_a_library_in_use_keeps_what_a_refresh_removes(folder: Path, tmp_path: Path) -> None:
    library = Library.open([folder], tmp_path / "cache")
    (folder / "cau.md").unlink()
    assert len(library.refreshed([folder]).articles) == 1
    assert library.ask("Cầu Gió dài bao nhiêu?").status == "answered"
    assert [article.title for article in library.articles] == [None, "Cầu Gió thông xe"][::-1]


def test_the_sources_are_counted_with_their_days(folder: Path) -> None:
    (folder / "khac.md").write_text(BRIDGE.replace("2025-10-01", "2025-12-24").replace("950", "951"), encoding="utf-8")
    (folder / "cau-lan-nua.md").write_text(BRIDGE, encoding="utf-8")
    library = Library.open([folder])
    assert [(s.publisher, s.articles, s.first.edtf, s.last.edtf) for s in library.sources] == [
        ("Báo Thử", 3, "2025-10-01", "2025-12-24")
    ]
    assert sum(source.articles for source in library.sources) == len(library.articles)


def test_the_days_of_a_source_are_those_of_vietnam(folder: Path) -> None:
    stamps = "2025-03-01T22:08:00+00:00", "2025-03-04T01:00:00+07:00", "2025-03-05T17:30:00Z", "2025-03-03T23:50"
    records = (
        {"text": f"Nước sông dâng {n} m.", "published": stamp, "publisher": "Báo Mẫu"} for n, stamp in enumerate(stamps)
    )
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    [source] = [source for source in Library.open([folder]).sources if source.publisher == "Báo Mẫu"]
    assert (source.first.edtf, source.last.edtf) == ("2025-03-02", "2025-03-06")


def test_a_quote_is_found_again_where_its_article_still_has_it(library: Library) -> None:
    quote = library.ask("mực nước sông Bồ lên bao nhiêu?").quotes[0]
    again = library.quote(quote.article.id, quote.start, quote.end)
    assert again is not None
    assert again.text == quote.text
    assert library.quote(quote.article.id, quote.start, quote.end - 1) is None
    assert library.quote("bai-khac", 0, 1) is None


def test_only_persons_whom_the_quote_itself_names_in_full_are_its_persons(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Bộ trưởng Lê Hoài Bách phát biểu tại hội nghị sáng 3/11/2025.\n\nÔng Bách nói mưa lớn.\n\n"
        "Thủ tướng Trần Văn Mây và Bộ trưởng Lê Hoài Bách cùng dự lễ khánh thành cầu.",
        encoding="utf-8",
    )
    library = Library.open([tmp_path])

    def persons(question: str) -> tuple[str, ...]:
        return library.persons_in(library.search(question)[0], library.read_question(question))

    assert persons("phát biểu tại hội nghị") == ("Lê Hoài Bách",)
    assert persons("Bách nói mưa lớn") == ()
    assert persons("ai dự lễ khánh thành") == ("Trần Văn Mây", "Lê Hoài Bách")
    assert persons("Bộ trưởng nào dự lễ khánh thành") == ("Lê Hoài Bách", "Trần Văn Mây")


@pytest.mark.parametrize("question", ["", "x", "cầu " * 1000, "là gì ở đâu", "🙂🙂", "zzzz", "cầu"])
def test_an_empty_library_has_a_defined_answer_to_anything(question: str, tmp_path: Path) -> None:
    for library in (Library.open([tmp_path]), Library.open([tmp_path], tmp_path / "cache")):
        answer = library.ask(question)
        assert (answer.status, answer.quotes, answer.nearest) == ("not_found", (), ())
        assert library.search(question) == ()
        assert library.timeline(question).entries == ()
        assert library.who(question) is None
        assert (len(library.articles), len(library.sentences)) == (0, 0)


def test_articles_and_sentences_are_sequences(library: Library) -> None:
    articles, sentences = library.articles, library.sentences
    assert [a.id for a in articles] == [articles[0].id, articles[-1].id] == ["cau.md", "lu.txt"]
    assert articles[::-1] == (articles[1], articles[0])
    assert [s.index for _, s in sentences] == [sentences[at][1].index for at in range(len(sentences))]
    assert sentences[-1][0] == articles[-1]
    assert articles == tuple(articles) != articles[:1]
    for sequence in (articles, sentences):
        with pytest.raises(IndexError):
            sequence[len(sequence)]


def test_a_library_is_asked_from_several_threads(folder: Path, tmp_path: Path) -> None:
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"Cầu số {number} dài {number * 7 + 100} m.\n", encoding="utf-8")
    library = Library.open([folder], tmp_path / "cache")
    questions = [f"Cầu số {number} dài bao nhiêu?" for number in range(60)]
    expected = [library.ask(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(Library.open([folder], tmp_path / "cache").ask, questions * 3)) == expected * 3


def test_a_headline_that_repeats_its_sentence_adds_nothing_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Núi Mây có 60 cáp treo\n\nĐến cuối năm 2025, Núi Mây đã có 60 cáp treo đưa khách lên đỉnh.\n", encoding="utf-8"
    )
    answer = Library.open([tmp_path]).ask("Cuối năm 2025 Núi Mây có bao nhiêu cáp treo đưa khách lên?")
    assert [quote.kind for quote in answer.quotes] == ["lead"]


@pytest.mark.parametrize(
    "question",
    ["Giá vàng miếng hiện nay là bao nhiêu?", "gia vang mieng moi nhat bao nhieu", "giá vàng miếng đang là bao nhiêu"],
)
def test_asked_for_what_is_so_now_the_newest_value_comes_before_an_older_one(tmp_path: Path, question: str) -> None:
    for name, day, price in (("a", "2025-03-01", "125"), ("b", "2025-09-20", "146,4"), ("c", "2025-06-01", "131")):
        text = f"---\ndate: {day}\npublisher: Báo Thử\n---\nGiá vàng miếng là {price} triệu đồng một lượng.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    quotes = Library.open([tmp_path]).ask(question).quotes
    assert [quote.date.edtf or quote.article.published.edtf for quote in quotes][:1] == ["2025-09-20"]
    assert Library.open([tmp_path]).ask("Giá vàng miếng tháng 3 năm 2025 là bao nhiêu?").quotes[0].text.count("125")


def test_articles_and_sentences_can_be_read_when_nobody_holds_their_library(folder: Path) -> None:
    articles, sentences = Library.open([folder]).articles, Library.open([folder]).sentences
    gc.collect()
    assert [article.id for article in articles] == ["cau.md", "lu.txt"]
    assert sentences[0][1].start == 0


def test_what_is_asked_again_and_again_takes_no_more_memory(folder: Path) -> None:
    library = Library.open([folder])

    def objects_after(times: int) -> int:
        for _ in range(times):
            for question in ("Cây cầu dài bao nhiêu mét?", "Ai là bộ trưởng?", "lễ hội hoa ban"):
                library.ask(question)
        gc.collect()
        gc.freeze()  # counted by number: listing objects would show those that other threads are just making
        count = gc.get_freeze_count()
        gc.unfreeze()
        return count

    objects_after(3)
    before = objects_after(1)
    assert objects_after(100) < before + 300  # one for each time that it is asked; not a hundred come and go
