"""python -m retrieval.evaluation.tune EVAL_FOLDER: learns config/ranking.toml from the training half of ../shared/eval.

With --check, shows what would change instead, and exits with 1 where something would. Takes some minutes, most of them
to read the news that lie in `corpora` beside the folder.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from retrieval.config_files import data_folder
from retrieval.evaluation.evaluate import QuestionFileError
from retrieval.evaluation.learning import learn_confidence, learn_evidence, learn_order, learn_ranking, learn_reading
from retrieval.evaluation.training import for_confidence, for_evidence, for_ranking, for_reading, looked_at, read
from retrieval.known import cross_encoder
from retrieval.ranking.features import CLOSER, RULES
from retrieval.ranking.ranking import Weights
from retrieval.ranking.refusal import FACTORS

# Weights that the questions to learn from cannot teach. An office asked about is as good as a name, a name beside it
# answers.
# A caption or headline repeats what the body tells in full, the lead tells what the rest of an article goes on from.
RULE_WEIGHTS = {"head": 1.0, "other head": -1.0, "holder": 4.0, "speech": 1.0}
KIND_WEIGHTS = {"headline": -1.0, "lead": 0.3, "body": 0.0, "caption": -1.0}
# Of 901 questions to news as readers ask them (odd news_questions, reader_questions_3 and _4) .35 answers 266 rightly
# and 158 wrongly, .4 247 and 137, .45 236 and 109; but from .45 on more without diacritics are refused.
THRESHOLD = 0.4
# What each kind of question counts for the confidence of what was read, however many there are of it: those that are
# asked as readers ask, most; annotators wrote theirs beside the sentence that was to deceive.
_NEWS = ("news", "written")
_COUNT = {"encyclopaedia": 1.0, "annotators": 0.3, "news": 1.0, "written": 2.0, "samples": 0.3}

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

_DIGITS = 3  # after the point; what is written is what is used
_HEAD = f"""\
# Written by retrieval/evaluation/tune.py from the training half of ../shared/eval, [kinds] and
# {", ".join(RULES)} by hand. retrieval/ranking/features.py tells what each feature is.
"""


def learned(folder: Path) -> dict[str, dict[str, Any]]:
    """The content of ranking.toml, learned from the eval folder. Raises OSError or QuestionFileError."""
    ranking = learn_ranking(list(for_ranking(folder))) | RULE_WEIGHTS
    unsure = {"weights": dict.fromkeys(FACTORS, 0.0), "bias": 0.0, "threshold": THRESHOLD}
    tables: dict[str, dict[str, Any]] = {"ranking": _rounded(ranking), "kinds": KIND_WEIGHTS}
    taught = Weights.of({**tables, "confidence": unsure})
    _, rows, right = zip(*for_confidence(folder, taught), strict=True)
    weights, bias = learn_confidence(np.array(rows), np.array(right))
    _, rows, right = zip(*for_evidence(folder, taught), strict=True)
    weights |= learn_evidence(np.array(rows), np.array(right), weights, bias)
    confidence = {"bias": round(bias, _DIGITS), "threshold": THRESHOLD}
    tables["confidence"] = {**confidence, "weights": _rounded(weights)}
    return {**_read(folder, tables), "confidence": confidence, "confidence.weights": _rounded(weights)}


def _read(folder: Path, tables: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The tables, with how much counts for the order what a closer look tells, then what the reader says, both of news;
    and how much that counts for the confidence, of each kind.
    """
    given = list(for_reading(folder))
    news = [asked for asked in given if asked.kind in _NEWS]
    closer = learn_order(list(looked_at(news, Weights.of(tables))))
    ranking = tables["ranking"] | _rounded(dict(zip(CLOSER, closer.tolist(), strict=True)))
    tables = tables | {"ranking": ranking}
    weights = Weights.of(tables)
    examples = [(ranked.scores, ranked.readings[:, None], hits) for _, ranked, _, hits in read(news, weights)]
    order = round(float(learn_order(examples)[0]), _DIGITS)
    ordered = list(read(given, replace(weights, reading=order)))
    odds = np.array([weights.refusal.odds(judgement.factors) for _, _, judgement, _ in ordered])
    readings, right = np.array([r.reading for _, r, _, _ in ordered]), np.array([hits[0] for *_, hits in ordered])
    times = Counter(kind for kind, *_ in ordered)
    most = sum(_COUNT[kind] for kind in times)
    counts = np.array([len(ordered) * _COUNT[kind] / most / times[kind] for kind, *_ in ordered])
    learned_ = learn_reading(odds, readings, right, counts)
    return tables | {"reader": {"reading": order}, "confidence.reader": _rounded(learned_)}


def written(tables: Mapping[str, Mapping[str, float]]) -> str:
    """The tables as TOML."""
    return _HEAD + "".join(
        f"\n[{name}]\n" + "".join(f"{_key(key)} = {value}\n" for key, value in table.items())
        for name, table in tables.items()
    )


def differences(old: str, new: str) -> Iterator[str]:
    """What differs between two such files, a line each."""
    before, after = _flat(tomllib.loads(old)), _flat(tomllib.loads(new))
    for name in before | after:
        if before.get(name) != after.get(name):
            yield f"{name}: {before.get(name)} → {after.get(name)}"


@app.command()
def tune(
    folder: Annotated[Path, typer.Argument(metavar="EVAL_FOLDER", help="With xquad_vi, xquad_vi_half and so on.")],
    check: Annotated[bool, typer.Option("--check", help="Only show what would change.")] = False,
) -> None:
    """Learn the weights of config/ranking.toml."""
    console = Console(highlight=False, soft_wrap=True)
    if cross_encoder() is None:
        raise typer.BadParameter("TRICH_READER is off: what the reader counts cannot be learned without it")
    path = data_folder("config") / "ranking.toml"
    try:
        text = written(learned(folder))
    except (OSError, QuestionFileError) as error:
        Console(stderr=True, soft_wrap=True).print(str(error), markup=False)
        raise typer.Exit(2) from error
    lines = list(differences(path.read_text(encoding="utf-8"), text))
    console.print("\n".join(lines) or f"{path.name}: as learned", markup=False)
    if not check:
        path.write_text(text, encoding="utf-8")
    elif lines:
        raise typer.Exit(1)


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, _DIGITS) for name, weight in weights.items()}


def _key(name: str) -> str:
    return name if name.isalnum() else f'"{name}"'


def _flat(tables: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in tables.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


if __name__ == "__main__":
    app(prog_name="python -m retrieval.evaluation.tune")
