"""Vietnamese date expressions → EDTF, with the basis of every date.

Pure functions: no clock, no file. Dates are never more precise than their text: "đầu năm 2024" is kept as 2024,
"quý III/2025" as 2025-35 (ISO 8601-2's code of a third quarter), "thập niên 1990" as 199X.
"""

from retrieval.dates.context import Context
from retrieval.dates.edtf import bounds
from retrieval.dates.expression import Expression, Partial
from retrieval.dates.expressions import find
from retrieval.dates.publication import in_order, in_seconds, parse_published, url_date
from retrieval.dates.references import Reference, load_references
from retrieval.dates.resolve import resolve
from retrieval.dates.sentence_dates import date_sentences, event_date, is_inherited
from retrieval.dates.written import DateWords, basis_note, for_people

__all__ = [
    "Context",
    "DateWords",
    "Expression",
    "Partial",
    "Reference",
    "basis_note",
    "bounds",
    "date_sentences",
    "event_date",
    "find",
    "for_people",
    "in_order",
    "in_seconds",
    "is_inherited",
    "load_references",
    "parse_published",
    "resolve",
    "url_date",
]
