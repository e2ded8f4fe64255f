"""Lines → what is article and what is not, each dropped line with its reason. Nothing is dropped for being rare."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from retrieval.records import Dropped
from retrieval.tokens import syllables

from . import marginal, reasons, rules
from .lines import Hint, Line
from .metadata import Metadata, clean_url, find_url
from .sieve import Sieve

_HEAD_LINES = 10  # teasers stand near the top
_SHORTEST_TEASER = 30  # characters
_SHORTEST_REPEATED = 4  # words: a shorter line may well be said twice ("- Vâng.")
# Of other articles' headings and leads: how many there are at least, how long they are in syllables, and which share of
# the heading's the lead says again.
_FEWEST_TEASERS, _LONGEST_TEASER, _LONGEST_LEAD, _ECHO = 2, 25, 70, 0.4
_KNOWN = 0.25  # of what such a heading says, at most so much is in the text
_BY_HINT: dict[Hint | None, str] = {"image": reasons.IMAGE_LINE, "rule": reasons.MARKUP}
_MOST_BYLINES = 2  # more names in a row than that are a list of the article's own


def sift(lines: Sequence[Line], title: str | None = None) -> Sieve:
    """All rules over the lines of one article. `title`: where it is known from elsewhere."""
    sieve = _cut_date_prefix(lines)
    _drop_anywhere(sieve)
    _drop_closing(sieve)
    _drop_teasers(sieve)
    _drop_source_lines(sieve)
    _drop_labels(sieve)
    _drop_bylines(sieve, title)
    _drop_repeated(sieve)
    for line in teasers_below(sieve.left()):
        sieve.drop(line, reasons.OTHER_ARTICLE)
    return sieve


def _cut_date_prefix(lines: Sequence[Line]) -> Sieve:
    """A publication date glued to the first line: " date 2025-09-16 Chiều 15-9, …"."""
    at, first = next(((i, line) for i, line in enumerate(lines) if line), (0, None))
    prefix = marginal.DATE_PREFIX.match(first.text) if first else None
    if first is None or prefix is None:
        return Sieve(lines)
    rest = replace(first, text=first.text[prefix.end() :])
    cut = Dropped(first.number, prefix[0], reasons.DATE_PREFIX)
    return Sieve([*lines[:at], rest, *lines[at + 1 :]], Metadata(published=prefix[1]), [cut])


def _drop_anywhere(sieve: Sieve) -> None:
    before_body = {line.number for line in sieve.head()}
    for line in sieve.left():
        reason = _BY_HINT.get(line.hint) or rules.not_article(line.words)
        if reason is None:
            continue
        address = find_url(line.words) if reason == reasons.LINK_LINE and line.number in before_body else None
        sieve.drop(line, reason, Metadata(url=clean_url(address[0])) if address else None)


def _drop_closing(sieve: Sieve) -> None:
    """What stands below the article to its end: the page's footer, a notice that the rest is for subscribers.

    Other lines of an imprint go with those that are one for sure.
    """
    beside: list[Line] = []
    sure = False
    for line in reversed(sieve.left()[1:]):
        reason = rules.closing(line.words)
        if reason is not None:
            sure = sure or reason == reasons.FOOTER
            sieve.drop(line, reason)
        elif rules.is_imprint(line.words):
            beside.append(line)
        else:
            break
    for line in beside if sure else ():
        sieve.drop(line, reasons.FOOTER)


def _drop_teasers(sieve: Sieve) -> None:
    """A line cut off with "…" whose beginning another line goes on with."""
    left = sieve.left()
    for line in left[:_HEAD_LINES]:
        stem = rules.without_ellipsis(line.words)
        if stem and len(stem) >= _SHORTEST_TEASER:
            others = (other.words for other in left if other is not line)
            if any(stem in words and len(words) > len(line.words) for words in others):
                sieve.drop(line, reasons.TEASER)


def _drop_source_lines(sieve: Sieve) -> None:
    head, tail = sieve.head(), sieve.tail()
    for line, closing in [*((line, False) for line in head), *((line, True) for line in tail)]:
        found = marginal.source_line(line.words, closing=closing)
        if found and line.number not in sieve.gone:
            sieve.drop(line, reasons.SOURCE_LINE, found)


def _drop_labels(sieve: Sieve) -> None:
    """Section labels stand above the body, date lines above or below it."""
    for line in sieve.head():
        if section := marginal.section(line.words):
            sieve.drop(line, reasons.SECTION, Metadata(section=section))
    for line in [*sieve.head(), *sieve.tail()]:
        when = marginal.date_line(line.words)
        if when and line.number not in sieve.gone:
            sieve.drop(line, reasons.DATE_LINE, Metadata(published=when))


def _drop_bylines(sieve: Sieve, title: str | None) -> None:
    """Below the body, or between title and body. Several names in a row are no byline but a list."""
    below_title = sieve.head() if title else sieve.head()[1:]
    for zone in (sieve.tail(), below_title):
        named = [(line, author) for line in zone if line.hint is None and (author := marginal.byline(line.words))]
        if named and len(named) <= _MOST_BYLINES and not sieve.found.author:
            for line, _ in named:
                sieve.drop(line, reasons.BYLINE)
            sieve.found = sieve.found.over(Metadata(author=", ".join(author for _, author in named)))


def _drop_repeated(sieve: Sieve) -> None:
    seen: set[str] = set()
    for line in sieve.left():
        words = line.words
        if words in seen and words.count(" ") + 1 >= _SHORTEST_REPEATED:
            sieve.drop(line, reasons.REPEATED)
        seen.add(words)


def teasers_below(lines: Sequence[Line]) -> list[Line]:
    """Headings with their leads of other articles, at the end of a text: nothing that they speak of is in the text.

    Each is a heading and one line that tells the same in a sentence; there are several, to the end.
    """
    at = len(lines)
    while at >= 2 and _is_teaser(lines[at - 2], lines[at - 1]):
        at -= 2
    found = lines[at:]
    if len(found) < 2 * _FEWEST_TEASERS or sum(1 for line in lines[:at] if rules.is_prose(line.words)) < 2:
        return []
    told = _pairs(" ".join(line.words for line in lines[:at]))
    foreign = all(len(pairs & told) <= _KNOWN * len(pairs) for pairs in (_pairs(line.words) for line in found[::2]))
    return list(found) if foreign else []


def _is_teaser(heading: Line, lead: Line) -> bool:
    if heading.hint == "caption" or not rules.is_heading(heading.words) or rules.is_prose(heading.words):
        return False
    words = syllables(heading.words)
    if not _SHORTEST_REPEATED <= len(words) <= _LONGEST_TEASER or not rules.is_prose(lead.words):
        return False
    said = set(syllables(lead.words))
    return len(said) <= _LONGEST_LEAD and sum(word in said for word in words) >= _ECHO * len(words)


def _pairs(words: str) -> set[tuple[str, str]]:
    """Each two syllables that follow each other."""
    return set(pairwise(syllables(words)))
