import gzip
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from retrieval.config_files import load_toml
from retrieval.evaluation import training, tune
from retrieval.evaluation.evaluate import Question
from retrieval.evaluation.learning import (
    Example,
    learn_confidence,
    learn_evidence,
    learn_order,
    learn_ranking,
    learn_reading,
)
from retrieval.evaluation.training import (
    TEST,
    TRAINING,
    for_confidence,
    for_evidence,
    for_ranking,
    for_reading,
    half,
    near_misses,
    read,
)
from retrieval.evaluation.written import written
from retrieval.evidence import LEVELS
from retrieval.ranking.features import CLOSER, NAMES, RANKING
from retrieval.ranking.ranking import Weights
from retrieval.ranking.refusal import FACTORS, RANKED


def lists(questions: int) -> Iterator[Example]:
    """Ten candidates each; the hit is the one with the most of the first column, less that of the second."""
    chance = np.random.default_rng(3)
    for _ in range(questions):
        columns = chance.random((10, len(NAMES)))
        hits = np.zeros(10, dtype=np.bool_)
        hits[np.argmax(3 * columns[:, 0] - 2 * columns[:, 1])] = True
        yield Example(columns, hits)


def test_ranking_learns_what_sets_the_hits_apart() -> None:
    examples = list(lists(400))
    weights = learn_ranking(examples)
    assert list(weights) == list(RANKING)
    first, second, *others = weights.values()
    assert first > 2
    assert second < -2
    assert max(map(abs, others)) < min(first, -second) / 3
    row = np.array([weights.get(name, 0.0) for name in NAMES])
    found = np.mean([example.hits[np.argmax(example.columns @ row)] for example in examples])
    assert found > 0.9


def test_questions_without_a_hit_teach_nothing() -> None:
    examples = list(lists(50))
    silent = [Example(e.columns, np.zeros_like(e.hits)) for e in lists(5)]
    assert learn_ranking([*examples, *silent]) == learn_ranking(examples)


def test_learning_twice_gives_the_same_weights() -> None:
    assert learn_ranking(list(lists(50))) == learn_ranking(list(lists(50)))


def test_confidence_learns_the_share_that_is_right() -> None:
    rows = np.random.default_rng(5).random((4000, len(FACTORS)))
    odds = 4 * rows[:, 0] - 2 * rows[:, 1] - 1
    right = np.random.default_rng(6).random(4000) < 1 / (1 + np.exp(-odds))
    weights, bias = learn_confidence(rows, right)
    assert weights[FACTORS[0]] == pytest.approx(4, abs=0.5)
    assert weights[FACTORS[1]] == pytest.approx(-2, abs=0.5)
    assert tuple(weights) == RANKED
    stated = 1 / (1 + np.exp(-(rows[:, : len(RANKED)] @ np.array(list(weights.values())) + bias)))
    sure = stated > 0.8
    assert right[sure].mean() == pytest.approx(stated[sure].mean(), abs=0.05)


def test_evidence_adds_to_what_the_ranking_tells_and_how_many_can_be_answered_says_nothing() -> None:
    chance = np.random.default_rng(7)
    rows = np.zeros((6000, len(FACTORS)))
    rows[:, 0] = chance.random(6000)
    at = chance.integers(0, len(LEVELS) + 1, 6000)  # the last: the question does not say what it asks for
    for number in range(len(LEVELS)):
        rows[:, len(RANKED) + number] = at == number
    ranked = dict.fromkeys(RANKED, 0.0) | {RANKED[0]: 3.0}
    odds = 3 * rows[:, 0] - 1 + 1.5 * (at == 0) - 1.0 * (at == 2)
    for shift in (0.0, -2.0):
        right = chance.random(6000) < 1 / (1 + np.exp(-(odds + shift)))
        learned = learn_evidence(rows, right, ranked, -1.0)
        assert learned["told"] - learned["untold"] == pytest.approx(2.5, abs=0.4)
        assert abs(learned["doubtful"]) < 0.4


def test_what_is_written_can_be_ranked_with_and_reads_as_it_was() -> None:
    tables = load_toml("ranking.toml")
    flat = {name: table for name, table in tables.items() if name != "confidence"}
    confidence = dict(tables["confidence"])
    below = {f"confidence.{name}": confidence.pop(name) for name in ("weights", "reader")}
    text = tune.written({**flat, "confidence": confidence, **below})
    assert tomllib.loads(text) == tables
    assert Weights.of(tomllib.loads(text)).refusal.threshold == tables["confidence"]["threshold"]


