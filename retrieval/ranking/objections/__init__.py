"""What speaks against a sentence as the answer: a file for each reason."""

from retrieval.ranking.objections.objection import Objection, objection
from retrieval.ranking.objections.words import Words

__all__ = ["Objection", "Words", "objection"]
