"""Questions to learn from, of the folder eval: the training half, with and without their answers."""

import json
import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from retrieval.config_files import data_folder
from retrieval.evaluation.evaluate import Question, is_hit, read_questions
from retrieval.evaluation.learning import Example
from retrieval.evaluation.written import JUDGED, written
from retrieval.index.forward import Longs
from retrieval.index.index import Index
from retrieval.library import Library
from retrieval.ranking.candidates import candidates
from retrieval.ranking.features import NAMES
from retrieval.ranking.ranking import CLOSELY, LOOKED_AT, Ranked, Weights
from retrieval.ranking.refusal import Judgement
from retrieval.ranking.rows import Floats, Mask
from retrieval.records import quote

TRAINING, TEST = 0, 1
_SEED = 7  # of the near misses: any other gives others as good
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_NAME = re.compile(r"(?<!^)\b[A-ZĐ]\w+(?: [A-ZĐ]\w+)+")
# A name to put in the place of another one; not the first word of a sentence, where a capital says nothing.
_OTHER_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-ZĐ]\w+(?: [A-ZĐ]\w+)*")
_SENTENCE, _PASSAGE = NAMES.index("sentence"), NAMES.index("passage")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of one `kind`, and the library that they are put to."""

    kind: str
    library: Library
    questions: Sequence[Question]


def half(question: Question) -> int:
    """TRAINING or TEST, by the first article that answers, so that no article is in both; else by the question."""
    return zlib.crc32(_place(question)) & 1


def _place(question: Question) -> bytes:
    return (question.articles[0] if question.articles else question.id).encode()


def for_ranking(folder: Path) -> Iterator[Example]:
    """xquad_vi, viquad_dev, and xquad_vi with its paragraphs joined, so that what an article tells can count."""
    xquad, viquad = _whole(folder)
    collections = (xquad, viquad, (_joined(xquad[0]), xquad[1]))
    for records, questions in collections:
        asked = [question for question in questions if question.answerable and half(question) == TRAINING]
        yield from _examples(records, asked)


def for_confidence(folder: Path, weights: Weights) -> Iterator[tuple[Question, Floats, bool]]:
    """Of collections that lack half of the answers the questions, and near misses of them, ranked by these weights:
    the factors (len(FACTORS),) of the best candidate, and whether it answers.

    Questions are left out that are refused anyway, since something speaks against the best.
    """
    for records, questions in (xquad_half(folder), viquad_half(folder)):
        asked = [question for question in questions if half(question) == TRAINING]
        yield from _judged(opened(records), [*asked, *near_misses(asked)], weights)


def for_evidence(folder: Path, weights: Weights) -> Iterator[tuple[Question, Floats, bool]]:
    """The same of readers' questions to news, those with odd numbers: near misses are about what the articles tell of,
    and ask for what they do not tell. The collections lie beside the folder, in `corpora`.
    """
    for path in sorted((folder / "news_questions").glob("*.jsonl")):
        asked = [question for question in read_questions(path) if int(question.id[1:]) % 2]
        yield from _judged(Library.open([folder.parent / "corpora" / f"{path.name}.gz"]), asked, weights)


def for_reading(folder: Path) -> Iterator[Asked]:
    """A collection that lacks half of the answers, with near misses of its questions; annotators' near misses that the
    reader has not seen; readers' questions to news, odd numbers and those that we wrote; those to our samples.
    """
    records, questions = xquad_half(folder)
    asked = [question for question in questions if half(question) == TRAINING]
    yield Asked("encyclopaedia", opened(records), [*asked, *near_misses(asked)])
    annotated = folder / "viquad2_a"
    asked = [question for question in read_questions(annotated / "questions.jsonl") if is_for_reading(question)]
    yield Asked("annotators", Library.open([annotated / "articles.jsonl"]), asked)
    for path in sorted((folder / "news_questions").glob("*.jsonl")):
        asked = [question for question in read_questions(path) if int(question.id[1:]) % 2]
        yield Asked("news", Library.open([folder.parent / "corpora" / f"{path.name}.gz"]), asked)
    for library, ours in written(folder.parent, JUDGED):
        yield Asked("written", library, ours)
    samples = data_folder("seeds")
    of_samples = read_questions(samples.parent / "tests" / "retrieval" / "seed_questions.jsonl")
    yield Asked("samples", Library.open([samples]), of_samples)


def is_for_reading(question: Question) -> bool:
    """Of a set whose training half the reader has seen: half of the other, by article; the rest is reported on."""
    return half(question) == TEST and not zlib.crc32(_place(question)) >> 1 & 1


def looked_at(given: Iterable[Asked], weights: Weights) -> Iterator[tuple[Floats, Floats, Mask]]:
    """For each question the candidates that are looked at more closely: their scores (N,), what that tells of them
    (N, len(CLOSER)), and which of them answer (N,).
    """
    for asked in given:
        for question in asked.questions:
            query = asked.library.read_question(question.question)
            ranked = asked.library.ranked(query, weights, closely=True)[0].ordered
            if ranked is not None and not query.asks_holder:
                at = np.argsort(-ranked.scores, kind="stable")[:LOOKED_AT]
                hits = np.array(_hits(asked.library, ranked.sentences[at], question))
                yield ranked.scores[at], ranked.features[at, CLOSELY], hits


def read(given: Iterable[Asked], weights: Weights) -> Iterator[tuple[str, Ranked, Judgement, Mask]]:
    """For each question its kind, the candidates that were read, as the reader orders them, how sure the first answers,
    and which of them do; without those that something speaks against.
    """
    for asked in given:
        for question in asked.questions:
            query = asked.library.read_question(question.question)
            ranked, judgement = asked.library.ranked(query, weights, read=True)
            if ranked.reading is not None and not judgement.objection and not query.asks_holder:
                ranked = ranked.of(~np.isnan(ranked.readings))
                yield asked.kind, ranked, judgement, np.array(_hits(asked.library, ranked.sentences, question))


def _judged(
    library: Library, questions: Iterable[Question], weights: Weights
) -> Iterator[tuple[Question, Floats, bool]]:
    for question in questions:
        ranked, judgement = library.ranked(library.read_question(question.question), weights)
        if len(ranked.sentences) and not judgement.objection:
            yield question, judgement.factors, _hits(library, ranked.sentences[:1], question)[0]


def _whole(folder: Path) -> Iterator[tuple[list[Record], Sequence[Question]]]:
    for name in ("xquad_vi", "viquad_dev"):
        yield _articles(folder / name), read_questions(folder / name / "questions.jsonl")


def xquad_half(folder: Path) -> tuple[list[Record], list[Question]]:
    """The articles and questions of xquad_vi_half; a question names its article, even one that is not there."""
    articles = {question.id: question.articles for question in read_questions(folder / "xquad_vi" / "questions.jsonl")}
    questions = read_questions(folder / "xquad_vi_half" / "questions.jsonl")
    return _articles(folder / "xquad_vi_half"), [replace(q, articles=articles[q.id]) for q in questions]


def viquad_half(folder: Path) -> tuple[list[Record], list[Question]]:
    """viquad_dev made into the same: without half of its articles."""
    kept = [a for a in _articles(folder / "viquad_dev") if zlib.crc32(f"{a['id']}half".encode()) & 1]
    ids = {article["id"] for article in kept}
    questions = read_questions(folder / "viquad_dev" / "questions.jsonl")
    return kept, [q if ids & set(q.articles) else replace(q, answerable=False, gold=()) for q in questions]


def near_misses(questions: Sequence[Question]) -> Iterator[Question]:
    """The answerable questions that have a number or a name, with another one in its place."""
    chance = random.Random(_SEED)  # noqa: S311 - makes questions, no secrets
    names = sorted({name for question in questions for name in _OTHER_NAME.findall(question.question)})
    for question in questions:
        if question.answerable and (changed := list(_changed(question.question, names, chance))):
            yield replace(question, question=chance.choice(changed), answerable=False, gold=())


def _changed(text: str, names: Sequence[str], chance: random.Random) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        number = int(found[0]) + chance.choice([-2, -1, 1, 2, 3])
        if number > 0:
            yield f"{text[: found.start()]}{number}{text[found.end() :]}"
    for found in _NAME.finditer(text):
        other = chance.choice(names)
        if other != found[0]:
            yield text[: found.start()] + other + text[found.end() :]


def opened(records: Iterable[Record]) -> Library:
    """A library of articles given as the records of a JSON Lines file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
        return Library.open([path])


