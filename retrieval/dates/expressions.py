"""Finding date expressions in raw text, before anything is known about the article."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.dates.digits import is_anniversary
from retrieval.dates.expression import Expression, Partial
from retrieval.dates.feasts import find_feasts
from retrieval.dates.numeric import find_numeric
from retrieval.dates.worded import find_worded

_JOINT = re.compile(r"\s?[-–]\s?|\s(?:cho\s)?(?:đến|tới)\s(?:hết\s|cuối\s|hết\sngày\s)?")
_UNTIL_NOW = re.compile(r",?\s(?:cho\s)?(?:đến|tới)\s(?:nay|hiện\stại|bây\sgiờ)(?!\w)")
_FROM = re.compile(r"(?<!\w)(?:từ|kể\stừ)(?:\s(?:ngày|đầu|giữa|cuối))?\s$")
_TO = re.compile(r"(?<!\w)(?:đến|tới|trước)\s$")
_GOAL = re.compile(
    r"(?<!\w)(?:mục\stiêu|tầm\snhìn|chỉ\stiêu|nhiệm\svụ|phương\shướng|định\shướng|quy\shoạch|chiến\slược|phấn\sđấu|kế\shoạch"
    r"|dự\sbáo|dự\stoán|lộ\strình)(?:\s[\w-]+){0,6}\s$"
)
_AND = re.compile(r",?\s(?:và|,|đến|tầm\snhìn(?:\sđến)?)\s|,\s")
_LISTED = re.compile(r"(?:,|;|,?\svà|\shoặc)\s(?:(?:từ|ngày)\s){0,2}")
# Streets and places called after a day: "đường 30 Tháng 4", "xã Ba Tháng Hai".
_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:đường|phố|đại\slộ|ngõ|hẻm|cầu|chợ|xã|phường|quảng\strường|công\sviên|trường|bệnh\sviện|nhà\smáy|khu)\s"
    r"(?:[^\W\d_]{1,7}\s){0,2}$"
)
_PLACE_REACH = 24
_GOAL_REACH = 60
_JOINABLE = {"day", "month", "quarter", "year", "part"}


def find(text: str) -> tuple[Expression, ...]:
    """Every date expression of a text, in order and without overlap; none for "79 năm", "24/7", "2/3 số phiếu"."""
    lower = _lower(text)
    every = (*find_numeric(text, lower), *find_worded(text, lower), *find_feasts(text, lower))
    found = [one for one in every if "Tháng" not in one.text or not _is_name_of_place(lower, one.start)]
    if not found:
        return ()
    joined = list(_joined(text, lower, _without_overlap(found)))
    return tuple(_mark_goals(lower, iter(_sharing_years(lower, joined))))


def _is_name_of_place(lower: str, start: int) -> bool:
    return _NAMED_AFTER.search(lower, max(0, start - _PLACE_REACH), start) is not None


def _lower(text: str) -> str:
    """Lower case of the same length, offset for offset ("İ" would become two characters)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without_overlap(found: Sequence[Expression]) -> list[Expression]:
    """In order; of two that overlap the lunar one ("Rằm tháng 8 năm nay"), else the longer."""
    kept: list[Expression] = []
    for one in sorted(found, key=lambda e: (e.start, -e.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif _weight(one) > _weight(kept[-1]):
            kept[-1] = one
    return kept


def _weight(one: Expression) -> tuple[bool, int]:
    return one.kind == "lunar", one.end - one.start


def _joined(text: str, lower: str, singles: Sequence[Expression]) -> Iterator[Expression]:
    """Two expressions with "đến" or a dash between them are one range; "từ … đến nay" is one without an end."""
    rest = deque(singles)
    while rest:
        one = rest.popleft()
        joint = _JOINT.fullmatch(lower, one.end, rest[0].start) if rest else None
        if joint and _can_join(one, rest[0], joint[0]):
            yield _range(text, one, rest.popleft())
            continue
        now = _UNTIL_NOW.match(lower, one.end)
        if now and one.kind in _JOINABLE and _FROM.search(lower[max(0, one.start - 20) : one.start]):
            yield replace(one, kind="range", end=now.end(), text=text[one.start : now.end()])
        else:
            yield one


def _can_join(first: Expression, last: Expression, joint: str) -> bool:
    if is_anniversary(_ends(first), Partial(last.year, last.month, last.day), joint):
        return False
    return first.kind in _JOINABLE and (
        first.kind == last.kind or (last.kind == "part" and first.kind in {"month", "year"})
    )


def _range(text: str, first: Expression, last: Expression) -> Expression:
    """The first day takes its year from the last where it has none, in `resolve`."""
    until = Partial(last.year, last.month, last.day)
    return replace(
        first,
        kind="range",
        end=last.end,
        text=text[first.start : last.end],
        until=until,
        unit=last.unit,
        shift=last.shift,
        lean=last.lean,
    )


def _sharing_years(lower: str, listed: list[Expression]) -> list[Expression]:
    """ "12-14/5, 20-22/6 và 1-3/7/2025": the year that stands behind the last is that of all, as they go forward."""
    for at in range(len(listed) - 2, -1, -1):
        one, following = listed[at], listed[at + 1]
        start, end = _ends(one), _ends(following)
        year = following.year or end.year
        listing = start.month and end.month and _LISTED.fullmatch(lower, one.end, following.start) is not None
        if year is None or not listing or one.year or start.year or one.unit:
            continue
        if (start.month or 0, start.day or 0) < (following.month or 0, following.day or 0):
            until = one.until._replace(year=year) if one.until else None
            listed[at] = replace(one, year=None if until else year, until=until)
    return listed


def _ends(one: Expression) -> Partial:
    """The last day or month that it names."""
    return one.until or Partial(one.year, one.month, one.day)


def _mark_goals(lower: str, expressions: Iterator[Expression]) -> Iterator[Expression]:
    """The year of a goal, and the years that go on from it ("năm 2030 và năm 2045"), are marked."""
    goal_end = -1
    for one in expressions:
        follows = goal_end >= 0 and _AND.fullmatch(lower, goal_end, one.start)
        if one.day is None and one.kind in {"year", "range", "part", "month"} and (follows or _is_goal(lower, one)):
            goal_end = one.end
            yield replace(one, target=True)
        else:
            goal_end = -1
            yield one


def _is_goal(lower: str, one: Expression) -> bool:
    left = lower[max(0, one.start - _GOAL_REACH) : one.start]
    # "đến năm 2030": five-year plans name round years; an earlier year may be the end of a story.
    round_year = one.year is not None and one.year >= 2025 and one.year % 5 == 0
    return bool(_GOAL.search(left)) or (round_year and bool(_TO.search(left)))
