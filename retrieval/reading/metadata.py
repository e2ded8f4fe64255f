"""What is known of an article besides its text, and which source of it wins."""

import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from retrieval.dates import in_seconds
from retrieval.tokens import normalize

# What front matter, JSON Lines and sidecars call each of them.
_NAMES = {
    "title": ("title", "tiêu đề"),
    "author": ("author", "authors", "byline", "tác giả"),
    "publisher": ("publisher", "site_name", "sitename", "source", "nguồn"),
    "url": ("url", "link", "source_url", "canonical_url", "canonical"),
    "published": ("published", "date", "published_at", "publication_date", "pubdate", "ngày đăng"),
    "section": ("section", "chuyên mục"),
    "event_date": ("event_date",),
}
_URL = re.compile(r"https?://[^\s<>\"\]]+", re.IGNORECASE)
_TRACKING = re.compile(r"(?:utm_\w{1,20}|fbclid|gclid|zarsrc|gidzl|igshid|zalo_\w{1,20})(?:=|$)", re.IGNORECASE)
_TAG = re.compile(r"^\[([^\[\]]{1,80})\]\s+(?=\S)")
# Labels in brackets that a newspaper itself puts before a title; others come from an aggregator's search.
_TITLE_LABEL = re.compile(
    r"(?:chùm )?ảnh|bài mẫu|clip|e-?magazine|infographics?|longform|megastory|podcast|photo|quảng cáo|trực tiếp|video"
    r"|cập nhật",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one place says of an article, as written there. None: it says nothing.

    `credited` is whom a line credits without calling it the publisher ("Theo TTXVN", "Nguồn Quảng Trị: http://…").
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    credited: str | None = None
    url: str | None = None
    published: str | None = None
    section: str | None = None
    event_date: str | None = None

    def over(self, other: "Metadata") -> "Metadata":
        """Both together; where both say something, this one is right."""
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))

    def without_halves(self) -> "Metadata":
        """Without the values that hold half a character, which nothing could store."""
        return Metadata(*(value if value and is_whole(value) else None for value in astuple(self)))


def is_whole(text: str) -> bool:
    """Whether a text is free of lone UTF-16 surrogates, which JSON may spell and no encoding can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def from_mapping(values: Mapping[str, object]) -> tuple[Metadata, tuple[str, ...]]:
    """Metadata from named values, and what is wrong with some of them, each naming its key.

    Unknown names are left alone: front matter and bulk files hold much that is not ours.
    """
    found: dict[str, str] = {}
    wrong: list[str] = []
    for name, aliases in _NAMES.items():
        for key in aliases:
            if key not in values or name in found:
                continue
            try:
                value = _as_text(values[key])
            except TypeError as error:
                wrong.append(f"{key!r} {error}")
                continue
            if value:
                found[name] = (in_seconds(value) if name == "published" else None) or value
    if _URL.fullmatch(found.get("publisher", "")):
        found.setdefault("url", found.pop("publisher"))
    return Metadata(**found), tuple(wrong)


def known_names() -> frozenset[str]:
    """Every key that `from_mapping` understands."""
    return frozenset(alias for aliases in _NAMES.values() for alias in aliases)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return normalize(value).strip()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict) and isinstance(value.get("name"), str):  # as schema.org has it
        return normalize(value["name"]).strip()
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value)))
    raise TypeError(f"is {type(value).__name__}, not text")


def clean_title(title: str | None) -> str | None:
    """The title without an aggregator's tag: `[Tên người] Tít bài` → `Tít bài`; `[Video] Tít bài` stays."""
    if title is None:
        return None
    words = " ".join(title.split())
    tag = _TAG.match(words)
    return words[tag.end() :] if tag and not _TITLE_LABEL.fullmatch(tag[1]) else words or None


def find_url(text: str) -> re.Match[str] | None:
    """The first http(s) address in a text."""
    return _URL.search(text)


def clean_url(url: str) -> str:
    """The address without what the sentence around it adds."""
    return url.rstrip(".,;:!?)")


def without_tracking(url: str | None) -> str | None:
    """An address without what tells where a reader came from, so that the article has one."""
    if not url or "?" not in url:
        return url
    address, _, query = url.partition("?")
    query, mark, place = query.partition("#")
    kept = "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))
    return f"{address}{'?' if kept else ''}{kept}{mark}{place}"


def publisher_of(metadata: Metadata, publishers: Mapping[str, str]) -> str | None:
    """Who published it: as stated, else by the address's host ("Tuổi Trẻ (tuoitre.vn)"), else whom a line credits."""
    if metadata.publisher:
        return metadata.publisher
    if known := known_publisher(metadata.url, publishers):
        return known
    host = host_of(metadata.url)
    if metadata.credited and metadata.credited.casefold() not in (host, f"www.{host}"):
        return f"{metadata.credited} ({host})" if host else metadata.credited
    return host or metadata.credited or None


def known_publisher(url: str | None, publishers: Mapping[str, str]) -> str | None:
    """The paper that an address belongs to, where config/publishers.toml knows it: "Tuổi Trẻ (tuoitre.vn)"."""
    labels = host_of(url).split(".")
    known = next((host for i in range(len(labels) - 1) if (host := ".".join(labels[i:])) in publishers), None)
    return f"{publishers[known]} ({known})" if known else None


def dateline(name: str) -> str:
    """The key of what a paper writes before the first sentence, "TTO", among the hosts."""
    return f"({name.casefold()})"


def aggregator(host: str) -> str:
    """The key of a host that copies what papers publish, among the hosts."""
    return f"[{host}]"


def without_aggregator(stated: Metadata, named: Metadata, publishers: Mapping[str, str]) -> Metadata:
    """What an aggregator's page states, where a line on it names the paper, without the aggregator itself."""
    labels = host_of(stated.url).split(".")
    copies = any(aggregator(".".join(labels[i:])) in publishers for i in range(len(labels) - 1))
    if not copies or not (named.publisher or named.credited or named.url):
        return stated
    return replace(stated, url=named.url or stated.url, credited=None, publisher=named.publisher or named.credited)


def host_of(url: str | None) -> str:
    """The host of an address, without "www."; empty where it has none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # not an address
        return ""
    return host.removeprefix("www.").removeprefix("m.")
