from dataclasses import dataclass, replace

import pytest

from bot.ground.splitting import MESSAGE_LIMIT, units, visible
from bot.pages.glance import Glance, marked
from bot.pages.surroundings import Surroundings
from bot.texts import answer_pages
from bot.texts.reply import Collection, Language, Page, Replies, language_of
from retrieval import Answer, Date, Quote, Source
from retrieval.records import NO_DATE, Place, Span
from tests.bot.records import BRIDGE, EVENT, PUBLISHED, quote_of

TEXT = "Cây cầu dài 1.200 mét."
HOSTILE = "<script>alert('x')</script> {{ 7*7 }} {% raw %} & \"'; DROP TABLE"
# Noon in Vietnam, for the calendar that a tap puts the day into.
DAY = '<tg-time unix="1757912400">ngày 15/9/2025</tg-time>'


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
        f"Báo Bến Sông · sự việc {DAY}"
        ' · <a href="https://example.org/cau-huong-an#:~:text=C%C3%A2y%20c%E1%BA%A7u%20d%C3%A0i%201.200%20m%C3%A9t.">'
        "bài gốc</a>"
    )


def test_in_english_only_what_surrounds_the_quote_changes(replies: Replies) -> None:
    [message] = answered(replies, quote_of(TEXT, date=EVENT), language="en")
    assert f"<blockquote>{TEXT}</blockquote>" in message
    assert 'event: <tg-time unix="1757912400">15 September 2025</tg-time>' in message
    assert ">original</a>" in message
    assert "đăng" not in message


@pytest.mark.parametrize(
    ("date", "published", "shown"),
    [
        (EVENT, PUBLISHED, f"sự việc {DAY}"),
        (EVENT, Date("2025-09-15T08:00:00+07:00", "published", ""), "đăng 15/9/2025"),
        (EVENT, NO_DATE, f"sự việc {DAY}"),
        (NO_DATE, PUBLISHED, "đăng 16/9/2025"),
        (PUBLISHED, PUBLISHED, "đăng 16/9/2025"),
        (PUBLISHED, NO_DATE, "đăng 16/9/2025"),
        (NO_DATE, NO_DATE, "không rõ ngày"),
        (Date("2024", "stated", "năm 2024"), NO_DATE, "sự việc năm 2024"),
        (Date("2024-03", "stated", "tháng 3/2024"), NO_DATE, "sự việc tháng 3/2024"),
    ],
)
def test_one_date_is_shown_and_said_to_be_the_events_or_the_publications(
    replies: Replies, date: Date, published: Date, shown: str
) -> None:
    article = replace(BRIDGE, published=published, event_date=NO_DATE)
    assert source_line(replies, quote_of(TEXT, article, date)).split(" · ")[1] == shown


def test_where_neither_is_known_the_day_that_the_article_tells_of(replies: Replies) -> None:
    article = replace(BRIDGE, published=NO_DATE)
    assert source_line(replies, quote_of(TEXT, article)).split(" · ")[1] == "sự việc ngày 15/9/2025"


def test_an_inferred_date_is_called_one_and_a_tap_says_from_what(replies: Replies) -> None:
    date = Date("2025-09-15", "inferred", "ngày đăng 16/9/2025")
    quote = quote_of(TEXT, date=date)
    assert "sự việc ngày 15/9/2025 (suy ra) ·" in source_line(replies, quote)
    [context] = answer_pages.contexts(replies, [Surroundings(quote, "", "")], "vi")
    assert context.endswith("Sự việc: ngày 15/9/2025 (tính theo ngày đăng 16/9/2025)")
    assert "Báo Bến Sông · đăng 16/9/2025 · <a" in context


def test_a_day_without_a_year_says_that_the_year_is_not_known(replies: Replies) -> None:
    article = replace(BRIDGE, published=NO_DATE)
    date = Date("XXXX-01-25", "unknown", "25/1")
    assert " · sự việc ngày 25/1, không rõ năm · " in source_line(replies, quote_of(TEXT, article, date))


def test_a_photo_caption_is_called_one(replies: Replies) -> None:
    caption = replace(quote_of(TEXT), kind="caption")
    assert "(chú thích ảnh) · đăng" in source_line(replies, caption)
    assert "chú thích" not in source_line(replies, quote_of(TEXT))


