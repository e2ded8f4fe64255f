"""A button: what stands on it and what it does, whatever shows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.taps.codec import Tap


@dataclass(frozen=True, slots=True)
class Button:
    """A button by the name of its text, with the values that this tells, or with a `title` as it is (a name, a topic);
    it does one of four things. `passed_on` is a question whose answer is sent to a chat that is chosen then. What is in
    force is `chosen`; what cannot be taken back is a `danger`, and red.
    """

    label: str = ""
    does: Tap | None = None
    copied: str = ""
    url: str = ""
    passed_on: str = ""
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    chosen: bool = False
    danger: bool = False

    @property
    def data(self) -> str:
        """What it carries; empty where it asks the bot for nothing."""
        return self.does.data if self.does else ""


Rows = Sequence[Sequence[Button]]


def turning(labels: tuple[str, str], page: int, pages: int, to: Callable[[int], Tap]) -> list[Button]:
    """To the page before and the page after, from 0, of so many, where there are any."""
    steps = zip(labels, (page - 1, page + 1), strict=True)
    return [Button(label, to(neighbour)) for label, neighbour in steps if 0 <= neighbour < pages]
