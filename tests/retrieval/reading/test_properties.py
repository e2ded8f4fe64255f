"""Whatever the bytes: a reading or a problem, no exception, and every paragraph in its text."""

import gzip
from collections.abc import Iterator
from dataclasses import astuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import reading
from retrieval.reading.metadata import is_whole
from retrieval.records import Problem, Reading
from retrieval.tokens import normalize
from tests.retrieval.reading.made import pdf, word, zipped

each_suffix = pytest.mark.parametrize("suffix", reading.SUFFIXES)
PUBLISHERS: dict[str, str] = {"tuoitre.vn": "Tuổi Trẻ"}
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Pieces that rules and parsers look for, so that arbitrary text reaches them.
pieces = st.sampled_from(
    [
        "\n", "\n\n", "---\n", "title: ", "date: 2024-01-02\n", "![", "](", "http://a.vn/x", ") ", "# ", "**", "...",
        "_", "Nguồn: ", "Theo ", "(Ảnh: A)", " - Ảnh 1.", "Chính trị", "19/12/2023, 10:35", "Trần Bê", "…", ". ",
        "Câu này dài vừa đủ để được coi là văn xuôi của bài. ", "\u200b", "\u00a0", "\ufeff", "\r", "\x0b", "\u2028",
        "<p>", "</p>", "<h1>", "<br>", "<svg>", "<figcaption>", "<!--", "<![CDATA[", "<item>", "<title>", "</title>",
        "<rss version='2.0'><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "<description>", "&lt;",
        "&a;", '{"text": "a"}\n', '{"text": "', '"}', "\\u0301", "\\ud800", "a\u0323", "<link href='http://[::1'/>",
    ]
)  # fmt: skip
texts = st.lists(pieces | st.text(max_size=20), max_size=30).map("".join)

# zipfile itself can write no other names.
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9).map("{}.txt".format)


def read_all(name: str, data: bytes) -> Iterator[Reading | Problem]:
    return reading.read(name, data, path=name, publishers=PUBLISHERS)


def check(results: Iterator[Reading | Problem]) -> None:
    for result in results:
        if isinstance(result, Problem):
            assert result.message
            assert "Traceback" not in result.message
            continue
        end = 0
        text = result.article.text
        for span in result.paragraphs:
            assert end <= span.start < span.end <= len(text)
            assert text[span.start : span.end].strip() == text[span.start : span.end]
            assert not normalize(text[end : span.start]).strip()
            end = span.end
        assert not normalize(text[end:]).strip()
        assert result.paragraphs or not normalize(text).strip()
        assert all(is_whole(str(value)) for value in astuple(result.article))
        assert [d.line for d in result.dropped] == sorted(d.line for d in result.dropped)


@each_suffix
@given(data=st.binary(max_size=300))
@few
def test_arbitrary_bytes_never_raise(suffix: str, data: bytes) -> None:
    check(read_all(f"a{suffix}", data))


@each_suffix
@given(text=texts)
@few
def test_arbitrary_text_never_raises(suffix: str, text: str) -> None:
    check(read_all(f"a{suffix}", text.encode("utf-8", "surrogatepass")))


@given(text=texts, encoding=st.sampled_from(["utf-16", "utf-16-le", "utf-8-sig", "utf-32"]))
@few
def test_arbitrary_text_in_other_encodings_never_raises(text: str, encoding: str) -> None:
    check(read_all("a.txt", text.encode(encoding, "surrogatepass")))


@given(members=st.dictionaries(names, st.binary(max_size=60), max_size=5))
@few
def test_arbitrary_members_never_raise(members: dict[str, bytes]) -> None:
    check(read_all("a.zip", zipped(members)))


SENTENCE = "Một câu văn để nén lại rồi làm hỏng."
WHOLE = {
    "a.zip": zipped({"a.txt": SENTENCE, "b.md": "# Bài"}),
    "a.docx": word(("Title", "Bài"), ("Normal", SENTENCE)),
    "a.pdf": pdf(["Bài", SENTENCE]),
    "a.jsonl.gz": gzip.compress(f'{{"text": "{SENTENCE}"}}\n'.encode()),
}


@pytest.mark.parametrize("name", WHOLE)
@given(changes=st.lists(st.tuples(st.integers(min_value=0), st.integers(0, 255)), min_size=1, max_size=4))
@few
def test_a_damaged_file_never_raises(name: str, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE[name])
    for position, byte in changes:
        damaged[position % len(damaged)] = byte
    check(read_all(name, bytes(damaged)))
