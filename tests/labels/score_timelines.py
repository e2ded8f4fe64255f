"""How well timelines find the days that matter: date F1 at as many entries as there are key dates, and recall at twice.

    python -m tests.labels.score_timelines [timelines_2] [--cache FOLDER] [--folded] [-v]

The first entries are those of most weight (`Timeline.leading`). A key date is a list of days any of which will do:
where no article states the day, that on which it was told counts. An entry of days covers those it spans, if few.
Of topics without dates (`timelines_none`) nothing is told: their entries are all false. `--folded` asks for all of
them without diacritics and capitals.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from retrieval import Library, Timeline
from retrieval.dates import bounds
from retrieval.tokens import fold
from tests.labels.corpora import corpus, labels

_LONGEST = timedelta(days=1)


def days_of(timeline: Timeline, count: int) -> list[tuple[str, set[str]]]:
    """The entries of most weight, each with the days it stands for."""
    found = []
    for entry in timeline.leading(count):
        limits = bounds(entry.date.edtf)
        few = limits is not None and limits[1] - limits[0] <= _LONGEST
        found.append((entry.date.edtf, {limits[0].isoformat(), limits[1].isoformat()} if limits and few else set()))
    return found


def hits(entries: Sequence[tuple[str, set[str]]], wanted: Sequence[Sequence[str]]) -> int:
    """How many key dates are among the entries; an entry is good for one."""
    left = [set(one) for one in wanted]
    for _, days in entries:
        match = next((one for one in left if one & days), None)
        if match:
            left.remove(match)
    return len(wanted) - len(left)


def main() -> None:
    """Prints a line a topic and the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", nargs="?", default="timelines")
    parser.add_argument("--cache")
    parser.add_argument("--folded", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    packed = corpus("rss_2025")
    if not packed.is_file():
        parser.exit(2, f"{packed}: the corpus is not here\n")
    library = Library.open([_unpacked(packed, options.cache)], cache=options.cache)
    found = twice = wanted = given = untold = 0
    for row in labels(options.labels):
        timeline = library.timeline(fold(row["topic"]) if options.folded else row["topic"])
        k = len(row["dates"])
        untold += 0 if k else len(timeline.entries)
        first, second = days_of(timeline, k), days_of(timeline, 2 * k)
        at_k, at_2k = hits(first, row["dates"]), hits(second, row["dates"])
        found, twice, wanted, given = found + at_k, twice + at_2k, wanted + k, given + len(first)
        sys.stdout.write(
            f"{row['topic']:34} {at_k}/{k} of the first {k}, {at_2k} of {2 * k}; {len(timeline.entries)} entries\n"
        )
        if options.verbose:
            sys.stdout.write(f"    wanted {' '.join('|'.join(one) for one in row['dates'])}\n")
            sys.stdout.write(f"    shown  {' '.join(edtf for edtf, _ in second)}\n")
    f1 = 2 * found / (wanted + given) if found else 0.0
    share = twice / wanted if wanted else 0.0
    sys.stdout.write(f"date F1 at k {f1:.3f}; {twice}/{wanted} = {share:.2f} among the first 2k\n")
    sys.stdout.write(f"{untold} entries on topics of which nothing is told\n")


def _unpacked(packed: Path, cache: str | None) -> Path:
    import gzip  # noqa: PLC0415

    folder = Path(cache) if cache else packed.parent
    plain = folder / packed.stem
    if not plain.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        plain.write_bytes(gzip.decompress(packed.read_bytes()))
    return plain


if __name__ == "__main__":
    main()
