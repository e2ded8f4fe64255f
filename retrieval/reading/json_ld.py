"""What a page says of its article in JSON-LD (schema.org): when, by whom, in which paper."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import html

_ARTICLES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle")
_LONGEST, _DEEPEST, _MOST = 200_000, 6, 200  # characters of a script, levels and objects looked at
_MOST_NAMES = 10


def article_of(tree: html.HtmlElement) -> dict[str, object]:
    """The first object that is an article; empty where there is none."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        text = str(script.text or "")
        if len(text) > _LONGEST:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found = list(islice(_objects(data, _DEEPEST), _MOST))
        named = {key: one for one in found if isinstance(key := one.get("@id"), str) and "name" in one}
        for one in found:
            kinds = one.get("@type")
            if any(kind in _ARTICLES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                return {name: _referred(value, named) for name, value in one.items()}
    return {}


def _referred(value: object, named: Mapping[str, object]) -> object:
    """What a reference is to: `"publisher": {"@id": "#paper"}`."""
    if isinstance(value, list):
        return [_referred(one, named) for one in value]
    key = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(key, value) if isinstance(key, str) else value


def text_of(found: Mapping[str, object], name: str) -> str | None:
    """A value that is text, or the name of what it describes: `"author": {"name": "…"}`; of several the first."""
    return next(iter(texts_of(found, name)), None)


def texts_of(found: Mapping[str, object], name: str) -> list[str]:
    """All values of this name."""
    values = found.get(name)
    named = (value.get("name") if isinstance(value, dict) else value for value in _listed(values))
    return [value.strip() for value in named if isinstance(value, str) and value.strip()]


def _listed(value: object) -> list[object]:
    return value[:_MOST_NAMES] if isinstance(value, list) else [value]


def _objects(data: object, deepest: int) -> Iterator[dict[str, object]]:
    if deepest and isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), deepest - 1)
    if deepest and isinstance(data, list):
        for one in data:
            yield from _objects(one, deepest - 1)
