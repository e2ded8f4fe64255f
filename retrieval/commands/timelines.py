"""python -m retrieval timeline: a table, or what other programs read."""

from collections.abc import Callable, Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retrieval import dates
from retrieval.dates.ranges import Period, in_order, split_off
from retrieval.records import Quote, Timeline, TimelineEntry

_SOURCES = 4  # named for each date


def asked_for(
    topic: str, since: str | None, until: str | None, today: date, is_name: Callable[[str], bool]
) -> tuple[str, Period]:
    """The topic and its period: the range at the end of the topic, or --since and --until. Raises ValueError."""
    if since is None and until is None:
        return split_off(topic, today, is_name)
    return " ".join(topic.split()), in_order(since, until, today)


def table(timeline: Timeline) -> Table:
    """One row a date: its first quote (the second too, where that is why the first is there), then the sources."""
    rows = Table("Ngày", "Trích", "Nguồn", box=box.SIMPLE_HEAD, show_lines=True)
    rows.columns[0].min_width = 10
    rows.columns[2].max_width = 40
    for entry in timeline.entries:
        rows.add_row(*map(escape, (_when(entry), _quoted(entry), _sources(entry.quotes))))
    return rows


def show(timeline: Timeline) -> None:
    """The table; or that there is nothing, and what comes nearest."""
    console = Console(highlight=False)
    if timeline.entries:
        console.print(table(timeline))
        return
    console.print("Không có câu nào nói về việc này kèm ngày tháng.", markup=False)
    if timeline.nearest:
        console.print("Vài câu có thể liên quan (không kèm ngày tháng):", markup=False)
    for quote in timeline.nearest:
        console.print(f"\n  “{quote.text}”\n  — {_sources([quote])}", markup=False)


def show_topics(topics: Sequence[str]) -> None:
    """What a timeline may be asked for."""
    console = Console(highlight=False)
    console.print("Các bài nói nhiều đến:" if topics else "Các bài không có tên nào lặp lại ở tiêu đề.", markup=False)
    for topic in topics:
        console.print(f"  {topic}", markup=False)


def _when(entry: TimelineEntry) -> str:
    note = dates.basis_note(entry.date)
    planned = "dự kiến, đã thay đổi" if entry.changed else "dự kiến" if entry.planned else ""
    if entry.background and entry.date.basis != "unknown":
        planned = planned or "bối cảnh"
    shown = dates.for_people(entry.date)
    if entry.date.basis == "published":
        shown = f"tin đăng {shown}"
    return "\n".join(filter(None, [shown, planned, f"({note})" if note else ""]))


def _quoted(entry: TimelineEntry) -> str:
    return "\n".join(f"“{quote.text}”" for quote in (entry.quotes[0], *entry.about))


def _sources(quotes: Sequence[Quote]) -> str:
    """Each article once, with the day of its publication."""
    articles = {quote.article.id: quote.article for quote in quotes}
    lines = []
    for article in articles.values():
        published = f"đăng {dates.for_people(article.published)}" if article.published else None
        lines.append(" · ".join(filter(None, [article.publisher or article.id, published])))
    return "\n".join([*lines[:_SOURCES], *([f"và {len(lines) - _SOURCES} bài nữa"] if len(lines) > _SOURCES else [])])