def test_the_weights_set_by_hand_in_the_config_are_those_of_the_script() -> None:
    tables = load_toml("ranking.toml")
    assert {name: tables["ranking"][name] for name in tune.RULE_WEIGHTS} == tune.RULE_WEIGHTS
    assert tables["kinds"] == tune.KIND_WEIGHTS
    assert tables["confidence"]["threshold"] == tune.THRESHOLD
    assert set(tables["ranking"]) == {*RANKING, *tune.RULE_WEIGHTS, *CLOSER}
    assert set(tables["confidence"]["weights"]) == set(FACTORS)


def test_the_order_learns_how_much_columns_count_beside_the_scores() -> None:
    chance = np.random.default_rng(8)
    examples = []
    for _ in range(2000):
        scores, columns = chance.normal(size=5), chance.normal(size=(5, 2))
        odds = np.exp(scores + columns @ [0.7, -0.3])
        examples.append((scores, columns, np.arange(5) == chance.choice(5, p=odds / odds.sum())))
    assert learn_order(examples) == pytest.approx([0.7, -0.3], abs=0.06)
    says_nothing = (np.zeros(2), np.zeros((2, 1)), np.ones(2, dtype=np.bool_))
    assert learn_order([says_nothing]) == [0]


def test_the_confidence_of_what_was_read_is_made_of_both() -> None:
    chance = np.random.default_rng(9)
    odds, readings = chance.normal(size=6000), chance.normal(size=6000)
    right = chance.random(6000) < 1 / (1 + np.exp(-(0.5 * odds + readings - 1)))
    learned = learn_reading(odds, readings, right, np.ones(6000))
    assert learned == pytest.approx({"bias": -1.0, "odds": 0.5, "reading": 1.0}, abs=0.15)


def test_differences_are_named_with_old_and_new() -> None:
    old = "[ranking]\ncover = 1.5\npairs = 1.0\n[confidence.weights]\nlead = 0.5\n"
    new = "[ranking]\ncover = 1.0\npairs = 1.0\n[confidence.weights]\nspread = 0.5\n"
    assert list(tune.differences(old, new)) == [
        "ranking.cover: 1.5 → 1.0",
        "confidence.weights.lead: 0.5 → None",
        "confidence.weights.spread: None → 0.5",
    ]
    assert not list(tune.differences(old, old))


def test_a_question_is_in_the_half_of_its_first_article() -> None:
    both = [half(Question(str(n), "?", True, ("x",), articles=(f"article {n % 20}", "other"))) for n in range(100)]
    assert both[:20] * 5 == both
    assert set(both) == {TRAINING, TEST}
    assert half(Question("q", "?", False, ())) == half(Question("x", "?", True, ("x",), articles=("q",)))


def test_near_misses_ask_for_another_number_or_name() -> None:
    questions = [
        Question("1", "Cầu Gió có bao nhiêu làn xe?", True, ("x",)),
        Question("2", "Ông Lê Văn Bến vẽ cầu nào?", True, ("x",)),
        Question("3", "Năm 2019 cầu đã xong chưa?", True, ("x",)),
        Question("4", "Có bao nhiêu làn xe?", True, ("x",)),
        Question("5", "Năm 1990 có gì?", False, ()),
    ]
    made = list(near_misses(questions))
    assert made == list(near_misses(questions))
    assert not any(question.answerable or question.gold for question in made)
    assert {question.id for question in made} <= {"1", "2", "3"}
    changed = next(question.question for question in made if question.id == "3")
    assert changed.startswith("Năm 20")
    assert changed != questions[2].question
    assert all(made_of.question not in {question.question for question in questions} for made_of in made)


