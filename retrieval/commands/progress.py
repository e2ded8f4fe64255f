"""The progress of a reading in a terminal: how much is done, how fast it goes, how long the rest takes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from retrieval.refreshing.refresh import Progress, Stage

# What is said of each stage; and of those whose parts are no files, no rate.
_STAGES: Mapping[Stage, str] = {
    "feeds": "Asking feeds",
    "articles": "Reading articles",
    "again": "Reading without boilerplate",
    "persons": "Finding persons and offices",
    "offices": "Weighing offices",
    "words": "Numbering words",
    "postings": "Making the index",
}


class _Rate(ProgressColumn):
    """Files a minute, or of a few large files the share of them all."""

    def render(self, task: Task) -> Text:
        """What there is to show of a task."""
        if not task.speed or not task.total or task.description != _STAGES["articles"]:
            return Text("")
        files = 60 * task.speed
        return Text(f"{files:,.0f} files/min" if files >= 10 else f"{100 * files / task.total:.0f} %/min")


@contextmanager
def reading_bar(console: Console) -> Iterator[Progress]:
    """A bar for each stage, for `Library.open(progress=...)`; none where the console is no terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), _Rate(), TimeRemainingColumn()
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(_STAGES["articles"], total=None)

        def told(done: float, of: float, stage: Stage) -> None:
            """One bar: of the stage that is going on."""
            if bar.tasks[0].description != _STAGES[stage]:
                bar.reset(task, description=_STAGES[stage], total=None)
            bar.update(task, completed=done, total=of or None)

        yield told
