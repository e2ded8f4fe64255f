"""The frozen records that flow through everything.

Offsets count code points of `Article.text`; `article.text[start:end]` is the quoted text, always.
"""

import datetime
from dataclasses import dataclass, field
from typing import Literal

Basis = Literal["stated", "published", "inferred", "unknown"]
Kind = Literal["headline", "lead", "body", "caption"]
Status = Literal["answered", "not_found"]

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))  # where days begin and end


@dataclass(frozen=True, slots=True)
class Date:
    """A date no more precise than its source.

    `edtf` is Extended Date/Time Format (ISO 8601-2): `2025-09-15`, `2025-09-16T10:35:00+07:00`, `2024`, `2021-12`,
    `XXXX-01-25` (the year is not known), `2020/2025`; empty where there is no date at all.
    `basis` is `stated` (the text gives all of it), `published` (it is the publication date), `inferred`
    (completed from something else) or `unknown` (no date, or one whose year nothing gives).
    `evidence` is the text the date was read from or, for an inferred date, what completed it.
    """

    edtf: str = ""
    basis: Basis = "unknown"
    evidence: str = ""

    def __bool__(self) -> bool:
        return bool(self.edtf)


NO_DATE = Date()


@dataclass(frozen=True, slots=True)
class Place:
    """Where else the same text was found."""

    publisher: str | None
    url: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as published: `text` is NFC, without the lines that are not article (see `reading`).

    `also` are the other places that have the very same text.
    """

    id: str
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    published: Date
    event_date: Date
    text: str
    path: str
    section: str | None = None
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher (None: of articles that name none), how many articles are its, and when the first and the last of
    them was published; no dates where none says.
    """

    publisher: str | None
    articles: int
    first: Date = NO_DATE
    last: Date = NO_DATE


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Article.text`, for instance a paragraph, and what it is."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `index` counts from 0 within its article, `paragraph` is the index of its paragraph."""

    article_id: str
    index: int
    start: int
    end: int
    kind: Kind
    date: Date
    paragraph: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line (or a part of one) that is not article. `line` counts from 1 in the file as read."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article read from a file: its paragraphs, in order and without overlap, and what was left out.

    `line` is the line that holds all of it, in a file of one article a line; else 0.
    """

    article: Article
    paragraphs: tuple[Span, ...]
    dropped: tuple[Dropped, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: `source` names the file (and line or member), `message` says why.

    `line` as in `Reading`.
    """

    source: str
    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """`text` is `article.text[start:end]`, a sentence of this `kind`; a higher `score` ranks first.

    `before` is the sentence before it, where it hangs on that one: "Đây là một điểm mới …". `answer` is where in
    `article.text` the words stand that answer the question, inside the quote; None where all of it does. `revised` is
    when the sentence was published as it is now, where an earlier version of the article did not have it so.
    `correction` is the article that corrects this one, where one does.
    """

    text: str
    article: Article
    start: int
    end: int
    date: Date
    score: float
    kind: Kind = "body"
    before: "Quote | None" = None
    answer: Span | None = None
    revised: Date = NO_DATE
    correction: Article | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`quotes` answer the question (none where `not_found`); `nearest` holds what came closest.

    `confidence`, from 0 to 1, is how sure it is that one of the quotes is right, calibrated on questions. `kind` is
    what was asked for: "who", "day", "how many" and so on (config/questions.toml), else "what". `suggestions` are
    questions that may have been meant where one was not found, and that would be answered. `since` and `until` are the
    days that the quotes were looked for in, where it was asked of some only ("từ 3/2025"). `partial`: some of the
    articles could not be looked at, as a part of the cluster that holds them did not answer.
    """

    question: str
    status: Status
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    confidence: float = 0.0
    kind: str = "what"
    suggestions: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened at one `date`: the quote that tells it best first, then those of other articles.

    `planned`: all of them speak of it as still to come. `about`: where the first quote does not name the topic, the
    sentence of its article that does. `weight` is the evidence that the day matters to the topic: a higher one ranks
    first. `changed`: it was planned, and the first quote says that it was moved or dropped. `background`: nobody told
    it when it happened, only long after.
    """

    date: Date
    quotes: tuple[Quote, ...]
    planned: bool = False
    about: tuple[Quote, ...] = ()
    weight: float = field(default=0.0, compare=False)
    changed: bool = False
    background: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A topic in dated quotes, the earliest entry first, those whose year is not known last.

    `since` and `until` are the days it was asked for (None: open). Without an entry, `nearest` holds what came closest.
    `partial`: as of `Answer`.
    """

    topic: str
    entries: tuple[TimelineEntry, ...]
    since: datetime.date | None = None
    until: datetime.date | None = None
    nearest: tuple[Quote, ...] = ()
    partial: bool = False

    def leading(self, count: int) -> tuple[TimelineEntry, ...]:
        """The `count` entries of most weight, in order of time."""
        ranked = sorted(range(len(self.entries)), key=lambda at: -self.entries[at].weight)
        return tuple(self.entries[at] for at in sorted(ranked[:count]))


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the articles show it: held (`acting`: as "quyền") at `first_seen` and at `last_seen`.

    `quotes`, the newest first, are the sentences that show it, the earliest among them. So many `articles` of so many
    `papers` do, near-copies not counted. `begins` and `ends` are sentences that tell of the appointment and of the
    leave, where one does, and `since` and `until` the days of these.
    """

    title: str
    first_seen: Date
    last_seen: Date
    quotes: tuple[Quote, ...]
    acting: bool = False
    articles: int = 0
    papers: int = 0
    since: Date = NO_DATE
    until: Date = NO_DATE
    begins: Quote | None = None
    ends: Quote | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person by name, and the office that was asked for; `current`: the newest solid evidence names this one."""

    name: str
    office: Office
    current: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the articles show them, the newest first throughout; those whose year is not known last.

    `aliases` are other ways in which the articles write the name, `offices` those held, `former` those that the
    articles call past (dated by when they do). `statements` are what the person said, `events` the dated sentences,
    `mentions` the sentences, `seen_with` who else acts in them, most often first.

    Where an office was asked for, `name` is that office and `holders` held it, the earliest first. `candidates` are
    further persons whom the query may mean, the best known first, `suggestions` those whose names are spelt much like
    it: where the query names nobody for certain, `name` is the query and these are all there is.

    What so few articles say against so many that it may be a mistake is no fact: `others` are such holders,
    `doubtful` such offices. `partial`: as of `Answer`.
    """

    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    statements: tuple[Quote, ...] = ()
    seen_with: tuple[str, ...] = ()
    former: tuple[Office, ...] = ()
    events: tuple[TimelineEntry, ...] = ()
    mentions: tuple[Quote, ...] = ()
    holders: tuple[Holder, ...] = ()
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    others: tuple[Holder, ...] = ()
    doubtful: tuple[Office, ...] = ()
    partial: bool = False


def opening(article: Article, characters: int = 60) -> str:
    """The beginning of an article's text, whole words, to stand where a title is missing."""
    first = article.text.strip().partition("\n")[0]
    return first if len(first) <= characters else first[:characters].rpartition(" ")[0] or first[:characters]


def quote(article: Article, sentence: Sentence, score: float) -> Quote:
    """The sentence as a quote, to the letter."""
    text = article.text[sentence.start : sentence.end]
    return Quote(text, article, sentence.start, sentence.end, sentence.date, score, sentence.kind)
