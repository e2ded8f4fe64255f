"""Pages as papers publish and readers save them: twenty kinds, of our own making."""

import pytest

from tests.retrieval.reading.reads import dropped, only, problems, results, spans

TITLE = "Chợ nổi mở lại sau mùa lũ"
LEAD = "Sau hai tháng đóng cửa vì lũ, chợ nổi đón khách trở lại từ sáng nay với hơn một trăm ghe thuyền."
FIRST = "Từ 5h, tiếng máy nổ đã rộn trên sông. Ghe chở khóm, bưởi và rau nối nhau về chợ như mọi năm trước."
SECOND = "Ban quản lý nói lượng khách ngày đầu bằng một nửa trước lũ và hy vọng con số này tăng trong hè."
THIRD = "Bà chủ ghe hủ tiếu bán được bảy mươi tô trước tám giờ sáng và phải về sớm vì đã hết sạch hàng."
TEXTS = (LEAD, FIRST, SECOND, THIRD)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)
ARTICLE = [("lead", LEAD), *(("body", text) for text in TEXTS[1:])]


def page(body: str = BODY, *, head: str = "", title: str = f"{TITLE} - Báo Ví Dụ", above: str = "") -> str:
    return (
        f'<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<ul><li><a href="/">Trang chủ</a></li></ul>{above}<div class="detail"><h1>{TITLE}</h1>{body}</div></body>'
    )


def texts(html: str) -> list[str]:
    return [text for _, text in spans(only("a.html", html))]


def test_a_mark_of_place_stands_apart_from_the_lead() -> None:
    stamped = BODY.replace(f"<p>{LEAD}", f'<p><span class="location-stamp">Cần Thơ</span>{LEAD}')
    assert texts(page(stamped)) == [TITLE, "Cần Thơ", *TEXTS]


def test_the_heading_on_the_page_is_the_headline_though_another_title_is_stated() -> None:
    found = only("a.html", page(head='<meta property="og:title" content="Hơn trăm ghe về chợ nổi: vui như tết">'))
    assert spans(found) == [("headline", TITLE), *ARTICLE]


def test_a_page_for_printing_has_its_title_above_the_date() -> None:
    lines = "<br><br>".join(TEXTS)
    html = f"<html><head><title>Bản in</title></head><body><b>{TITLE}</b><br>Thứ ba, 5/3/2024, 08:15<br><br>{lines}"
    found = only("a.html", html)
    assert (found.article.title, found.article.published.edtf) == (TITLE, "2024-03-05T08:15")
    assert spans(found) == [("headline", TITLE), *ARTICLE]


def test_a_row_of_figures_is_one_line() -> None:
    rows = [("Năm", "Số ghe"), ("2023", "140"), ("2024", "112")]
    table = f"<table>{''.join(f'<tr><td>{year}</td><td>{boats}</td></tr>' for year, boats in rows)}</table>"
    assert texts(page(BODY + table))[-3:] == ["Năm | Số ghe", "2023 | 140", "2024 | 112"]


def test_the_words_under_a_picture_in_a_table_are_its_caption() -> None:
    table = '<table><tr><td><img src="a.jpg"></td></tr><tr><td><em>Ghe bán khóm trên sông Mẫu</em></td></tr></table>'
    found = only("a.html", page(BODY.replace(f"<p>{SECOND}", f"{table}<p>{SECOND}")))
    kinds = {text: kind for kind, text in spans(found)}
    assert kinds.get("Ghe bán khóm trên sông Mẫu", "caption") == "caption"


@pytest.mark.parametrize(
    ("below", "reason"),
    [
        ("<p>Giấy phép số 12/GP-BTTTT cấp ngày 1/2/2020.</p><p>Tổng biên tập: Lê An</p>", "page footer"),
        ("<p>© Bản quyền thuộc Báo Ví Dụ. Ghi rõ nguồn khi dùng lại.</p>", "page footer"),
        ("<p>Bạn đã đọc hết phần miễn phí. Đăng ký gói thành viên để đọc tiếp.</p>", "paywall notice"),
        ("<p>Đã có tài khoản? Đăng nhập</p>", "paywall notice"),
        ("<p>Xem chi tiết »</p>", "paywall notice"),
        ("<p>Mời bạn đọc tải ứng dụng Báo Ví Dụ để đọc tin nhanh hơn.</p>", "advertisement"),
        ("<p>Theo dõi Báo Ví Dụ trên Google News</p>", "share button"),
        ("<p>Quảng cáo</p>", "advertisement"),
        ("<p>Đăng ký nhận bản tin mỗi sáng</p>", "advertisement"),
        ("<p>In trang này</p>", "share button"),
    ],
)
def test_what_stands_below_the_article_is_dropped_and_told(below: str, reason: str) -> None:
    found = only("a.html", page(BODY + below))
    assert spans(found) == [("headline", TITLE), *ARTICLE]
    assert {why for _, why in dropped(found)} <= {reason, "outside the body"}


