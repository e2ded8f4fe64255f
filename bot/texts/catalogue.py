"""The short texts of a language, by name: one folder holds all that is said in it."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = Path(__file__).parent


def short_texts(language: str, of: str) -> Mapping[str, str]:
    """Those of one file of the language's folder, by name: `terminal`, `page`."""
    texts: Mapping[str, str] = tomllib.loads((LANGUAGES / language / f"{of}.toml").read_text(encoding="utf-8"))
    return texts
