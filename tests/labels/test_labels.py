"""The label files agree with their articles, hold none of their sentences, and are counted as README says."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from retrieval.evaluation import written
from retrieval.evaluation.written import JUDGED, TAUGHT, TAUGHT_2, TAUGHT_3
from tests.conftest import needs_shared
from tests.labels.corpora import TODAY, articles, labels, names_one, plain
from tests.labels.score_persons import compared

# So many words in a row of an article would be its sentence.
_RUN = 13
_READERS = tuple(f"reader_questions_{number}" for number in range(2, 7))
_QUESTIONS = ("office_questions", "office_questions_2", "office_questions_3", "now_questions")
_PERSONS = ("rss_persons_dev", "rss_persons_test", "persons_test_2", "persons_test_3", "persons_test_4")


@cache
def _corpora() -> dict[str, tuple[str, str]]:
    """Title and text of every article, by id."""
    return {row["id"]: (row["title"] or "", row["text"]) for library in TODAY for row in articles(library)}


@needs_shared
@pytest.mark.parametrize("name", _QUESTIONS)
def test_the_articles_of_a_question_name_its_answer(name: str) -> None:
    for row in labels(name):
        wanted = row.get("holder") or ([row["person"]] if "person" in row else row.get("office", []))
        for article in row["articles"]:
            whole = "\n".join(_corpora()[article])
            # An office may be written out in one article and shortened in the next; its person is the same.
            assert names_one(whole, wanted) or "office" in row, (row["id"], article)


@pytest.mark.parametrize("name", _QUESTIONS)
def test_every_question_has_its_own_id_and_what_proves_it(name: str) -> None:
    rows = labels(name)
    assert len({row["id"] for row in rows}) == len({(row["library"], row["question"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["library"] in TODAY
        assert bool(row["articles"]) == row.get("answerable", True), row["id"]
        assert ("near" in row) == (not row.get("answerable", True)), row["id"]


@needs_shared
@pytest.mark.parametrize("name", _PERSONS)
def test_a_labelled_span_is_the_letter_of_its_article(name: str) -> None:
    rows = {row["id"]: row for row in labels(name)}
    assert len(rows) == len(labels(name))
    for identifier, row in rows.items():
        assert identifier.startswith("rss-") == (row.get("library", "rss_2025") == "rss_2025")
        for person in row["persons"]:
            assert row["start"] <= person["start"] < person["end"] <= row["end"]
            assert _corpora()[identifier][1][person["start"] : person["end"]] == person["surface"]


def test_no_article_is_labelled_for_persons_twice() -> None:
    names = ("dantri_persons", "dantri_persons_2", *_PERSONS)
    sets = [{row["id"] for row in labels(name)} for name in names]
    assert sum(len(one) for one in sets) == len(set().union(*sets))


@needs_shared
def test_gold_sentences_hold_the_answer() -> None:
    for row in (row for name in _READERS for row in labels(name)):
        assert bool(row["gold"]) == row["answerable"] == ("near" not in row)
        for gold in row["gold"]:
            sentence = _corpora()[gold["article"]][1][gold["start"] : gold["end"]]
            assert sentence == sentence.strip()
            assert any(plain(one).strip() in plain(sentence) for one in row.get("answers", [row["answer"]])), row["id"]


@needs_shared
def test_no_question_is_a_sentence_of_an_article() -> None:
    sets = (*_QUESTIONS, *_READERS)
    texts = [row["question"] for name in sets for row in labels(name)]
    for name in (TAUGHT, TAUGHT_2, TAUGHT_3, JUDGED):
        lines = Path(written.__file__).with_name(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        texts += [text for row in map(json.loads, lines) for text in (row["question"], str(row.get("answer") or ""))]
    runs = {run for text in texts for run in _runs(text.lower().split(), lambda _: True)}
    assert runs
    begins = {run[0] for run in runs}
    for identifier, parts in _corpora().items():
        words = " ".join(parts).lower().split()
        assert runs.isdisjoint(_runs(words, begins.__contains__)), identifier


def _runs(words: Sequence[str], may_begin: Callable[[str], bool]) -> Iterator[tuple[str, ...]]:
    """Those of so many words that may begin with their first."""
    for at in range(len(words) - _RUN + 1):
        if may_begin(words[at]):
            yield tuple(words[at : at + _RUN])


@pytest.mark.parametrize(
    ("claimed", "labelled", "how"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh Phú Lâm", "Chủ tịch UBND tỉnh Phú Lâm", "whole"),
        ("Bộ trưởng Bộ Giao thông vận tải", "Bộ trưởng Giao thông vận tải", "whole"),
        ("Tổng thống Mỹ", "Tổng thống", "whole"),
        ("Huấn luyện viên U23 Phú Lâm", "HLV trưởng U.23 Phú Lâm", "whole"),
        ("Giám đốc Sở Xây dựng", "Giám đốc Sở Xây dựng Phú Lâm", "short"),
        ("Chủ tịch UBND tỉnh Phú Lâm", "Phó Chủ tịch UBND tỉnh Phú Lâm", "no"),
        ("Giám đốc Sở Y tế Phú Lâm", "Giám đốc Sở Xây dựng Phú Lâm", "no"),
    ],
)
def test_an_office_is_compared_with_its_complement(claimed: str, labelled: str, how: str) -> None:
    assert compared(claimed, labelled) == how
