"""Addresses that may be shown, and that open a page at a quoted sentence: wicg.github.io/scroll-to-text-fragment."""

from urllib.parse import quote, urlsplit

# Words of a longer quote that say where it begins, and as many where it ends: an address of few words stays short.
_EACH = 6
_LONGEST = 2048


def is_safe(url: str) -> bool:
    """Whether readers may be sent there: a page of the web, without a name and password, as plain as it is read.

    A user before the host ("https://bank.example@evil.example") passes for the host; control characters and marks of
    writing direction hide where a link leads.
    """
    if not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:  # no address at all, such as "http://[::1"
        return False


def at_sentence(url: str, text: str) -> str:
    """The address with `#:~:text=…`, where that fits; a fragment that it has is kept, but for a directive in it.

    Addresses of Telegram's own stay as they are: they open a message in the app, which is no page.
    """
    words = text.split()
    if not words or url.startswith("https://t.me/"):
        return url
    parts = [words] if len(words) <= 2 * _EACH else [words[:_EACH], words[-_EACH:]]
    directive = ",".join(_encoded(" ".join(part)) for part in parts)
    page, mark, fragment = url.partition("#")
    located = f"{page}#{fragment.partition(':~:')[0] if mark else ''}:~:text={directive}"
    return located if len(located) <= _LONGEST else url


def _encoded(words: str) -> str:
    """Everything but letters, digits and "_.~": the directive's own marks are "-", "," and "&"."""
    return quote(words, safe="").replace("-", "%2D")
