from dataclasses import replace

import pytest

from bot.outgoing.splitting import MESSAGE_LIMIT, units, visible
from bot.reply import Collection, Language, Page, Replies, language_of
from retrieval import Answer, Date, Quote, Source
from retrieval.records import NO_DATE, Place
from tests.bot.records import BRIDGE, EVENT, PUBLISHED, quote_of

TEXT = "Cây cầu dài 1.200 mét."
HOSTILE = "<script>alert('x')</script> {{ 7*7 }} {% raw %} & \"'; DROP TABLE"


@pytest.fixture(scope="module")
def replies() -> Replies:
    return Replies()


def answered(replies: Replies, *quotes: Quote, language: Language = "vi") -> list[str]:
    return replies.answer(Answer("?", "answered", quotes, ()), [], language)


def source_line(replies: Replies, quote: Quote, language: Language = "vi") -> str:
    [message] = answered(replies, quote, language=language)
    return message.split("\n")[1]


@pytest.mark.parametrize(
    ("code", "language"),
    [("vi", "vi"), ("en", "en"), ("en-GB", "en"), ("EN", "en"), ("fr", "vi"), ("eng", "vi"), ("", "vi"), (None, "vi")],
)
def test_english_for_english_telegrams_vietnamese_for_all_others(code: str | None, language: str) -> None:
    assert language_of(code) == language


def test_a_quote_stands_in_a_blockquote_then_source_date_and_link(replies: Replies) -> None:
    [message] = answered(replies, quote_of(TEXT, date=EVENT))
    assert message == (
        "<blockquote>Cây cầu dài 1.200 mét.</blockquote>\n"
        "Báo Bến Sông, <i>Thông xe cầu Hương An</i> · 15/9/2025, đăng 16/9/2025"
        ' · <a href="https://example.org/cau-huong-an#:~:text=C%C3%A2y%20c%E1%BA%A7u%20d%C3%A0i%201.200%20m%C3%A9t.">'
        "bài gốc</a>"
    )


def test_in_english_only_what_surrounds_the_quote_changes(replies: Replies) -> None:
    [message] = answered(replies, quote_of(TEXT, date=EVENT), language="en")
    assert f"<blockquote>{TEXT}</blockquote>" in message
    assert "published" in message
    assert ">original</a>" in message
    assert "đăng" not in message


@pytest.mark.parametrize(
    ("date", "published", "shown"),
    [
        (EVENT, PUBLISHED, "15/9/2025, đăng 16/9/2025"),
        (EVENT, Date("2025-09-15T08:00:00+07:00", "published", ""), "15/9/2025"),
        (EVENT, NO_DATE, "15/9/2025"),
        (NO_DATE, PUBLISHED, "đăng 16/9/2025"),
        (PUBLISHED, PUBLISHED, "đăng 16/9/2025"),
        (PUBLISHED, NO_DATE, "đăng 16/9/2025"),
        (NO_DATE, NO_DATE, "không rõ ngày"),
        (Date("2024", "stated", "năm 2024"), NO_DATE, "năm 2024"),
    ],
)
def test_the_event_then_the_publication_where_it_adds_something(
    replies: Replies, date: Date, published: Date, shown: str
) -> None:
    article = replace(BRIDGE, published=published, event_date=NO_DATE)
    assert source_line(replies, quote_of(TEXT, article, date)).split(" · ")[1] == shown


def test_where_neither_is_known_the_day_that_the_article_tells_of(replies: Replies) -> None:
    article = replace(BRIDGE, published=NO_DATE)
    assert source_line(replies, quote_of(TEXT, article)).split(" · ")[1] == "bài về việc ngày 15/9/2025"


def test_an_inferred_date_says_what_it_was_inferred_from(replies: Replies) -> None:
    date = Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")
    assert "15/9/2025 (suy ra từ ngày đăng 16/9/2025), đăng 16/9/2025" in source_line(
        replies, quote_of(TEXT, date=date)
    )


def test_a_day_without_a_year_says_that_the_year_is_not_known(replies: Replies) -> None:
    article = replace(BRIDGE, published=NO_DATE)
    date = Date("XXXX-01-25", "unknown", "25/1")
    assert " · 25/1, không rõ năm · " in source_line(replies, quote_of(TEXT, article, date))


def test_a_photo_caption_is_called_one(replies: Replies) -> None:
    caption = replace(quote_of(TEXT), kind="caption")
    assert "(chú thích ảnh) · đăng" in source_line(replies, caption)
    assert "chú thích" not in source_line(replies, quote_of(TEXT))


def test_without_a_publisher_the_file_is_named(replies: Replies) -> None:
    article = replace(BRIDGE, publisher=None, title=None, url=None, path="/news/2025/cau.txt")
    assert source_line(replies, quote_of(TEXT, article, EVENT)) == (
        "không rõ nguồn (cau.txt) · 15/9/2025, đăng 16/9/2025"
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "/tin/1", "https://x.vn/" + "a" * 3000])
def test_only_addresses_of_the_web_become_links(replies: Replies, url: str) -> None:
    assert "<a" not in source_line(replies, quote_of(TEXT, replace(BRIDGE, url=url)))


def test_hostile_text_is_shown_as_it_is(replies: Replies) -> None:
    article = replace(BRIDGE, title=HOSTILE, publisher=HOSTILE, url='https://x.vn/"><script>')
    [message] = answered(replies, quote_of(HOSTILE, article, EVENT))
    assert "<script>" not in message
    assert visible(message).count(HOSTILE) == 3
    assert 'href="https://x.vn/&#34;&gt;&lt;script&gt;#:~:text=' in message


