"""The given collections: every article's text is the published one."""

import gzip
import json
import unicodedata
from pathlib import Path

import pytest

from retrieval import reading
from retrieval.records import Reading
from tests.conftest import SHARED, needs_shared

pytestmark = needs_shared


def records(path: Path) -> list[dict[str, str]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.splitlines()]


@pytest.mark.parametrize(
    "name",
    ["eval/xquad_vi/articles.jsonl", "eval/viquad_dev/articles.jsonl", "corpora/dantri_2020_2021.jsonl.gz"],
)
def test_each_line_is_an_article_with_its_text_to_the_letter(name: str) -> None:
    path = SHARED / name
    results = list(reading.read(path.name, path.read_bytes(), path=str(path)))
    read = [result for result in results if isinstance(result, Reading)]
    assert len(read) == len(results)
    given = records(path)
    assert [r.article.id for r in read] == [record["id"] for record in given]
    assert [r.article.text for r in read] == [unicodedata.normalize("NFC", record["text"]) for record in given]
    assert not any(r.dropped for r in read)
