"""A topic in dated quotes: ranges as people type them, events from ranked sentences, the topics most covered."""

from retrieval.dates.ranges import ALWAYS, Period, between, split_off
from retrieval.timeline.events import timeline

__all__ = ["ALWAYS", "Period", "between", "split_off", "timeline"]
