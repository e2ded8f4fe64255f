"""A topic in dated quotes: ranges as people type them, events from ranked sentences, the topics most covered."""

from retrieval.timeline.events import timeline
from retrieval.timeline.ranges import ALWAYS, Period, between, split_off

__all__ = ["ALWAYS", "Period", "between", "split_off", "timeline"]
