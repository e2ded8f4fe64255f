"""What every reader is given, and how it says that something cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from retrieval.dates import Reference

from .boilerplate import Boilerplate
from .metadata import Metadata

_MEGABYTE = 1_000_000


class UnreadableError(Exception):
    """A file, or one article of it, cannot be read; the message says why, in words for an operator."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused beyond, so that one hostile file cannot take the machine. Sizes in bytes.

    Pages and feeds have lower limits than text: trafilatura takes up to 7 s, feedparser 13 s, for a megabyte made to
    be slow; real ones seldom have a tenth of these sizes.
    """

    article: int = 20 * _MEGABYTE  # a file that holds one article
    lines: int = 200_000  # in one article
    page: int = 3 * _MEGABYTE  # a web page, the body of a .docx
    feed: int = 3 * _MEGABYTE
    line: int = 4 * _MEGABYTE  # of JSON Lines
    bulk: int = 500 * _MEGABYTE  # a JSON Lines file in an archive, which is unpacked in memory
    unpacked: int = 2_000 * _MEGABYTE  # all that comes out of one .zip (those inside it included), .gz or .docx
    ratio: int = 200  # unpacked to packed; text has 3 to 20
    members: int = 100_000  # files in one .zip, those of .zip files inside it included
    depth: int = 3  # a .zip in a .zip in a .zip
    pdf_pages: int = 1_000


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Budget:
    """What is left to unpack of one archive and of those inside it."""

    unpacked: int
    members: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file on its way to articles: its name below the opened root, its path as given, what reading depends on.

    `override` is what a sidecar says. `budget` and `depth` are of the archive that the file comes from, if any.
    `taken` are ids that articles of this file have already. Where these are only some lines of a file, `first_line` is
    the number of the first of them, else 0, and ids are as they are there. `boilerplate` is what is known to be no
    article's own, by whose it is.
    """

    name: str
    path: str
    override: Metadata = field(default_factory=Metadata)
    references: tuple[Reference, ...] = ()
    publishers: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS
    budget: Budget | None = None
    depth: int = 0
    taken: frozenset[str] = frozenset()
    first_line: int = 0
    boilerplate: Boilerplate = field(default_factory=dict)

    def check_lines(self, text: str) -> None:
        """Raises `UnreadableError` where a text has too many lines for an article."""
        if text.count("\n") >= self.limits.lines:
            raise UnreadableError(f"more than {self.limits.lines:,} lines, too many for an article")

    def member(self, name: str, override: Metadata, budget: Budget) -> "Source":
        """A file inside this one."""
        return replace(
            self,
            name=f"{self.name}/{name}",
            path=f"{self.path}/{name}",
            override=override,
            budget=budget,
            depth=self.depth + 1,
        )
