"""Reads the labelled sentences of a set, and says which persons, offices and speakers are found, corpus by corpus.

    python -m tests.labels.score_persons rss_persons_dev [-v]

Of rss_persons_test and persons_test_2 the first run counts. Mentions by title alone and by pronoun, and streets and
the like named after somebody (role "other"), count neither way. An office is "short" where its complement is missing.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from retrieval import sentences
from retrieval.config_files import listed, load_toml
from retrieval.facts import Facts, Mention
from retrieval.facts.changes import Change
from retrieval.records import NO_DATE, Sentence
from tests.labels.corpora import articles, corpus, labels, plain

Row = dict[str, Any]
_SETS = ("rss_persons_dev", "rss_persons_test", "persons_test_2", "persons_test_3", "persons_test_4")
# Other words and abbreviations for the same, compared without diacritics.
_SAME = {
    "t u": "trung uong", "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "hdqt": "hoi dong quan tri",
    "ldbd": "lien doan bong da",
    "tp hcm": "tphcm", "thanh pho ho chi minh": "tphcm", "huan luyen vien": "hlv", "giam doc dieu hanh": "ceo",
    "bo truong bo": "bo truong", "thu truong bo": "thu truong", "chu tich nuoc": "chu tich", "vn": "viet nam",
    "phu trach": "", "doi tuyen": "tuyen", "hlv truong": "hlv", "dang cong san": "",
    "ngoai truong": "bo truong ngoai giao",
}  # fmt: skip
# Countries of two names, by the one that is kept.
_SAME |= {
    plain(form).strip(): plain(kept).strip()
    for kept, forms in load_toml("offices.toml")["places"]["same_countries"].items()
    for form in listed(forms)
}
_FILLING = {"cua", "clb", "tinh", "doi", "tap", "doan", "kiem", "nu"}


def tokens(office: str) -> list[str]:
    """The words of an office that matter in comparing."""
    text = re.sub(r" u (\d\d) ", r" u\1 ", plain(office))
    for said, same in _SAME.items():
        text = text.replace(f" {said} ", f" {same} ".replace("  ", " "))
    return [word for word in text.split() if word not in _FILLING]


def compared(claimed: str, labelled: str) -> str:
    """Whether an office is the labelled one: "whole", "short" (its complement is missing) or "no"."""
    mine, wanted = tokens(claimed), tokens(labelled)
    if not mine or not wanted or mine[0] != wanted[0]:
        return "no"
    if set(wanted) <= set(mine):
        return "whole"
    return "short" if set(mine) <= set(wanted) else "no"


class Tally:
    """What was found of persons, offices and speakers, and the lines to show."""

    def __init__(self) -> None:
        self.persons: Counter[str] = Counter()
        self.offices: Counter[str] = Counter()
        self.speakers: Counter[str] = Counter()
        self.lines: list[str] = []
        self._sentence = ""

    def add(
        self, row: Row, text: str, mentions: Sequence[Mention], changes: Sequence[Change], speaking: Sequence[Mention]
    ) -> None:
        """One labelled sentence with the mentions in it, the offices that begin or end there, and who speaks."""
        self._sentence = text[row["start"] : row["end"]].replace("\n", " ")
        named = [m for m in mentions if m.how == "named"]
        for person in row["persons"]:
            hit = next((m for m in named if m.start < person["end"] and person["start"] < m.end), None)
            self._person(person, hit)
            begun = [change.title for change in changes if hit and change.start == hit.start]
            self._offices(person, (*hit.offices, *begun) if hit else (), hit.status if hit else "none")
            self._speaker(person, any(m.start < person["end"] and person["start"] < m.end for m in speaking))
        for mention in named:
            labelled = any(p["start"] < mention.end and mention.start < p["end"] for p in row["persons"])
            if not labelled and mention.role != "other":
                self._note(self.persons, "wrong", f"no person, {mention.surface}")
                for office in mention.offices:
                    self._note(self.offices, "wrong", f"nobody is {office}")
                if mention in speaking:
                    self._note(self.speakers, "wrong", f"nobody says it, {mention.surface}")

    def _person(self, person: Row, hit: Mention | None) -> None:
        perhaps = person.get("role") == "perhaps"
        if hit is not None and (hit.start, hit.end) == (person["start"], person["end"]):
            self.persons["perhaps" if perhaps else "right"] += 1
        elif not perhaps:
            self._note(self.persons, "missed", f"missed {person['surface']}")
            if hit is not None:
                self._note(self.persons, "wrong", f"{hit.surface} for {person['surface']}")

    def _offices(self, person: Row, claimed: Sequence[str], status: str) -> None:
        allowed = [*person["offices"], *person.get("also", ())]
        for wanted in person["offices"]:
            how = max((compared(one, wanted) for one in claimed), default="no", key=("no", "short", "whole").index)
            found = {"whole": "right", "short": "short", "no": "missed"}[how]
            self._note(self.offices, found, f"{found} {wanted} of {person['surface']}" if how != "whole" else "")
        for one in claimed:
            if all(compared(one, office) == "no" for office in allowed):
                self._note(self.offices, "wrong", f"{person['surface']} is not {one}")
        if claimed and person["status"] != "any" and person["offices"] and status != person["status"]:
            self._note(self.offices, "wrong status", f"{person['surface']} is {person['status']}, not {status}")

    def _speaker(self, person: Row, speaks: bool) -> None:
        wanted = person.get("speaks", "no")
        if wanted == "yes":
            self._note(self.speakers, "right" if speaks else "missed", "" if speaks else f"{person['surface']} says")
        elif wanted == "no" and speaks:
            self._note(self.speakers, "wrong", f"{person['surface']} does not say")

    def _note(self, counter: Counter[str], what: str, line: str) -> None:
        counter[what] += 1
        if line:
            self.lines.append(f"{line}: {self._sentence}")


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text, a paragraph a line."""
    found: list[Sentence] = []
    position = 0
    for paragraph, line in enumerate(text.split("\n")):
        for start, end in sentences.split(text, position, position + len(line)):
            found.append(Sentence("article", len(found), start, end, "body", NO_DATE, paragraph))
        position += len(line) + 1
    return found


