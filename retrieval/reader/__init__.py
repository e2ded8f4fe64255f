"""Reads a question and a sentence together: how likely the one answers the other, and with which words.

A small encoder that was given, and then taught, by others' texts; it scores words that are there and writes none.
"""

from retrieval.reader.pairs import Passage
from retrieval.reader.reader import Reader, Reading

__all__ = ["Passage", "Reader", "Reading"]
