"""Where an office begins or ends: "được bổ nhiệm giữ chức", "tuyên thệ nhậm chức", "thôi giữ chức", "miễn nhiệm".

A person, a verb and an office in this order, with nothing but links, an apposition and who decided it between; or the
verb before both ("bầu ông A giữ chức …", "miễn nhiệm chức vụ … đối với bà B"); or after an office with its holder.
Whatever is only wanted, expected, denied or past is no change.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from retrieval.config_files import listed, load_toml
from retrieval.facts import offices
from retrieval.facts.employers import employer, lacks_complement
from retrieval.facts.lexicon import Lexicon
from retrieval.facts.mentions import Mention, kept_title, key_of
from retrieval.facts.offices import Office
from retrieval.facts.words import Words, words_of
from retrieval.records import Sentence

ChangeKind = Literal["begins", "begins acting", "ends"]
_Table = Literal["begins", "ends"]

# Words between a person and the office, the verb among them: "được Ban Bí thư điều động, phân công, chỉ định giữ chức".
_MOST_BETWEEN = 40
# Words before a person in which the verb may stand: "Quốc hội phê chuẩn bổ nhiệm ông A giữ chức".
_MOST_BEFORE = 12
_OFFICES = frozenset({",", "kiêm", ", kiêm", ", đồng thời là", "đồng thời là"})
_TITLES = frozenset({"ông", "bà", "đồng chí", "anh", "chị", "tướng", "ngài"})
_DEGREE = re.compile(r"(?:[pg]?gs|ts|ths|bs)[.-]?(?:ts|bs)?\.?")  # "GS.TS"
_TABLES: tuple[_Table, ...] = ("ends", "begins")
# Before an office that is held for the time being.
_ACTING = ("quyền", "tạm quyền")
# Before what others do, where it stands after the person: "ông A được … bổ nhiệm".
_PASSIVE = re.compile(r"(?<!\w)(?:được|bị)(?!\w)")
_LONGEST = 60  # characters of a phrase
# In a list of changes: what stands between a person and the office, and before the person.
_LINKS = frozenset({"làm", "giữ", "giữ chức", "giữ chức vụ", "giữ chức danh"})
_LISTED = re.compile(r"[;,](?: và| cùng)?(?: ông| bà| đồng chí){0,2}\Z")
_IN_CHARGE = " phụ trách"
_SENTENCE = re.compile(r"[;!?]|\.(?!\w|,)")


@dataclass(frozen=True, slots=True)
class Change:
    """An office that begins or ends for a person, by the name as the article has it; `start` as in `Mention`. As
    "quyền" it "begins acting".
    """

    name: str
    title: str
    kind: ChangeKind
    start: int


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The phrases of config/changes.toml.

    `anywhere` is any verb: a sentence without one is passed over. `verbs` are what a person does, `done` what others do
    to the person, `employing` what an employer does to the holder of an office and `telling` who tells of it, both with
    a few words before the person. `instead` stands between an office and who had it before, `links` are verbs and
    what else comes right before an office, `after` comes right after "Thủ tướng A", `towards` between an office and
    whom it is given to or taken from. `doubts` make it no change.
    """

    anywhere: re.Pattern[str]
    doubts: re.Pattern[str]
    in_headlines: re.Pattern[str]
    telling: re.Pattern[str]
    instead: re.Pattern[str]
    verbs: Mapping[_Table, re.Pattern[str]]
    done: Mapping[_Table, re.Pattern[str]]
    employing: Mapping[_Table, re.Pattern[str]]
    links: Mapping[_Table, tuple[str, ...]]
    after: Mapping[_Table, tuple[str, ...]]
    towards: Mapping[_Table, frozenset[str]]

    @classmethod
    def from_config(cls) -> "ChangeWords":
        """As they are there. KeyError names a list that is missing."""
        data = load_toml("changes.toml")

        def of(table: str, *keys: str) -> list[str]:
            return [phrase for key in keys for phrase in listed(data[table][key])]

        told = ("verbs", "passive", "employing", "after")
        return cls(
            anywhere=_pattern([*of("begins", *told, "in_headlines"), *of("ends", *told)]),
            doubts=_pattern(of("doubts", "words")),
            in_headlines=_pattern(of("begins", "in_headlines")),
            telling=_before_person(of("begins", "telling")),
            instead=re.compile(rf"\A[ ,]*+(?:{_listed(of('begins', 'instead'))}) (?:(?:{_listed(_TITLES)}) )?"),
            verbs={kind: _pattern(of(kind, "verbs")) for kind in _TABLES},
            done={kind: _pattern(of(kind, "passive")) for kind in _TABLES},
            employing={kind: _before_person(of(kind, "employing")) for kind in _TABLES},
            links={kind: tuple(of(kind, "verbs", "passive", "links")) for kind in _TABLES},
            after={kind: tuple(of(kind, "after")) for kind in _TABLES},
            towards={kind: frozenset(of(kind, "towards")) for kind in _TABLES},
        )

    def is_towards(self, kind: _Table, text: str) -> bool:
        """Whether a text is what stands between an office and whom it is given to or taken from."""
        words = text.split()
        titled = words and (words[-1] in _TITLES or _DEGREE.fullmatch(words[-1]))
        return " ".join(words[:-1] if titled else words) in self.towards[kind]


