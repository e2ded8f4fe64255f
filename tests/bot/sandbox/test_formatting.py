import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import Entity, fixed, is_blank, utf16_length, utf16_slice
from bot.sandbox.errors import ApiError
from bot.sandbox.formatting import checked_url, parse_html
from bot.sandbox.message_text import MAX_LENGTH, formatted_text


def entity(kind: str, offset: int, length: int, **more: str) -> Entity:
    return Entity(kind, offset, length, **more)  # type: ignore[arg-type]  # only string fields are given


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("chỉ có chữ", "chỉ có chữ", []),
        ("<b>đ</b><strong>e</strong>", "đe", [entity("bold", 0, 1), entity("bold", 1, 1)]),
        ("<i>a</i><em>b</em>", "ab", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>a</u> <ins>b</ins>", "a b", [entity("underline", 0, 1), entity("underline", 2, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [entity("strikethrough", n, 1) for n in range(3)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [entity("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<code>a</code>", "a", [entity("code", 0, 1)]),
        ("<pre>a</pre>", "a", [entity("pre", 0, 1)]),
        ('<pre><code class="language-python">a</code></pre>', "a", [entity("pre", 0, 1, language="python")]),
        ("<blockquote>a\nb</blockquote>", "a\nb", [entity("blockquote", 0, 3)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ('<a href="https://a.vn/x?y=1&amp;z=2">b</a>', "b", [entity("text_link", 0, 1, url="https://a.vn/x?y=1&z=2")]),
        ("<a href='https://a.vn'>b</a>", "b", [entity("text_link", 0, 1, url="https://a.vn/")]),
        ("<a>https://a.vn/</a>", "https://a.vn/", [entity("text_link", 0, 13, url="https://a.vn/")]),
        ('<a href="">chữ</a>', "chữ", []),
        ('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>', "👍",
         [entity("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")]),
        ("<B>hoa</B> <b >cách</b >", "hoa cách", [entity("bold", 0, 3), entity("bold", 4, 4)]),
        ("<b>đóng tắt</>", "đóng tắt", [entity("bold", 0, 8)]),
        ("<b></b>rỗng", "rỗng", []),
        ("😀<b>😀</b>", "😀😀", [entity("bold", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&#60;&#x1F600;&#65", "<😀A", []),
        ("&#xD83D;&#xDE00;", "😀", []),
        ("&apos; &nbsp; & &; &#; &#x; &#0;", "&apos; &nbsp; & &; &#; &#x; &#0;", []),
        ("5 > 3", "5 > 3", []),
    ],
)  # fmt: skip
def test_markup_becomes_text_and_entities(markup: str, text: str, entities: list[Entity]) -> None:
    assert parse_html(markup) == (text, entities)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ế<script>", 'Unsupported start tag "script" at byte offset 3'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<!-- a -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <", "Unclosed start tag at byte offset 2"),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a ", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=https://a.vn>b</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a<i>b</b></i>", 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ("&#xD83D;", "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched"),
    ],
)  # fmt: skip
def test_wrong_markup_is_refused_in_telegrams_words(markup: str, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_html(markup)
    assert refusal.value.description.startswith(f"Bad Request: can't parse entities: {reason}")


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("  \n<b> a </b>\n ", "a", [entity("bold", 0, 1)]),
        ("a <b> </b> b", "a   b", []),
        ("<b>a</b><b>b</b>", "ab", [entity("bold", 0, 2)]),
        ("<b>a<b>b</b>c</b>", "abc", [entity("bold", 0, 3)]),
        ("<b>a<code>b</code>c</b>", "abc", [entity("bold", 0, 1), entity("code", 1, 1), entity("bold", 2, 1)]),
        ("<b>a<blockquote>b</blockquote></b>", "ab",
         [entity("bold", 0, 1), entity("blockquote", 1, 1), entity("bold", 1, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [entity("blockquote", 0, 2)]),
        ("<blockquote> <b>a</b> </blockquote> b", "a  b", [entity("blockquote", 0, 2), entity("bold", 0, 1)]),
        ('<a href="a.vn">x<code>y</code></a>', "xy", [entity("text_link", 0, 2, url="http://a.vn/")]),
        ("<b>a\r\nb\tc\u2028d</b>", "a\nb cd", [entity("bold", 0, 6)]),
    ],
)  # fmt: skip
def test_text_is_cleaned_and_trimmed_and_entities_follow(markup: str, text: str, entities: list[Entity]) -> None:
    assert formatted_text(markup, "HTML") == (text, entities)


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u3000 \u00a0", "\u2800"])
def test_a_text_of_which_nothing_can_be_seen_is_empty(text: str) -> None:
    with pytest.raises(ApiError, match="message text is empty"):
        formatted_text(text)


@pytest.mark.parametrize("markup", ["<b></b>", "<b> </b>", "&#32;", "<blockquote>\n</blockquote>"])
def test_markup_around_nothing_is_empty(markup: str) -> None:
    with pytest.raises(ApiError, match="message text is empty"):
        formatted_text(markup, "HTML")


@pytest.mark.parametrize("unit", ["a", "ế", "😀", "e\u0302\u0301"])
def test_the_limit_counts_utf16_units_after_parsing(unit: str) -> None:
    fits = unit * (MAX_LENGTH // utf16_length(unit))
    fits += "." * (MAX_LENGTH - utf16_length(fits))
    text, entities = formatted_text(f"<b><i>{fits}</i></b>", "HTML")
    assert text == fits
    assert entities == [entity("bold", 0, 4096), entity("italic", 0, 4096)]
    with pytest.raises(ApiError, match="Bad Request: message is too long"):
        formatted_text(f"<b>{fits}.</b>", "HTML")


def test_markup_does_not_count_towards_the_limit_but_towards_the_bytes_taken() -> None:
    assert formatted_text("&amp;" * 4096, "html") == ("&" * 4096, [])
    with pytest.raises(ApiError, match="text is too long"):
        formatted_text("&amp;" * 7000, "HTML")


@pytest.mark.parametrize("mode", ["Markdown", "MarkdownV2", "x"])
def test_other_parse_modes_are_refused(mode: str) -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        formatted_text("a", mode)


def test_decomposed_letters_stay_decomposed() -> None:
    assert formatted_text("Tie\u0302\u0301ng Vie\u0323\u0302t")[0] == "Tie\u0302\u0301ng Vie\u0323\u0302t"


@pytest.mark.parametrize(
    ("offset", "length", "reason"),
    [(9, 1, "begins after the end"), (0, 9, "ends after the end"), (0, -1, "ends after"), (2, 1, "splits a UTF-16")],
)
def test_entities_outside_the_text_are_refused(offset: int, length: int, reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        formatted_text("a😀b", entities=[entity("bold", offset, length)])


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("hãy /hoi ai", "bot_command", ["/hoi"]),
        ("/hoi@trich_bot ai /start", "bot_command", ["/hoi@trich_bot", "/start"]),
        ("và/hoặc 1/2 </b /a/b", "bot_command", []),
        ("@trich_bot ơi, a@b.vn", "mention", ["@trich_bot"]),
        ("xem https://a.vn/b?c=1#d. Và t.me/kenh, (http://b.vn)", "url",
         ["https://a.vn/b?c=1#d", "t.me/kenh", "http://b.vn"]),
        ("#ĐạiHội 33 #1", "hashtag", ["#ĐạiHội"]),
        ("😀 https://a.vn/@an_nguyen", "url", ["https://a.vn/@an_nguyen"]),
        ("😀 https://a.vn/@an_nguyen", "mention", []),
    ],
)  # fmt: skip
def test_telegram_finds_entities_itself(text: str, kind: str, found: list[str]) -> None:
    kept, entities = formatted_text(text)
    assert [utf16_slice(kept, e.offset, e.length) for e in entities if e.type == kind] == found


def test_nothing_is_found_inside_links_and_code() -> None:
    _, entities = formatted_text('<code>/hoi</code> <a href="https://a.vn/">https://b.vn</a>', "HTML")
    assert [e.type for e in entities] == ["code", "text_link"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://a.vn/b", "https://a.vn/b"),
        ("a.vn", "http://a.vn/"),
        ("HTTPS://a.vn", "https://a.vn/"),
        ("tg://resolve?domain=a", "tg://resolve?domain=a"),
        ("javascript:alert(1)", ""),
        ("ftp://a.vn/", ""),
        ("không phải", ""),
        ("http://[::1", ""),
        ("http://a.vn:x/", ""),
    ],
)
def test_addresses_are_checked(url: str, address: str) -> None:
    assert checked_url(url) == address


anything = st.text(st.characters(codec="utf-8"), max_size=200)


@given(anything)
def test_escaped_text_comes_back_as_typed(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(anything)
def test_fixing_is_done_after_once(text: str) -> None:
    once, _ = fixed(text, ())
    assert fixed(once, ()) == (once, [])


@given(st.lists(st.tuples(st.sampled_from(["b", "i", "u", "code", "blockquote"]), anything), max_size=6))
def test_every_entity_lies_in_the_text_and_starts_with_something_visible(parts: list[tuple[str, str]]) -> None:
    markup = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for tag, text in parts)
    text, entities = fixed(*parse_html(markup))
    assert text == fixed("".join(text for _, text in parts), ())[0]
    for found in entities:
        assert 0 <= found.offset < found.end <= utf16_length(text)
        assert utf16_slice(text, found.offset, found.length)[0] not in " \n"


@given(anything)
def test_any_text_is_sent_or_refused(text: str) -> None:
    try:
        kept, _ = formatted_text(text, "HTML")
    except ApiError as refusal:
        assert refusal.description.startswith("Bad Request: ")  # noqa: PT017 - either outcome is right
    else:
        assert not is_blank(kept)


def test_a_day_that_a_tap_puts_into_a_calendar_says_its_moment() -> None:
    text, entities = parse_html('Thông xe <b><tg-time unix="1757912400">ngày 15/9/2025</tg-time></b>.')
    assert text == "Thông xe ngày 15/9/2025."
    assert [(e.type, e.offset, e.length, e.unix_time) for e in entities] == [
        ("bold", 9, 14, None), ("date_time", 9, 14, 1757912400)
    ]  # fmt: skip
    for wrong in ('<tg-time unix="hôm nay">a</tg-time>', "<tg-time>a</tg-time>"):
        with pytest.raises(ApiError):
            parse_html(wrong)
