"""Persons and offices as the articles show them: who held what with its proof, who said what, who was with whom."""

from retrieval.who.answering import Answering
from retrieval.who.identities import People
from retrieval.who.register import Register
from retrieval.who.who import who

__all__ = ["Answering", "People", "Register", "who"]
