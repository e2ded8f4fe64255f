"""Tags with thousands of attributes: what parsers would compare in pairs is left out, and nothing else."""

from collections.abc import Iterator

import pytest

from retrieval.reading import markup
from retrieval.reading.attributes import without_crowds
from retrieval.records import Problem, Reading
from tests.retrieval.reading.reads import results

_MANY = " ".join(f"a{number}=b" for number in range(1_500))
_WORDS = "Chợ nổi mở lại sáng nay sau nhiều tháng đóng cửa vì nước lũ dâng cao ở vùng này."


@pytest.mark.parametrize(
    "around", ["{}", '<!-- a --><script>if (i <n) s = "</script>{}', "<p title='>'>{}", "a < b {}"]
)
def test_of_a_tag_with_more_attributes_than_any_page_has_the_name_is_left(around: str) -> None:
    tag = f"<div {_MANY}>"
    assert without_crowds(around.format(f"{tag}a</div>")) == around.format("<div>a</div>")
    assert without_crowds(around.format(f"<div {_MANY}")) == around.format("<div")


@pytest.mark.parametrize(
    "page",
    [
        f"<script>if (i <n) {{ {'a = b; ' * 2_000} }}</script><p class=a>b</p>",
        f"<!-- <div {_MANY}> --><p class=a>b</p>",
        f"<style>{'a <b { c: d } ' * 2_000}</style><p>",
        f"<img src='data:{'QUFB' * 5_000}' alt=\"{'a ' * 900}\">",
        f"<p>{'a < b ' * 9_000}</p>",
        f"<scripts {'a ' * 50}>",
    ],
)
def test_scripts_comments_and_long_values_stay(page: str) -> None:
    assert without_crowds(page) == page


def test_such_a_page_and_such_a_feed_are_read() -> None:
    [page] = results("a.html", f"<html {_MANY}><body><h1>Chợ</h1><article><p>{_WORDS}</p></article></body>".encode())
    assert isinstance(page, Reading)
    assert _WORDS in page.article.text
    item = f"<item {_MANY}><title>Chợ</title><link>https://vidu.vn/a</link><description>{_WORDS}</description></item>"
    [entry] = results("a.xml", f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>".encode())
    assert isinstance(entry, Reading)
    assert entry.article.text == _WORDS


def test_a_feed_that_names_hundreds_of_namespaces_is_refused() -> None:
    names = "".join(f"<x{number}:a xmlns:x{number} = 'u'/>" for number in range(200))
    [problem] = results("a.xml", f"<rss version='2.0'><channel>{names}</channel></rss>".encode())
    assert isinstance(problem, Problem)
    assert "namespaces" in problem.message


class _Children:
    """Stands in for an element with many children, and counts how many are looked at."""

    looked_at = 0

    def __iter__(self) -> Iterator["_Children"]:
        for _ in range(100_000):
            self.looked_at += 1
            yield self

    tag = "p"
    iter = __iter__

    def getparent(self) -> "_Children":
        return self

    def iterancestors(self) -> Iterator["_Children"]:
        return iter([table])


class _Table(_Children):
    tag = "table"


table = _Table()


def test_of_what_stands_beside_a_line_only_a_little_is_looked_at() -> None:
    line = _Children()
    assert not markup._is_player(line)
    assert line.looked_at < 100
    assert not markup._is_pictures_text(line, "Chợ nổi")
    assert 0 < table.looked_at < 100
