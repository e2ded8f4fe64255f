"""Records as JSON: their own field names; an article in one by what names it, not by its text."""

import dataclasses
import datetime
from typing import Any

from retrieval.records import Article

_NAMES_IT = ("id", "title", "publisher", "url", "published", "event_date")


def as_json(value: Any) -> Any:
    """What `json.dumps` takes."""
    if isinstance(value, Article):
        return {name: as_json(getattr(value, name)) for name in _NAMES_IT}
    if isinstance(value, datetime.date):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    return value
