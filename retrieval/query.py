"""A question → Query: what is asked for, without the words that only ask."""

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retrieval import dates
from retrieval.config_files import data_folder, load_toml
from retrieval.numerals import WORDS, spellings, value
from retrieval.records import Date
from retrieval.synonyms import Phrase, Synonyms
from retrieval.tokens import fold, normalize, syllables

_ACRONYM = re.compile(r"\b[A-ZĐ]{2,}\b")
_WORD = re.compile(r"[^\W_]+")
# "Tổng Bí thư năm 2023 là ai, còn năm 2025 là ai?", "… năm 2023 và 2025": the same asked of two years.
_COMPARED = re.compile(
    r"(?P<before>.*?)(?P<first>(?:năm|nam) \d{4})(?P<between>.*?),? (?:còn|con)(?: .*?)? (?:(?:năm|nam) )?"
    r"(?P<second>\d{4})\b"
    r"|(?P<head>.*?)(?P<one>(?:năm|nam) \d{4})(?:,| (?:và|va|với|voi|hay|hoặc|hoac|so với|so voi)) (?:(?:năm|nam) )?"
    r"(?P<other>\d{4})\b(?P<tail>.*)",
    re.IGNORECASE,
)
# Questions that go on from the one before: "còn năm 2024?", "ông ấy nói gì về kinh tế?".
_YEAR = re.compile(r"(?:năm|nam) \d{4}", re.IGNORECASE)
_AND_THEN = re.compile(
    r"\s*(?:thế |the |vậy |vay )?(?:còn|con)\s+(?!bao |mấy |may |gì|gi )(?P<rest>\S+(?:\s+\S+){0,5})", re.IGNORECASE
)
_PRONOUN = re.compile(r"\b(?:ông|bà|anh|chị|cô|ong|ba) (?:ấy|ta|này|ay|nay)\b", re.IGNORECASE)
# "Ai là Bộ trưởng …", "Bộ trưởng … là ai", "Thứ trưởng nào …".
_HOLDER = re.compile(r"\bai (?:là|la|làm|lam)\b|\b(?:là|la) ai\b|\b(?:nào|nao)\b")
# A longer question says enough by itself: "ông ấy sinh ra trong gia đình làm nghề gì ở Warszawa".
_SHORT = 5
_SEVERAL = 2  # syllables without the diacritics that they have in articles: one may be a slip
_NAME = re.compile(r"[A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*)+")


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks for. Terms are lower-case syllables with one placement of tone marks.

    `question` is as typed, `text` the same made whole: completed from the question before, its days counted from today.
    `terms` are to be found, abbreviations spelt out; folded where the question is typed without diacritics
    (`accented` False). `names` are those of the terms that are written with a capital or are part of an office,
    `capitals` those written so, `offices` the places in `terms` where an office begins and ends. `slot` is the place
    in `terms` of the word that asked (-1: none). `modifiers` are the words that make another
    office of it ("phó"). `short` and `synonyms` are what else stands for a run of terms, and where that begins and
    ends. `countries` are places as `offices` are, `opposites` phrases that stand there, each with its opposite.
    `unresolved` is True for a short question about "ông ấy" where nothing tells who that is.
    `parts` are the queries of a question that compares; else there are none.
    """

    question: str
    text: str
    terms: tuple[str, ...]
    accented: bool
    kind: str
    names: frozenset[str] = frozenset()
    offices: tuple[tuple[int, int], ...] = ()
    modifiers: tuple[str, ...] = ()
    capitals: frozenset[str] = frozenset()
    slot: int = -1
    unresolved: bool = False
    parts: tuple["Query", ...] = ()
    short: tuple[tuple[str, int, int], ...] = ()
    synonyms: tuple[tuple[Phrase, int, int], ...] = ()
    speech: tuple[tuple[str, ...], ...] = ()
    countries: tuple[tuple[int, int], ...] = ()
    opposites: tuple[tuple[Phrase, Phrase], ...] = ()
    asks_holder: bool = False

    @property
    def names_only(self) -> bool:
        """It asks about a name and nothing else: "hà kim ngọc là ai"."""
        return (self.asks_holder or self.kind == "office") and 2 <= len(self.terms) <= 5 and not self.offices

    def speaks_of(self, office: str) -> bool:
        """Whether the question has this office, in its kept form ("Bộ trưởng Bộ Ngoại giao"), by its head at least."""
        title = syllables(office if self.accented else fold(office))
        return any(title[: end - start] == [*self.terms[start:end]] for start, end in self.offices)

    def abbreviates(self, at: int, syllables: Sequence[str]) -> bool:
        """Whether an abbreviation of what begins at a term stands among the syllables."""
        return any(start == at and short in syllables for short, start, _ in self.short)


class QuestionReader:
    """Reads questions with the words of config/: chat spellings, abbreviations, question words, offices."""

    def __init__(
        self,
        aliases: Mapping[str, Any],
        question_words: Sequence[str],
        questions: Mapping[str, Any],
        speech: Sequence[str],
        synonyms: Synonyms,
    ) -> None:
        self._names = _Phrases(aliases["names"], aliases["accented_names"])
        self._spellings = _Phrases(aliases["spellings"])
        self._question_words = _Phrases(dict.fromkeys(question_words, ""))
        self._kinds = [(kind["name"], _Pattern(kind, r"\b(?:{})\b")) for kind in questions["kinds"]]
        self._asking = [_Pattern(asking, "{}") for asking in questions["asking"]]
        self._hanging = re.compile(rf"[\W_]*(?:{questions['hanging']['pattern']})(?!\w)", re.IGNORECASE)
        # What is told of at home need not say where that is.
        countries = [tuple(syllables(country)) for country in questions["countries"] if country != "Việt Nam"]
        self._countries = {
            True: frozenset(countries),
            False: frozenset(tuple(map(fold, country)) for country in countries),
        }
        self._opposites = [[tuple(syllables(phrase)) for phrase in pair] for pair in questions["opposites"]["pairs"]]
        self._heads = [tuple(syllables(head)) for head in questions["offices"]["heads"]]
        self._speech = [tuple(syllables(verb)) for verb in speech]
        self._synonyms = synonyms
        self._modifiers = {
            True: tuple(questions["offices"]["modifiers"]),
            False: tuple(questions["offices"]["folded_modifiers"]),
        }

    @classmethod
    def from_config(cls) -> "QuestionReader":
        """With config/aliases.toml, questions.toml, question_words.txt, offices.toml and synonyms.toml."""
        words = (data_folder("config") / "question_words.txt").read_text(encoding="utf-8").splitlines()
        asking = [word for word in words if word and not word.startswith("#")]
        countries = load_toml("offices.toml")["places"]["countries"]
        verbs = [verb for line in load_toml("offices.toml")["speech"]["verbs"].split("\n") for verb in line.split(", ")]
        return cls(
            load_toml("aliases.toml"),
            asking,
            {**load_toml("questions.toml"), "countries": re.split(r"[,\s]*[,\n]\s*", countries.strip())},
            list(filter(None, verbs)),
            Synonyms.from_config(),
        )

    def hangs_on_another(self, sentence: str) -> bool:
        """Whether the sense of a sentence hangs on the one before it: "Đây là một điểm mới …"."""
        return bool(self._hanging.match(sentence))

    def read(
        self,
        question: str,
        today: datetime.date | None = None,
        previous: Query | None = None,
        bare: Callable[[str], bool] = lambda _: False,
    ) -> Query:
        """The query of a question in any state: accented or not or half, in chat spelling, empty.

        `bare` says of a syllable whether articles have it with diacritics only: a question with several such is read as
        one typed without.

        With `today`, "hôm qua" or "tháng trước" become the numbers of their date. A question that goes on from the
        `previous` one of the same chat is completed from it.
        """
        text = _completed(normalize(question), previous)
        if today:
            text = _counted_from(today, text)
        compared = _COMPARED.match(text)
        if not compared:
            return self._read(question, text, bare)
        before, first, after = compared.group("before", "first", "between")
        if first is None:
            before, first, after = compared.group("head", "one", "tail")
        second = f"{first[:-4]}{compared['second'] or compared['other']}"
        parts = tuple(self._read(question, before + year + after, bare) for year in (first, second))
        whole = self._read(question, text, bare)
        return replace(whole, kind="compare", parts=parts)

    def _read(self, question: str, text: str, bare: Callable[[str], bool]) -> Query:
        accented = fold(text) != text.lower() and not _is_half_typed(text, bare)
        words = syllables(text if accented else fold(text))
        asked = " ".join(self._names.replace(self._spellings.replace(words, accented), accented))
        kept = _acronyms(text)
        shown = " ".join("x" * len(word) if word in kept else word for word in asked.split(" "))  # "AI" asks for nobody
        kind, slot_at = next(
            ((name, found.end()) for name, pattern in self._kinds if (found := pattern.of(accented).search(shown))),
            ("what", -1),
        )
        terms = self._without_asking(asked, accented, kept)
        slot = len(self._without_asking(asked[:slot_at], accented, kept)) if slot_at >= 0 else -1
        if all(term.isdecimal() for term in terms) and not dates.find(text):
            terms = []  # numbers alone are about nothing
        short = (*self._names.short(terms, accented), *_respelt_numbers(terms))
        offices = _places(terms, [head if accented else tuple(map(fold, head)) for head in self._heads])
        typed = [word.lower() for word in _WORD.findall(text)[1:] if word[0].isupper() and not text.isupper()]
        capitals = typed if accented else [fold(word) for word in typed]
        in_offices = (terms[at] for start, end in offices for at in range(start, end))
        return Query(
            question=question,
            text=text,
            terms=tuple(terms),
            accented=accented,
            kind=kind,
            names=frozenset([*capitals, *in_offices]) & set(terms),
            capitals=frozenset(capitals) & set(terms),
            slot=slot,
            short=short,
            synonyms=self._synonyms.of(terms, accented),
            countries=tuple(self._countries_in(terms, capitals, accented)),
            opposites=tuple(self._opposites_in(terms, accented)),
            asks_holder=kind == "who" and bool(_HOLDER.search(asked)),
            speech=tuple(self._speech if accented else (tuple(map(fold, verb)) for verb in self._speech))
            if kind == "said"
            else (),
            offices=tuple(offices),
            modifiers=self._modifiers[accented],
            unresolved=bool(_PRONOUN.search(text)) and not capitals and len(terms) <= _SHORT,
        )

    def _countries_in(self, terms: Sequence[str], capitals: Sequence[str], accented: bool) -> Iterator[tuple[int, int]]:
        """Where countries stand: those of one syllable only typed with a capital and diacritics ("Áo" is no "ao")."""
        for start, end in _places(terms, self._countries[accented]):
            if end - start > 1 or (accented and terms[start] in capitals):
                yield start, end

    def _opposites_in(self, terms: Sequence[str], accented: bool) -> Iterator[tuple[Phrase, Phrase]]:
        for pair in self._opposites:
            one, other = pair if accented else [tuple(map(fold, phrase)) for phrase in pair]
            for asked, opposite in ((one, other), (other, one)):
                if _places(terms, [asked]) and not _places(terms, [opposite]):
                    yield asked, opposite

    def _without_asking(self, asked: str, accented: bool, kept: frozenset[str]) -> list[str]:
        """The syllables that are to be found."""
        for asking in self._asking:
            asked = asking.of(accented).sub(lambda found: found[0] if found[0] in kept else " ", asked)
        return self._question_words.replace(asked.split(), accented, kept)


def date_numbers(date: Date) -> list[str]:
    """The numbers of a date as a question has them: 2025-09-05 → 5, 9, 2025."""
    day = date.edtf.partition("T")[0]
    return [part.lstrip("0") for part in reversed(day.split("-")) if part.isdecimal()]


def _completed(text: str, previous: Query | None) -> str:
    """A question that goes on from the one before, made whole; any other as it is."""
    if previous is None:
        return text
    before = previous.text
    if then := _AND_THEN.fullmatch(text):
        year = _YEAR.search(then["rest"])
        return _YEAR.sub(year[0], before) if year and _YEAR.search(before) else f"{before} {then['rest']}"
    name = _NAME.search(before)
    return _PRONOUN.sub(name[0], text) if name else text


def _counted_from(today: datetime.date, text: str) -> str:
    """The text with words for a day or a month replaced by the numbers of their date."""
    context = dates.Context(published=Date(today.isoformat(), "published"))
    for expression in reversed(dates.find(text)):
        date = dates.resolve(expression, context) if expression.kind in ("relative", "weekday") else None
        if date:
            text = text[: expression.start] + " ".join(date_numbers(date)) + text[expression.end :]
    return text


def _is_half_typed(text: str, bare: Callable[[str], bool]) -> bool:
    """Whether most lower-case syllables without diacritics lack them: "tong bi thu Tô Lâm noi gi"."""
    plain = [word for word in _WORD.findall(text) if word.isalpha() and word.islower() and fold(word) == word]
    lacking = sum(map(bare, plain))
    return lacking >= _SEVERAL and 2 * lacking >= len(plain)


def _acronyms(text: str) -> frozenset[str]:
    """Words in capitals, in lower case; none where all is in capitals. "AI" is no "ai"."""
    return frozenset() if text.isupper() else frozenset(map(str.lower, _ACRONYM.findall(text)))


def _respelt_numbers(terms: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """How else the numbers among the terms are written: "xiv" for "14"."""
    for at, term in enumerate(terms):
        number = value(term) if term not in WORDS else None
        if number is not None:
            yield from ((other, at, at + 1) for other in (str(number), *spellings(number)) if other != term)


def _places(terms: Sequence[str], phrases: Collection[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where the phrases stand, as (start, end), in order."""
    known = frozenset(phrases)  # of a frozenset it is the same
    lengths = set(map(len, known))
    return [
        (start, end)
        for start in range(len(terms))
        for end in range(start + 1, len(terms) + 1)
        if end - start in lengths and tuple(terms[start:end]) in known
    ]


