import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from retrieval.__main__ import app
from retrieval.evaluation.evaluate import Question, folded, is_hit, read_outcomes, read_questions
from retrieval.evaluation.figures import Outcome, auc, changes, summarize
from retrieval.library import Library

ARTICLE = "Cầu Gió dài 950 m thông xe sáng 1/10/2025. Cầu do kỹ sư Lê Văn Bến vẽ.\n\nChợ Mới có 40 quầy cá.\n"
QUESTIONS = [
    {"id": "1", "question": "Cầu Gió dài bao nhiêu?", "answerable": True, "gold": ["Cầu Gió dài 950 m"]},
    {"id": "2", "question": "Chợ Mới có bao nhiêu quầy cá?", "answerable": True, "gold": ["không có câu này"]},
    {"id": "3", "question": "ai là thị trưởng Paris", "answerable": False, "gold": [], "kind": "người"},
]


def outcome(
    number: int, rank: int = 0, confidence: float = 0.0, *, answerable: bool = True, kind: str = "what"
) -> Outcome:
    """A question whose first hit has this rank, answered where the confidence is at least a half."""
    return Outcome(str(number), "?", answerable, rank, confidence >= 0.5, kind, confidence, right=1 <= rank <= 3)


def test_hits_are_shares_of_the_answerable_questions_and_refusals_of_the_others() -> None:
    ranks = [outcome(1, 1, 0.9), outcome(2, 3, 0.8), outcome(3, 10, 0.4), outcome(4, 0, 0.6)]
    others = [outcome(5, confidence=0.1, answerable=False), outcome(6, confidence=0.7, answerable=False)]
    figures = summarize([*ranks, *others])
    assert (figures.answerable, figures.unanswerable) == (4, 2)
    assert (figures.hit_at_1, figures.hit_at_3) == (0.25, 0.5)
    assert figures.mrr_at_10 == pytest.approx((1 + 1 / 3 + 1 / 10) / 4)
    assert (figures.answered, figures.refused, figures.refusal_recall) == (0.75, 0.5, 0.5)
    assert figures.refusal_precision == 0.5  # of the two that were refused
    assert figures.refusal_auc == 6 / 8


def test_figures_without_any_question_to_count_are_none_or_zero() -> None:
    figures = summarize([outcome(1, 1, 0.9)])
    assert (figures.refused, figures.refusal_recall) == (0.0, None)
    assert figures.refusal_precision is None
    assert figures.refusal_auc is None
    assert summarize([outcome(1, answerable=False)]).right_at_95 is None
    assert summarize([]).by_kind == {}


def test_auc_counts_equals_half() -> None:
    assert auc([0.5, 0.9], [0.5, 0.1]) == (0.5 + 1 + 1 + 1) / 4
    assert auc([1.0], []) is None


def test_right_at_95_takes_the_threshold_that_still_keeps_the_precision() -> None:
    right = [outcome(n, 1, 0.99 - n / 1000) for n in range(40)]
    wrong = [outcome(40, 0, 0.9), outcome(41, 0, 0.8), outcome(42, 0, 0.7), outcome(43, 0, 0.6)]
    late = outcome(44, 1, 0.5)
    # 40 of 40 right, 40 of 41, 40 of 42; the third wrong answer is one too many.
    assert summarize([*right, *wrong, late]).right_at_95 == 40 / 45
    assert summarize([*right, *wrong[:2], late]).right_at_95 == 41 / 43
    # Twenty right and two wrong with one confidence can only be answered together.
    assert summarize([outcome(n, int(n < 20), 0.9) for n in range(22)]).right_at_95 == 0.0


def test_reliability_puts_what_was_stated_beside_what_was_true() -> None:
    low, high, *others = summarize(
        [outcome(1, 1, 0.92), outcome(2, 0, 0.98), outcome(3, 1, 1.0), outcome(4, 0, 0.31)]
    ).reliability
    assert not others
    assert (low.low, low.questions, low.stated, low.true, low.answerable) == (0.3, 1, 0.31, 0.0, 1.0)
    assert (high.low, high.questions, high.true) == (0.9, 3, 2 / 3)
    assert high.stated == pytest.approx((0.92 + 0.98 + 1.0) / 3)


def test_every_kind_has_its_own_figures() -> None:
    by_kind = summarize([outcome(1, 1, kind="who"), outcome(2, 2, kind="when"), outcome(3, 1, kind="when")]).by_kind
    assert [(kind, figures.hit_at_1) for kind, figures in by_kind.items()] == [("when", 0.5), ("who", 1.0)]


