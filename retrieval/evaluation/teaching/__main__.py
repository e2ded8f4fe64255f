"""python -m retrieval.evaluation.teaching SHARED STATE: teaches the reader and writes config/reader.npz.

What was learned is kept in the file STATE every few minutes, and gone on from where it is there. The courses after the
first, --course, begin with what config/reader.npz has.
"""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Annotated, TypeVar

import torch
import typer

from retrieval.config_files import data_folder
from retrieval.evaluation.teaching.examples import Example, examples, further, of_more_readers, of_readers
from retrieval.evaluation.teaching.given import Given, given
from retrieval.evaluation.teaching.learner import Learner, loss_of, loss_of_order
from retrieval.evaluation.teaching.lists import in_lists, in_other_lists, in_other_words
from retrieval.reader.network import TAUGHT_FROM
from retrieval.reader.packing import pack, unpack
from retrieval.reader.pairs import LONGEST, Pair, Pairing
from retrieval.reader.pieces import UNKNOWN, Pieces
from retrieval.tokens import fold

_SEED, _WINDOW = 7, 64  # a window is so many batches, in which pairs of like length stand together
_KEPT_EVERY = 200  # steps


@dataclass(frozen=True, slots=True)
class Course:
    """`rate` of learning, after `warm` steps, until a share of all steps (`level`), then less and less, down to the
    share `least` of it; `ends` for what tells where answers start and end; `batch` pairs a step, or more where the last
    question has more. The weights are a mean of the last and, for a `share`, of what had been learned `early`, at that
    share of the steps ("model soups", Wortsman et al. 2022).
    """

    rate: float
    ends: float
    warm: int
    level: float = 0.0
    early: float = 0.0
    share: float = 0.0
    batch: int = 32
    least: float = 0.02

    def at(self, step: int, steps: int) -> float:
        """The share of the rate at a step of so many."""
        left = (1 - step / steps) / (1 - self.level)
        return min(1.0, (step + 1) / self.warm, max(self.least, left))


# What is learned last orders sentences best; the early weights, fresh from near misses in other languages, tell better
# of readers' questions to news that nothing answers. Shares were chosen among five by both halves of news_questions.
_FIRST = Course(1.2e-4, 1e-3, warm=120, early=1 / 6, share=0.25)
_FURTHER = Course(5e-5, 1.7e-4, warm=60, level=0.34)
_LAST = Course(4e-5, 1.4e-4, warm=30, level=0.5)
_FURTHER_COURSES = {2: (further, _FURTHER), 3: (of_readers, _FURTHER), 4: (of_more_readers, _LAST)}
# In lists, in which what answers is to come first, readers' questions to news are learned at a higher rate.
_IN_LISTS = Course(1e-4, 3e-4, warm=40, batch=24)
_COURSES_IN_LISTS = {
    5: (in_lists, _IN_LISTS),
    6: (in_other_lists, replace(_IN_LISTS, least=0.63)),
    7: (in_other_words, _IN_LISTS),
}
# Of the vocabulary are kept: what texts in Vietnamese have so many times, and single letters of Latin and punctuation.
_TIMES = 5
_LETTERS = ((0x20, 0x250), (0x1E00, 0x1F00), (0x2010, 0x2040))

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def teach(
    shared: Annotated[Path, typer.Argument(help="With train, eval and corpora.")],
    state: Annotated[Path, typer.Argument(help="Where what was learned is kept meanwhile.")],
    count: Annotated[int, typer.Option(help="Of pairs to learn from.")] = 74_000,
    course: Annotated[int, typer.Option(min=1, max=7, help="All but the first go on from what is shipped.")] = 1,
) -> None:
    """Teach the reader."""
    source = given()
    pairing = Pairing(Pieces(source.pieces, source.scores))
    torch.manual_seed(_SEED)
    if course > 1:
        learned, *_ = unpack(_shipped())
        learner = Learner({**learned, "pieces": source.arrays["pieces"], "places": source.arrays["places"]})
        if course in _FURTHER_COURSES:
            drawn, rates = _FURTHER_COURSES[course]
            _learn(learner, pairing, _alone(drawn(shared, _SEED)), state, rates)
        else:
            listed, rates = _COURSES_IN_LISTS[course]
            _learn(learner, pairing, listed(shared, _SEED), state, rates)
    else:
        learner = Learner(source.arrays)
        _learn(learner, pairing, _alone(examples(shared, _SEED, count)), state, _FIRST)
    _write(source, learner, shared)


def _alone(given_: Iterable[Example]) -> list[list[Example]]:
    return [[example] for example in given_]


