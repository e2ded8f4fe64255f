"""Persons and their offices in raw Vietnamese news text."""

from retrieval.names.mention import Mention
from retrieval.names.names import Names
from retrieval.names.queries import Candidate
from retrieval.names.speech import Speech

__all__ = ["Candidate", "Mention", "Names", "Speech"]
