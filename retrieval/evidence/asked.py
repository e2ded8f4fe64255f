"""What a question asks for: a sum of money, a person, a place, a reason …"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from retrieval.config_files import load_toml
from retrieval.query import Query
from retrieval.query.offices import office_heads
from retrieval.query.phrases import Pattern


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer must tell: any of the kinds of expression `tells` (none where the question does not say), a number
    with one of the classes of `units` where there are any.

    `name` is that of the pattern in config/evidence.toml; `counted` are the words that stand after the word that asks,
    `noun` the one before it ("màu gì") where the pattern has a group for it.
    """

    name: str
    tells: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    noun: str = ""


ANYTHING = Asked("anything")
_COUNTED = 2  # syllables


class Asking:
    """Tells what questions ask for, by the patterns of config/evidence.toml."""

    def __init__(self, patterns: Iterable[Mapping[str, Any]]) -> None:
        said = {"office": office_heads(load_toml("offices.toml"))}
        self._patterns = [(_asked(given), Pattern(given, r"\b(?:{})(?!\w)", said)) for given in patterns]

    @classmethod
    def from_config(cls) -> Self:
        """Of config/evidence.toml, and of the kinds of config/questions.toml that it names."""
        kinds = {kind["name"]: kind for kind in load_toml("questions.toml")["kinds"]}
        return cls({**kinds.get(given.get("kind"), {}), **given} for given in load_toml("evidence.toml")["asks"])

    def of(self, query: Query) -> Asked:
        """What the query asks for; `ANYTHING` where no pattern is found."""
        for asked, pattern in self._patterns:
            if found := pattern.of(query.accented).search(query.asked):
                counted = tuple(query.asked[found.end() :].split()[:_COUNTED])
                return replace(asked, counted=counted, noun=(found[1] or "") if found.re.groups else "")
        return ANYTHING


def _asked(given: Mapping[str, Any]) -> Asked:
    return Asked(given["name"], tuple(given["tells"]), tuple(given.get("units", ())))
