"""Who is seen in an article, and when: found while it is read, kept in the library file for /who."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of
from retrieval.facts import Facts, Mention, Speech, Status, key_of
from retrieval.facts.queries import sorted_form
from retrieval.facts.spelling import sound
from retrieval.records import NO_DATE, Article, Date, Kind, Sentence
from retrieval.tokens import fold

# A day, a month or a year, known or not. A range, a decade or a quarter is what is spoken of, not when it is spoken of.
_MOMENT = re.compile(r"(?:\d{4}|XXXX)(?:-(?:0\d|1[0-2])(?:-\d\d)?)?(?:T.*)?")
# The date of a birth or a death: "Tổng Bí thư Tô Lâm (sinh năm 1957)".
_LIFE = re.compile(r"(?<!\w)(?:sinh|mất|từ\strần|qua\sđời)\s(?:ngày|tháng|năm|vào|hồi|\d)", re.IGNORECASE)

_LONG_AGO = timedelta(days=366)
# A headline's or a picture's words are nobody's statement, and no event of their own.
_TELLING: frozenset[Kind] = frozenset({"lead", "body"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person named or meant in a sentence, from the offset `start` on.

    `name` is the full name as the article has it, `surface` the name as it stands there (empty for a title or a
    pronoun); `offices` and `status` as in `Mention`. `acts`: the person does something there, and is not only named;
    only who acts is seen at a `date`. `says`: the sentence is what the person says; `dated`: the date is its own.
    `changes` are offices that the sentence tells to begin or end for the person: with "begins" or "ends".
    """

    sentence: int
    start: int
    name: str
    surface: str
    offices: tuple[str, ...]
    status: Status
    kind: Kind
    acts: bool
    says: bool = False
    dated: bool = False
    date: Date = NO_DATE
    changes: tuple[tuple[str, str], ...] = ()


def sightings_of(facts: Facts, article: Article, sentences: Sequence[Sentence]) -> tuple[Sighting, ...]:
    """Every person of an article, sentence by sentence, in the order of the text."""
    by_sentence: defaultdict[int, list[Mention]] = defaultdict(list)
    read = facts.read(article.text, sentences)
    seats = facts.seats(article.title or "", article.text)
    for mention in read.mentions:
        by_sentence[mention.sentence].append(mention)
    found = [
        one
        for index, inside in by_sentence.items()
        for one in _sighted(facts, article, sentences[index], inside, read.speeches.get(index))
    ]
    found = [
        replace(
            one,
            offices=tuple(map(seats.completed, one.offices)),
            changes=tuple((seats.completed(title), kind) for title, kind in one.changes),
        )
        for one in found
    ]
    shown = {(one.sentence, one.name) for one in found}
    for index, speech in read.speeches.items():
        if (index, speech.speaker.name) not in shown and sentences[index].kind in _TELLING:
            found.append(_quoted(article, sentences[index], speech))
    return tuple(sorted(found, key=lambda one: (one.sentence, one.start)))


def _quoted(article: Article, sentence: Sentence, speech: Speech) -> Sighting:
    """Who says a sentence that has no name: a quotation runs over it."""
    said = when(article, sentence, sentence.start, says=True)
    who = (sentence.index, sentence.start, speech.speaker.name, "", ())
    return Sighting(*who, "none", sentence.kind, acts=True, says=True, date=said)


def _sighted(
    facts: Facts, article: Article, sentence: Sentence, inside: Sequence[Mention], speech: Speech | None
) -> Iterator[Sighting]:
    changes = facts.changes(article.text, sentence, inside)
    for mention in inside:
        surface = " ".join(mention.surface.split()) if mention.how == "named" else ""
        known = (sentence.index, mention.start, mention.name, surface, mention.offices, mention.status, sentence.kind)
        if mention.role != "actor":
            yield Sighting(*known, acts=False)
            continue
        says = speech is not None and speech.speaker.name == mention.name
        told = sentence.kind in _TELLING
        date = when(article, sentence, mention.start, says=says)
        own = tuple((change.title, change.kind) for change in changes if change.start == mention.start)
        dated = told and date == sentence.date
        yield Sighting(*known, acts=True, says=says and told, dated=dated, date=date, changes=own)


