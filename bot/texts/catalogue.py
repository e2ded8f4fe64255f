"""The short texts of a language, by name: one folder holds all that is said in it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from retrieval.dates import DateWords
from retrieval.timeline.picture import PictureWords

LANGUAGES = Path(__file__).parent


@cache
def languages(folder: Path = LANGUAGES) -> tuple[str, ...]:
    """The codes of all languages, Vietnamese first: the folders that have a catalogue."""
    found = sorted(path.parent.name for path in folder.glob("*/short.toml"))
    return tuple(sorted(found, key=lambda code: code != "vi"))


def short_texts(language: str, of: str, folder: Path = LANGUAGES) -> Mapping[str, Any]:
    """Those of one file of the language's folder, by name: `short`, `terminal`, `page`, `dates`."""
    return tomllib.loads((folder / language / f"{of}.toml").read_text(encoding="utf-8"))


def date_words(language: str, folder: Path = LANGUAGES) -> DateWords:
    """How dates are said in it."""
    return DateWords(**_frozen(short_texts(language, "dates", folder).get("dates", {})))


def picture_words(language: str, folder: Path = LANGUAGES) -> PictureWords:
    """What the picture of a timeline says in it."""
    said = short_texts(language, "dates", folder).get("picture", {})
    return PictureWords(**said, date_words=date_words(language, folder))


def _frozen(value: Any) -> Any:
    """Lists as tuples."""
    if isinstance(value, dict):
        return {name: _frozen(each) for name, each in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
