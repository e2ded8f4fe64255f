"""The command line: python -m retrieval ask | timeline | who | articles | refresh | serve | eval.

Exit status: 0 answered, 1 not found, 2 usage or input error.
"""

import dataclasses
import datetime
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retrieval.commands import moving
from retrieval.commands.as_json import as_json as as_json_of
from retrieval.commands.opening import fail, opened_of, polled_feeds, tell_gaps
from retrieval.records import VIETNAM, Timeline

if TYPE_CHECKING:  # a command imports what it needs: `--help` is to be there at once
    pass

NOT_FOUND = 1

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(moving.app)

LibraryPaths = Annotated[
    list[Path] | None,
    typer.Option("--library", metavar="PATH", help="Articles: files or folders. Default: the configured ones."),
]
MorePaths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="More paths for --library.")]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...", help="Articles: files or folders, as with --library. Default: the configured ones."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="For machines: the records' own field names.")]


@app.command()
def ask(  # noqa: PLR0913 - every parameter is an option of the command
    question: str,
    more: MorePaths = None,
    *,
    library: LibraryPaths = None,
    since: Annotated[str | None, typer.Option(help="Only what is told of days from this one on: 2024, 9/2025.")] = None,
    until: Annotated[str | None, typer.Option(help="… and up to this one.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also show the question as understood, the candidates, the confidence.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question with quotes, or say that the articles do not hold the answer."""
    from retrieval.commands import answering, explaining
    from retrieval.dates.ranges import in_order
    from retrieval.tokens import syllables

    if not syllables(question):
        fail("nothing is asked: put a question in quotes")
    today = datetime.datetime.now(VIETNAM).date()
    try:
        period = in_order(since, until, today)
    except ValueError as error:
        fail(str(error))
    opened = opened_of(library, more)
    asked: Any = {"today": today, "since": period.since, "until": period.until}
    explanation = opened.explain(question, **asked) if explain else None
    answer = explanation.answer if explanation else opened.ask(question, **asked)
    tell_gaps(opened)
    if as_json:
        _print_json(as_json_of(explanation or answer))
    else:
        answering.show(answer)
        if explanation:
            explaining.show(explanation)
    if answer.status == "not_found":
        raise typer.Exit(NOT_FOUND)


@app.command()
def timeline(  # noqa: PLR0913 - every parameter is an option of the command
    topic: Annotated[str, typer.Argument()] = "",
    more: MorePaths = None,
    *,
    library: LibraryPaths = None,
    since: Annotated[str | None, typer.Option(help="The first date: 2024, 9/2025 or 15/9/2025.")] = None,
    until: Annotated[str | None, typer.Option(help="The last date.")] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Only so many days, those that matter most.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values, one line a quote.")] = False,
    png: Annotated[Path | None, typer.Option(help="Also draw the timeline into this file.")] = None,
    ics: Annotated[Path | None, typer.Option(help="Also write its days into this calendar.")] = None,
) -> None:
    """What happened on a topic, date by date, in quotes. The topic may end in a range: "đối ngoại từ 3/2025".

    Without a topic: what the articles tell most of.
    """
    from retrieval.commands import timelines
    from retrieval.timeline import export

    opened = opened_of(library, more)
    today = datetime.datetime.now(VIETNAM).date()
    try:
        words, period = timelines.asked_for(topic, since, until, today, opened.is_named)
    except ValueError as error:
        fail(str(error))
    if not words:
        _list_topics(opened.topics_in(period), as_json)
        return
    found = opened.timeline(words, period.since, period.until)
    tell_gaps(opened)
    if days is not None:
        found = dataclasses.replace(found, entries=found.leading(days))
    if as_json:
        _print_json(as_json_of(found))
    elif as_csv:
        print(export.as_csv(found), end="")
    else:
        timelines.show(found)
    if not found.entries:
        raise typer.Exit(NOT_FOUND)
    if png is not None:
        _draw(found, png)
    if ics is not None:
        _write(ics, export.as_ics(found, datetime.datetime.now(datetime.UTC)).encode())


def _list_topics(topics: Sequence[str], as_json: bool) -> None:
    from retrieval.commands import timelines

    if as_json:
        _print_json({"topics": topics})
    else:
        timelines.show_topics(topics)
    if not topics:
        raise typer.Exit(NOT_FOUND)


def _draw(found: Timeline, png: Path) -> None:
    from retrieval.timeline import picture

    try:
        drawn = picture.draw(found)
    except ValueError:
        fail(f"{png}: not drawn, as no date has a year")
    _write(png, drawn)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror}")


@app.command()
def who(name: str, more: MorePaths = None, library: LibraryPaths = None, as_json: AsJson = False) -> None:
    """A person's offices and words, with their proof; or who held an office: "Tổng Bí thư 2023"."""
    from retrieval.commands import profile as people
    from retrieval.tokens import syllables

    if not syllables(name):
        fail("nobody is asked for: put a name or an office in quotes")
    opened = opened_of(library, more)
    profile = opened.who(name, today=datetime.datetime.now(VIETNAM).date())
    tell_gaps(opened)
    if as_json:
        _print_json(as_json_of(profile) if profile else None)
    else:
        people.show(profile)
    if not people.found(profile):
        raise typer.Exit(NOT_FOUND)


@app.command()
def articles(
    paths: Paths = None,
    library: LibraryPaths = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also show every dropped line with its reason.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what was read and what could not be; with --explain also the lines that are not article."""
    from retrieval.commands import answering
    from retrieval.commands.contents import explained, print_explained

    opened = opened_of([*(library or []), *(paths or [])], None, unread=True)
    if as_json:
        _print_json(
            {
                "articles": [explained(opened, a) if explain else dataclasses.asdict(a) for a in opened.articles],
                "problems": [dataclasses.asdict(problem) for problem in opened.problems],
            }
        )
        return
    for article in opened.articles:
        print(f"{article.id}: {answering.source(article)}")
        if explain:
            print_explained(opened, article)


@app.command()
def refresh(paths: Paths = None, library: LibraryPaths = None, as_json: AsJson = False) -> None:
    """Poll the configured feeds (not with paths), bring the library up to date and say what was read."""
    given = [*(library or []), *(paths or [])]
    polled = [] if given else polled_feeds()
    opened = opened_of(given, None, unread=True)
    done = opened.summary
    counts = {
        "new": done.new,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "removed": done.removed,
        "articles": len(opened.articles),
        "sentences": len(opened.sentences),
    }
    if as_json:
        problems = [dataclasses.asdict(problem) for problem in opened.problems]
        _print_json(counts | {"problems": problems, "feeds": [dataclasses.asdict(feed) for feed in polled]})
        return
    for feed in polled:
        print(f"{feed.source}: {feed.message or f'{feed.new} new, {feed.changed} changed, {feed.unchanged} unchanged'}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))


@app.command()
def serve(
    paths: Paths = None,
    library: LibraryPaths = None,
    host: Annotated[str, typer.Option(help="Where it listens; beyond this machine only with a key.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8377,
    mcp: Annotated[bool, typer.Option("--mcp", help="As an MCP server on standard input and output instead.")] = False,
) -> None:
    """For others' programs: ask, search, timeline, who, articles as JSON over HTTP, described in /openapi.json.

    With TRICH_SERVE_KEY in the environment each request needs it as a bearer token.
    """
    from retrieval.serving import serve as serving

    try:
        serving.check(host, mcp=mcp)
    except serving.RefusedError as error:
        fail(str(error))
    serving.serve(opened_of([*(paths or []), *(library or [])] or None, None), host, port, mcp=mcp)


@app.command(name="eval")
def evaluate_questions(  # noqa: PLR0913 - every parameter is an option of the command
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl")],
    more: MorePaths = None,
    *,
    library: LibraryPaths = None,
    fold: Annotated[bool, typer.Option("--fold", help="Ask without diacritics and capitals.")] = False,
    unlearned: Annotated[
        bool, typer.Option("--test-half", help="Only the questions of which the weights were not learned.")
    ] = False,
    compare: Annotated[
        Path | None, typer.Option(metavar="OLD.json", help="Show what changed since; OLD.json is of eval --json.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure search and refusal on a file of questions, all and by kind of question; reliability by kind: --json."""
    from retrieval.commands import evaluation
    from retrieval.evaluation.evaluate import QuestionFileError, evaluate, folded, read_outcomes, read_questions
    from retrieval.evaluation.training import TEST, half

    try:
        asked = [q for q in read_questions(questions) if not unlearned or half(q) == TEST]
        before = read_outcomes(compare) if compare else None
    except QuestionFileError as error:
        fail(str(error))
    measured = evaluate(opened_of(library, more), folded(asked) if fold else asked)
    if as_json:
        _print_json(evaluation.as_json(measured, before))
    else:
        evaluation.show(measured, before)


def main() -> None:
    """Run a command."""
    from retrieval import reading

    for name in reading.NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    app(prog_name="python -m retrieval")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))  # days as ISO 8601 has them


if __name__ == "__main__":
    main()
