"""Persons and their offices in raw Vietnamese news text."""

from retrieval.facts.mention import Mention
from retrieval.facts.names import Names
from retrieval.facts.queries import Candidate
from retrieval.facts.speech import Speech

__all__ = ["Candidate", "Mention", "Names", "Speech"]