def test_a_label_of_a_thousand_characters_is_cut_and_the_quote_is_not(replies: Replies) -> None:
    [message] = answered(replies, quote_of("q" * 3500, replace(BRIDGE, title="t" * 1000, publisher="p" * 1000)))
    assert "q" * 3500 in message
    assert "t" * 200 + "…" in message
    assert "p" * 201 not in message


def test_quotes_that_fit_share_a_message(replies: Replies) -> None:
    [message] = answered(replies, quote_of("Một."), quote_of("Hai."))
    assert message.count("<blockquote>") == 2
    assert ")\n\n<blockquote>" in message or "</a>\n\n<blockquote>" in message


def test_quotes_that_do_not_fit_are_parted_between_quotes(replies: Replies) -> None:
    messages = answered(replies, *(quote_of(letter * 2000) for letter in "abc"))
    assert [message.count("<blockquote>") for message in messages] == [1, 1, 1]
    assert all(units(visible(message)) <= MESSAGE_LIMIT for message in messages)


@pytest.mark.parametrize("sentence", ["Nước lên. ", "😀 ", "😀", "a<b&c. "])
def test_a_quote_longer_than_a_message_goes_on_in_the_next_blockquote(replies: Replies, sentence: str) -> None:
    text = (sentence * 5000).strip()
    messages = answered(replies, quote_of(text, date=EVENT))
    assert all(units(visible(message)) <= MESSAGE_LIMIT for message in messages)
    quoted = [visible(message).split("\nBáo Bến Sông")[0] for message in messages]
    assert "".join("".join(quoted).split()) == "".join(text.split())
    assert ["bài gốc" in message for message in messages] == [False] * (len(messages) - 1) + [True]
    assert all(message.startswith("<blockquote>") for message in messages)
    assert all(message.count("</blockquote>") == 1 for message in messages)


def test_a_refusal_says_so_before_what_came_nearest(replies: Replies) -> None:
    [message] = replies.answer(Answer("?", "not_found", (), (quote_of(TEXT),)), [], "vi")
    assert message.startswith(
        "Tôi không có câu trả lời trong các bài đã đọc.\n\nGần nhất (không phải câu trả lời):\n\n<blockquote>"
    )


@pytest.mark.parametrize(("language", "asks"), [("vi", "Có phải bạn hỏi"), ("en", "Did you mean")])
def test_a_refusal_says_what_may_have_been_meant(replies: Replies, language: Language, asks: str) -> None:
    meant = Answer("?", "not_found", (), (quote_of(TEXT),), suggestions=("Cầu Gió <b> dài mấy mét",))
    [message] = replies.answer(meant, [], language)
    assert f"{asks}: “Cầu Gió &lt;b&gt; dài mấy mét”?" in message
    assert message.index(asks) < message.index("<blockquote>")


def test_the_sentence_that_a_quote_hangs_on_stands_before_it(replies: Replies) -> None:
    first, second = TEXT, quote_of("Đây là cầu dài nhất.")
    [message] = answered(replies, replace(second, before=quote_of(first)))
    assert message.index(f"<blockquote>{first}</blockquote>") < message.index("Đây là cầu dài nhất.")


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        (["2025-09-16", "2021-03", "2026-01-25T08:00:00+07:00"], "3 bài báo, đăng từ 3/2021 đến 25/1/2026."),
        (["2025-09-16"], "1 bài báo, đăng 16/9/2025."),
        (["", ""], "2 bài báo."),
    ],
)
def test_a_refusal_with_nothing_near_says_what_there_is(replies: Replies, published: list[str], shown: str) -> None:
    days = [Date(edtf, "published") if edtf else NO_DATE for edtf in published]
    sources = [Source(f"Báo {day.edtf}", 1, day, day) for day in days]
    [message] = replies.answer(Answer("?", "not_found", (), ()), sources, "vi")
    assert message == f"Tôi không có câu trả lời trong các bài đã đọc.\n\nTôi đã đọc {shown}"


@pytest.mark.parametrize(("language", "says"), [("vi", "chưa có bài báo nào"), ("en", "no articles")])
def test_an_empty_collection_says_that_it_is(replies: Replies, language: Language, says: str) -> None:
    nothing: list[Source] = []
    [message] = replies.answer(Answer("?", "not_found", (), ()), nothing, language)
    assert says in message
    assert says in replies.page("start", language, Collection.of(nothing))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("page", ["nothing_asked", "unknown_command", "no_words", "not_text", "error"])
def test_every_page_is_tidy_text_in_each_language(replies: Replies, page: Page, language: Language) -> None:
    text = visible(replies.page(page, language))
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n\n" not in text
    assert text != visible(replies.page(page, "en" if language == "vi" else "vi"))


def test_the_other_places_of_the_same_text_are_named(replies: Replies) -> None:
    also = (Place("Báo Bến Sông", None, "a.txt"), Place("Tin <Núi>", None, "b.txt"), Place(None, None, "x/c.txt"))
    line = source_line(replies, quote_of(TEXT, replace(BRIDGE, also=also)))
    assert line.startswith("Báo Bến Sông; cũng có ở Tin &lt;Núi&gt;, c.txt, <i>")


def test_where_a_title_is_missing_the_beginning_of_the_article_stands_in_and_says_so(replies: Replies) -> None:
    first = "Sáng nay cầu Hương An được thông xe sau ba năm thi công, trước sự chứng kiến của người dân hai huyện."
    article = replace(BRIDGE, title=None, text=f"{first}\n{TEXT}")
    later = Quote(TEXT, article, len(first) + 1, len(article.text), EVENT, 1.0)
    assert ", bài không có tựa, mở đầu “Sáng nay cầu Hương An được thông xe sau ba năm thi công,…” · " in source_line(
        replies, later
    )
    assert "không có tựa" not in source_line(replies, Quote(first, article, 0, len(first), EVENT, 1.0))
