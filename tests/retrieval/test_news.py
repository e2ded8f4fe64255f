"""Which new articles are about a topic."""

import pytest

from retrieval import Library
from retrieval.news import News
from tests.libraries import library_of

FILLER = [f"Trạm bơm số {number} của huyện Mường Kha chạy thử thành công trong buổi sáng." for number in range(40)]
TEXTS = {
    "bridge": ("Thông xe cầu Hương An", "Sáng 15/9/2025, cầu Hương An được thông xe.\nCầu dài 1.200 mét."),
    "title only": ("Cầu Hương An đông khách dịp lễ", "Người các huyện lân cận tới chụp ảnh.\nHọ ở lại đến khuya."),
    "passing": ("Chợ Mới mở cửa", "Chợ Mới mở cửa sáng nay.\nChợ có 300 quầy.\nTừ cầu Hương An đi xe mất 5 phút."),
    "returns": (None, "Chợ Mới mở cửa.\nChợ có 300 quầy.\nCầu Hương An tắc cả sáng.\nCông an chặn cầu Hương An."),
    "words apart": ("Cầu gỗ ở xã Hương Trà", "Ông An sửa cây cầu gỗ ở xã Hương Trà."),
    "roundup": ("Điểm tin 6h: Thông xe cầu Hương An | Chợ Mới", "Thông xe cầu Hương An; Chợ Mới mở cửa."),
    "metro": ("Metro số 2 TP.HCM khởi công", "Tuyến metro số 2 ở TP.HCM khởi công vào tháng giêng."),
    "city": ("Thành phố Hồ Chí Minh mở hội", "Thành phố Hồ Chí Minh mở hội sách.\nThành phố Hồ Chí Minh bắn pháo hoa."),
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    articles = [{"id": name, "title": title, "text": text} for name, (title, text) in TEXTS.items()]
    others = [{"id": f"other {number}", "text": text} for number, text in enumerate(FILLER)]
    return library_of(tmp_path_factory.mktemp("news"), [*articles, *others])


def on(library: Library, topic: str) -> dict[str, str]:
    news = News(library.contents(article) for article in library.articles)
    return {quote.article.id: quote.text for quote in library.on_topic(topic, news)}


def test_an_article_is_about_what_its_title_its_opening_or_two_of_its_sentences_tell(library: Library) -> None:
    assert on(library, "cầu Hương An") == {
        "bridge": "Sáng 15/9/2025, cầu Hương An được thông xe.",
        "title only": "Người các huyện lân cận tới chụp ảnh.",
        "returns": "Cầu Hương An tắc cả sáng.",
    }


def test_a_topic_typed_without_diacritics_finds_the_same(library: Library) -> None:
    assert on(library, "cau huong an") == on(library, "cầu Hương An")


def test_the_rare_word_of_a_topic_is_not_to_be_missing(library: Library) -> None:
    assert list(on(library, "metro TP.HCM")) == ["metro"]


def test_an_abbreviation_stands_for_itself_and_for_what_it_means(library: Library) -> None:
    assert list(on(library, "TP.HCM")) == ["city", "metro"]


@pytest.mark.parametrize("topic", ["", "?", "bao giờ", "xe bọ hung"])
def test_what_is_no_topic_or_nobody_writes_of_finds_nothing(library: Library, topic: str) -> None:
    assert on(library, topic) == {}


def test_articles_are_found_by_their_ids(library: Library) -> None:
    assert set(library.names()) == {article.id for article in library.articles}
    article = library.article("bridge")
    assert article is not None
    assert article.title == "Thông xe cầu Hương An"
    assert library.article("nowhere") is None