def _listed(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(phrases)})(?!\w)")


def _before_person(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_listed(phrases)})(?= (?:\w++ ){{0,3}}\Z)")


def _ends_with(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the phrases as whole words, but for what separates it from what follows."""
    end = f" {text.rstrip(' ,:')}"
    return end.endswith(phrases) and any(end.endswith(f" {phrase}") for phrase in phrases)


def changes(
    lexicon: Lexicon, phrases: ChangeWords, text: str, sentence: Sentence, mentions: Sequence[Mention]
) -> tuple[Change, ...]:
    """The offices that begin or end in a sentence; `mentions` are the persons in it."""
    lower = text[sentence.start : sentence.end].lower()
    if len(lower) != sentence.end - sentence.start or not mentions or not phrases.anywhere.search(lower):
        return ()
    return tuple(dict.fromkeys(_Changes(lexicon, phrases, text, sentence, mentions).changes()))


class _Changes:
    def __init__(
        self, lexicon: Lexicon, phrases: ChangeWords, text: str, sentence: Sentence, mentions: Sequence[Mention]
    ) -> None:
        start, end = sentence.start, sentence.end
        self._lexicon, self._phrases = lexicon, phrases
        self._is_headline = sentence.kind == "headline"
        self._start, self._lower = start, text[start:end].lower()
        self._named = [mention for mention in mentions if mention.how == "named" and mention.role == "actor"]
        self._words = words_of(text, start, end)
        self._offices = list(_offices_in(lexicon, self._words))
        self._starts = [self._offset(office) for office in self._offices]
        self._ends = [self._words.ends[office.end - 1] for office in self._offices]

    def changes(self) -> Iterator[Change]:
        found: list[Change] = []
        for at, mention in enumerate(self._named):
            following = self._named[at + 1].start if at + 1 < len(self._named) else self._start + len(self._lower)
            before = found[-1].kind if found else None
            found = list(self._before_an_office(at, mention, following, before)) or list(self._given_or_taken(mention))
            earlier = self._named[at - 1].end if at else self._start
            found = found or list(self._by_employer(mention, earlier))
            yield from found or self._beside_an_office(mention, _clause(self._between(earlier, mention.start)))

    def _before_an_office(
        self, at: int, mention: Mention, following: int, before_it: ChangeKind | None
    ) -> Iterator[Change]:
        """Person, verb, office: or verb, person, link, office; or in a list after another change, person, link, office:
        "bổ nhiệm ông A giữ chức X; bà B làm Y".
        """
        earlier = self._named[at - 1].end if at else self._start
        for place in range(bisect_left(self._starts, mention.end), bisect_right(self._starts, following)):
            first = self._starts[place]
            if self._is_of(self._offices[place], following):
                continue
            between = self._between(mention.end, first)
            if len(between.split()) > _MOST_BETWEEN or _SENTENCE.search(between):
                return
            before = " ".join(self._between(earlier, mention.start).split()[-_MOST_BEFORE:])
            listed = before_it if between.strip() in _LINKS and _LISTED.search(before) else None
            kind = listed or self._kind(before, between)
            if kind:
                yield from self._chain(place, mention, kind)
                return

    def _is_of(self, office: Office, named: int) -> bool:
        """Whether the office is that of whoever is named right after it: "từ chức vì vụ sa thải HLV B"."""
        return named < self._start + len(self._lower) and named - self._words.ends[office.end - 1] <= 1

    def _kind(self, before: str, between: str) -> ChangeKind | None:
        """What begins or ends with the office after these texts: before the person, and between the two."""
        clause = _clause(before)
        for kind in _TABLES:
            told = self._phrases.verbs[kind].search(between) or self._phrases.done[kind].search(clause)
            voice = None if told else _PASSIVE.search(between)
            if voice:
                told = self._phrases.done[kind].search(between, voice.end())
            if kind == "begins" and self._is_headline:
                told = told or self._phrases.in_headlines.search(between)
            if told and _ends_with(between, self._phrases.links[kind]):
                if self._phrases.doubts.search(f"{clause} {between}"):
                    return None
                return "begins acting" if kind == "begins" and _ends_with(between, _ACTING) else kind
        return None

    def _chain(self, place: int, mention: Mention, kind: ChangeKind) -> Iterator[Change]:
        """The office and those that follow it in a list."""
        while True:
            office = self._offices[place]
            yield from self._of(self._completed(office, mention, kind), mention, kind)
            end = self._words.ends[office.end - 1]
            place += 1
            if place >= len(self._offices) or (
                self._between(end, self._offset(self._offices[place])).strip() not in _OFFICES
            ):
                break
        if kind != "ends":
            yield from self._taken_over(office, mention, kind, end)

    def _taken_over(self, office: Office, mention: Mention, kind: ChangeKind, end: int) -> Iterator[Change]:
        """ "A giữ chức Chủ tịch HĐQT thay ông B": it ends for B."""
        for other in self._named:
            if mention.start < other.start <= end + _LONGEST and self._phrases.instead.fullmatch(
                self._between(end, other.start)
            ):
                yield from self._of(self._completed(office, mention, kind), other, "ends")

    def _completed(self, office: Office, mention: Mention, kind: ChangeKind) -> Office:
        """The office with what it is of, where only its employer tells: "Leverkusen bổ nhiệm A làm HLV trưởng",
        "Tottenham thông báo A từ chức chủ tịch".
        """
        if not lacks_complement(self._lexicon, office) or self._has_charge(office):
            return office
        table: _Table = "ends" if kind == "ends" else "begins"
        before = self._between(self._start, self._left_of(mention))
        return self._employed(
            office, self._phrases.employing[table].search(before) or self._phrases.telling.search(before)
        )

    def _has_charge(self, office: Office) -> bool:
        """Whether it is told what part of a company the office is for: "giám đốc phụ trách các thị trường mới"."""
        words, end = self._words, office.end
        follows = end < len(words) and not words.gaps[end] and not words.capital[end]
        return follows and office.titles[0].endswith(_IN_CHARGE)

    def _by_employer(self, mention: Mention, earlier: int) -> Iterator[Change]:
        """ "Leverkusen sa thải HLV A": an office that is nothing without its employer."""
        start = self._left_of(mention)
        place = bisect_left(self._starts, start)
        office = self._offices[place] if place < len(self._offices) and self._starts[place] == start else None
        if office is None or not set(office.titles) <= self._lexicon.never_bare:
            return
        before = self._between(self._start, start)
        for kind in _TABLES:
            verb = self._phrases.employing[kind].search(before)
            if verb and not self._phrases.doubts.search(_clause(before[max(0, earlier - self._start) :])):
                whole = self._employed(office, verb)
                yield from self._of(whole, mention, kind) if whole.complement else ()
                return

    def _employed(self, office: Office, verb: re.Match[str] | None) -> Office:
        place = bisect_left(self._words.starts, self._start + verb.start()) if verb else 0
        complement = employer(self._lexicon, self._words, place, office.head) if verb else ""
        if not complement:
            return office
        return replace(
            office, titles=tuple(f"{title} {complement}" for title in office.head.titles), complement=complement
        )

    def _left_of(self, mention: Mention) -> int:
        """Where a person begins, the office right before the name included."""
        ends = self._ending(mention.start - 1, mention.start)
        return next((self._offset(office) for office in ends), mention.start)

    def _ending(self, first: int, last: int) -> Sequence[Office]:
        """The offices that end in the text from `first` to `last`."""
        return self._offices[bisect_left(self._ends, first) : bisect_right(self._ends, last)]

    def _given_or_taken(self, mention: Mention) -> Iterator[Change]:
        """ "bổ nhiệm Giám đốc Sở Y tế cho ông A", "miễn nhiệm chức vụ Bộ trưởng Bộ Y tế đối với ông A"."""
        for office in self._ending(mention.start - _LONGEST, mention.start):
            between = self._between(self._words.ends[office.end - 1], mention.start)
            for kind in _TABLES:
                if self._phrases.is_towards(kind, between):
                    before = _clause(self._between(self._start, self._offset(office)))
                    told = self._phrases.done[kind].search(before) and _ends_with(before, self._phrases.links[kind])
                    if told and not self._phrases.doubts.search(before):
                        yield from self._of(office, mention, kind)

    def _beside_an_office(self, mention: Mention, before: str) -> Iterator[Change]:
        """ "Thủ tướng A từ chức"; not where somebody wants it, in the clause before."""
        if mention.status not in ("holds", "acting") or self._phrases.doubts.search(before):
            return
        after = self._lower[mention.end - self._start :].lstrip()
        for kind in _TABLES:
            if after.startswith(self._phrases.after[kind]):
                yield from (Change(mention.name, title, kind, mention.start) for title in mention.offices)
                return

    def _of(self, office: Office, mention: Mention, kind: ChangeKind) -> Iterator[Change]:
        for title in office.titles:
            kept = kept_title(self._lexicon, key_of(mention.name), title)
            if kept:
                yield Change(mention.name, kept, kind, mention.start)

    def _offset(self, office: Office) -> int:
        return self._words.starts[office.start]

    def _between(self, first: int, last: int) -> str:
        return self._lower[max(first - self._start, 0) : max(last - self._start, 0)]


def _clause(before: str) -> str:
    """The last clause of a text."""
    return _SENTENCE.split(before)[-1]


def _offices_in(lexicon: Lexicon, words: Words) -> Iterator[Office]:
    position = 0
    while position < len(words):
        office = offices.at(lexicon, words, position)
        if office:
            yield office
        position = office.end if office else position + 1
