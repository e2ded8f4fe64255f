"""Draws 200 of the (person, office) pairs that /who shows as facts over rss_2025, to judge by eye.

    python -m tests.labels.draw_pairs [--cache FOLDER] [--seed NUMBER]

Every office of the library and every holder of it that is a fact is a pair; each drawn one is printed with its proof. A
pair is right where the quote says that this person holds, held or gets this office, with what it is of.
"""

import argparse
import random
import sys
from collections.abc import Iterator
from typing import NamedTuple

from retrieval import Library
from retrieval.dates.ranges import ALWAYS
from retrieval.who.holders import weighed
from retrieval.who.identities import People
from retrieval.who.offices import HOLDS, shown
from tests.labels.corpora import corpus

_LIBRARY, _SEED, _DRAWN = "rss_2025", 20261, 200


class Pair(NamedTuple):
    """Somebody whom articles show in an office, in how many of them, and the newest sentence that does."""

    person: str
    office: str
    articles: int
    proof: str


def pairs(people: People) -> Iterator[Pair]:
    """All that are shown as facts, office by office."""
    for title in dict.fromkeys(people.titles_of(one)[0] for one in people.register.titles()):
        for one in weighed(people, title):
            offices = list(shown(people, one.post, HOLDS, ALWAYS, 1)) if one.is_fact and one.post.title == title else ()
            if offices:
                text = " ".join(offices[0].quotes[0].text.split())
                yield Pair(people.register.shown(one.post.persons), title, one.post.evidence.articles, text)


def main() -> None:
    """The drawn pairs, a number, a pair and its proof a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", help="a folder to keep what was read; shared with score_questions")
    parser.add_argument("--seed", type=int, default=_SEED)
    options = parser.parse_args()
    if not corpus(_LIBRARY).is_file():
        sys.stdout.write(f"Skipped: {corpus(_LIBRARY)} is not on this machine.\n")
        return
    library = Library.open([corpus(_LIBRARY)], f"{options.cache}/{_LIBRARY}" if options.cache else None)
    found = sorted(pairs(library._people))
    drawn = random.Random(options.seed).sample(found, min(_DRAWN, len(found)))  # noqa: S311 - a draw, no secret
    for number, pair in enumerate(drawn, 1):
        sys.stdout.write(f"{number}\t{pair.person}\t{pair.office}\t{pair.articles}\t{pair.proof}\n")
    sys.stdout.write(f"{len(drawn)} of {len(found)} pairs\n")


if __name__ == "__main__":
    main()
