"""Jobs: a person, or who held an office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.finding.desk import Desk
from bot.ground.splitting import pack
from bot.pages.person import shown_by
from bot.texts.reply import Language
from retrieval import Profile, Quote

_NAMES = 8  # as many buttons


@dataclass(frozen=True, slots=True)
class Person:
    """The messages that tell of a person or an office, and what proves them; `names` may be meant as well.

    `known`: whether the articles show anybody of this name. `has_events`: whether there is a timeline.
    `rich` says the same as `texts` in one rich message.
    """

    name: str
    texts: list[str]
    quotes: tuple[Quote, ...] = ()
    names: tuple[str, ...] = ()
    has_events: bool = False
    known: bool = True
    rich: Mapping[str, Any] | None = None


def who(desk: Desk, asked: str, today: date, language: Language, only: frozenset[str] = frozenset()) -> Person:
    """The person or office that is asked for; with `only`, as far as these sources show it."""
    profile = desk.library.who(asked, today)
    note = desk.replies.note(language, partial=profile is not None and profile.partial)
    if profile is not None and only:
        profile = shown_by(profile, only)
    if profile is None or profile == Profile(profile.name, partial=True):
        texts = [desk.replies.nobody(asked, desk.library.sources, language, chosen=bool(only))]
        return Person(asked, pack([*texts, *note]), known=False)
    held = (*profile.offices, *(holder.office for holder in profile.holders))
    proofs = [office.begins or office.quotes[0] for office in held]
    return Person(
        profile.name,
        desk.replies.who(profile, language),
        tuple(proofs) or profile.statements[:1] or profile.mentions[:1],
        (*profile.candidates, *profile.suggestions)[:_NAMES],
        bool(profile.events),
        rich=None if profile.partial else desk.replies.rich_who(profile, language),
    )