# More than the ordinal of any day: the first and the last day of a date in one number, `-(first * SPAN + last)`, by
# which the newest come first; 0 where the year is not known.
SPAN = 4_000_000
# What shows an office best: a sentence that has the name itself; one that tells, then a headline, then a caption.
_KINDS: tuple[Kind, ...] = ("lead", "body", "headline", "caption")
NAMED = len(_KINDS)  # what is below it in the column `best` has the name itself

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SightingRows:
    """Sightings as rows of the tables `seen` and `held`, without the article's key, and of `names`; `version` tells by
    which rules they were found.
    """

    seen: tuple[Row, ...] = ()
    held: tuple[Row, ...] = ()
    names: tuple[Row, ...] = ()
    version: str = ""


def rows_of(sightings: Iterable[Sighting], version: str = "") -> SightingRows:
    """What is stored of the sightings of one article."""
    seen: list[Row] = []
    held: list[Row] = []
    names: dict[tuple[str, str], list[int]] = {}
    for one in sightings:
        key = " ".join(key_of(one.name))
        place = (newest_first(one.date), one.start, one.sentence, packed(one.date))
        seen.append((key, *place, one.name, one.surface, one.acts, one.says, one.dated))
        best = NAMED * (not one.surface) + _KINDS.index(one.kind)
        held += ((key, *place, title, one.status, best) for title in one.offices if one.acts)
        held += ((key, *place, title, kind, best) for title, kind in one.changes)
        times = names.setdefault((key, one.name), [0, 0])
        times[0] += 1
        times[1] += one.acts
    rows = tuple(name_row(*name, *times) for name, times in names.items())
    return SightingRows(tuple(seen), tuple(held), rows, version)


def name_row(key: str, name: str, times: int, acting: int) -> Row:
    """The row of a name that is seen so many times, acting in so many of them."""
    folded, words = fold(key), key.split()
    return key, name, folded, sorted_form(words), folded.rpartition(" ")[2], sound(words), times, acting


def newest_first(date: Date) -> int:
    """For sorting: the newest first, what has no known year last. See `SPAN`."""
    limits = limits_of(date.edtf)
    return -(limits[0].toordinal() * SPAN + limits[1].toordinal()) if limits else 0


def packed(date: Date) -> str | None:
    """A date as a column has it; see `snapshot.date_of`."""
    return json.dumps((date.edtf, date.basis, date.evidence), ensure_ascii=False) if date else None


def when(article: Article, sentence: Sentence, person: int, *, says: bool) -> Date:
    """The sentence's date, else that of the article's event, else its publication; `person` is where the person stands.

    The sentence's own is passed over where the person is not seen at it: one still to come, a range, a birth, and one
    of which the person only speaks (`says`). Of long ago and behind the person ("Giám đốc Bình là người đầu tiên từ năm
    1969") it may mean anything: then it is not known when.
    """
    told = article.event_date or article.published
    own = sentence.date
    if not own or (says and told) or not _MOMENT.fullmatch(own.edtf):
        return told or own
    if own.edtf != told.edtf and _LIFE.search(article.text, sentence.start, sentence.end):
        return told
    spoken, latest = dates.bounds(own.edtf), dates.bounds((article.published or told).edtf)
    if spoken is None:
        return told or own
    if latest is None or spoken[0] > latest[1]:
        return own if latest is None else told
    return NO_DATE if latest[0] - spoken[1] > _LONG_AGO and _is_behind(article, sentence, person) else own


def _is_behind(article: Article, sentence: Sentence, person: int) -> bool:
    spoken = _spoken_of(article.text[sentence.start : sentence.end])
    return spoken is not None and sentence.start + spoken > person


@lru_cache(1)
def _spoken_of(text: str) -> int | None:
    """Where the date stands that a sentence speaks of: each of its persons asks for it."""
    expression = spoken_of(text, dates.find(text))
    return expression.start if expression else None
