"""The templates of a language: the only file that imports jinja2."""

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, StrictUndefined

from bot.texts.catalogue import short_texts
from bot.texts.filters import filters_of


def file_of(name: str) -> str:
    """The file of a template."""
    return f"{name}.html.j2"


@cache
def environment(folder: Path, language: str) -> Environment:
    """The templates of a language in a folder of languages, each compiled when it is first rendered."""
    short = short_texts(language, "short", folder)
    made = Environment(
        loader=ChoiceLoader(
            [DictLoader({file_of(name): text for name, text in short.items()}), FileSystemLoader(folder / language)]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= filters_of(language, folder)
    return made
