"""make bench: every benchmark, or those named."""

import argparse

from rich.console import Console

from . import asking, load, people, ranking, reading, timeline, watching

BENCHMARKS = {
    "reading": reading.run,
    "asking": asking.run,
    "ranking": ranking.run,
    "timeline": timeline.run,
    "people": people.run,
    "load": load.run,
    "poisoned": load.run_poisoned,
    "watching": watching.run,
}


def main() -> None:
    """Run the benchmarks named on the command line; without a name, all."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("name", nargs="*", help=", ".join(BENCHMARKS))
    named = parser.parse_args().name
    if unknown := [name for name in named if name not in BENCHMARKS]:
        parser.error(f"no benchmark is called {unknown[0]!r}: there are {', '.join(BENCHMARKS)}")
    console = Console(width=120)
    for name in named or [name for name in BENCHMARKS if name != "poisoned"]:  # part of load
        for table in BENCHMARKS[name]():
            console.print(table)


if __name__ == "__main__":
    main()