def score(rows: Sequence[Row], library: str, facts: Facts) -> Tally:
    """All labelled sentences of one corpus, read with the whole of their article's text around them."""
    wanted = {row["id"]: row for row in rows}
    tally = Tally()
    for article in articles(library):
        row = wanted.get(article["id"])
        if row is None:
            continue
        text = article["text"]
        spans = sentences_of(text)
        reading = facts.read(text, spans)
        inside = [m for m in reading.mentions if row["start"] <= m.start and m.end <= row["end"]]
        of_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
        for mention in inside:
            of_sentence[mention.sentence].append(mention)
        changes = [one for index, some in of_sentence.items() for one in facts.changes(text, spans[index], some)]
        tally.add(row, text, inside, changes, [speech.speaker for speech in reading.speeches.values()])
    return tally


def main() -> None:
    """The set named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=_SETS)
    parser.add_argument("-v", "--verbose", action="store_true", help="show what is not right")
    options = parser.parse_args()
    by_library: dict[str, list[Row]] = {}
    for row in labels(options.set):
        by_library.setdefault(row.get("library", "rss_2025"), []).append(row)
    facts = Facts.from_config()
    for library, rows in by_library.items():
        if not corpus(library).is_file():
            sys.stdout.write(f"Skipped: {corpus(library)} is not on this machine.\n")
            continue
        _write(f"{options.set}, {library}", score(rows, library, facts), verbose=options.verbose)


def _write(head: str, tally: Tally, *, verbose: bool) -> None:
    right, wrong, missed = (tally.persons[one] for one in ("right", "wrong", "missed"))
    sys.stdout.write(
        f"{head}\n"
        f"  persons: {right} right, {wrong} wrong, {missed} missed;"
        f" P {right / max(1, right + wrong):.3f} R {right / max(1, right + missed):.3f}\n"
        f"  offices: {dict(tally.offices)}\n  speakers: {dict(tally.speakers)}\n"
    )
    for line in tally.lines if verbose else ():
        sys.stdout.write(f"  {line}\n")


if __name__ == "__main__":
    main()
