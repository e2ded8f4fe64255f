"""Lines and metadata → one article: its text, its paragraphs and what each of them is, its dates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval import dates
from retrieval.records import NO_DATE, Article, Date, Dropped, Kind, Reading, Span

from . import boilerplate, marginal, rules
from .dropping import sift
from .lines import Line
from .metadata import Metadata, clean_title, dateline, is_whole, publisher_of, without_aggregator, without_tracking
from .sieve import Sieve
from .source import Source, UnreadableError


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's lines, in order, before they become text. `headline` is the number of the title's line."""

    id: str
    lines: Sequence[Line]
    metadata: Metadata
    headline: int | None = None
    dropped: tuple[Dropped, ...] = ()


def from_lines(
    source: Source,
    lines: Sequence[Line],
    stated: Metadata,
    dropped: Sequence[Dropped] = (),
    article_id: str | None = None,
) -> tuple[Reading, tuple[str, ...]]:
    """One article from the lines of a text or page by the rules of `dropping`, and what was not understood.

    A sidecar wins over what is `stated` about the article, that over what the lines say. `dropped` are lines left out
    before. Raises `UnreadableError` where no text is left.
    """
    stated = source.override.over(stated)
    stated = replace(stated, title=clean_title(stated.title))
    sieve = _sifted(source, lines, stated)
    headline = _headline(sieve, stated.title)
    metadata = _said(sieve, stated, source).over(Metadata(title=headline.words if headline else None))
    draft = Draft(
        id=article_id or source.name,
        lines=sieve.kept(),
        metadata=metadata,
        headline=headline.number if headline else None,
        dropped=(*dropped, *sieve.dropped),
    )
    return build(draft, source)


def _said(sieve: Sieve, stated: Metadata, source: Source) -> Metadata:
    """What is stated about an article, over what its lines say of it, over the paper of its dateline."""
    stated = without_aggregator(stated, sieve.found, source.publishers)
    return stated.over(sieve.found).over(paper_of(sieve.left(), source))


def paper_of(lines: Sequence[Line], source: Source) -> Metadata:
    """The paper of an article's dateline, "TTO - …", where it is known."""
    lead = next((line.words for line in lines if rules.is_prose(line.words)), "")
    return Metadata(credited=source.publishers.get(dateline(marginal.dateline(lead) or "")))


def _sifted(source: Source, lines: Sequence[Line], stated: Metadata) -> Sieve:
    """The lines without what is not article; once more where the boilerplate of its source stood before such lines."""
    sieve = sift(lines, stated.title)
    if not source.boilerplate:
        return sieve
    left, cut = without_boilerplate(sieve.kept(), _said(sieve, stated, source), source)
    if not cut:
        return sieve
    again = sift(left, stated.title)
    again.dropped[:0] = [*sieve.dropped, *cut]
    again.found = sieve.found.over(again.found)
    return again


def without_boilerplate(
    lines: Sequence[Line], stated: Metadata, source: Source
) -> tuple[Sequence[Line], Sequence[Dropped]]:
    """An article's lines without what its source says in each, and what was left out."""
    whose = boilerplate.source_of(publisher_of(stated, source.publishers), source.path)
    phrases = source.boilerplate.get(whose, ())
    return boilerplate.without(lines, phrases, stated.title) if phrases else (lines, ())


def _headline(sieve: Sieve, title: str | None) -> Line | None:
    """The line that is the title: the stated title's, else the first before the body that looks like one."""
    head = sieve.head()
    if title:
        return next((line for line in head if line.words == title), None)
    if len(head) == len(sieve.left()):  # no prose: nothing that a title could head
        return None
    first = next((line for line in head if not rules.is_caption(line.words)), None)
    return first if first and " " in first.words and rules.is_heading(first.words) else None


def build(draft: Draft, source: Source) -> tuple[Reading, tuple[str, ...]]:
    """The article, and what of its metadata could not be understood, in words for an operator.

    Raises `UnreadableError` where no text is left.
    """
    text = "\n".join(line.text for line in draft.lines)
    if not text.strip():
        raise UnreadableError("no article text in it")
    if not is_whole(text):
        raise UnreadableError("half of a character in the text (a lone UTF-16 surrogate)")
    paragraphs = tuple(_paragraphs(draft))
    metadata = draft.metadata.without_halves()
    article = Article(
        id=draft.id,
        title=clean_title(metadata.title),
        publisher=publisher_of(metadata, source.publishers),
        author=metadata.author,
        url=without_tracking(metadata.url),
        published=NO_DATE,
        event_date=NO_DATE,
        text=text,
        path=source.path,
        section=metadata.section,
    )
    article, wrong = _dated(article, paragraphs, metadata, source)
    return Reading(article, paragraphs, tuple(sorted(draft.dropped, key=lambda d: d.line))), wrong


def _paragraphs(draft: Draft) -> Sequence[Span]:
    """One span for each line that holds text, without the white space around it."""
    kinds = _kinds(draft)
    spans: list[Span] = []
    offset = 0
    for line, kind in zip(draft.lines, kinds, strict=True):
        if kind:
            start = offset + len(line.text) - len(line.text.lstrip())
            spans.append(Span(start, offset + len(line.text.rstrip()), kind))
        offset += len(line.text) + 1
    return spans


def _kinds(draft: Draft) -> list[Kind | None]:
    """What each line is; None for a blank one. The first line of the body is the lead."""
    kinds: list[Kind | None] = []
    following: Line | None = None
    for line in reversed(draft.lines):
        if not line:
            kinds.append(None)
            continue
        kinds.append(_kind(line, following, is_title=line.number == draft.headline))
        following = line
    kinds.reverse()
    if "body" in kinds:
        kinds[kinds.index("body")] = "lead"
    return kinds


def _kind(line: Line, following: Line | None, *, is_title: bool) -> Kind:
    words = line.words
    if is_title or line.hint in ("heading", "place"):
        return "headline"
    if line.hint == "quotation":
        return "body"
    if line.hint == "caption" or rules.is_caption(words) or rules.is_credit(words):
        return "caption"
    return "headline" if rules.is_subhead(words, following.words if following else "") else "body"


def _dated(
    article: Article, paragraphs: Sequence[Span], metadata: Metadata, source: Source
) -> tuple[Article, tuple[str, ...]]:
    """The article with publication and event date, and which stated dates could not be understood."""
    wrong: list[str] = []
    published = _stated(metadata.published, "published", wrong)
    article = replace(article, published=published)
    event_date = _stated(metadata.event_date, "event_date", wrong)
    if event_date:
        return replace(article, event_date=replace(event_date, basis="stated")), tuple(wrong)
    context = dates.Context(published=published, url_date=dates.url_date(article.url), references=source.references)
    return replace(article, event_date=dates.event_date(article.text, paragraphs, context)), tuple(wrong)


def _stated(value: str | None, name: str, wrong: list[str]) -> Date:
    if not value:
        return NO_DATE
    date = dates.parse_published(value)
    if date is None:
        wrong.append(f"{name} is no date: {value[:80]!r}")
    return date or NO_DATE
