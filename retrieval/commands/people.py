"""python -m retrieval who: a person, or the holders of an office, as tables."""

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from retrieval import dates
from retrieval.records import Office, Profile, Quote

# Of each the newest; --json has more.
_QUOTES = 2
_STATEMENTS = 5
_NAMES = 10


def found(profile: Profile | None) -> bool:
    """Whether the articles show the person, or somebody in the office."""
    return profile is not None and bool(profile.mentions or profile.holders)


def show(profile: Profile | None) -> None:
    """What there is of it."""
    console = Console(highlight=False)
    if profile is None:
        console.print("Các bài đã đọc không có ai tên như vậy hoặc giữ chức vụ ấy.", markup=False)
        return
    if profile.holders:
        held = [(holder.name, holder.office) for holder in profile.holders]
        console.print(f"[bold]{escape(profile.name)}[/bold]")
        console.print(_table("Người giữ chức", held))
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
    for label, offices in (("Chức vụ", profile.offices), ("Chức vụ trước đây (nguyên, cựu, cố)", profile.former)):
        if offices:
            console.print(_table(label, [(office.title, office) for office in offices]))
    label, quotes = ("Đã nói", profile.statements) if profile.statements else ("Được nhắc đến", profile.mentions)
    console.print(f"{label}:")
    for quote in quotes[:_STATEMENTS]:
        console.print(f"\n  {_quoted(quote)}", markup=False)
    if profile.seen_with:
        console.print(f"\nCùng với: {_listed(profile.seen_with)}", markup=False)


def _table(label: str, rows: Iterable[tuple[str, Office]]) -> Table:
    table = Table(label, "Thấy trong các bài", "Trích", box=box.SIMPLE_HEAD, show_lines=True)
    for name, office in rows:
        quotes = "\n".join(_quoted(quote) for quote in office.quotes[:_QUOTES])
        acting = "\n(quyền)" if office.acting else ""
        table.add_row(*map(escape, (f"{name}{acting}", _when(office), quotes)))
    return table


def _when(office: Office) -> str:
    first, last = dates.for_people(office.first_seen), dates.for_people(office.last_seen)
    notes = {dates.basis_note(day): None for day in (office.first_seen, office.last_seen)}
    shown = first if first == last else f"{first} – {last}"
    return "\n".join([shown, *(f"({note})" for note in notes if note)])


def _quoted(quote: Quote) -> str:
    return f"“{quote.text}” — {quote.article.publisher or quote.article.id}"


def _listed(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMES} người nữa" if len(names) > _NAMES else ""
    return ", ".join(names[:_NAMES]) + more
