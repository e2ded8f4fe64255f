"""The papers and channels that a group's answers come from, page by page; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from bot.memory.policy import Policy

_EACH = 8  # sources on a page


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """Page `asked` (the last one where there are fewer) of the names of all `sources`, with what a group has chosen, of
    which some may have left.
    """

    policy: Policy
    sources: Sequence[str]
    asked: int = 0

    @property
    def all_names(self) -> list[str]:
        """The chosen first, those that have left among them."""
        chosen = self.policy.sources
        return [*sorted(chosen), *(name for name in self.sources if name not in chosen)]

    @property
    def pages(self) -> int:
        """How many there are."""
        return max(-(-len(self.all_names) // _EACH), 1)

    @property
    def page(self) -> int:
        """Which this one is, from 0."""
        return min(self.asked, self.pages - 1)

    @property
    def names(self) -> list[str]:
        """Those on the page."""
        return self.all_names[_EACH * self.page : _EACH * (self.page + 1)]


def key_of(source: str) -> str:
    """What a button carries for a source: its name may be longer than what a button can carry."""
    return blake2b(source.encode(), digest_size=8).hexdigest()
