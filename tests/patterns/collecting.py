"""Every pattern that the program compiles: while its modules are imported, and while it reads and answers.

Run as a program of its own, before anything of the two packages is imported: `python -m tests.patterns.collecting`
prints them as JSON.
"""

import ast
import importlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "retrieval")
_CALLS = frozenset({"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
_ANCHORED = frozenset({"match", "fullmatch"})


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern, where it is compiled, and the ways in which it is used."""

    pattern: str
    flags: int
    module: str
    line: int
    ways: tuple[str, ...]  # of "search", "match" and "fullmatch"; "search" stands for all that begins anywhere


def compiled() -> list[Compiled]:
    """Those of both packages, found by a fresh interpreter."""
    command = [sys.executable, "-m", "tests.patterns.collecting"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return [Compiled(*one) for one in json.loads(output)]


def calls() -> Iterator[tuple[str, int, Compiled | None]]:
    """Each module and line where the source has `re` compile a pattern; with the pattern where it stands there."""
    return _calls(_sources())


def _calls(sources: Mapping[str, ast.Module]) -> Iterator[tuple[str, int, Compiled | None]]:
    for module, tree in sources.items():
        for node in ast.walk(tree):
            function = node.func if isinstance(node, ast.Call) else None
            if isinstance(function, ast.Attribute) and _name(function.value) == "re" and function.attr in _CALLS:
                assert isinstance(node, ast.Call)
                written = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
                ways = (function.attr if function.attr in _ANCHORED else "search",)
                as_it_stands = isinstance(written, str) and function.attr != "compile"
                found = Compiled(str(written), _flags(node), module, node.lineno, ways) if as_it_stands else None
                yield module, node.lineno, found


def _flags(call: ast.Call) -> int:
    """The flags of a call of `re.search(pattern, text, re.ASCII)` and the like."""
    given = [*call.args[2:], *(keyword.value for keyword in call.keywords)]
    named = [part.attr for one in given for part in ast.walk(one) if isinstance(part, ast.Attribute)]
    return sum(int(re.RegexFlag[name]) for name in named if name in re.RegexFlag.__members__)


def _sources() -> dict[str, ast.Module]:
    """Every module of the two packages, as it is written."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): ast.parse(path.read_bytes())
        for path in paths
    }


def _name(node: ast.AST) -> str | None:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None


class _Recorder:
    """Stands in for `re`'s own compiling, and notes who asks for it."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, int, str, int], str] = {}
        self._compile = re._compile  # type: ignore[attr-defined]

    def __call__(self, pattern: Any, flags: int) -> re.Pattern[Any]:
        result: re.Pattern[Any] = self._compile(pattern, flags)
        called, asking = sys._getframe(1), sys._getframe(2)
        if asking.f_globals["__name__"].partition(".")[0] in PACKAGES:
            key = _written(result), result.flags, asking.f_globals["__name__"], asking.f_lineno
            self.seen.setdefault(key, called.f_code.co_name)
        return result


def _written(pattern: re.Pattern[Any]) -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else str(pattern.pattern, "latin-1")


def _ways(tree: ast.Module) -> dict[str, set[str]]:
    """How each name is used in a module: "fullmatch", "match"; "search" for all else that is done with it.

    `match(text, at)` counts as a search: what stands in a loop over a text begins at each of its places.
    """
    ways: dict[str, set[str]] = {}
    anchored: set[int] = set()
    for node in ast.walk(tree):  # a call before what it calls
        called = node.func if isinstance(node, ast.Call) and len(node.args) == 1 else None
        if isinstance(called, ast.Attribute) and called.attr in _ANCHORED:
            ways.setdefault(_name(called.value) or "", set()).add(called.attr)
            anchored.add(id(called.value))
        name = _name(node)
        if name is not None and id(node) not in anchored and not isinstance(getattr(node, "ctx", None), ast.Store):
            ways.setdefault(name, set()).add("search")
    return ways


def _names(modules: Iterable[str]) -> Iterator[tuple[str, str, re.Pattern[Any]]]:
    """Each pattern that a module itself has a name for, with both."""
    for module in modules:
        for name, value in vars(sys.modules[module]).items():
            if isinstance(value, re.Pattern):
                yield module, name, value


def _record() -> list[Compiled]:
    recorder = _Recorder()
    re._compile = recorder  # type: ignore[attr-defined]
    sources = _sources()
    imported = [module for module, tree in sources.items() if _imported(module, tree)]
    _work()
    used = {module: _ways(tree) for module, tree in sources.items()}
    ways: dict[tuple[str, int, str], set[str]] = {}
    for module, name, pattern in _names(imported):
        readers = [used[module]] if name.startswith("_") else used.values()
        found = ways.setdefault((_written(pattern), pattern.flags, module), set())
        found.update(*(reader.get(name, ()) for reader in readers))
    return [
        Compiled(pattern, flags, module, line, _all_ways(ways.get((pattern, flags, module)), called))
        for (pattern, flags, module, line), called in recorder.seen.items()
    ]


def _imported(module: str, tree: ast.Module) -> bool:
    """Whether it could be; what compiles no pattern may want a library that is not installed, as teaching does."""
    try:
        importlib.import_module(module)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] in PACKAGES or any(_calls({module: tree})):
            raise
        return False
    return True


def _all_ways(used: set[str] | None, called: str) -> tuple[str, ...]:
    """Those of its names; of a pattern without a name what `re` was called for, or any."""
    if called != "compile":
        return (called if called in _ANCHORED else "search",)
    return tuple(sorted(used)) if used else ("fullmatch", "search")


def _work() -> None:
    """Reads the seeds and asks of them what people ask: what is compiled for a question is compiled then.

    A library is read by other processes, which nobody records: so the files are read here first.
    """
    from bot.deciding.from_english import as_vietnamese  # noqa: PLC0415 - after the recorder
    from bot.taps.codec import Tap  # noqa: PLC0415
    from retrieval import Library  # noqa: PLC0415
    from retrieval.refreshing.preparing import Piece, Rules, prepared  # noqa: PLC0415
    from retrieval.timeline.subject import Subject  # noqa: PLC0415

    for kind in Tap.__subclasses__():
        kind.read("")
    as_vietnamese("Who is the president of France?")
    rules = Rules.from_config()
    for file in sorted((ROOT / "seeds").iterdir()):
        prepared(Piece(file.name, str(file), file.read_bytes(), None, rules))
    with tempfile.TemporaryDirectory() as cache:
        library = Library.open([ROOT / "seeds"], cache=cache)
        library.ask("Đại hội XIV của Đảng khai mạc ngày nào?")
        for topic in (
            "đối ngoại",
            "hội nghị ngoại giao 32",
            "ngoai giao van hoa",
            "Bùi Thanh Sơn",
            "ngoại giao Nga",
        ):
            library.timeline(topic)
        library.is_named("Đại hội XIV 2026")
        Subject.of(library.read_question("đối ngoại"))
        library.who("Bùi Thanh Sơn")


if __name__ == "__main__":
    sys.stdout.write(json.dumps([astuple(one) for one in _record()]))
