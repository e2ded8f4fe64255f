"""A page that tells what each setting does: names, kinds and limits from the settings class, the words from the
comments of config/default.toml, so that there is one source for each.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from bot.settings import Settings
from retrieval.config_files import data_folder

_SECTION = re.compile(r"(?:# )?\[{1,2}(?P<name>\w+)\]{1,2}(?:\s+# (?P<words>.+))?")
_KEY = re.compile(r"(?:# )?(?P<name>[a-z_]+) = (?>\S.*?\s# )(?P<words>.+)")
_LIMITS = {"ge": "from {}", "gt": "above {}", "le": "to {}", "lt": "below {}"}
_KINDS = {"int": "whole number", "float": "number", "bool": "true or false", "Path": "path", "str": "text"}
_HEAD = """# Settings

Written by `trich settings`: change the comments of `config/default.toml`, not this page.

A TOML file of your own, named by `TRICH_CONFIG`, overrides the defaults key by key; the environment overrides both, by
the variables named here. Lists stand in one variable, separated by commas (paths as in `PATH`). Paths are below the
folder in which the program starts, unless they begin with `/`.
"""


@dataclass(frozen=True, slots=True)
class _Comments:
    """What default.toml says of sections and of keys, by (section, key)."""

    sections: dict[str, str]
    keys: dict[tuple[str, str], str]


def page() -> str:
    """The page, Markdown."""
    text = (data_folder("config") / "default.toml").read_text(encoding="utf-8")
    comments, defaults = _comments(text), tomllib.loads(text)
    sections = ["\n".join(_section(name, model, comments, defaults.get(name, {}))) for name, model in _models().items()]
    return "\n".join([_HEAD, *sections, *_secrets()])


def _models() -> dict[str, type[BaseModel]]:
    """The sections by name, and [[sources]]."""
    found = {}
    for name, field in Settings.model_fields.items():
        model = next((arg for arg in (field.annotation, *get_args(field.annotation)) if _is_model(arg)), None)
        if model is not None:
            found[name] = model
    return found


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _section(name: str, model: type[BaseModel], comments: _Comments, defaults: dict[str, Any]) -> Iterator[str]:
    listed = name == "sources"
    yield f"## [[{name}]]\n" if listed else f"## [{name}]\n"
    if words := comments.sections.get(name):
        yield f"{words[0].upper()}{words[1:]}.\n"
    yield "| key | what it does | kind | default | variable |\n|---|---|---|---|---|"
    for key, field in model.model_fields.items():
        variable = "" if listed else f"`TRICH_{name.upper()}__{key.upper()}`"
        default = _shown(field.default if listed else defaults.get(key, field.default))
        words = comments.keys.get((name, key), "").replace("|", "\\|")
        yield f"| `{key}` | {words} | {_kind(field)} | {default} | {variable} |"
    yield ""


# Read by `retrieval.cluster.connection`, whoever connects.
_OF_CLUSTER = {
    "USER": "who asks OpenSearch, where `store` of [library] is set and it wants to know",
    "PASSWORD": "the password of that user",
    "CA": "the file of the authority's certificate, with opensearch+tls://",
    "SECONDS": "no secret: how long a question waits for a call of the cluster, where 3 are too few",
}


def _secrets() -> Iterator[str]:
    yield "## Secrets\n"
    yield "From the environment only: no file holds them, no log shows them.\n"
    yield "| variable | what it is |\n|---|---|"
    for name, field in Settings.model_fields.items():
        if SecretStr in _leaves(field.annotation):
            variable = field.validation_alias or f"TRICH_{name.upper()}"
            yield f"| `{variable}` | {field.description or ''} |"
    for name, words in _OF_CLUSTER.items():
        yield f"| `TRICH_OPENSEARCH_{name}` | {words} |"
    yield ""


def _comments(text: str) -> _Comments:
    comments, section = _Comments({}, {}), ""
    for line in text.splitlines():
        if head := _SECTION.fullmatch(line):
            section = head["name"]
            if head["words"]:
                comments.sections[section] = head["words"]
        elif key := _KEY.fullmatch(line):
            comments.keys[section, key["name"]] = key["words"]
        elif line.startswith("# More sources"):
            comments.sections["sources"] = line.removeprefix("# ").rstrip(".")
    return comments


def _kind(field: FieldInfo) -> str:
    annotation = field.annotation
    if get_origin(annotation) is Literal:
        return " or ".join(f"`{choice}`" for choice in get_args(annotation))
    if get_origin(annotation) in {list, frozenset}:
        return f"list of {_name(_leaves(annotation)[0])}s"
    return " ".join([_name(_leaves(annotation)[0]), *_limits(field)])


def _leaves(annotation: Any) -> list[Any]:
    """The types that an annotation is made of, without None."""
    if get_origin(annotation) in {Union, UnionType, list, frozenset} or hasattr(annotation, "__metadata__"):
        inner = get_args(annotation)[:1] if hasattr(annotation, "__metadata__") else get_args(annotation)
        return [leaf for arg in inner for leaf in _leaves(arg)]
    return [] if annotation is type(None) else [annotation]


def _name(kind: type) -> str:
    return _KINDS.get(kind.__name__, kind.__name__)


def _limits(field: FieldInfo) -> Iterator[str]:
    for name, words in _LIMITS.items():
        for limit in field.metadata:
            if (value := getattr(limit, name, None)) is not None:
                yield words.format(f"{value:,}")


def _shown(value: Any) -> str:
    """As TOML has it; nothing where there is no default."""
    if value is None or repr(value) == "PydanticUndefined":
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text}`" if not isinstance(value, str) else f'`"{text}"`'
