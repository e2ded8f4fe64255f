"""Whether the steps of a pattern grow no faster than its text."""

from dataclasses import dataclass
from operator import itemgetter

from tests.patterns.attacks import Attack, Attacks
from tests.patterns.counting import CountingPattern, TooManyStepsError

_SHORT, _LONG = 24, 96
_LONGER, _LONGEST = 400, 1600
_PER_CHARACTER = 600  # steps for a character of any text, at most
_SUSPECT = 5.5  # of a text four times as long: worth a longer look
_GROWTH = 1.25  # steps for a character of the longest text, to those of one a quarter as long
_LOOKED_AT = 4  # of the suspects, the dearest


@dataclass(frozen=True, slots=True)
class TooDear:
    """A text that costs more than its length times a constant."""

    text: str
    steps: tuple[int | None, int | None]  # at two lengths; None: too many


def too_dear(pattern: str, flags: int = 0, way: str = "search") -> TooDear | None:
    """The first text found whose steps grow faster than its length, or are too many; None where there is none.

    `way`: "search", as `finditer` goes through a text, "match" or "fullmatch", at its beginning only.
    """
    counting = CountingPattern(pattern, flags)
    suspects: list[tuple[int, Attack]] = []
    for attack in Attacks(counting).all():
        few, many = (_steps(counting, attack.text(length), way) for length in (_SHORT, _LONG))
        if few is None or many is None:
            return TooDear(attack.text(_LONG), (few, many))
        if many > _SUSPECT * (few + 10):
            suspects.append((many, attack))
    for _, attack in sorted(suspects, key=itemgetter(0), reverse=True)[:_LOOKED_AT]:
        longer, longest = attack.text(_LONGER), attack.text(_LONGEST)
        few, many = _steps(counting, longer, way), _steps(counting, longest, way)
        if few is None or many is None or many / len(longest) > _GROWTH * few / len(longer):
            return TooDear(longest, (few, many))
    return None


def _steps(counting: CountingPattern, text: str, way: str) -> int | None:
    try:
        if way == "search":
            counting.search(text, _PER_CHARACTER * (len(text) + 10))
        else:
            counting.match(text, _PER_CHARACTER * (len(text) + 10), whole=way == "fullmatch")
    except TooManyStepsError:
        return None
    return counting.steps
