"""The command line: python -m retrieval ask | timeline | who | articles | refresh | serve | eval.

Exit status: 0 answered, 1 not found, 2 usage or input error.
"""

import dataclasses
import datetime
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from retrieval.commands import moving
from retrieval.commands.as_json import as_json as as_json_of
from retrieval.records import VIETNAM, Article, Timeline

if TYPE_CHECKING:  # a command imports what it needs: `--help` is to be there at once
    from retrieval.library import Library
    from retrieval.polling import Polled

NOT_FOUND = 1
INPUT_ERROR = 2

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)
app.add_typer(moving.app)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

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
        _fail("nothing is asked: put a question in quotes")
    today = datetime.datetime.now(VIETNAM).date()
    try:
        period = in_order(since, until, today)
    except ValueError as error:
        _fail(str(error))
    opened = _open(library, more)
    asked: Any = {"today": today, "since": period.since, "until": period.until}
    explanation = opened.explain(question, **asked) if explain else None
    answer = explanation.answer if explanation else opened.ask(question, **asked)
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

    opened = _open(library, more)
    today = datetime.datetime.now(VIETNAM).date()
    try:
        words, period = timelines.asked_for(topic, since, until, today, opened.is_named)
    except ValueError as error:
        _fail(str(error))
    if not words:
        _list_topics(opened.topics_in(period), as_json)
        return
    found = opened.timeline(words, period.since, period.until)
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
        _fail(f"{png}: not drawn, as no date has a year")
    _write(png, drawn)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        _fail(f"{path}: cannot be written: {error.strerror}")


@app.command()
def who(name: str, more: MorePaths = None, library: LibraryPaths = None, as_json: AsJson = False) -> None:
    """A person's offices and words, with their proof; or who held an office: "Tổng Bí thư 2023"."""
    from retrieval.commands import profile as people
    from retrieval.tokens import syllables

    if not syllables(name):
        _fail("nobody is asked for: put a name or an office in quotes")
    profile = _open(library, more).who(name, today=datetime.datetime.now(VIETNAM).date())
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

    opened = _open([*(library or []), *(paths or [])], None, unread=True)
    if as_json:
        _print_json(
            {
                "articles": [_explained(opened, a) if explain else dataclasses.asdict(a) for a in opened.articles],
                "problems": [dataclasses.asdict(problem) for problem in opened.problems],
            }
        )
        return
    for article in opened.articles:
        print(f"{article.id}: {answering.source(article)}")
        if explain:
            _print_explained(opened, article)


@app.command()
def refresh(paths: Paths = None, library: LibraryPaths = None, as_json: AsJson = False) -> None:
    """Poll the configured feeds (not with paths), bring the library up to date and say what was read."""
    given = [*(library or []), *(paths or [])]
    polled = [] if given else _poll()
    opened = _open(given, None, unread=True)
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
        _fail(str(error))
    serving.serve(_open([*(paths or []), *(library or [])] or None, None), host, port, mcp=mcp)


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
        _fail(str(error))
    measured = evaluate(_open(library, more), folded(asked) if fold else asked)
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


def _open(paths: list[Path] | None, more: list[Path] | None, *, unread: bool = False) -> "Library":
    """The library of the given or the configured paths; its problems go to standard error.

    Where nothing of it can be read the program ends, unless it is what is `unread` that is asked for.
    """
    from retrieval.commands.progress import reading_bar
    from retrieval.library import Library
    from retrieval.settings import FileSettings, SettingsError
    from retrieval.store.schema import StoreError

    if more and not paths:
        _fail(f"unexpected argument {str(more[0])!r}: put a question in quotes, and paths after --library")
    try:
        settings = FileSettings.load()
        if settings.library.store and not paths:
            from retrieval.cluster.opening import opened

            return opened(settings.library.store)
        chosen = [*(paths or settings.paths()), *(more or [])]
        with reading_bar(errors) as progress:
            library = Library.open(chosen, settings.library.cache, progress, settings.bounds())
    except (StoreError, SettingsError, OSError) as error:
        _fail(str(error))
    for problem in library.problems:
        errors.print(f"{problem.source}: {problem.message}", markup=False)
    missing = [str(path) for path in chosen if not path.exists()]
    if missing:
        raise typer.Exit(INPUT_ERROR)
    if not library.articles:
        errors.print(f"no article in {', '.join(map(str, chosen))}", markup=False)
        if library.problems and not unread:
            raise typer.Exit(INPUT_ERROR)
    return library


def _poll() -> "list[Polled]":
    """Poll every configured feed that is due; what single entries lack goes to standard error."""
    from retrieval.commands.progress import reading_bar
    from retrieval.polling import Fetcher, poll
    from retrieval.settings import FileSettings, SettingsError

    try:
        settings = FileSettings.load()
    except SettingsError as error:
        _fail(str(error))
    results: list[Polled] = []
    fetcher = Fetcher()
    feeds = settings.feeds()
    with reading_bar(errors) as progress:
        for done, feed in enumerate(feeds, 1):
            results += poll([feed], settings.library.cache, fetcher=fetcher, now=datetime.datetime.now(datetime.UTC))
            progress(done, len(feeds), "feeds")
    for problem in (problem for result in results for problem in result.problems):
        errors.print(f"{problem.source}: {problem.message}", markup=False)
    return results


def _fail(message: str) -> NoReturn:
    errors.print(message, markup=False)
    raise typer.Exit(INPUT_ERROR)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))  # days as ISO 8601 has them


def _explained(library: "Library", article: Article) -> dict[str, Any]:
    contents = library.contents(article)
    return dataclasses.asdict(article) | {
        "sentences": [dataclasses.asdict(s) | {"text": article.text[s.start : s.end]} for s in contents.sentences],
        "dropped": [dataclasses.asdict(line) for line in contents.dropped],
        "copies": sorted(contents.copies),
    }


def _print_explained(library: "Library", article: Article) -> None:
    explained = _explained(library, article)
    for s in explained["sentences"]:
        date = " ".join(filter(None, [s["date"]["edtf"] or "-", s["date"]["basis"], s["date"]["evidence"]]))
        print(f"    {s['kind']:8} [{date}] {s['text']}")
    for line in explained["dropped"]:
        print(f"    dropped  line {line['line']}, {line['reason']}: {line['text']}")


if __name__ == "__main__":
    main()