def _learn(learner: Learner, pairing: Pairing, given_: Sequence[list[Example]], state: Path, course: Course) -> None:
    ends = [*learner.marks.parameters(), *learner.ends.parameters()]
    taught = [p for layer in learner.layers[TAUGHT_FROM:] for p in layer.parameters()]
    groups = [{"params": taught, "lr": course.rate}, {"params": ends, "lr": course.ends}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
    begun = 0
    if state.exists():
        kept = torch.load(state)
        learner.load_state_dict(kept["learner"])
        optimiser.load_state_dict(kept["optimiser"])
        begun = kept["steps"]
    early = state.with_suffix(".early")
    steps = -(-sum(map(len, given_)) // course.batch)
    for step, batch in enumerate(_batches(pairing, given_, course.batch)):
        if step < begun:
            continue
        for group, rate in zip(optimiser.param_groups, (course.rate, course.ends), strict=True):
            group["lr"] = rate * course.at(step, steps)
        pairs, answers, counts = zip(*chain(*batch), strict=True)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_halves_are_fast()):
            found = learner(pairs)
        loss = loss_of(found, answers, counts) + loss_of_order(found, answers, [*map(len, batch)])
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_([*taught, *ends], 1.0)
        optimiser.step()
        optimiser.zero_grad()
        if course.share and step == round(steps * course.early):
            torch.save(learner.state_dict(), early)
        if step % _KEPT_EVERY == _KEPT_EVERY - 1:
            typer.echo(f"{step + 1} of {steps} steps, loss {loss.item():.3f}")
            kept = {"learner": learner.state_dict(), "optimiser": optimiser.state_dict(), "steps": step + 1}
            torch.save(kept, state.with_suffix(".new"))
            state.with_suffix(".new").replace(state)
    if course.share:
        before, after = torch.load(early), learner.state_dict()
        mixed = {name: course.share * before[name] + (1 - course.share) * after[name] for name in after}
        learner.load_state_dict(mixed)


def _halves_are_fast() -> bool:
    """Whether the processor multiplies numbers of sixteen bits: one that does not takes fifteen times as long."""
    has = torch.cpu.get_capabilities()
    return bool(has.get("avx512_bf16") or has.get("amx_bf16"))


T = TypeVar("T")
Encoded = tuple[Pair, tuple[int, int] | None, float]


def _batches(pairing: Pairing, given_: Sequence[list[Example]], size: int) -> Iterator[list[list[Encoded]]]:
    """Of so many pairs, those of a question together."""
    chance = random.Random(_SEED)  # noqa: S311 - an order, no secret
    for window in _filled(given_, size * _WINDOW):
        encoded = [[_encoded(pairing, example) for example in some] for some in window]
        encoded.sort(key=lambda some: max(len(pair.pieces) for pair, _, _ in some))
        batches = [*_filled(encoded, size)]
        chance.shuffle(batches)
        yield from batches


def _filled(given_: Iterable[list[T]], size: int) -> Iterator[list[list[T]]]:
    """The lists, so many together that they hold `size` or a few more."""
    filled: list[list[T]] = []
    for some in filter(None, given_):
        filled.append(some)
        if sum(map(len, filled)) >= size:
            yield filled
            filled = []
    if filled:
        yield filled


def _encoded(pairing: Pairing, example: Example) -> Encoded:
    pair = pairing.of(example.question, example.passage)
    if example.answer is None:
        return pair, None, example.counts
    start, end = example.answer
    inside = [at for at, piece in enumerate(pair.sentence) if piece.start < end and piece.end > start]
    answer = (pair.first + inside[0], pair.first + inside[-1]) if inside else (-1, -1)
    return pair, answer, example.counts


def _write(source: Given, learner: Learner, shared: Path) -> None:
    kept = _vocabulary(source, shared)
    arrays = learner.arrays() | {"pieces": source.arrays["pieces"][kept]}
    arrays["places"] = arrays["places"][:LONGEST]
    products = ("attention", "joined", "wide", "narrow")
    in_four = {"pieces", *(f"{number}.{name}" for number in range(TAUGHT_FROM) for name in products)}
    pieces, scores = [source.pieces[at] for at in kept], [source.scores[at] for at in kept]
    pack(_shipped(), arrays, pieces, scores, in_four)


def _shipped() -> Path:
    return data_folder("config") / "reader.npz"


def _vocabulary(source: Given, shared: Path) -> list[int]:
    """The numbers of the pieces that are kept, in order."""
    pieces = Pieces(source.pieces, source.scores)
    times = Counter(piece.number for text in _texts(shared) for piece in pieces.of(text))
    letters = [piece.removeprefix("▁") for piece in source.pieces]
    return [
        number
        for number, letter in enumerate(letters)
        if number <= UNKNOWN
        or times[number] >= _TIMES
        or not letter
        or (len(letter) == 1 and any(first <= ord(letter) < end for first, end in _LETTERS))
    ]


def _texts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                yield from (article["text"], article.get("title") or "")
    for name in ("vinewsqa_dev", "vicoqa_dev", "mailong_train", "isedsc01_train1000", "h1_viquad2_uras"):
        with gzip.open(shared / "train" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for pair in map(json.loads, lines):
                yield from (pair["question"], fold(pair["question"]), pair["question"].lower(), pair["sentence"])


if __name__ == "__main__":
    app(prog_name="python -m retrieval.evaluation.teaching")
