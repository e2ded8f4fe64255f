"""make bench: every benchmark, or those named."""

import argparse
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from rich.console import Console
from rich.table import Table

from . import asking, cluster, killed, load, persons, ranking, reading, timeline, watching

BENCHMARKS = {
    "reading": reading.run,
    "asking": asking.run,
    "ranking": ranking.run,
    "timeline": timeline.run,
    "persons": persons.run,
    "watching": watching.run,
    "killed": killed.run,
    "cluster": cluster.run,
}
# Those that measure in phases, each of which can be run alone.
IN_PHASES = {"load": load.LOAD, "poisoned": load.POISONED}


def main() -> None:
    """Run the benchmarks named on the command line; without a name, all."""
    names, phases = (*BENCHMARKS, *IN_PHASES), sorted({phase for of in IN_PHASES.values() for phase in of})
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(names))
    parser.add_argument(
        "--phase", action="append", choices=phases, help="of load and poisoned: only this, and others so named"
    )
    parser.add_argument("--sentences", type=int, action="append", help="of cluster: of a library of so many; and so on")
    parser.add_argument("--seconds", type=int, help="of load and poisoned: how long each phase lasts")
    given = parser.parse_args()
    if unknown := [name for name in given.name if name not in names]:
        parser.error(f"no benchmark is called {unknown[0]!r}: there are {', '.join(names)}")
    console = Console(width=120)
    # poisoned is part of load; cluster needs Java, Maven and an hour
    for name in given.name or [name for name in names if name not in {"poisoned", "cluster"}]:
        for table in _run_of(name, given)():
            console.print(table)


def _run_of(name: str, given: argparse.Namespace) -> Callable[[], Iterable[Table]]:
    if name in IN_PHASES:
        return partial(load.run, _phases(IN_PHASES[name], given))
    return partial(cluster.run, given.sentences or cluster.SIZES) if name == "cluster" else BENCHMARKS[name]


def _phases(phases: Mapping[str, load.Phase], given: argparse.Namespace) -> list[load.Phase]:
    wanted = [phase for name, phase in phases.items() if not given.phase or name in given.phase]
    return [replace(phase, seconds=given.seconds) if given.seconds and not phase.at_once else phase for phase in wanted]


if __name__ == "__main__":
    main()
