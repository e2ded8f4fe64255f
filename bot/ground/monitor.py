"""What the program tells of itself: its health, its metrics, and what somebody should look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from bot.ground.health import Health
from bot.ground.metrics import Metrics

_SILENCE = 60.0  # seconds without an answer to a poll that is overdue, until the health check turns red


@dataclass(frozen=True, slots=True)
class Monitor:
    """What the program tells of itself from its first second; `notes` is what somebody should look at besides."""

    health: Health
    metrics: Metrics
    notes: list[Callable[[], Sequence[str]]] = field(default_factory=list)

    @classmethod
    def polling(cls, seconds: float) -> Self:
        """Nothing is wrong, and nothing counted; a poll may take so many seconds."""
        return cls(Health(seconds + _SILENCE), Metrics())
