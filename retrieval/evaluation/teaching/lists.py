"""Readers' questions to news, each beside what is found for it: lists in which what answers is to come first."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from retrieval.evaluation.evaluate import Question
from retrieval.evaluation.teaching.examples import NEAR, VIETNAMESE, Example, as_typed, drawn, of_set, told_and_missed
from retrieval.evaluation.written import TAUGHT, TAUGHT_2, TAUGHT_3, written
from retrieval.library import Library

# Sentences that do not answer beside the one that does, and beside the one that looks so; how many
# of the others, Vietnamese ones and near misses. The sixth takes of our questions so many, the last of earlier ones.
_OF_A_LIST, _OF_A_MISS, _OTHERS_ALONE = 3, 1, (2_500, 1_500)
_OF_A_MISS_LATER, _HALF, _OTHERS_SIXTH = 2, 6_700, (900, 450)
_EARLIER, _OTHERS_LAST_ALONE = 1_500, (700, 400)


def in_lists(shared: Path, seed: int) -> list[list[Example]]:
    """Of a fifth course: all that we wrote over news, each question beside what is found for it, among some of the
    others alone. Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    found = [told + misses[: _OF_A_LIST if told[0].answer else _OF_A_MISS] for told, misses in _earlier(shared)]
    return _among_others(shared, found, _OTHERS_ALONE, chance)


def in_other_lists(shared: Path, seed: int) -> list[list[Example]]:
    """Of a sixth course: half of that again, each beside the best found and others by chance. Raises OSError where
    `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    found = [_drawn(told, misses, chance) for told, misses in chance.sample([*_earlier(shared)], _HALF)]
    return _among_others(shared, found, _OTHERS_SIXTH, chance)


def in_other_words(shared: Path, seed: int) -> list[list[Example]]:
    """Of a seventh course: what we wrote last, in other words than the papers', twice, each time beside others of what
    is found for it; among some of the earlier ones. Raises OSError where `shared` lacks a set.
    """
    chance = random.Random(seed)  # noqa: S311 - draws examples, no secrets
    last = [each for library, questions in written(shared, TAUGHT_3) for each in _lists(library, questions)]
    given = [*last, *last, *chance.sample([*_earlier(shared)], _EARLIER)]
    return _among_others(shared, [_drawn(*each, chance) for each in given], _OTHERS_LAST_ALONE, chance)


def _earlier(shared: Path) -> Iterator[tuple[list[Example], list[Example]]]:
    for name in (TAUGHT, TAUGHT_2):
        for library, questions in written(shared, name):
            yield from _lists(library, questions)


def _drawn(told: list[Example], misses: list[Example], chance: random.Random) -> list[Example]:
    """A question beside what answers it, what is found first that does not, and two more; or beside what looks so."""
    if told[0].answer:
        rest = misses[1:]
        return [*told, *misses[:1], *chance.sample(rest, min(_OF_A_LIST - 1, len(rest)))]
    return [*told, *chance.sample(misses, min(_OF_A_MISS_LATER, len(misses)))]


def _among_others(
    shared: Path, found: list[list[Example]], counts: tuple[int, int], chance: random.Random
) -> list[list[Example]]:
    vietnamese = [e for name, counts_ in VIETNAMESE.items() for e in of_set(shared, name, counts_)]
    near = [e for name, most in NEAR.items() for e in drawn(list(of_set(shared, name, 1)), most, chance)]
    others = [*drawn(vietnamese, counts[0], chance), *drawn(near, counts[1], chance)]
    lists = [_typed_alike(some, chance) for some in found] + [[as_typed(example, chance)] for example in others]
    chance.shuffle(lists)
    return lists


def _lists(library: Library, questions: Iterable[Question]) -> Iterator[tuple[list[Example], list[Example]]]:
    """Each with the sentence that answers it, or looks so, and with what is found that does not."""
    articles = {article.id: article for article in library.articles}
    for question in questions:
        told, misses = told_and_missed(library, articles, question)
        if told:
            yield told[:1], misses


def _typed_alike(some: list[Example], chance: random.Random) -> list[Example]:
    """Examples of one question, as people type it."""
    typed = as_typed(some[0], chance).question
    return [replace(example, question=typed) for example in some]
