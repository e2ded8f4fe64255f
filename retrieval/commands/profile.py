"""python -m retrieval who: a person, or the holders of an office, as tables."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retrieval import dates
from retrieval.records import Holder, Office, Profile, Quote

# Of each the newest; --json has more.
_QUOTES = 2
_STATEMENTS = 5
_NAMES = 10
_DOUBTFUL = "Cũng có bài viết (ít, có thể nhầm)"


def found(profile: Profile | None) -> bool:
    """Whether the articles show the person, or somebody in the office."""
    return profile is not None and bool(profile.mentions or profile.holders or profile.others)


def show(profile: Profile | None) -> None:
    """What there is of it."""
    console = Console(highlight=False)
    if profile is None:
        console.print("Các bài đã đọc không có ai tên như vậy hoặc giữ chức vụ ấy.", markup=False)
        return
    if profile.holders or profile.others:
        console.print(f"[bold]{escape(profile.name)}[/bold]")
        for label, holders in (("Người giữ chức", profile.holders), (_DOUBTFUL, profile.others)):
            if holders:
                console.print(_table(label, [(_named(holder, profile), holder.office) for holder in holders]))
    elif profile.mentions:
        _show_person(console, profile)
    elif not (profile.candidates or profile.suggestions):
        console.print(f"Các bài đã đọc chỉ nhắc đến tên {profile.name}.", markup=False)
    for label, names in (("Có thể là", profile.candidates), ("Có phải bạn hỏi", profile.suggestions)):
        if names:
            console.print(f"{label}: {_listed(names)}", markup=False)


def _show_person(console: Console, profile: Profile) -> None:
    aliases = f" ({_listed(profile.aliases)})" if profile.aliases else ""
    console.print(f"[bold]{escape(profile.name)}[/bold]{escape(aliases)}")
    of_person = (
        ("Chức vụ", profile.offices),
        ("Chức vụ trước đây (nguyên, cựu, cố)", profile.former),
        (_DOUBTFUL, profile.doubtful),
    )
    for label, offices in of_person:
        if offices:
            console.print(_table(label, [(office.title, office) for office in offices]))
    label, quotes = ("Đã nói", profile.statements) if profile.statements else ("Được nhắc đến", profile.mentions)
    console.print(f"{label}:")
    for quote in quotes[:_STATEMENTS]:
        console.print(f"\n  {_quoted(quote)}", markup=False)
    if profile.seen_with:
        console.print(f"\nCùng với: {_listed(profile.seen_with)}", markup=False)


def _named(holder: Holder, profile: Profile) -> str:
    """A holder by name, with the office where it is not the one asked for, and whether the newest articles name it."""
    office = f"\n{holder.office.title}" if holder.office.title != profile.name else ""
    current = "\n(mới nhất)" if holder.current and not all(one.current for one in profile.holders) else ""
    return f"{holder.name}{office}{current}"


def _table(label: str, rows: Iterable[tuple[str, Office]]) -> Table:
    table = Table(label, "Thấy trong các bài", "Trích", box=box.SIMPLE_HEAD, show_lines=True)
    for name, office in rows:
        shown = dict.fromkeys(quote for quote in (office.begins, office.ends, *office.quotes[:_QUOTES]) if quote)
        quotes = "\n".join(_quoted(quote) for quote in shown)
        acting = "\n(quyền)" if office.acting else ""
        table.add_row(*map(escape, (f"{name}{acting}", _when(office), quotes)))
    return table


def _when(office: Office) -> str:
    first, last = dates.for_people(office.first_seen), dates.for_people(office.last_seen)
    notes = {dates.basis_note(day): None for day in (office.first_seen, office.last_seen)}
    shown = first if first == last else f"{first} – {last}"
    changes = [
        f"{label} {dates.for_people(day)}"
        for label, day in (("nhận chức", office.since), ("thôi chức", office.until))
        if day
    ]
    papers = f" của {office.papers} báo" if office.papers > 1 else ""
    return "\n".join([shown, *(f"({note})" for note in notes if note), *changes, f"{office.articles} bài{papers}"])


def _quoted(quote: Quote) -> str:
    return f"“{quote.text}” — {quote.article.publisher or quote.article.id}"


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMES} người nữa" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
