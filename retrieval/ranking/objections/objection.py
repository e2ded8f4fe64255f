"""What speaks against a sentence as the answer, however well the rest fits: it tells of another number, office,
person, or has nothing of what is asked for.
"""

from collections.abc import Sequence
from typing import Literal

from retrieval.query import Query
from retrieval.ranking.objections.kinds import lacks_what_is_asked_for
from retrieval.ranking.objections.known_names import tells_of_another_place
from retrieval.ranking.objections.numbers import tells_another_number
from retrieval.ranking.objections.offices import speaks_of_another_office
from retrieval.ranking.objections.persons import is_only_named, tells_of_another_person
from retrieval.ranking.objections.words import Words

Objection = Literal[
    "", "another office", "another person", "another place", "another number", "nothing of the kind asked for"
]


def objection(query: Query, sentence: Words, around: Words, told: Sequence[bool]) -> Objection:
    """What speaks against the sentence; `around` is its article, `told` (M,) the terms that its date tells."""
    if speaks_of_another_office(query, sentence, around):
        return "another office"
    if lacks_what_is_asked_for(query, sentence, around):
        return "nothing of the kind asked for"
    if tells_of_another_person(query, sentence, around):
        return "another person"
    if tells_of_another_place(query, around):
        return "another place"
    if is_only_named(query, sentence, around, told):
        return "nothing of the kind asked for"
    return "another number" if tells_another_number(query, sentence, around, told) else ""