@pytest.fixture
def collections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Twelve articles a collection, a sentence each; the half has every other one. No questions that we wrote."""
    monkeypatch.setattr(training, "written", lambda *_: iter(()))
    names = ["Bến", "Chợ", "Đò", "Ghềnh", "Hồ", "Làng", "Mỏ", "Núi", "Phố", "Rừng", "Sông", "Thác"]
    texts = [
        f"Nơi {name} Xanh có {n + 3} căn nhà gỗ. Khách tới nơi {name} Xanh mỗi mùa." for n, name in enumerate(names)
    ]
    articles = [{"id": f"a{n}", "title": f"T{n // 3}", "text": text} for n, text in enumerate(texts)]
    questions = [
        {
            "id": f"q{n}",
            "question": f"Nơi {name} Xanh có bao nhiêu căn nhà gỗ?",
            "answerable": True,
            "articles": [f"a{n}"],
            "gold": [f"Nơi {name} Xanh có {n + 3} căn nhà gỗ."],
        }
        for n, name in enumerate(names)
    ]
    unanswerable = {"answerable": False, "gold": [], "articles": []}
    halved = [question | unanswerable if n % 2 else question for n, question in enumerate(questions)]
    folder = tmp_path / "eval"
    for name, records, asked in (
        ("xquad_vi", articles, questions),
        ("viquad_dev", articles, questions),
        ("viquad2_a", articles, questions),
        ("xquad_vi_half", articles[::2], halved),
    ):
        (folder / name).mkdir(parents=True)
        for file, lines in (("articles", records), ("questions", asked)):
            (folder / name / f"{file}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    for place in (folder / "news_questions", tmp_path / "corpora"):
        place.mkdir()
    (folder / "news_questions" / "news.jsonl").write_text("\n".join(map(json.dumps, questions)), encoding="utf-8")
    with gzip.open(tmp_path / "corpora" / "news.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write("\n".join(map(json.dumps, articles)))
    return folder


def test_examples_are_of_the_training_half_with_their_hits(collections: Path) -> None:
    examples = list(for_ranking(collections))
    training = sum(half(Question("", "?", True, ("x",), articles=(f"a{n}",))) == TRAINING for n in range(12))
    assert 0 < training < 12
    assert len(examples) == 3 * training
    bm25 = NAMES.index("sentence"), NAMES.index("passage")
    for example in examples:
        assert example.hits.sum() == 1
        assert (np.diff(example.columns[:, bm25].sum(axis=1)) <= 0).all()


def test_confidence_is_learned_from_the_training_half_where_nothing_speaks_against_the_best(collections: Path) -> None:
    learned_from = list(for_confidence(collections, Weights.from_config()))
    assert {half(question) for question, _, _ in learned_from} == {TRAINING}
    assert {factors.shape for _, factors, _ in learned_from} == {(len(FACTORS),)}
    assert all(question.answerable for question, _, right in learned_from if right)
    assert any(right for *_, right in learned_from)


def test_evidence_is_learned_from_the_odd_questions_of_readers(collections: Path) -> None:
    learned_from = list(for_evidence(collections, Weights.from_config()))
    assert learned_from
    assert all(int(question.id[1:]) % 2 for question, _, _ in learned_from)


def test_how_much_the_reader_counts_is_learned_from_each_kind_and_of_none_that_is_reported(collections: Path) -> None:
    halved, annotated, news, samples = for_reading(collections)
    assert [halved.kind, annotated.kind, news.kind, samples.kind] == ["encyclopaedia", "annotators", "news", "samples"]
    assert {half(question) for question in halved.questions} == {TRAINING}
    assert all(half(question) == TEST for question in annotated.questions)
    assert all(int(question.id[1:]) % 2 for question in news.questions)
    found = list(read([halved, news], Weights.from_config()))
    assert found
    assert {kind for kind, *_ in found} <= {"encyclopaedia", "news"}
    assert all(len(ranked.readings) == len(hits) for _, ranked, _, hits in found)


def test_questions_over_a_corpus_are_put_to_its_library(tmp_path: Path) -> None:
    text = "Cầu Gió có ba làn xe. Cầu Mây mở cửa hôm qua."
    (tmp_path / "corpora").mkdir()
    with gzip.open(tmp_path / "corpora" / "news.jsonl.gz", "wt", encoding="utf-8") as packed:
        packed.write(json.dumps({"id": "a", "title": "Cầu", "text": text}))
    place = {"article": "a", "start": 0, "end": 21}
    plain = {"library": "news", "kind": "how_many", "style": "chat"}
    rows = [
        plain | {"id": "1", "question": "cầu gió mấy làn", "answerable": True, "answer": "ba", "gold": [place]},
        plain | {"id": "2", "question": "cầu gió bao nhiêu tiền", "answerable": False, "gold": [], "looks": place},
    ]
    (tmp_path / "some.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    [(library, [told, untold])] = written(tmp_path, "some", tmp_path)
    assert told.gold == ("Cầu Gió có ba làn xe.",) == (untold.plausible,)
    assert (untold.gold, untold.miss) == ((), "near")
    assert library.ask(told.question).quotes[0].text == told.gold[0]


def test_tuning_writes_weights_that_a_check_then_finds_as_learned(
    collections: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "ranking.toml").write_text("[ranking]\ncover = 1.0\n", encoding="utf-8")
    monkeypatch.setattr(tune, "data_folder", lambda name: tmp_path / name)
    app = CliRunner()
    assert "ranking.cover: 1.0 → " in run(app, collections, "--check", status=1)
    assert tomllib.loads((config / "ranking.toml").read_text("utf-8")) == {"ranking": {"cover": 1.0}}
    run(app, collections)
    assert "as learned" in run(app, collections, "--check")
    assert Weights.of(tomllib.loads((config / "ranking.toml").read_text("utf-8"))).features.shape == (len(NAMES),)


def test_a_folder_without_the_collections_is_named_and_exits_2(tmp_path: Path) -> None:
    assert "xquad_vi" in run(CliRunner(), tmp_path, status=2)


def run(runner: CliRunner, *arguments: object, status: int = 0) -> str:
    result = runner.invoke(tune.app, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.output
