"""What a group may choose: which of its messages are answered, and from which sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Mode = Literal["mention", "questions", "every", "off"]


@dataclass(frozen=True, slots=True)
class Policy:
    """What is answered in a group, and in those of its topics that differ (by thread id, `GENERAL` for General).

    `sources` are papers and channels, by name, that its answers come from first, or `only`; none: from all alike.
    `to_asker`: only who asks is to see what the bot says.
    """

    mode: Mode = "mention"
    topics: Mapping[int, Mode] = field(default_factory=lambda: MappingProxyType({}))
    sources: frozenset[str] = frozenset()
    only: bool = False
    to_asker: bool = False

    @property
    def sources_alone(self) -> frozenset[str]:
        """The sources that all comes from; none: from all."""
        return self.sources if self.only else frozenset()

    def mode_in(self, topic: int | None) -> Mode:
        """The mode that holds in a topic; `None` is a group without topics."""
        return self.mode if topic is None else self.topics.get(topic, self.mode)