class _Pattern:
    """A pattern for questions with diacritics, and one for questions without."""

    def __init__(self, given: Mapping[str, str], form: str) -> None:
        self._accented = re.compile(form.format(given["pattern"]))
        self._folded = re.compile(form.format(given.get("folded", fold(given["pattern"]))))

    def of(self, accented: bool) -> re.Pattern[str]:
        return self._accented if accented else self._folded


class _Phrases:
    """Replaces runs of syllables, longest first."""

    def __init__(self, replacements: Mapping[str, str], accented_only: Mapping[str, str] | None = None) -> None:
        either = {tuple(syllables(key)): syllables(value) for key, value in replacements.items()}
        self._folded = {tuple(map(fold, key)): [*map(fold, value)] for key, value in either.items()}
        self._exact = either | {tuple(syllables(k)): syllables(value) for k, value in (accented_only or {}).items()}
        self._longest = max(map(len, self._exact), default=0)

    def short(self, words: Sequence[str], accented: bool) -> tuple[tuple[str, int, int], ...]:
        """The keys of one syllable whose replacements stand among the words, as (key, start, end)."""
        known = self._exact if accented else self._folded
        return tuple(
            (key[0], start, end)
            for key, value in known.items()
            if len(key) == 1 and len(value) > 1 and value[0] in words
            for start, end in _places(words, [tuple(value)])
        )

    def replace(self, words: Sequence[str], accented: bool, keep: frozenset[str] = frozenset()) -> list[str]:
        """The words with every known run replaced, but for words to keep; without diacritics all is folded."""
        known = self._exact if accented else self._folded
        result: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                found = known.get(tuple(words[at : at + length]))
                if found is not None and words[at] not in keep:
                    result += found
                    at += length
                    break
            else:
                result.append(words[at])
                at += 1
        return result
