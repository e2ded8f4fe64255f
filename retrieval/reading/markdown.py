"""Markdown's mark-up off the lines: the text is what a reader of the page sees."""

import re
from collections.abc import Iterable
from dataclasses import replace

from .lines import Line

_LOWEST_HEADING = 6
_CAPTION = re.compile(r"([*_])(?!\1)(\S.*\S)\1")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^)\[]*\)")
_WHOLE_LINE = re.compile(r"\[[^\[\]]+\]\([^)\[]*\)|!\[[^\[\]]*\]\([^)\[]*\)|\[!\[[^\[\]]*\]\([^)\[]*\)\]\([^)\[]*\)")
_RULE = re.compile(r"-{3,}|\*{3,}|_{3,}|\|?(?:\s?:?-{2,}:?\s?\|){1,40}(?:\s?:?-{2,}:?)?")
_DEFINITION = re.compile(r"\[[^\[\]]{1,80}\]:\s*<?(?:https?:|mailto:|www\.|/|\.|#)\S*.*")
_ALERT = re.compile(r">\s?\[!\w{2,20}\]")
_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w-]{0,20}")
_ROW = re.compile(r"\|.*\|")
# None of them reads past the next mark of its own kind: time grows with the length of a line, whatever is in it.
_INLINE = (
    (_IMAGE, ""),
    (re.compile(r"\[([^\[\]]+)\]\([^)\[]*\)"), r"\1"),
    (re.compile(r"\[([^\[\]]+)\]\[[^\[\]]{0,80}\]"), r"\1"),
    (re.compile(r"\*\*(?=\S)([^*]+)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"__(?=\S)([^_]+)(?<=\S)__"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_]+)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"^\s{0,3}>\s?"), ""),
    (re.compile(r"^(\s{0,8})[*+]\s+(?=\S)"), r"\1- "),
    (re.compile(r"^(\s{0,8}- )\[[ xX]\]\s"), r"\1"),
    (re.compile(r"^\[\^[^\[\]]{1,40}\]:\s"), ""),
    (re.compile(r"\[\^[^\[\]]{1,40}\]"), ""),
    (re.compile(r"~~(?=\S)([^~]+)(?<=\S)~~"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])"), r"\1"),
)


def strip_markup(lines: Iterable[Line]) -> list[Line]:
    """The lines without mark-up. Lines that are only a link or an image stay as they are, for the rules to drop."""
    stripped: list[Line] = []
    below_image = False
    for line in lines:
        stripped.append(_strip(line, below_image=below_image))
        if line:
            below_image = bool(_IMAGE.search(line.text))
    return stripped


def _strip(line: Line, *, below_image: bool) -> Line:
    text = line.text.strip()
    if not text or _WHOLE_LINE.fullmatch(text):
        return line
    if _RULE.fullmatch(text) or _DEFINITION.fullmatch(text) or _FENCE.fullmatch(text) or _ALERT.fullmatch(text):
        return replace(line, hint="rule")
    if _ROW.fullmatch(text):
        return replace(line, text=_inline(" | ".join(cell.strip() for cell in text.strip("|").split("|"))))
    if heading := _heading(text):
        return Line(line.number, _inline(heading), "heading")
    caption = _CAPTION.fullmatch(text) if below_image else None
    return Line(line.number, _inline(caption[2]), "caption") if caption else replace(line, text=_inline(line.text))


def _heading(text: str) -> str | None:
    """The heading of a line `## Heading ##`."""
    content = text.lstrip("#")
    if not 0 < len(text) - len(content) <= _LOWEST_HEADING or not content[:1].isspace():
        return None
    return content.rstrip("#").strip() or None


def _inline(text: str) -> str:
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
