"""Whatever the articles say: markup that Telegram takes, messages within its limits, quotes to the letter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ground.splitting import MESSAGE_LIMIT
from bot.memory.exchanges import Exchange, Reference
from bot.pages.surroundings import Surroundings
from bot.sandbox.entities import utf16_length, utf16_slice
from bot.sandbox.message_text import formatted_text
from bot.taps.answer_buttons import all_under_answer
from bot.taps.keyboard import keyboard
from bot.texts import answer_pages
from bot.texts.inline_cards import Offer, card
from bot.texts.reply import Language, Replies
from retrieval import Answer, Quote
from tests.bot.records import BRIDGE, EVENT, quote_of

LONGEST = 9000
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200),
    st.lists(st.sampled_from(["Mưa to.", "<b>", "&amp;", "gió", "😀", "e\u0301", "</blockquote>", "Ông nói: “Vâng!”"]))
    .map(" ".join)
    .filter(str.strip),
).flatmap(lambda text: st.integers(1, max(LONGEST // len(text), 1)).map(lambda times: " ".join([text] * times)))
labels = st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300).filter(str.strip)
quotes = st.builds(
    lambda text, title, publisher, url: quote_of(
        text.strip() or "x", replace(BRIDGE, title=title, publisher=publisher, url=url), EVENT
    ),
    texts,
    labels,
    labels,
    st.none() | labels.map("https://example.org/{}".format),
)


@pytest.fixture(scope="module")
def replies() -> Replies:
    return Replies()


def taken(message: str) -> str:
    """The text as Telegram has it; raises where the markup is refused."""
    text, _ = formatted_text(message, "HTML")
    assert 0 < utf16_length(text) <= MESSAGE_LIMIT
    return text


def quoted(message: str) -> list[str]:
    text, entities = formatted_text(message, "HTML")
    return [utf16_slice(text, e.offset, e.length) for e in entities if "blockquote" in e.type]


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(st.lists(quotes, min_size=1, max_size=3), st.sampled_from(["vi", "en"]), st.booleans())
@settings(deadline=None, max_examples=40)
def test_an_answer_holds_its_quotes_whole(
    replies: Replies, given_quotes: list[Quote], language: Language, answered: bool
) -> None:
    found = tuple(given_quotes)
    answer = Answer("?", "answered", found, ()) if answered else Answer("?", "not_found", (), found)
    messages = replies.answer(answer, [], language)
    assert all(map(taken, messages))
    shown = squeezed("".join(part for message in messages for part in quoted(message)))
    if not answered:  # they are shown when one asks to see them
        messages = answer_pages.nearest(replies, found, language)
        assert all(map(taken, messages))
        shown = squeezed("".join(part for message in messages for part in quoted(message)))
        assert shown == squeezed("".join(quote.text for quote in found))
    for quote in found:  # in their order; beside those that are folded up stand their sources
        assert squeezed(quote.text) in shown
        shown = shown[shown.index(squeezed(quote.text)) + len(squeezed(quote.text)) :]


@given(quotes, texts, texts, st.sampled_from(["vi", "en"]))
@settings(deadline=None, max_examples=40)
def test_what_the_buttons_bring_is_taken(
    replies: Replies, quote: Quote, before: str, after: str, language: Language
) -> None:
    pages = [
        *answer_pages.more(replies, [quote, quote], language),
        *answer_pages.contexts(replies, [Surroundings(quote, before[:1200], after[:1200])] * 2, language),
        *answer_pages.copy(replies, quote, language),
    ]
    assert all(map(taken, pages))
    context = "".join(
        part
        for page in answer_pages.contexts(replies, [Surroundings(quote, "", "")], language)
        for part in quoted(page)
    )
    assert squeezed(context) == squeezed(quote.text)


@given(quotes, st.sampled_from(["answer", "near", "other"]), texts, st.sampled_from(["vi", "en"]))
@settings(deadline=None, max_examples=40)
def test_cards_are_taken(replies: Replies, quote: Quote, standing: str, question: str, language: Language) -> None:
    for found in (Offer(quote, standing), Offer(None, "near")):  # type: ignore[arg-type]
        shown = card(replies, found, question, language)
        assert shown.title.strip()
        text = taken(shown.message)
        if found.quote:
            assert squeezed(quoted(shown.message)[0].removesuffix(" […]")) in squeezed(quote.text)
            unknown = "không rõ nguồn" if language == "vi" else "source unknown"
            assert squeezed(quote.article.publisher or unknown)[:150] in squeezed(text)
        assert 1 <= len(shown.id.encode()) <= 64


@given(quotes, labels, st.sampled_from(["vi", "en"]))
@settings(deadline=None, max_examples=40)
def test_every_button_has_a_short_label(replies: Replies, quote: Quote, name: str | None, language: Language) -> None:
    exchange = Exchange("?", 1, (Reference.of(quote),), True, name or "", name or "", (name or "x",))
    copied = answer_pages.copied(replies, quote, language)
    shown = keyboard(replies, all_under_answer("A" * 12, exchange, copied), language)
    assert shown is not None
    for button in (button for row in shown.inline_keyboard for button in row):
        assert 0 < len(button.text.strip()) <= 60
        assert button.copy_text is None or utf16_length(button.copy_text.text) <= 256
