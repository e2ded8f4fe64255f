"""Asks the labelled questions, and says what came of it.

    python -m tests.labels.score_questions office_questions now_questions [--cache FOLDER] [--library NAME] [-v]

A question for an office is right where the first quote names an accepted holder, office or day, or /who shows it; one
of the reader_questions where the first quote holds a gold sentence, or lies in one and holds the answer.
Reading rss_2025 takes minutes: give a cache that may stay. Prints figures, with -v each question that is not right.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval import Library
from retrieval.records import Profile, Quote
from tests.labels.corpora import TODAY, articles, corpus, labels, names_one, plain
from tests.labels.score_persons import compared

Row = dict[str, Any]
_SETS = (
    *("office_questions", "office_questions_2", "office_questions_3", "now_questions"),
    *("reader_questions_2", "reader_questions_3", "reader_questions_4"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `ask` and /who made of a question: "right", "outdated" (a holder of another time), "wrong" or "none".

    `shown` is what each of the two names; `agree`: both the same, or both nobody.
    """

    row: Row
    asked: str
    looked_up: str
    agree: bool
    shown: str


def outcome(library: Library, row: Row) -> Outcome:
    """One question put to `ask`, and its `who` to /who."""
    today = TODAY[row["library"]]
    quotes = library.ask(row["question"], today=today).quotes
    asked = _judged(row, quotes[:1])
    profile = library.who(row["who"], today) if "who" in row else None
    told = _told(row, profile)
    looked_up = _judged_names(row, told) if told else "none"
    both = asked == looked_up == "right"  # in whatever words
    agree = both or (names_one(quotes[0].text, told) if quotes and told else not quotes and not told)
    first = quotes[0].text[:110].replace("\n", " ") if quotes else "-"
    return Outcome(row, asked, looked_up, agree, f"{first} | {', '.join(told) or '-'}")


def _judged(row: Row, quotes: Sequence[Quote]) -> str:
    if not quotes:
        return "none"
    text = quotes[0].text
    if "gold" in row:
        return "right" if _is_gold(text, row) else "wrong"
    if row.get("asks") == "date":
        return "right" if names_one(text, [row["person"]]) and _tells_day(quotes[0], row["date"]) else "wrong"
    return _judged_names(row, [text])


def _is_gold(text: str, row: Row) -> bool:
    mine, answers = plain(text), row.get("answers", [row.get("answer", "")])
    return any(
        plain(gold) in mine or (mine in plain(gold) and any(plain(one).strip() in mine for one in answers))
        for gold in row["texts"]
    )


def _judged_names(row: Row, texts: Sequence[str]) -> str:
    if not row.get("answerable", True):
        return "wrong"
    accepted = row["holder"] if "holder" in row else row["office"]
    earlier = [*row.get("former", ()), *row.get("wrong", ())]
    for text in texts:
        shown = "office" in row and any(compared(text, one) != "no" for one in accepted)
        if names_one(text, accepted) or shown:
            return "right"
    return "outdated" if any(names_one(text, earlier) for text in texts) else "wrong"


def _tells_day(quote: Quote, days: Iterable[str]) -> bool:
    """Whether the quote is shown with one of the days, or its words tell one ("25/10", "25.10").

    It is shown with the day of its sentence, and where that is no day ("nhiệm kỳ 2025-2030") with its article's.
    """
    sentence = quote.date.edtf[:10]
    shown = sentence if re.fullmatch(r"\d{4}-\d\d-\d\d", sentence) else quote.article.published.edtf[:10]
    for day in days:
        _, month, number = (int(part) for part in day.split("-"))
        if shown == day or re.search(rf"(?<!\d)0?{number}\s?[/.-]\s?0?{month}(?!\d)", quote.text):
            return True
    return False


def _told(row: Row, profile: Profile | None) -> list[str]:
    """The holder of the office whom /who marks as the newest, or the offices of the person that it shows."""
    if profile is None:
        return []
    if "office" in row:
        return [office.title for office in profile.offices]
    return [holder.name for holder in profile.holders if holder.current][:1]


def _group(row: Row) -> str:
    """What a question is counted with."""
    if not row.get("answerable", True):
        return f"near misses, {row['library']}"
    time = row.get("time", "")
    moment = f", {time if time in ('now', 'since') else 'then'}" if time else ""
    return f"{row.get('asks', 'answerable')}, {row['library']}{moment}"


def _print(name: str, outcomes: Sequence[Outcome], verbose: bool) -> None:
    write = sys.stdout.write
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(_group(one.row), []).append(one)
    write(f"{name}\n")
    for group, members in sorted(groups.items()):
        asked, looked_up = (Counter(values) for values in zip(*((m.asked, m.looked_up) for m in members), strict=True))
        who = f"; who {dict(looked_up)}" if "who" in members[0].row else ""
        write(f"  {group}: {len(members)}; ask {dict(asked)}{who}\n")
    both = [one for one in outcomes if "who" in one.row]
    if both:
        write(f"  ask and who agree: {sum(one.agree for one in both)} of {len(both)}\n")
    for one in outcomes if verbose else ():
        fine = {"right"} if one.row.get("answerable", True) else {"none"}
        if one.asked not in fine or ("who" in one.row and (one.looked_up not in fine or not one.agree)):
            write(f"  {one.row['id']} {one.asked}/{one.looked_up} {one.row['question']} → {one.shown}\n")


def _give_texts(rows: Sequence[Row], library: str) -> None:
    """Adds `texts` to the rows: their gold sentences, from the corpus."""
    wanted = {gold["article"] for row in rows for gold in row.get("gold", ())}
    read = (
        {article["id"]: article["text"] for article in articles(library) if article["id"] in wanted} if wanted else {}
    )
    for row in rows:
        if "gold" in row:
            row["texts"] = [read[gold["article"]][gold["start"] : gold["end"]] for gold in row["gold"]]


def main() -> None:
    """Every set named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", choices=_SETS)
    parser.add_argument("--library", choices=tuple(TODAY), help="questions over this corpus only")
    parser.add_argument("--cache", help="a folder to keep what was read; one for each corpus is made in it")
    parser.add_argument("-v", "--verbose", action="store_true", help="show each question that is not right")
    options = parser.parse_args()
    wanted = [options.library] if options.library else list(TODAY)
    missing = [library for library in wanted if not corpus(library).is_file()]
    if missing:
        sys.stdout.write(f"Skipped: {', '.join(missing)} ({corpus(missing[0]).parent}) is not on this machine.\n")
        return
    found: dict[str, list[Outcome]] = {name: [] for name in options.sets}
    for library in wanted:
        rows = {name: [row for row in labels(name) if row["library"] == library] for name in options.sets}
        for some in rows.values():
            _give_texts(some, library)
        if any(rows.values()):
            opened = Library.open([corpus(library)], f"{options.cache}/{library}" if options.cache else None)
            for name, some in rows.items():
                found[name] += [outcome(opened, row) for row in some]
    for name, outcomes in found.items():
        _print(name, outcomes, options.verbose)


if __name__ == "__main__":
    main()
