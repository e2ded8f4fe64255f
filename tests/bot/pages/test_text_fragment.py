"""Addresses that open the source at the quoted sentence."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.text_fragment import at_sentence, is_safe

PAGE = "https://example.org/cau"


@pytest.mark.parametrize(
    ("url", "text", "located"),
    [
        (PAGE, "cau dai", f"{PAGE}#:~:text=cau%20dai"),
        (PAGE, "1-2, A&B", f"{PAGE}#:~:text=1%2D2%2C%20A%26B"),
        (PAGE, "Cầu", f"{PAGE}#:~:text=C%E1%BA%A7u"),
        (f"{PAGE}?a=1", "x", f"{PAGE}?a=1#:~:text=x"),
        (f"{PAGE}#ve", "x", f"{PAGE}#ve:~:text=x"),
        (f"{PAGE}#:~:text=cu", "x", f"{PAGE}#:~:text=x"),
        (PAGE, "1 2 3 4 5 6 7 8 9 10 11 12", f"{PAGE}#:~:text=1%202%203%204%205%206%207%208%209%2010%2011%2012"),
        (PAGE, "1 2 3 4 5 6 7 8 9 10 11 12 13", f"{PAGE}#:~:text=1%202%203%204%205%206,8%209%2010%2011%2012%2013"),
        (PAGE, " \n", PAGE),
        (PAGE, "x" * 2048, PAGE),
    ],
    ids=["words", "marks", "utf8", "query", "fragment", "directive", "whole", "long", "blank", "too_long"],
)
def test_the_page_opens_at_the_sentence(url: str, text: str, located: str) -> None:
    assert at_sentence(url, text) == located


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_is_quoted_the_directive_holds_its_words_and_no_mark_of_its_own(text: str) -> None:
    located = at_sentence(PAGE, text)
    assert located.startswith(PAGE)
    assert located.isascii()
    directive = urlsplit(located).fragment.removeprefix(":~:text=")
    assert not set(directive) & set('-&#<>" ')
    parts = [unquote(part) for part in directive.split(",")]
    words = " ".join(text.split())
    if located != PAGE:
        assert words.startswith(parts[0])
        assert words.endswith(parts[-1])
        assert len(parts) <= 2


def test_a_link_to_a_message_in_telegram_stays_as_it_is() -> None:
    assert at_sentence("https://t.me/ben_song/15", "Cầu dài 1.200 m") == "https://t.me/ben_song/15"


@pytest.mark.parametrize(
    "url",
    [
        "https://bank.example@evil.example/",
        "https://a:b@example.org/",
        "https://example.org\\@evil.example/",
        "https://example.org/\x00cau",
        "https://example.org/\ncau",
        "https://example.org/\u202ecau",
        "javascript:alert(1)",
        "ftp://example.org/",
        "https:///cau",
        "http://[::1",
    ],
)
def test_where_a_link_could_mislead_there_is_none(url: str) -> None:
    assert not is_safe(url)


@pytest.mark.parametrize("url", [PAGE, "http://example.org:8080/a?b=c@d#ghi", "https://báo.vn/cầu"])
def test_pages_of_the_web_are_linked_to(url: str) -> None:
    assert is_safe(url)
