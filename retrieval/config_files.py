"""Where the data of config/ and the sample articles lie: beside the package in a checkout, inside it in a wheel."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def data_folder(name: str) -> Path:
    """The folder `config` or `seeds`."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def load_toml(name: str) -> dict[str, Any]:
    """A TOML file of config/, read anew at every call."""
    return tomllib.loads((data_folder("config") / name).read_text(encoding="utf-8"))


def listed(value: str | Iterable[str]) -> list[str]:
    """The phrases of a configured value: separated by commas or line ends, or given as an array."""
    items = value.replace("\n", ",").split(",") if isinstance(value, str) else value
    return [item.strip() for item in items if item.strip()]
