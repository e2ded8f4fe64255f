"""A person or an office as some papers and channels show it; pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.pages.labels import day_of
from retrieval import Holder, Office, Profile, Quote
from retrieval.store.counting import newspaper


def shown_by(profile: Profile, sources: Collection[str]) -> Profile | None:
    """What these alone prove of it; None where they prove nothing. Who else may be meant stays."""

    def held(offices: Sequence[Office]) -> tuple[Office, ...]:
        return tuple(_proven(offices, sources))

    def holding(holders: Sequence[Holder]) -> tuple[Holder, ...]:
        return tuple(
            replace(holder, office=office) for holder in holders for office in _proven([holder.office], sources)
        )

    shown = replace(
        profile,
        offices=held(profile.offices),
        former=held(profile.former),
        doubtful=held(profile.doubtful),
        holders=holding(profile.holders),
        others=holding(profile.others),
        statements=_by(profile.statements, sources),
        mentions=_by(profile.mentions, sources),
        events=tuple(event for event in profile.events if _by(event.quotes, sources)),
    )
    told = (shown.offices, shown.former, shown.holders, shown.mentions, shown.statements)
    return shown if any(told) or profile.candidates or profile.suggestions else None


def _proven(offices: Sequence[Office], sources: Collection[str]) -> Iterator[Office]:
    """Those that a quote of these shows, with how many of their articles do."""
    for office in offices:
        quotes = _by(office.quotes, sources)
        if quotes:
            begins, ends = (next(iter(_by([each], sources)), None) for each in (office.begins, office.ends))
            yield replace(
                office,
                quotes=quotes,
                first_seen=quotes[-1].date,
                last_seen=quotes[0].date,
                articles=len({quote.article.id for quote in quotes}),
                papers=len({newspaper(quote.article) for quote in quotes}),
                begins=begins,
                ends=ends,
            )


def _by(quotes: Sequence[Quote | None], sources: Collection[str]) -> tuple[Quote, ...]:
    return tuple(quote for quote in quotes if quote is not None and quote.article.publisher in sources)


def proofs(office: Office) -> list[Quote]:
    """The sentences that show an office: of the appointment, of the leave, the newest, and where that is another day
    the oldest.
    """
    newest, *others = office.quotes
    oldest = others[-1:] if day_of(office.first_seen) != day_of(office.last_seen) else []
    changes = [quote for quote in (office.begins, office.ends) if quote]
    seen = [newest] if office.begins else [newest, *oldest]
    return [*{place(quote): quote for quote in (*changes, *seen)}.values()]


def place(quote: Quote) -> tuple[str, int]:
    """Which sentence it is."""
    return quote.article.id, quote.start