def test_a_home_page_is_refused_as_a_list_of_articles() -> None:
    teasers = "".join(
        f'<div><h3><a href="/{n}.html">Tin số {n} về chợ nổi trên sông</a></h3><p>{text}</p></div>'
        for n, text in enumerate(TEXTS * 2)
    )
    html = f"<html><head><title>Báo Ví Dụ - Tin mới</title></head><body><div>{teasers}</div></body></html>"
    assert problems("a.html", html) == ["in/a.html: no article but a list of them: a home or section page?"]


def test_an_article_with_related_links_is_no_list() -> None:
    related = "".join(f'<h3><a href="/{n}.html">Tin liên quan số {n} về chợ</a></h3>' for n in range(4))
    assert texts(page(BODY.replace(f"<p>{THIRD}", f"{related}<p>{THIRD}")))[:2] == [TITLE, LEAD]


@pytest.mark.parametrize("site", ["vnexpress.net", "VnExpress", "VNEXPRESS ONLINE", "Ban biên tập VnExpress"])
def test_a_site_is_no_author_and_the_byline_is(site: str) -> None:
    head = f'<meta name="author" content="{site}"><meta property="og:url" content="https://vnexpress.net/a-123.html">'
    article = only("a.html", page(f"{BODY}<p>Lê Văn Bình</p>", head=head)).article
    assert (article.author, article.publisher) == ("Lê Văn Bình", "VnExpress (vnexpress.net)")


@pytest.mark.parametrize(
    ("title", "head", "publisher"),
    [
        (f"{TITLE} | Báo Ví Dụ điện tử", "", "Báo Ví Dụ điện tử"),
        (f"{TITLE} - Thời sự - Báo Ví Dụ", "", "Báo Ví Dụ"),
        (f"{TITLE} :: Ví Dụ 24h", "", "Ví Dụ 24h"),
        (TITLE, "", None),
        (f"{TITLE} - Thời sự", "", None),
        (TITLE, '<link rel="canonical" href="https://baovidu.vn/cho-noi-123.html">', "baovidu.vn"),
        (f"{TITLE} - Báo X", '<meta property="og:site_name" content="Báo Ví Dụ">', "Báo Ví Dụ"),
        (TITLE, '<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Báo Ví Dụ"}}</script>',
         "Báo Ví Dụ"),
    ],
)  # fmt: skip
def test_the_paper_is_never_called_as_the_article_is(title: str, head: str, publisher: str | None) -> None:
    assert only("a.html", page(head=head, title=title)).article.publisher == publisher


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (page(f'<span class="d">Thứ Ba, 05/03/2024 08:15</span>{BODY}', above='<b class="now">Thứ Sáu, 2/1/2026</b>'),
         "2024-03-05T08:15"),
        (page(above='<span class="date">Thứ ba, 5/3/2024, 08:15 (GMT+7)</span>'), "2024-03-05T08:15+07:00"),
        (page(f'{BODY}<div class="comments"><time datetime="2025-06-01">01/06/2025</time></div>'), ""),
        (page(f"{BODY}<div>© 2019 - 2025 Báo Ví Dụ</div>"), ""),
        (page(f'<div class="author">Lê Văn Bình <span>5.3.2024 | 06:00</span></div>{BODY}'), "2024-03-05T06:00"),
        (page(head='<script type="application/ld+json">[{"@graph":[{"@type":["NewsArticle"],'
                   '"datePublished":"2024-03-05T08:15:00+07:00"}]}]</script>'), "2024-03-05T08:15:00+07:00"),
        (page(head='<meta name="pubdate" content="3/25/2024 6:00:00 AM">'), "2024-03-25T06:00:00"),
        (page(head='<meta name="date" content="05/03/2024">'), "2024-03-05"),
    ],
)  # fmt: skip
def test_the_date_is_the_articles_own(html: str, published: str) -> None:
    assert only("a.html", html).article.published.edtf == published


