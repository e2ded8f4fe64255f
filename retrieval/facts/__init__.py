"""Facts that any text tells, an article's sentence or a question: persons, their offices, who speaks."""

from retrieval.facts.facts import Facts, LocatedOffice
from retrieval.facts.lexicon import Status
from retrieval.facts.mentions import Mention, key_of
from retrieval.facts.queries import Candidate
from retrieval.facts.speech import Speech
from retrieval.facts.words import is_vietnamese

__all__ = ["Candidate", "Facts", "LocatedOffice", "Mention", "Speech", "Status", "is_vietnamese", "key_of"]