def _examples(records: Iterable[Record], questions: Iterable[Question]) -> Iterator[Example]:
    """The candidates of each question; those without a candidate are left out."""
    library, index = _indexed(records)
    for question in questions:
        query = library.read_question(question.question)
        if not query.terms:
            continue
        columns, sentences, *_ = candidates(index, query)
        if not len(sentences):
            continue
        order = np.argsort(-(columns[:, _SENTENCE] + columns[:, _PASSAGE]), kind="stable")
        yield Example(columns[order], np.array(_hits(library, sentences[order], question)))


def _indexed(records: Iterable[Record]) -> tuple[Library, Index]:
    library = opened(records)
    return library, Index.build([(article, library.contents(article).sentences) for article in library.articles])


def _hits(library: Library, sentences: Longs, question: Question) -> list[bool]:
    found = (library.sentences[number] for number in sentences)
    return [is_hit(quote(article, sentence, 0.0), question) for article, sentence in found]


def _joined(paragraphs: Iterable[Record]) -> list[Record]:
    """The paragraphs of each title as one article."""
    texts: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        texts.setdefault(paragraph["title"], []).append(paragraph["text"])
    return [{"id": title, "title": title, "text": "\n".join(of_title)} for title, of_title in texts.items()]


def _articles(folder: Path) -> list[Record]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
