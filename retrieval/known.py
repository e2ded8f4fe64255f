"""What all libraries of a process share: words, weights, lexicons, each read once."""

import os
from functools import lru_cache

from retrieval.evidence import Asking, Telling
from retrieval.facts import Facts
from retrieval.query import QuestionReader
from retrieval.ranking.ranking import Weights
from retrieval.reader import Reader
from retrieval.who.asking import Asking as AskingWho

_OFF = frozenset({"off", "0", "no", "false"})


def preload() -> None:
    """Read all of it, for this process and those that are forked from it."""
    question_reader(), weights(), facts(), asking(), asking_who(), telling(), cross_encoder()


@lru_cache(1)
def question_reader() -> QuestionReader:
    """Reads questions."""
    return QuestionReader.from_config()


@lru_cache(1)
def weights() -> Weights:
    """Of the ranking and the confidence."""
    return Weights.from_config()


@lru_cache(1)
def facts() -> Facts:
    """Persons and offices."""
    return Facts.from_config()


@lru_cache(1)
def asking() -> Asking:
    """What questions ask for."""
    return Asking.from_config()


@lru_cache(1)
def asking_who() -> AskingWho:
    """What they ask of persons and offices."""
    return AskingWho.from_config()


@lru_cache(1)
def telling() -> Telling:
    """Which words tell it."""
    return Telling.from_config(facts())


@lru_cache(1)
def cross_encoder() -> Reader | None:
    """Reads questions and sentences together; None where the environment's TRICH_READER is "off"."""
    return None if os.environ.get("TRICH_READER", "").lower() in _OFF else Reader.from_config()