def test_what_a_player_shows_is_no_text() -> None:
    player = '<div class="box"><video src="v.mp4"></video><p>Video chợ nổi ngày mở lại</p></div>'
    assert texts(page(BODY.replace(f"<p>{THIRD}", f"{player}<p>{THIRD}"))) == [TITLE, *TEXTS]


def test_text_before_the_first_picture_of_a_fragment_is_kept() -> None:
    figure = '<figure><img src="a.jpg"><figcaption><p>Ghe trên sông. Ảnh: <em>Lê Bình</em></p></figcaption></figure>'
    fragment = f"{LEAD}\n{figure}\n{FIRST} {SECOND}\n{figure}\n{THIRD}\n<strong>Lê Bình</strong>"
    found = [str(result) for result in results("a.html", fragment)]
    assert all(any(text in result for result in found) for text in TEXTS)


def test_malformed_json_ld_does_no_harm() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":</script>'
    assert texts(page(head=head)) == [TITLE, *TEXTS]


def test_a_copied_article_is_the_papers_that_it_is_copied_from() -> None:
    head = (
        '<meta property="og:site_name" content="Báo Mới"><link rel="canonical" href="https://baomoi.com/a-c48001.epi">'
    )
    source = "<p>Nguồn VnExpress: https://vnexpress.net/cho-noi-4900001.html</p>"
    article = only("a.html", page(BODY + source, head=head)).article
    assert (article.publisher, article.url) == ("VnExpress", "https://vnexpress.net/cho-noi-4900001.html")
    assert only("a.html", page(head=head)).article.publisher == "Báo Mới (baomoi.com)"


def test_a_teaser_in_the_body_is_told_apart() -> None:
    teaser = (
        '<div class="more"><h3><a href="/x">Chợ khác sắp mở lại</a></h3><p>Ban quản lý chợ ấy hẹn tuần tới.</p></div>'
    )
    found = only("a.html", page(BODY + teaser))
    assert [text for _, text in spans(found)] == [TITLE, *TEXTS]


def test_a_section_is_refused_though_it_has_a_heading() -> None:
    teasers = "".join(
        f'<article><h2><a href="/{n}">Tin số {n} về chợ nổi</a></h2><p><a href="/{n}">{text}</a></p></article>'
        for n, text in enumerate(TEXTS * 2)
    )
    html = f"<html><head><title>Thời sự - Báo Ví Dụ</title></head><body><h1>Thời sự</h1>{teasers}</body></html>"
    assert "a list of them" in problems("a.html", html)[0]


def test_a_mark_of_time_above_the_text_dates_the_article_and_none_beside_it_does() -> None:
    own = '<div><span class="author">Trần Bình</span><time datetime="2025-05-14T10:20:00+07:00">14/05/2025</time></div>'
    other = '<aside><h3><a href="/x">Tin khác</a></h3><time datetime="2025-05-20T09:00:00+07:00"></time></aside>'
    assert only("a.html", page(own + BODY + other)).article.published.edtf == "2025-05-14T10:20:00+07:00"
    assert not only("a.html", page(BODY + other)).article.published


@pytest.mark.parametrize(
    "said", ["Bài viết {} xuất hiện đầu tiên trên Báo Ví Dụ.", "The post {} appeared first on Báo."]
)
def test_what_a_program_of_blogs_signs_with_is_no_text(said: str) -> None:
    assert texts(page(f"{BODY}<p>{said.format(TITLE)}</p>")) == [TITLE, *TEXTS]


def test_a_paper_that_json_ld_refers_to_is_the_publisher() -> None:
    graph = (
        '{"@graph": [{"@type": "NewsArticle", "author": [{"@id": "#a"}], "publisher": {"@id": "#p"}},'
        ' {"@id": "#p", "name": "Báo Thử"}, {"@id": "#a", "name": "Lê An"}]}'
    )
    head = f'<script type="application/ld+json">{graph}</script>'
    article = only("a.html", page(head=head, title=TITLE)).article
    assert (article.publisher, article.author) == ("Báo Thử", "Lê An")


def test_the_last_row_of_a_table_is_no_heading_of_what_follows() -> None:
    rows = "<table><tr><td>Xoài</td><td>35.000</td></tr><tr><td>Bưởi</td><td>28.000</td></tr></table>"
    found = only("a.html", page(BODY + rows + f"<p>{FIRST}</p>"))
    assert ("body", "Bưởi | 28.000") in spans(found)
