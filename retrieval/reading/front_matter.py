"""The block at the top of a Markdown file: YAML between `---`, TOML between `+++`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from .metadata import Metadata, from_mapping

_FENCE = re.compile(r"---\s*")
_TOML_FENCE = re.compile(r"\+\+\+\s*")
_MOST_LINES, _MOST_CHARACTERS = 200, 20_000
_KEY = re.compile(r"([^\s:#][^:]{0,40}):(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block's lines (fences included), what they say, and the text below, which begins at `first_line`."""

    lines: tuple[str, ...]
    metadata: Metadata
    problems: tuple[str, ...]
    body: str
    first_line: int


def split_front_matter(text: str) -> FrontMatter:
    """The text without its front matter. A text that has none comes back whole."""
    lines = text.split("\n")
    fence = next((fence for fence in (_FENCE, _TOML_FENCE) if fence.fullmatch(lines[0])), None)
    end = _end(lines, fence) if fence else None
    values = (_toml(lines[1:end]) if fence is _TOML_FENCE else _values(lines[1:end])) if end else {}
    if not end or not values:
        return FrontMatter((), Metadata(), (), text, 1)
    metadata, problems = from_mapping(values)
    return FrontMatter(tuple(lines[: end + 1]), metadata, problems, "\n".join(lines[end + 1 :]), end + 2)


def _end(lines: list[str], fence: re.Pattern[str]) -> int | None:
    end = next((i for i, line in enumerate(lines[1:_MOST_LINES], 1) if fence.fullmatch(line)), None)
    return end if sum(len(line) for line in lines[:end]) <= _MOST_CHARACTERS else None


def _toml(lines: list[str]) -> Mapping[str, object]:
    try:
        values = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}
    return {key.lower(): value for key, value in values.items()}


def _values(lines: list[str]) -> Mapping[str, object]:
    try:
        values = yaml.BaseLoader("\n".join(lines)).get_single_data()  # every value is text, as written
    except (yaml.YAMLError, RecursionError):
        # Most often a colon in an unquoted title, which every reader of such files forgives.
        values = _line_by_line(lines)
    if not isinstance(values, dict):
        return {}
    return {key.lower(): value for key, value in values.items() if isinstance(key, str)}


def _line_by_line(lines: list[str]) -> dict[str, object]:
    found = (_KEY.fullmatch(line) for line in lines)
    return {match[1]: (match[2] or "").strip().strip("\"'") for match in found if match}
