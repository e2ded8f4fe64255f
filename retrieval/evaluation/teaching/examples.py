"""Questions beside sentences that answer them, or do not, to teach the reader with."""

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from retrieval.candidate_reading import as_read, passage_of
from retrieval.evaluation.evaluate import Question, is_hit, plain, read_questions
from retrieval.evaluation.training import TRAINING, half
from retrieval.evaluation.written import TAUGHT, TAUGHT_2, written
from retrieval.library import Library
from retrieval.reader.pairs import Passage
from retrieval.records import Article, Quote, Sentence
from retrieval.tokens import fold

# Of ../shared/train: what the sets in Vietnamese count, and how many pairs are taken of the others.
VIETNAMESE: Mapping[str, float] = {
    "vinewsqa_dev": 1, "vinewsqa_test": 1, "vicoqa_dev": 1, "vicoqa_test": 1, "mailong_train": 1,
    "isedsc01_train1000": 0.6, "isedsc01_refuted_bt": 1, "h1_mlqa_vi_dev": 1, "h1_viquad2_uras": 1,
    "h1_seminar_wiki": 1, "h1_seminar_uit_rules": 0.7, "vimqa_uras1000": 0.7, "vinli_dev": 0.6, "zalo2019_val": 0.4,
    "zalo2019_hand_wiki_reg": 1, "alqac_span": 0.5, "viquad1_train100": 1, "mlqa_dev_vi_ctx_en_q": 0.5,
}  # fmt: skip
OTHERS: Mapping[str, int] = {
    "idk_mrc_train": 13_000, "squad2_dev_en_unanswerable": 5_900, "squadshifts_new_wiki": 9_000, "mlqa_dev_en": 2_200,
    "selqa_test": 2_500, "trecqa_all": 900, "facqa_id": 4_000, "wikiqa_train": 2_000, "fever_symmetric": 1_000,
    "fool_me_twice": 1_500, "pquad_test": 3_000, "tydiqa_goldp_train_en": 3_000,
}  # fmt: skip
# The second course begins with these, near misses by people, and some in Vietnamese; no more of all than so many.
NEAR: Mapping[str, int] = {
    "idk_mrc_train": 9_000, "idk_mrc_valid": 1_087, "idk_mrc_test": 1_190, "squad2_dev_en_unanswerable": 3_500,
    "squadshifts_new_wiki": 4_500, "selqa_dev": 1_200, "wikiqa_train": 900, "fever_symmetric": 700,
    "fool_me_twice": 1_000, "pquad_validation": 1_500, "vihallu_train_parts": 500,
}  # fmt: skip
_NEAR, _NEAR_VIETNAMESE, _AGAIN, _MADE_AGAIN = 12_800, 5_000, 9_000, 2_500
# Of the third are drawn from so many, beside our own sets, so many in all.
_AGAIN_LAST, _NEAR_LAST, _MADE_LAST, _OTHERS_LAST = 6_000, 3_500, 1_500, 3_400
# Of the fourth, with all that we wrote since: so many of our earlier questions, and of other sets.
_BEFORE, _OTHERS_AGAIN = 2_200, 1_300
# What of the sentences found for a reader's question is learned from, where it does not answer.
_FIRST_TWO, _NEXT, _FIRST, _NONE = slice(2), slice(2, 4), slice(1), slice(0)
# Of ../shared/eval, the questions in the training half: the sentence that answers, and what ranks beside it.
OWN = ("xquad_vi", "viquad_dev_fixed", "viquad2_a")
# The most question-like other sentence of a paragraph answers as well in one case of six.
_RANDOM = 0.6
_MADE, _MADE_COUNTS = 4_500, 0.8
_LONGEST = 600  # characters of a sentence
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-ZĐ]\w+(?: [A-ZĐ]\w+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?![\w]|[.,]\d)")
_SHORTEST_NAME = 4
_FEW = 10
# Shares of the Vietnamese questions that are typed without diacritics, and without capitals and question mark.
_BARE, _LOWER = 0.12, 0.24


@dataclass(frozen=True, slots=True)
class Example:
    """`answer` is where in the passage's text the words that answer stand; None where it does not answer, (−1, −1)
    where it does with words that nobody marked. `counts` is its share of the loss.
    """

    question: str
    passage: Passage
    answer: tuple[int, int] | None
    counts: float


