"""make bench: every benchmark, or those named."""

import sys

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
    console = Console(width=120)
    for name in sys.argv[1:] or [name for name in BENCHMARKS if name != "poisoned"]:  # part of load
        for table in BENCHMARKS[name]():
            console.print(table)


if __name__ == "__main__":
    main()