def test_what_a_newer_version_of_the_article_changed_says_when(replies: Replies) -> None:
    revised = replace(quote_of(TEXT), revised=Date("2025-09-17", "published"))
    assert ", đã được sửa ngày 17/9/2025 · " in source_line(replies, revised)
    assert ", corrected 17 September 2025" in source_line(replies, revised, "en")
    assert "sửa" not in source_line(replies, quote_of(TEXT))


def test_an_article_that_was_corrected_links_to_the_correction(replies: Replies) -> None:
    address = "https://example.org/dinh-chinh"
    corrected = replace(quote_of(TEXT), correction=replace(BRIDGE, url=address))
    assert f', có <a href="{address}' in source_line(replies, corrected)
    assert ", see the correction · " in source_line(
        replies, replace(corrected, correction=replace(BRIDGE, url=None)), "en"
    )


def test_without_a_publisher_the_file_is_named(replies: Replies) -> None:
    article = replace(BRIDGE, publisher=None, title=None, url=None, path="/news/2025/cau.txt")
    assert source_line(replies, quote_of(TEXT, article, EVENT)) == f"không rõ nguồn (cau.txt) · sự việc {DAY}"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "/tin/1", "https://x.vn/" + "a" * 3000])
def test_only_addresses_of_the_web_become_links(replies: Replies, url: str) -> None:
    assert "<a" not in source_line(replies, quote_of(TEXT, replace(BRIDGE, url=url)))


def test_hostile_text_is_shown_as_it_is(replies: Replies) -> None:
    article = replace(BRIDGE, title=HOSTILE, publisher=HOSTILE, url='https://x.vn/"><script>')
    [message] = answered(replies, quote_of(HOSTILE, article, EVENT))
    assert "<script>" not in message
    assert visible(message).count(HOSTILE) == 1
    assert visible(message).count(HOSTILE[:20]) == 2
    assert 'href="https://x.vn/&#34;&gt;&lt;script&gt;#:~:text=' in message


def test_a_source_line_fits_two_lines_of_a_phone_and_the_quote_is_not_cut(replies: Replies) -> None:
    for url in (None, "https://example.org/cau"):
        article = replace(BRIDGE, title="t" * 1000, publisher="p" * 1000, url=url)
        for date in (EVENT, Date("2020/2025", "stated"), Date("XXXX-01-25", "unknown", "25/1")):
            [message] = answered(replies, quote_of("q" * 3500, article, date))
            assert "q" * 3500 in message
            assert len(visible(message.split("\n")[1])) <= 80 + len(" (suy ra)")


def test_the_first_quote_is_open_and_the_rest_is_folded_up_with_its_sources(replies: Replies) -> None:
    [message] = answered(replies, quote_of("Một."), quote_of("Hai."), quote_of("Ba & bốn."))
    first, rest = message.split("\n\n", 1)
    assert first.startswith("<blockquote>Một.</blockquote>\n[1] Báo Bến Sông · ")
    assert rest.startswith("<blockquote expandable>Hai.\n— [2] Báo Bến Sông · ")
    assert "\n\nBa &amp; bốn.\n— [3] Báo Bến Sông · " in rest
    assert rest.endswith("</blockquote>")


def test_where_quotes_answer_different_parts_none_is_folded_up(replies: Replies) -> None:
    answer = Answer("?", "answered", (quote_of("Một."), quote_of("Hai.")), ())
    [message] = replies.answer(answer, [], "vi", Glance(spread=True))
    assert message.count("<blockquote>") == 2


def test_a_headline_of_an_article_that_is_quoted_is_no_further_quote(replies: Replies) -> None:
    headline = replace(quote_of("Thông xe cầu Hương An"), kind="headline")
    [message] = answered(replies, quote_of(TEXT), headline)
    assert message.count("blockquote") == 2
    assert answered(replies, headline)[0].startswith("<blockquote>Thông xe")


