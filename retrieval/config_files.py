"""Where the data of config/ and the sample articles lie: beside the package in a checkout, inside it in a wheel."""

import tomllib
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