def test_changes_name_what_each_question_won_and_lost() -> None:
    before = [outcome(1, 1, 0.9), outcome(2, 2, 0.9), outcome(3, 5, 0.1), outcome(4, confidence=0.1, answerable=False)]
    after = [outcome(1, 1, 0.8), outcome(2, 1, 0.4), outcome(3, 3, 0.1), outcome(4, confidence=0.9, answerable=False)]
    found = [(change.id, change.won, change.lost) for change in changes(before, [*after, outcome(5, 1)])]
    assert found == [("2", ("hit@1",), ("answered",)), ("3", ("hit@3",), ()), ("4", (), ("refused",))]


def test_a_part_of_a_gold_sentence_is_a_hit_only_with_the_answer(tmp_path: Path) -> None:
    (tmp_path / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    quote = Library.open([tmp_path]).search("Cầu Gió dài bao nhiêu?")[0]
    whole = ("Hôm qua, cầu Gió dài 950 m thông xe sáng 1/10/2025. Nhiều người đến xem.",)
    assert is_hit(quote, Question("1", "?", True, ("CẦU GIÓ  dài 950 m",)))
    assert is_hit(quote, Question("1", "?", True, whole, "950 m"))
    assert not is_hit(quote, Question("1", "?", True, whole, "Nhiều người"))
    assert not is_hit(quote, Question("1", "?", True, whole))


def test_folded_questions_have_no_diacritics() -> None:
    (question,) = folded([Question("1", "Cầu Đông dài bao nhiêu?", True, ("x",))])
    assert question == Question("1", "cau dong dai bao nhieu?", True, ("x",))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRICH_LIBRARY__CACHE", str(tmp_path / "cache"))
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "cau.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: object) -> Result:
    command = ["eval", folder / "questions.jsonl", "--library", folder / "articles", *arguments]
    return CliRunner().invoke(app, [str(argument) for argument in command])


def test_eval_prints_figures_for_all_and_for_each_kind(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 0
    first_words = [line.split()[0] for line in result.stdout.splitlines() if line.split()]
    assert {"all", "how", "người", "from"} <= set(first_words)


def test_eval_as_json_has_every_outcome_with_its_kind_and_confidence(folder: Path) -> None:
    figures = json.loads(run(folder, "--json").stdout)
    assert list(figures["by_kind"]) == ["how many", "người"]
    assert figures["by_kind"]["how many"]["hit_at_1"] == figures["hit_at_1"] == 0.5
    first, second, third = figures["outcomes"]
    assert (first["rank"], first["right"], second["rank"], second["right"]) == (1, True, 0, False)
    assert first["confidence"] > third["confidence"] == 0.0


def test_eval_folds_the_questions(folder: Path) -> None:
    figures = json.loads(run(folder, "--fold", "--json").stdout)
    assert figures["outcomes"][0]["question"] == "cau gio dai bao nhieu?"
    assert figures["outcomes"][0]["rank"] == 1


def test_eval_compares_with_an_earlier_evaluation(folder: Path) -> None:
    old = json.loads(run(folder, "--json").stdout)
    old["outcomes"][0]["rank"] = 2
    old["outcomes"][1]["rank"] = 1
    (folder / "old.json").write_text(json.dumps(old), encoding="utf-8")
    changed = json.loads(run(folder, "--json", "--compare", folder / "old.json").stdout)["changes"]
    assert [(c["id"], c["won"], c["lost"]) for c in changed] == [("1", ["hit@1"], []), ("2", [], ["hit@1", "hit@3"])]
    assert "1 questions won, 1 lost" in run(folder, "--compare", folder / "old.json").stdout


def test_an_evaluation_written_before_confidence_was_measured_can_be_compared(tmp_path: Path) -> None:
    old = {"outcomes": [{"id": "1", "question": "?", "answerable": True, "rank": 2, "answered": True}]}
    (tmp_path / "old.json").write_text(json.dumps(old), encoding="utf-8")
    assert read_outcomes(tmp_path / "old.json") == (Outcome("1", "?", True, 2, True),)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"outcomes": [1]}', '{"outcomes": [{"id": "1"}]}'])
def test_an_unusable_earlier_evaluation_is_named_and_exits_2(folder: Path, content: str) -> None:
    (folder / "old.json").write_text(content, encoding="utf-8")
    result = run(folder, "--compare", folder / "old.json")
    assert result.exit_code == 2
    assert "old.json: not what eval --json writes" in result.stderr


def test_a_missing_earlier_evaluation_is_named_and_exits_2(folder: Path) -> None:
    result = run(folder, "--compare", folder / "none.json")
    assert result.exit_code == 2
    assert "none.json: cannot be read" in result.stderr


def test_articles_and_kind_of_a_question_are_read(tmp_path: Path) -> None:
    line = {"id": 1, "question": "Ai?", "answerable": True, "gold": ["x"], "articles": ["a", "b"], "kind": "who"}
    (tmp_path / "q.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert read_questions(tmp_path / "q.jsonl") == (Question("1", "Ai?", True, ("x",), None, ("a", "b"), "who"),)
