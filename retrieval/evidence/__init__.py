"""Evidence that a sentence answers a question: does it tell what is asked for, and with which words."""

from retrieval.evidence.asked import Asked, Asking
from retrieval.evidence.telling import LEVELS, Level, Telling, Told, level

__all__ = ["LEVELS", "Asked", "Asking", "Level", "Telling", "Told", "level"]
