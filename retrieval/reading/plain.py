"""Plain text as people save it, and Markdown: each with or without front matter."""

import re
from collections.abc import Iterator

from retrieval.records import Dropped, Problem, Reading

from . import reasons
from .article import from_lines
from .encodings import decode, without_html
from .front_matter import split_front_matter
from .lines import split_lines
from .markdown import strip_markup
from .source import Source

_QUOTED = re.compile(r"^(?:>[ \t]?){1,8}+", re.MULTILINE)
_SENT_ON = 0.7  # of a mail's lines begin with ">"


def read_text(source: Source, data: bytes, *, markdown: bool = False) -> Iterator[Reading | Problem]:
    """One article from a text file. Front matter makes a text Markdown, whatever the file is called."""
    text = decode(data)
    source.check_lines(text)
    front = split_front_matter(text)
    lines = split_lines(_unquoted(without_html(front.body)), front.first_line)
    if markdown or front.lines:
        lines = strip_markup(lines)
    dropped = [Dropped(number, line, reasons.FRONT_MATTER) for number, line in enumerate(front.lines, 1)]
    reading, wrong = from_lines(source, lines, front.metadata, dropped)
    yield reading
    yield from (Problem(source.path, message) for message in (*front.problems, *wrong))


def _unquoted(text: str) -> str:
    """A text that came in the answer to a mail, or was sent on, without the ">" before its lines."""
    said = [line for line in text.split("\n") if line.strip()]
    marked = sum(line.startswith(">") for line in said)
    return _QUOTED.sub("", text) if marked >= max(_SENT_ON * len(said), 2) else text
