"""The progress of a reading in a terminal: how much is done, how fast it goes, how long the rest takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(ProgressColumn):
    """Files a minute, or of a few large files the share of them all."""

    def render(self, task: Task) -> Text:
        """What there is to show of a task."""
        if not task.speed or not task.total:
            return Text("")
        files = 60 * task.speed
        return Text(f"{files:,.0f} files/min" if files >= 10 else f"{100 * files / task.total:.0f} %/min")


@contextmanager
def reading_bar(console: Console) -> Iterator[Callable[[float, int], None]]:
    """A bar while files are read, for `Library.open(progress=...)`; none where the console is no terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), _Rate(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Reading articles", total=None)

        def told(done: float, total: int) -> None:
            """The index comes after the last file: how long that takes is not known."""
            if done < total:
                bar.update(task, description="Reading articles", completed=done, total=total)
            else:
                bar.reset(task, description="Making the index", total=None)

        yield told
