"""What a button carries, and what a tap brings back: `name:field:field`, 64 bytes at most, read as strictly as written.

A kind of tap is a frozen dataclass that names itself (`class Page(Tap, name="sources")`) and whose fields say their own
form: `Digits(6)` or `Form("regular expression")` in an `Annotated`, or a `Literal`. Trailing fields that have their
default are left out.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

T = TypeVar("T", bound="Tap")

LIMIT = 64  # bytes: core.telegram.org/bots/api#inlinekeyboardbutton


@dataclass(frozen=True, slots=True)
class Form:
    """A field is written so."""

    pattern: str


def digits(most: int, *, negative: bool = False) -> Form:
    """A number of so many digits at most."""
    return Form(rf"{'-' if negative else ''}[0-9]{{1,{most}}}")


class Tap:
    """What a button asks for. A kind whose `__post_init__` raises ValueError is not read from such data."""

    __slots__ = ()

    name: ClassVar[str]

    def __init_subclass__(cls, name: str | None = None) -> None:
        super().__init_subclass__()
        if name is not None:  # a dataclass with slots is made a second time, of what was made with it
            cls.name = name

    @property
    def data(self) -> str:
        """As the button carries it."""
        own = fields(cast("Any", self))
        values = [getattr(self, field.name) for field in own]
        while values and values[-1] == own[len(values) - 1].default:
            values.pop()
        return ":".join((self.name, *("" if value is None else str(value) for value in values)))

    @classmethod
    def read(cls: type[T], data: str) -> T | None:
        """What the button asks for; None if it is no button of this kind."""
        name, *parts = data.split(":")
        forms = _forms(cast("Any", cls))
        if name != cls.name or len(parts) > len(forms):
            return None
        try:
            return cls(*(convert(part) for part, convert in zip(parts, forms, strict=False)))
        except (TypeError, ValueError):  # too few of them, or of another form
            return None


@cache
def _forms(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_form(hints[field.name]) for field in fields(cast("Any", kind)))


def _form(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return _one_of(get_args(hint))
    base, form = get_args(hint) if get_origin(hint) is Annotated else (hint, None)
    if not isinstance(form, Form):
        raise TypeError(f"a field of a tap says how it is written: {hint}")
    pattern = re.compile(form.pattern, re.ASCII)

    def convert(part: str) -> Any:
        if not pattern.fullmatch(part):
            raise ValueError(part)
        return date.fromisoformat(part) if base is date else part if base is str else int(part)

    return convert


def _one_of(words: tuple[str, ...]) -> Any:
    def convert(part: str) -> str:
        if part not in words:
            raise ValueError(part)
        return part

    return convert