def examples(shared: Path, seed: int, count: int) -> list[Example]:
    """In the order they are learned: other languages and some Vietnamese first, then the Vietnamese ones.

    Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    vietnamese = [e for name, counts in VIETNAMESE.items() for e in of_set(shared, name, counts)]
    others = [e for name, most in OTHERS.items() for e in drawn(list(of_set(shared, name, 1)), most, chance)]
    made = drawn(list(_made(vietnamese, chance)), _MADE, chance)
    own = [e for name in OWN for e in _own(shared / "eval" / name, chance)]
    chance.shuffle(vietnamese)
    begun = len(vietnamese) // 4
    last = [*vietnamese[begun:], *made, *own, *own]
    first = drawn([*others, *vietnamese[:begun]], max(count - len(last), 0), chance)
    chance.shuffle(last)
    return [as_typed(example, chance) for example in [*first, *last]]


def further(shared: Path, seed: int) -> list[Example]:
    """Of a second course: near misses in other languages first, then Vietnamese ones again, with twice each question
    that we wrote over news. Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    near = [e for name, most in NEAR.items() for e in drawn(list(of_set(shared, name, 1)), most, chance)]
    vietnamese = [e for name, counts in VIETNAMESE.items() for e in of_set(shared, name, counts)]
    near += drawn(vietnamese, _NEAR_VIETNAMESE, chance)
    chance.shuffle(near)
    made = drawn(list(_made(vietnamese, chance)), _MADE_AGAIN, chance)
    own = [e for name in OWN for e in _own(shared / "eval" / name, chance)]
    readers = [e for library, questions in written(shared, TAUGHT) for e in _readers(library, questions)]
    rest = [*drawn(vietnamese, _AGAIN, chance), *made, *own]
    chance.shuffle(rest)
    halves = [[*some, *readers] for some in (rest[: len(rest) // 2], rest[len(rest) // 2 :])]
    for some in halves:
        chance.shuffle(some)
    return [as_typed(example, chance) for example in [*near[:_NEAR], *halves[0], *halves[1]]]


def of_readers(shared: Path, seed: int) -> list[Example]:
    """Of a third course: what we wrote over news, twice, each time with other sentences that are found for it, among
    some of the others. Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    vietnamese = [e for name, counts in VIETNAMESE.items() for e in of_set(shared, name, counts)]
    near = [e for name, most in NEAR.items() for e in drawn(list(of_set(shared, name, 1)), most, chance)]
    own = [e for name in OWN for e in _own(shared / "eval" / name, chance)]
    made = drawn(list(_made(vietnamese, chance)), _MADE_LAST, chance)
    rest = [*drawn(vietnamese, _AGAIN_LAST, chance), *drawn(near, _NEAR_LAST, chance), *made, *own]
    rest = drawn(rest, _OTHERS_LAST, chance)
    given = list(written(shared, TAUGHT))
    found: list[Example] = []
    for others, some in zip((_FIRST_TWO, _NEXT), (rest[: len(rest) // 2], rest[len(rest) // 2 :]), strict=True):
        part = [*some, *(e for library, questions in given for e in _readers(library, questions, others))]
        chance.shuffle(part)
        found += part
    return [as_typed(example, chance) for example in found]


def of_more_readers(shared: Path, seed: int) -> list[Example]:
    """Of a fourth course: what we wrote over news since, with the sentence that is found first beside each, among some
    of what we wrote before and of the others. Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    found = [e for library, new in written(shared, TAUGHT_2) for e in _readers(library, new, _FIRST)]
    before = [e for library, old in written(shared, TAUGHT) for e in _readers(library, old, _NONE)]
    vietnamese = [e for name, counts in VIETNAMESE.items() for e in of_set(shared, name, counts)]
    near = [e for name, most in NEAR.items() for e in drawn(list(of_set(shared, name, 1)), most, chance)]
    others = [*drawn(vietnamese, _OTHERS_AGAIN * 2 // 3, chance), *drawn(near, _OTHERS_AGAIN // 3, chance)]
    found += [*drawn(before, _BEFORE, chance), *others]
    chance.shuffle(found)
    return [as_typed(example, chance) for example in found]


def of_set(shared: Path, name: str, counts: float) -> Iterator[Example]:
    """The pairs of a set of ../shared/train, each of which counts so much."""
    with gzip.open(shared / "train" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for pair in map(json.loads, lines):
            if len(pair["sentence"]) <= _LONGEST:
                yield _of_pair(pair, counts * (_RANDOM if pair["kind"] == "random" else 1))


def _of_pair(pair: Mapping[str, Any], counts: float) -> Example:
    passage = Passage(pair["sentence"], pair.get("before") or "", pair.get("after") or "")
    answer = (pair["answer_start"], pair["answer_end"]) if pair["label"] else None
    return Example(pair["question"], passage, answer, counts)


def drawn(given: list[Example], most: int, chance: random.Random) -> list[Example]:
    """No more of them than that, by chance."""
    chance.shuffle(given)
    return given[:most]


def _made(given: Iterable[Example], chance: random.Random) -> Iterator[Example]:
    """Near misses: another name or number in a question, where the sentence has the right one."""
    right = [example for example in given if example.answer]
    names = [name for example in right for name in _NAME.findall(example.question)]
    for example in right:
        changed = _changed(example.question, example.passage.text, names, chance)
        if changed:
            yield replace(example, question=changed, answer=None, counts=_MADE_COUNTS)


def _changed(question: str, text: str, names: list[str], chance: random.Random) -> str:
    named = [m for m in _NAME.finditer(question) if len(m[0]) >= _SHORTEST_NAME and m[0] in text]
    counted = [m for m in _NUMBER.finditer(question) if m[0] in text]
    if counted and (not named or chance.random() < 0.5):  # a half of those that have both
        found = chance.choice(counted)
        number = int(found[0])
        other = str(number + chance.choice([-3, -2, -1, 1, 2, 3, 5] if number > _FEW else [1, 2, 3]))
    elif named:
        found, other = chance.choice(named), chance.choice(names)
        if other in text or other in question:
            return ""
    else:
        return ""
    return question[: found.start()] + other + question[found.end() :]


def _own(folder: Path, chance: random.Random) -> Iterator[Example]:
    """What a library of a set finds for its questions."""
    library = Library.open([folder / "articles.jsonl"])
    for question in read_questions(folder / "questions.jsonl"):
        if half(question) == TRAINING:
            yield from _candidates(library, question, chance)


def _candidates(library: Library, question: Question, chance: random.Random) -> Iterator[Example]:
    found = library.search(question.question)
    hits = [quoted for quoted in found if is_hit(quoted, question)]
    misses = [quoted for quoted in found if not is_hit(quoted, question)]
    if question.answerable and not hits:
        return
    for quoted in hits[:1]:
        yield Example(question.question, _passage(library, quoted), _place(quoted.text, question.answer), 1)
    for quoted in misses[:1]:
        yield Example(question.question, _passage(library, quoted), None, 1)
    for quoted in chance.sample(misses[1:], min(1, len(misses[1:]))):
        yield Example(question.question, _passage(library, quoted), None, _RANDOM)
    for quoted in misses:
        if question.plausible and question.plausible in quoted.text:  # written to look as if it answered
            yield Example(question.question, _passage(library, quoted), None, 1.5)


def _readers(library: Library, questions: Iterable[Question], others: slice = _FIRST_TWO) -> Iterator[Example]:
    """Each, as the reader reads it, with the sentences that answer or look so, and `others` of what is found beside
    them.
    """
    articles = {article.id: article for article in library.articles}
    for question in questions:
        told, misses = told_and_missed(library, articles, question)
        yield from told[:2]
        for example in misses[others]:
            yield replace(example, counts=_RANDOM) if question.answerable else example


def told_and_missed(
    library: Library, articles: Mapping[str, Article], question: Question
) -> tuple[list[Example], list[Example]]:
    """The question, as the reader reads it, with the sentences that answer or look so, and with others found for it."""
    asked = as_read(library.read_question(question.question))
    texts = [*question.gold, *filter(None, [question.plausible])]
    places = zip(question.articles, texts, strict=True)
    # An article that is there again as a newer version is not in the library.
    passages = [_beside(library, articles[a], text) for a, text in places if a in articles]
    told = [
        Example(asked, passage, _place(passage.text, question.answer), 1.2)
        if question.answerable
        else Example(asked, passage, None, 1.5)
        for passage in passages
        if passage
    ]
    known, answer = {example.passage.text for example in told}, plain(question.answer or "")
    found = [quoted for quoted in library.search(question.question) if quoted.text not in known]
    misses = [q for q in found if not question.answerable or (not is_hit(q, question) and answer not in plain(q.text))]
    return told, [Example(asked, _passage(library, quoted), None, 0.8) for quoted in misses]


def _place(text: str, answer: str | None) -> tuple[int, int]:
    """Where the answer stands in the text; (−1, −1) where it is not said with these words."""
    words = (answer or "").strip().lower()
    at = text.lower().find(words) if words else -1
    return (at, at + len(words)) if at >= 0 else (-1, -1)


def _beside(library: Library, article: Article, text: str) -> Passage | None:
    """The sentence of an article that a text stands in, with those beside it."""
    begins = article.text.find(text)
    if begins < 0:
        return None
    middle, sentences = begins + len(text) // 2, library.contents(article).sentences
    at = next((at for at, s in enumerate(sentences) if s.start <= middle < s.end), None)
    return None if at is None else _passage_at(article, sentences, at)


def _passage(library: Library, quoted: Quote) -> Passage:
    sentences = library.contents(quoted.article).sentences
    at = next(at for at, sentence in enumerate(sentences) if sentence.start == quoted.start)
    return _passage_at(quoted.article, sentences, at)


def _passage_at(article: Article, sentences: Sequence[Sentence], at: int) -> Passage:
    beside = sentences[max(at - 1, 0) : at], sentences[at + 1 : at + 2]
    here = sentences[at]
    before, after = ("".join(article.text[s.start : s.end] for s in some) for some in beside)
    return passage_of(article.text[here.start : here.end], before, after, article.title)


def as_typed(example: Example, chance: random.Random) -> Example:
    """Some Vietnamese questions as people type them."""
    if example.question.isascii():
        return example
    drawn = chance.random()
    if drawn < _BARE:
        return replace(example, question=fold(example.question))
    return replace(example, question=example.question.lower().rstrip("?")) if drawn < _LOWER else example
