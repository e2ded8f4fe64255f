"""`name.meta.toml` overrides what the file says."""

from retrieval.records import Problem, Reading
from tests.retrieval.reading.reads import only, results

PAGE = (
    "Cầu mới thông xe\n\nSáng 5-3, cây cầu mới qua sông đã thông xe, sớm hơn kế hoạch hai tháng.\n\n"
    "Lan Anh\n\nNguồn: TTXVN\n"
)
ALL = """
title = "Tít khác"
author = ["Văn Bình"]
publisher = "Báo Ví Dụ"
url = "https://vidu.vn/a"
published = 2024-03-05T08:15:00+07:00
section = "Thời sự"
event_date = "2024-03-04"
"""


def test_each_key_overrides() -> None:
    article = only("a.txt", PAGE, overrides=ALL).article
    assert (article.title, article.author, article.publisher) == ("Tít khác", "Văn Bình", "Báo Ví Dụ")
    assert (article.url, article.section) == ("https://vidu.vn/a", "Thời sự")
    assert article.published.edtf == "2024-03-05T08:15:00+07:00"
    assert (article.event_date.edtf, article.event_date.basis) == ("2024-03-04", "stated")


def test_a_bad_key_is_named_with_its_file_and_the_rest_counts() -> None:
    found = results("a.txt", PAGE, overrides='titel = "x"\nauthor = 1979-05-27\npublisher = {a = 1}\nsection = "S"')
    assert [problem for problem in found if isinstance(problem, Problem)] == [
        Problem("in/a.txt.meta.toml", "'publisher' is dict, not text"),
        Problem("in/a.txt.meta.toml", "'titel' is no key of a sidecar"),
    ]
    (read,) = [read for read in found if isinstance(read, Reading)]
    assert (read.article.section, read.article.publisher) == ("S", "TTXVN")


def test_a_sidecar_that_is_no_toml_is_left_aside() -> None:
    problem, read = results("a.txt", PAGE, overrides="title = ")
    assert isinstance(problem, Problem)
    assert problem.source == "in/a.txt.meta.toml"
    assert problem.message.startswith("not valid TOML, left aside: ")
    assert isinstance(read, Reading)
    assert read.article.title == "Cầu mới thông xe"
