"""Answers and everything else that the bot says, as Telegram messages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from bot.ground.splitting import MESSAGE_LIMIT, beginning, pack, pieces, units, visible
from bot.pages import timeline_pages
from bot.pages.glance import AT_A_GLANCE, Glance, distinct, line_of, marked
from bot.pages.labels import day_of, labels_of, link
from bot.pages.person import place, proofs
from bot.pages.policy_panel import Panel
from bot.pages.source_choice import SourceChoice
from bot.pages.source_pages import SourcePage
from bot.pages.why import Why
from bot.texts.catalogue import LANGUAGES, date_words, languages
from bot.texts.filters import calendar_day
from bot.texts.rich import Notes, Rows, Title, rich_message
from bot.texts.templates import environment, file_of
from retrieval import Answer, Date, Holder, Office, Profile, Quote, Source, Timeline, TimelineEntry
from retrieval.polling.freshness import Freshness

Language = str  # the code of one of `catalogue.languages`
Page = Literal[
    "start", "unknown_command", "nothing_asked", "no_words", "not_text", "error", "gave_up", "too_fast", "too_late",
    "withdrawn", "admins_only", "settings_private", "command_start", "command_help", "command_ask", "command_settings",
    "command_timeline", "timeline_expired", "command_who", "who_asked", "who_expired", "who_timeline",
    "command_watch", "command_sources", "command_privacy", "command_forget", "forget_kept", "forget_not_yours",
    "no_more", "answer_expired", "link_expired", "voted_good", "voted_bad", "button_expired", "perhaps_sent",
    "button_bring", "bring_expired", "greeting", "news", "insulted", "which_answer", "why_bad", "why_in_words",
    "told_why",
]  # fmt: skip

# UTF-16 units of the sentence that a quote hangs on: a longer one is left out.
_LEAD_IN = 600
# UTF-16 units of a quote in a timeline: of longer ones the beginning is shown, as five are to fit on a page.
_TIMELINE_QUOTE = 900
# Of a person's offices and the holders of an office so many are shown, and of what the person said.
_OFFICES = 8
_DOUBTFUL = 2
_STATEMENTS = 3
_COMPANIONS = 8
# Further articles named under an entry.
_ALSO_NAMED = 4


@dataclass(frozen=True, slots=True)
class Collection:
    """What there is to answer from: how many articles, published from when to when (where any says so)."""

    size: int
    first: Date | None = None
    last: Date | None = None

    @classmethod
    def of(cls, sources: Sequence[Source]) -> Self:
        """All of them together."""
        size = sum(source.articles for source in sources)
        dated = [source for source in sources if source.first]
        if not dated:
            return cls(size)
        return cls(size, min((s.first for s in dated), key=day_of), max((s.last for s in dated), key=day_of))


class Replies:
    """The templates of each language, rendered to messages that fit Telegram's limit. All are HTML."""

    def __init__(self, folder: Path = LANGUAGES) -> None:
        self._templates = {language: environment(folder, language) for language in languages(folder)}
        self._dates = {language: date_words(language, folder) for language in self._templates}

    def page(self, name: Page, language: Language, collection: Collection | None = None) -> str:
        """A text of its own; `start` tells of the collection."""
        return self.render(name, language, collection=collection)

    def operators(self, name: str, language: Language, /, **values: Any) -> str:
        """A text for those who run the bot, of the folder `operators`."""
        return self.render(f"operators/{name}", language, **values)

    def sources(self, view: SourcePage, collection: Collection, language: Language) -> str:
        """A page of the list of sources."""
        return self.render("sources", language, view=view, collection=collection)

    def feeds(self, feeds: Sequence[Freshness], now: datetime, language: Language) -> str:
        """When each feed was last read well; empty where none is polled."""
        each = [{"label": feed.label, "read": feed.read, "trouble": feed.trouble(now)} for feed in feeds]
        return self.render("feeds", language, feeds=each)

    def policy(self, panel: Panel, language: Language) -> str:
        """What is answered in a group or topic."""
        return self.render("policy", language, panel=panel)

    def source_choice(self, choice: SourceChoice, language: Language) -> str:
        """Which sources the answers in a group come from."""
        return self.render("source_choice", language, choice=choice)

    def answer(
        self, answer: Answer, sources: Sequence[Source], language: Language, glance: Glance = AT_A_GLANCE
    ) -> list[str]:
        """The quotes, the first at a glance; or that there is no answer, and what there is to answer from."""
        if answer.status == "not_found":
            parts = [*self._refusal(answer, sources, language, glance)]
        else:
            parts = self._quotes(answer, language, glance)
        return pack([*parts, *self.note(language, partial=answer.partial)])

    def rich_answer(
        self, answer: Answer, language: Language, glance: Glance = AT_A_GLANCE, why: Why | None = None
    ) -> dict[str, Any] | None:
        """The same as a rich message, with why it was chosen folded up below; None where one quote is all, or it is too
        much for one.
        """
        if len(distinct(answer.quotes)) < 2:
            return None
        title, _, lines = self.why(why, language).partition("\n") if why else ("", "", "")
        return rich_message(self._quotes(answer, language, glance), title, [Notes(lines)] if lines else [])

    def why(self, why: Why, language: Language) -> str:
        """Why quotes were chosen; the first line is the title."""
        return self.render("why", language, why=why)

    def _quotes(self, answer: Answer, language: Language, glance: Glance) -> list[str]:
        first, *others = distinct(answer.quotes)
        numbered = list(enumerate(others, 2))
        rest = [part for number, quote in numbered for part in self.quote(quote, language, number)]
        read_as = [self.render("read_as", language, question=glance.read_as)] if glance.read_as else []
        shown = rest if glance.spread else self._rest(numbered, language) or rest
        return [*self.quote(first, language, 1 if others else 0), *shown, *read_as]

    def _refusal(self, answer: Answer, sources: Sequence[Source], language: Language, glance: Glance) -> Iterator[str]:
        collection = None if glance.has_articles else Collection.of(sources)
        common = {"glance": glance, "suggestions": answer.suggestions, "span": self._span(answer, language)}
        yield self.render("not_found", language, collection=collection, **common)
        if glance.maybe:
            yield from self.quote(answer.nearest[0], language)
        if glance.read_as:
            yield self.render("read_as", language, question=glance.read_as)

    def _rest(self, numbered: Sequence[tuple[int, Quote]], language: Language) -> list[str]:
        """Further quotes folded up; nothing where together they are longer than a message, or there are none."""
        lines = [{"marked": marked(quote), **line_of(quote, number)} for number, quote in numbered]
        folded = self.render("rest", language, quotes=lines) if lines else ""
        return [folded] if 0 < units(visible(folded)) <= MESSAGE_LIMIT else []

    def timeline(
        self, timeline: Timeline, language: Language, order: timeline_pages.Order, total: int | None = None
    ) -> list[str]:
        """Its pages, each one message; `total` is how many entries there are, where these are but some."""
        entries = self._entries(timeline, language, order)
        pages = timeline_pages.paged(entries)
        heads = [
            self._timeline_head(timeline, language, total, number, len(pages)) for number in range(1, len(pages) + 1)
        ]
        note = self.note(language, partial=timeline.partial)
        return ["\n\n".join((head, *page, *note)) for head, page in zip(heads, pages, strict=True)]

    def rich_timeline(
        self,
        timeline: Timeline,
        language: Language,
        order: timeline_pages.Order,
        total: int | None = None,
        left: Timeline | None = None,
    ) -> dict[str, Any] | None:
        """The same as one rich message, with the entries that are `left` folded up below; None where it is too much."""
        head = Title(self._timeline_head(timeline, language, total, 1, 1))
        folded = self._entries(left, language, order) if left else ()
        summary = self.render("timeline_left", language, count=len(folded))
        return rich_message([head, *self._entries(timeline, language, order)], summary, folded)

    def _entries(self, timeline: Timeline, language: Language, order: timeline_pages.Order) -> list[str]:
        return [self._entry(entry, language) for entry in timeline_pages.ordered(timeline, order)]

    def _timeline_head(self, timeline: Timeline, language: Language, total: int | None, page: int, pages: int) -> str:
        count = len(timeline.entries)
        return self.render(
            "timeline_head",
            language,
            topic=timeline.topic,
            span=self._span(timeline, language),
            count=count,
            total=count if total is None else total,
            page=page,
            pages=pages,
        )

    def no_timeline(
        self, timeline: Timeline, sources: Sequence[Source], language: Language, *, chosen: bool = False
    ) -> list[str]:
        """That there is none, with what came nearest or what there is at all; `chosen`: see `nobody`."""
        collection = None if timeline.nearest else Collection.of(sources)
        common = {"topic": timeline.topic, "span": self._span(timeline, language), "nearest": timeline.nearest}
        parts = [self.render("timeline_none", language, collection=collection, chosen=chosen, **common)]
        nearest = (part for quote in timeline.nearest for part in self.quote(quote, language))
        return pack([*parts, *nearest, *self.note(language, partial=timeline.partial)])

    def timeline_offer(self, language: Language, *, any_topics: bool) -> str:
        """How to ask for a timeline; the topics stand on buttons."""
        return self.render("timeline_offer", language, any_topics=any_topics)

    def who(self, profile: Profile, language: Language) -> list[str]:
        """A person with the proof of each office and the newest statements, or the holders of an office; then what so
        few articles say that it may be a mistake.
        """
        return pack([*self._who(profile, language), *self.note(language, partial=profile.partial)])

    def note(self, language: Language, *, partial: bool) -> list[str]:
        """That some articles could not be looked at, where it is so."""
        return [self.render("partial", language)] if partial else []

    def rich_who(self, profile: Profile, language: Language) -> dict[str, Any] | None:
        """The same as a rich message; None where it is too much for one."""
        return rich_message(self._who(profile, language))

    def _who(self, profile: Profile, language: Language) -> list[str]:
        if not (profile.mentions or profile.holders or profile.others):
            return [self.render("who_unsure", language, profile=profile)]
        offices = [
            *(self._office("", office, language) for office in profile.offices[:_OFFICES]),
            *(self._office("", office, language, former=True) for office in profile.former[:_OFFICES]),
            *self._holders(profile.holders, language),
        ]
        count = len((*profile.offices, *profile.former, *profile.holders))
        doubtful = [
            *(self._doubtful("", office, language) for office in profile.doubtful[:_DOUBTFUL]),
            *(self._doubtful(holder.name, holder.office, language) for holder in profile.others[:_DOUBTFUL]),
        ]
        held = (*profile.offices[:_OFFICES], *profile.former[:_OFFICES])
        above = {place(quote) for office in held[:_OFFICES] for quote in proofs(office)}
        quotes = [each for each in profile.statements if place(each) not in above]
        quotes += [] if offices or profile.statements else profile.mentions
        common = {"profile": profile, "companions": profile.seen_with[:_COMPANIONS]}
        return [
            Title(self.render("who_head", language, count=count, more=count - len(offices[:_OFFICES]), **common)),
            *offices[:_OFFICES],
            *([self.render("who_others", language)] if doubtful else []),
            *doubtful,
            *([self.render("who_said", language, said=bool(profile.statements))] if quotes else []),
            *(self.proof(quote, language, dated=True) for quote in quotes[:_STATEMENTS]),
        ]

    def _holders(self, holders: Sequence[Holder], language: Language) -> Iterator[str]:
        """Those whom most articles show, in their order; who holds it now is marked where others held it before."""
        most = sorted(holders, key=lambda holder: -holder.office.articles)[:_OFFICES]
        changed = not all(holder.current for holder in holders)
        for holder in holders:
            if holder in most:
                yield self._office(holder.name, holder.office, language, current=holder.current and changed)

    def nobody(self, asked: str, sources: Sequence[Source], language: Language, *, chosen: bool = False) -> str:
        """That the articles show nobody of this name, and nobody in this office; `chosen`: those of the sources that
        the group has chosen, others were not looked at.
        """
        return self.render("who_nobody", language, asked=asked, collection=Collection.of(sources), chosen=chosen)

    def _office(
        self, holder: str, office: Office, language: Language, *, former: bool = False, current: bool = False
    ) -> str:
        """An office, how many articles show it and when, and the sentences that do."""
        head = self.render("who_office", language, holder=holder, office=office, former=former, current=current)
        return Rows("\n".join([head, *(self.proof(quote, language, dated=False) for quote in proofs(office))]))

    def _doubtful(self, holder: str, office: Office, language: Language) -> str:
        """What may be a mistake, with the sentence that says it."""
        head = self.render("who_office", language, holder=holder, office=office, former=False, current=False)
        return Rows("\n".join([head, self.proof(office.quotes[0], language, dated=False)]))

    def proof(self, quote: Quote, language: Language, *, dated: bool) -> str:
        """A quote, of a long one the beginning, and its source; `dated`: with the date spoken of."""
        text, whole = beginning(quote.text, _TIMELINE_QUOTE), units(quote.text) <= _TIMELINE_QUOTE
        labels = {**labels_of(quote), **line_of(quote), "article": quote.article}
        return self.render("who_quote", language, text=text, whole=whole, dated=dated, **labels)

    def _entry(self, entry: TimelineEntry, language: Language) -> str:
        """A date with its quotes, the source of the first, and who else tells of it."""
        first, others = entry.quotes[0], timeline_pages.others(entry)
        texts = [
            (beginning(q.text, _TIMELINE_QUOTE), units(q.text) <= _TIMELINE_QUOTE) for q in timeline_pages.shown(entry)
        ]
        named = [{"publisher": q.article.publisher or q.article.id, "url": link(q.article.url, q.text)} for q in others]
        return self.render(
            "timeline_entry",
            language,
            entry=entry,
            quotes=texts,
            others=named[:_ALSO_NAMED],
            more=len(named[_ALSO_NAMED:]),
            **{"article": first.article, **labels_of(first)},
        )

    def quote(self, quote: Quote, language: Language, number: int = 0) -> Iterator[str]:
        """A quote as one part, or as several where it is longer than a message; the last names the source, after the
        `number` of one among several.
        """
        labels = line_of(quote, number)
        source = self.render("source_line", language, **labels)
        if quote.before and units(quote.before.text) <= _LEAD_IN:
            yield self.render("quote", language, marked=(quote.before.text, "", ""), last=False, **labels)
        *before, last = pieces(quote.text, MESSAGE_LIMIT - units(visible(source)) - 1)  # 1 for the line break
        for piece in before:
            yield self.render("quote", language, marked=(piece, "", ""), last=False, **labels)
        yield self.render("quote", language, marked=(last, "", "") if before else marked(quote), last=True, **labels)

    def _span(self, asked: Timeline | Answer, language: Language) -> str:
        """The period that was asked for; empty where it was all."""
        words = self._dates[language]
        since, until = (calendar_day(day, words) if day else "" for day in (asked.since, asked.until))
        return f"{since or '…'} – {until or '…'}" if since or until else ""

    def render(self, name: str, language: Language, /, **values: Any) -> str:
        """One template with these values."""
        return self._templates[language].get_template(file_of(name)).render(values).strip()


def language_of(code: str | None) -> Language:
    """That of whoever's Telegram speaks it (`User.language_code`), if there is a folder for it; else Vietnamese."""
    spoken = (code or "").lower().partition("-")[0]
    return spoken if spoken in languages() else "vi"
