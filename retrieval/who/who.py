"""Finds the person whom people mean by what they type: a name, half of one, one misspelt, or an office."""

import re
from dataclasses import dataclass, replace
from datetime import date

from retrieval.dates.ranges import ALWAYS, Period, split_off
from retrieval.facts import is_vietnamese
from retrieval.records import Profile
from retrieval.tokens import normalize
from retrieval.who.holders import holders
from retrieval.who.identities import People
from retrieval.who.profile import profile

# No name and no office is longer.
_LONGEST = 200
_NAMES = 20

# It is asked who holds an office now, not who ever held it.
_NOW = re.compile(r"(?<!\w)(?:đang|hiện|hiện nay|hiện tại|hiện giờ|bây giờ|đương nhiệm|đương kim)(?!\w)", re.IGNORECASE)
# One of several of a name, as the candidates are shown: "Lê Văn Tám (Chủ tịch UBND xã Bình An)".
_NAMESAKE = re.compile(r"\"?(?P<name>[^()\"]{1,80}) \((?P<title>[^()\"]{1,120})\)\"?")
_ASKED = re.compile(
    r"^(?:ai\s(?:là|đang\slà|từng\slà|làm|giữ\schức|giữ\schức\svụ)\s)?(?P<whom>.*?)"
    r"(?:\s(?:là\s(?:ai|người\snào)|hiện\s(?:nay|tại)|bây\sgiờ)){0,3}$",
    re.IGNORECASE,
)


def who(people: People, query: str, today: date | None = None) -> Profile | None:
    """Whom the query means, as the articles show them; None where nobody has such a name or office there.

    A name in quotation marks is just that name and no part of one. A range at the end ("Tổng Bí thư 2023") leaves what
    the articles show of that time; `today` dates "năm ngoái".
    """
    if len(query) > _LONGEST:
        return None
    words = " ".join(normalize(query).split()).rstrip(" ?!.")
    whom, period = split_off(_ASKED.sub(r"\g<whom>", words), today)
    named = _NAMESAKE.fullmatch(words)
    if named:
        return _person(people, f'"{named["name"]}"', ALWAYS, named["title"])
    office = people.office(whom)
    if office:
        return holders(people, office, period, now=bool(_NOW.search(words)))
    return _person(people, whom, period) if whom else None


def _person(people: People, query: str, period: Period, title: str = "") -> Profile | None:
    """The person of this very name, or the only one whose name it is part of; else who may be meant."""
    found = meant(people, query)
    if found.certain:
        of = profile(people, found.certain, period, title)
        return replace(of, candidates=(*of.candidates, *found.others)[:_NAMES])
    if found.others:
        return Profile(query, candidates=tuple(found.others[:_NAMES]))
    return Profile(query, suggestions=tuple(found.near[:_NAMES])) if found.near else None


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name means: a name of the person where that is certain, others who may be meant, the best known first, and
    names that are spelt much like it.
    """

    certain: str = ""
    others: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def meant(people: People, query: str) -> Meant:
    """Whom a name, or a part of one, means."""
    found = people.match(query)
    sure = [one.name for one in found if one.how == "exact"] or [one.name for one in found if one.how == "unaccented"]
    parts = people.once([one.name for one in found if one.how == "part"])
    sure = people.once(sure)
    if len(sure) == 1 and not _is_quoted(query):
        parts = [other for other in parts if not people.is_same(other, sure[0])]
    certain = len(sure or parts) == 1 and not (sure and parts and _is_given_name(sure[0]) and not _is_quoted(query))
    if certain:
        [name] = sure or parts
        return Meant(name, tuple(other for other in parts if other != name))
    return Meant("", (*sure, *parts), tuple(one.name for one in found if one.how == "near"))


def _is_given_name(name: str) -> bool:
    """Whether it says only "Sơn" of one who has a longer name; "Putin" is as much as papers say."""
    return " " not in name and is_vietnamese(name)


def _is_quoted(query: str) -> bool:
    """Whether just this name is meant, and no longer one."""
    return query.startswith('"') and query.endswith('"')
