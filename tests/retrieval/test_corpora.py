"""Every sentence of the given collections lies in its article, to the letter (../shared)."""

import gzip
from itertools import islice
from pathlib import Path

import pytest

from retrieval import reading
from retrieval.records import Reading
from retrieval.refreshing.preparing import Rules, sentences_of
from tests.conftest import SHARED, needs_shared

# Of the news, the first lines; all of it was run once by hand (69,674 articles). The question sets are read whole.
_LINES = 300
_COLLECTIONS = sorted([*SHARED.glob("corpora/*.jsonl.gz"), *SHARED.glob("eval/*/articles.jsonl")])
_COLLECTIONS = _COLLECTIONS or [SHARED]  # where there is none, one test is skipped


@needs_shared
@pytest.mark.parametrize("path", _COLLECTIONS, ids=lambda path: path.parent.name + "/" + path.name)
def test_every_sentence_is_a_stretch_of_its_article_in_order_and_none_is_empty(path: Path) -> None:
    rules = Rules.from_config()
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        data = b"".join(islice(lines, _LINES if path.suffix == ".gz" else None))
    read = reading.read("lines.jsonl", data, path=str(path), references=rules.references)
    count = 0
    for result in read:
        assert isinstance(result, Reading)
        end = 0
        for sentence in sentences_of(result, rules):
            quoted = result.article.text[sentence.start : sentence.end]
            assert quoted
            assert quoted == quoted.strip()
            assert sentence.start >= end
            end = sentence.end
            count += 1
    assert count > _LINES
