"""Looks up the most held offices of rss_2025 with /who, and compares the holders shown with those of offices_2025.json.

    python -m tests.labels.score_offices [--cache FOLDER] [-v]

A holder is right, past (held it before the articles), or false: each false one is printed. Eyes decide: the list is of
one reader, and who held an office for a few days may be missing from it. Give a cache that may stay. With `-v` each
page is printed, its holders with the sentences that show them, to judge by eye.
"""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from retrieval import Library
from tests.labels.corpora import LABELS, TODAY, corpus, plain


def judged(office: dict[str, Any], name: str) -> str:
    """What a shown holder is: "right", "past" or "false". A part of a known name is that name."""
    held = [spelling for holder in office["holders"] for spelling in (holder["name"], *holder.get("also", ()))]
    if any(plain(name) in plain(one) or plain(one) in plain(name) for one in held):
        return "right"
    return "past" if any(plain(name) in plain(one) for one in office.get("earlier", ())) else "false"


def holds_today(office: dict[str, Any], name: str) -> bool:
    """Whether a shown holder is one whose time has no end in the list."""
    still = [holder for holder in office["holders"] if "to" not in holder]
    return judged({"holders": still}, name) == "right"


def main() -> None:
    """Every office, the most held first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", help="a folder to keep what was read; shared with score_questions")
    parser.add_argument("-v", "--verbose", action="store_true", help="show the pages")
    options = parser.parse_args()
    listed = json.loads((LABELS / "offices_2025.json").read_text(encoding="utf-8"))
    name = listed["library"]
    if not corpus(name).is_file():
        sys.stdout.write(f"Skipped: {corpus(name)} is not on this machine.\n")
        return
    library = Library.open([corpus(name)], f"{options.cache}/{name}" if options.cache else None)
    total: Counter[str] = Counter()
    for office in listed["offices"]:
        profile = library.who(office["office"], TODAY[name])
        shown = [holder.name for holder in profile.holders] if profile else []
        found = Counter(judged(office, one) for one in shown)
        total += found
        total["offices without a false holder"] += bool(shown) and not found["false"]
        total["offices with nobody shown"] += not shown
        false = [one for one in shown if judged(office, one) == "false"]
        newest = max(profile.holders, key=lambda one: one.office.last_seen.edtf).name if profile and shown else "-"
        total["newest holds it today"] += holds_today(office, newest)
        sys.stdout.write(f"{office['office']}: {dict(found)}, newest {newest}; false: {', '.join(false) or '-'}\n")
        for one in profile.holders if profile and options.verbose else ():
            sys.stdout.write(f"  {judged(office, one.name)}\t{one.name}, {one.office.articles} articles\n")
            sys.stdout.writelines(f"    {' '.join(quote.text.split())}\n" for quote in one.office.quotes)
    sys.stdout.write(f"{len(listed['offices'])} offices: {dict(total)}\n")


if __name__ == "__main__":
    main()
