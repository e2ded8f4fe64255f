"""Web pages: our lines, to the letter, where trafilatura finds the body."""

import pytest

from tests.retrieval.reading.reads import dropped, only, problems, spans

HEAD = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Chợ nổi mở lại sau mùa lũ - Báo Ví Dụ</title>
<link rel="canonical" href="https://www.vnexpress.net/cho-noi-1.html">
<meta property="og:site_name" content="Báo Ví Dụ"><meta property="article:section" content="Đời sống">
<meta property="article:published_time" content="2024-03-05T08:15:00+07:00"></head>"""
LEAD = "Sau hai tháng đóng cửa vì lũ, chợ nổi đón khách trở lại từ sáng nay với hơn một trăm ghe thuyền."
FIRST = "Từ 5h, tiếng máy nổ đã rộn trên sông. Ghe chở khóm, bưởi và rau nối nhau về chợ như mọi năm trước."
SECOND = "Ban quản lý nói lượng khách ngày đầu bằng một nửa trước lũ và hy vọng con số này tăng trong hè."
THIRD = "Bà chủ ghe hủ tiếu bán được bảy mươi tô trước tám giờ sáng và phải về sớm vì đã hết sạch hàng."
BODY = f"""<body><header><a href="/">Trang chủ</a> <a href="/a">Thời sự</a></header>
<section><span class="date">Thứ ba, 5/3/2024, 08:15 (GMT+7)</span><h1>Chợ nổi mở lại sau mùa lũ</h1>
<p class="description">{LEAD}</p><article>
<p>{FIRST.replace(". Ghe", ".&nbsp;Ghe")}</p>
<figure><img src="x.jpg"><figcaption><p>Ghe bán khóm trên sông</p></figcaption></figure>
<p>{SECOND}</p>
<div class="related"><a href="/x">Chợ khác cũng sắp mở</a></div>
<h2>Hết hàng từ sớm</h2>
<p>- Vâng.</p>
<p>{THIRD}</p>
<p style="text-align:right"><strong>An Bình</strong></p></article>
<div class="social"><a>Zalo</a></div></section>
<div id="comments"><h3>Ý kiến (2)</h3><p>Bài viết hay quá, tôi sẽ đi chợ nổi vào tuần sau cùng cả gia đình.</p></div>
<script>var x = "Không phải bài.";</script><footer><p>Báo Ví Dụ, giấy phép số 1</p></footer></body></html>"""


def test_the_article_is_the_body_with_title_captions_and_subheads() -> None:
    assert spans(only("a.html", HEAD + BODY)) == [
        ("headline", "Chợ nổi mở lại sau mùa lũ"),
        ("lead", LEAD),
        ("body", FIRST.replace(". Ghe", ".\u00a0Ghe")),
        ("caption", "Ghe bán khóm trên sông"),
        ("body", SECOND),
        ("headline", "Hết hàng từ sớm"),
        ("body", "- Vâng."),
        ("body", THIRD),
    ]


def test_metadata_comes_from_the_page_and_its_host() -> None:
    article = only("a.html", HEAD + BODY).article
    assert article.title == "Chợ nổi mở lại sau mùa lũ"
    assert (article.author, article.section) == ("An Bình", "Đời sống")
    assert article.publisher == "VnExpress (vnexpress.net)"
    assert article.url == "https://www.vnexpress.net/cho-noi-1.html"
    assert article.published.edtf == "2024-03-05T08:15:00+07:00"


def test_lines_between_those_of_the_body_are_dropped_with_a_reason() -> None:
    reasons = [reason for _, reason in dropped(only("a.html", HEAD + BODY))]
    assert reasons == ["outside the body", "byline"]


def test_a_page_that_states_nothing_gets_no_metadata_made_up() -> None:
    page = f"<html><body><p>{LEAD}</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    article = only("a.html", page).article
    assert (article.author, article.publisher, article.url, article.section) == (None, None, None, None)
    assert not article.published


def test_a_script_or_hidden_element_is_never_text() -> None:
    hidden = '<p style="display: none">Ẩn đi một câu văn dài như mọi câu khác trong bài báo này.</p><p hidden>Ẩn.</p>'
    text = only("a.html", HEAD + BODY.replace("<article>", f"<article>{hidden}")).article.text
    assert "Ẩn" not in text
    assert "Không phải bài" not in text


@pytest.mark.parametrize("data", ["<html></html>", "<p></p>", "<!-- a -->", "plain", "<svg><br><content>"])
def test_a_page_without_an_article_is_a_problem(data: str) -> None:
    assert len(problems("a.html", data)) == 1


def test_a_page_in_another_encoding_is_read_as_it_is() -> None:
    assert only("a.html", (HEAD + BODY).encode("utf-16")).article.title == "Chợ nổi mở lại sau mùa lũ"


def test_a_page_of_200_megabytes_is_refused_at_once() -> None:
    (problem,) = problems("a.html", bytes(200_000_000))
    assert problem == "in/a.html: 200,000,000 bytes, above the limit of 3,000,000"


def test_deep_nesting_does_no_harm() -> None:
    nested = "<div>" * 20_000
    assert spans(only("a.html", HEAD + BODY.replace("<footer>", f"{nested}<footer>")))[1] == ("lead", LEAD)