def test_the_words_that_answer_are_bold_inside_the_quote() -> None:
    @dataclass(frozen=True)
    class Answering(Quote):
        answer: Span | None = None

    quote = quote_of(TEXT)
    fields = {name: getattr(quote, name) for name in Quote.__dataclass_fields__ if name != "answer"}
    at = quote.start + TEXT.index("1.200 mét")
    answering = Answering(**fields, answer=Span(at, at + len("1.200 mét"), "body"))
    assert marked(answering) == ("Cây cầu dài ", "1.200 mét", ".")
    assert marked(quote) == (TEXT, "", "")


def test_quotes_that_do_not_fit_are_parted_between_quotes(replies: Replies) -> None:
    messages = answered(replies, *(quote_of(letter * 3000) for letter in "abc"))
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


def test_a_refusal_is_two_lines_at_most_that_say_what_was_not_found(replies: Replies) -> None:
    refused = Answer("?", "not_found", (), (quote_of(TEXT),))
    glance = Glance(sought="giá <vàng> SJC", newest=PUBLISHED)
    assert replies.answer(refused, [], "vi", glance) == [
        "\n".join(
            (
                "Tôi chưa tìm thấy câu trả lời về <b>giá &lt;vàng&gt; SJC</b> trong các bài đã đọc.",
                "Bài mới nhất tôi có: đăng 16/9/2025.",
            )
        )
    ]
    assert replies.answer(refused, [], "vi", Glance(sought="Zzyzx", unknown="Zzyzx")) == [
        "Tôi chưa tìm thấy bài nào nhắc đến <b>Zzyzx</b>."
    ]
    assert replies.answer(refused, [], "vi") == ["Tôi chưa tìm thấy câu trả lời trong các bài đã đọc."]


def test_what_may_be_the_answer_is_shown_as_that(replies: Replies) -> None:
    refused = Answer("?", "not_found", (), (quote_of(TEXT), quote_of("Hai.")))
    [message] = replies.answer(refused, [], "vi", Glance(maybe=True))
    assert "\nCó thể là câu này:\n\n<blockquote>" in message
    assert message.count("<blockquote>") == 1


@pytest.mark.parametrize(("language", "asks"), [("vi", "Có phải bạn hỏi"), ("en", "Did you mean")])
def test_a_refusal_points_at_what_may_have_been_meant(replies: Replies, language: Language, asks: str) -> None:
    meant = Answer("?", "not_found", (), (quote_of(TEXT),), suggestions=("Cầu Gió <b> dài mấy mét",))
    [message] = replies.answer(meant, [], language)
    assert asks in message
    assert message.count("\n") == 1


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
def test_the_first_words_say_what_there_is(replies: Replies, published: list[str], shown: str) -> None:
    days = [Date(edtf, "published") if edtf else NO_DATE for edtf in published]
    sources = [Source(f"Báo {day.edtf}", 1, day, day) for day in days]
    assert replies.page("start", "vi", Collection.of(sources)).count(f"Tôi đã đọc {shown}") == 1


@pytest.mark.parametrize(("language", "says"), [("vi", "chưa có bài báo nào"), ("en", "no articles")])
def test_an_empty_collection_says_that_it_is(replies: Replies, language: Language, says: str) -> None:
    nothing: list[Source] = []
    [message] = replies.answer(Answer("?", "not_found", (), ()), nothing, language, Glance(has_articles=False))
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
    quote = quote_of(TEXT, replace(BRIDGE, also=also))
    [context] = answer_pages.contexts(replies, [Surroundings(quote, "", "")], "vi")
    assert "\nBáo Bến Sông; cũng có ở Tin &lt;Núi&gt;, c.txt · đăng" in context


def test_where_a_title_is_missing_the_beginning_of_the_article_stands_in_and_says_so(replies: Replies) -> None:
    first = "Sáng nay cầu Hương An được thông xe sau ba năm thi công, trước sự chứng kiến của người dân hai huyện."
    article = replace(BRIDGE, title=None, text=f"{first}\n{TEXT}")
    later = Quote(TEXT, article, len(first) + 1, len(article.text), EVENT, 1.0)

    def context(quote: Quote) -> str:
        return answer_pages.contexts(replies, [Surroundings(quote, "", "")], "vi")[0]

    assert "Bài không có tựa, mở đầu: “Sáng nay cầu Hương An được thông xe sau ba năm thi công,…”\n" in context(later)
    assert "không có tựa" not in context(Quote(first, article, 0, len(first), EVENT, 1.0))
