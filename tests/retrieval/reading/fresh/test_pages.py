"""Seventeen saved pages."""

import json

from tests.retrieval.reading.fresh.story import BODY, FIRST, FOURTH, LEAD, SECOND, TEXTS, THIRD, TITLE, page
from tests.retrieval.reading.reads import only, problems, results, spans

WHOLE = [("headline", TITLE), ("lead", LEAD), *(("body", text) for text in TEXTS[1:])]


def read(html: str) -> list[tuple[str, str]]:
    return spans(only("a.html", html))


def author(head: str = "", body: str = BODY) -> str | None:
    return only("a.html", page(body, head=head)).article.author


def ld(**fields: object) -> str:
    stated = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, **fields}
    return f'<script type="application/ld+json">{json.dumps(stated, ensure_ascii=False)}</script>'


def test_a_short_title_for_sharing_is_not_the_headline() -> None:
    head = (
        '<meta property="og:title" content="Đập Suối Cát: nước đã về"><meta property="og:site_name" '
        'content="Báo Sơn Bình">'
    )
    assert read(page(head=head, title="Đập Suối Cát: nước đã về - Báo Sơn Bình")) == WHOLE


def test_a_place_that_only_a_margin_parts_from_the_lead_is_parted_from_it() -> None:
    stamped = BODY.replace("<p>Hồ", '<p><span style="color:#999;margin-right:6px">Sơn Bình</span>Hồ', 1)
    text = only("a.html", page(stamped)).article.text
    assert "BìnhHồ" not in text
    assert LEAD in text


def test_a_place_in_bold_is_parted_from_the_lead() -> None:
    stamped = BODY.replace("<p>Hồ", '<p><strong class="dateline">SƠN BÌNH</strong>Hồ', 1)
    text = only("a.html", page(stamped)).article.text
    assert "BÌNHHồ" not in text
    assert LEAD in text


def test_text_before_the_first_figure_is_the_lead() -> None:
    figure = "<figure><img src=a.jpg><figcaption>Thân đập sau khi gia cố. Ảnh: QUỐC TUẤN</figcaption></figure>"
    above = f'<h2 class="sapo">{LEAD}</h2>{figure}' + "".join(f"<p>{text}</p>" for text in TEXTS[1:])
    found = read(page(above))
    assert ("lead", LEAD) in found
    assert ("caption", "Thân đập sau khi gia cố. Ảnh: QUỐC TUẤN") in found


def test_a_caption_in_a_box_without_a_figure_is_none_of_the_next_sentence() -> None:
    box = (
        '<div class="VCSortableInPreviewMode"><img src=a.jpg><div class="PhotoCMS_Caption"><p>'
        "Đập nhìn từ vai trái - Ảnh: LÂM NHI</p></div></div>"
    )
    found = read(page(BODY.replace(f"<p>{SECOND}", f"{box}<p>{SECOND}")))
    assert ("caption", "Đập nhìn từ vai trái - Ảnh: LÂM NHI") in found
    assert ("body", SECOND) in found


def test_a_table_with_a_head_is_a_line_each_row() -> None:
    rows = (
        "<thead><tr><th>Xã</th><th>Diện tích (ha)</th><th>Ngày lấy nước</th></tr></thead><tbody>"
        "<tr><td>Nà Lốc</td><td>1.250</td><td>5-1</td></tr><tr><td>Mường Sại</td><td>1.900</td>"
        "<td>8-1</td></tr></tbody>"
    )
    found = [text for _, text in read(page(BODY.replace(f"<p>{THIRD}", f"<table>{rows}</table><p>{THIRD}")))]
    assert "Nà Lốc | 1.250 | 5-1" in found
    assert "Mường Sại | 1.900 | 8-1" in found


def test_a_notice_of_payment_amid_the_text_is_no_sentence() -> None:
    notice = (
        '<div class="paywall"><p>Bạn đang đọc bản rút gọn. Đăng ký gói Sơn Bình+ để đọc toàn bộ bài viết.</p></div>'
    )
    text = only("a.html", page(f"<p>{LEAD}</p><p>{FIRST}</p><p>{SECOND}</p>{notice}")).article.text
    assert "Đăng ký gói" not in text
    assert SECOND in text


def test_an_advertisement_that_asks_to_scroll_on_is_no_sentence() -> None:
    label = "<p>QUẢNG CÁO - CUỘN XUỐNG ĐỂ ĐỌC TIẾP</p>"
    text = only("a.html", page(BODY.replace(f"<p>{SECOND}", f"{label}<p>{SECOND}"))).article.text
    assert "CUỘN XUỐNG" not in text
    assert SECOND in text


def test_a_paper_s_imprint_below_the_text_is_no_sentence() -> None:
    imprint = (
        "<p>Cơ quan của Đảng bộ tỉnh Sơn Bình</p><p>Giấy phép hoạt động báo điện tử số 55/GP-BTTTT</p>"
        "<p>Phụ trách: Hà Văn Lập</p><p>Địa chỉ: 12 Trần Phú, thị xã Sơn Bình</p>"
    )
    text = only("a.html", page(BODY + imprint)).article.text
    assert FOURTH in text
    assert not [words for words in ("Giấy phép", "Phụ trách", "Địa chỉ", "Cơ quan của") if words in text]


def test_teasers_of_others_below_the_text_are_not_quoted() -> None:
    others = "".join(
        f'<h3><a href="/{n}.html">{heading}</a></h3><p>{lead}</p>'
        for n, (heading, lead) in enumerate(
            (
                (
                    "Chợ phiên Pha Long đông khách cuối tuần",
                    "Chợ phiên Pha Long đón gần hai nghìn khách trong ngày cuối tuần.",
                ),
                ("Học sinh vùng cao được tặng áo ấm", "Gần năm trăm học sinh vùng cao nhận áo ấm trước đợt rét mới."),
                ("Giá mận tam hoa tăng gấp đôi", "Mận tam hoa đầu vụ bán tại vườn tăng gấp đôi so với năm ngoái."),
            )
        )
    )
    text = only("a.html", page(f'{BODY}<div class="box-related">{others}</div>')).article.text
    assert FOURTH in text
    assert not [words for words in ("Pha Long", "áo ấm", "tam hoa") if words in text]


def test_a_front_page_is_refused() -> None:
    boxes = "".join(
        f'<div class="item"><h3><a href="/{n}.html">{text[:60]}</a></h3><p>{text}</p></div>'
        for n, text in enumerate(TEXTS * 3)
    )
    html = (
        '<html><head><title>Báo Sơn Bình - Tin tức mới nhất</title><meta property="og:type" content="website">'
        f"</head><body>{boxes}</body></html>"
    )
    found = results("a.html", html)
    assert len(found) == 1
    assert "list" in problems("a.html", html)[0]


def test_a_section_page_whose_teasers_tell_much_is_refused() -> None:
    boxes = "".join(
        (
            f'<article><a href="/thoi-su/bai-{n}.html"><h2>Tin thứ {n}: {text[:50]}</h2></a><p>{text} '
            f"{FIRST}</p><span>{n} giờ trước</span></article>"
        )
        for n, text in enumerate(TEXTS * 2)
    )
    html = f"<html><head><title>Thời sự | Báo Sơn Bình</title></head><body><h1>Thời sự</h1>{boxes}</body></html>"
    assert "list" in problems("a.html", html)[0]


def test_the_article_s_own_date_is_neither_today_nor_a_comment_s() -> None:
    own = '<span class="cate">Nông nghiệp</span> <span class="date-detail">Thứ bảy, 28/11/2026 09:15 (GMT+7)</span>'
    said = "<p>Nguyễn A - 30/11/2026 21:04</p><p>Mừng cho bà con quá, mong nước về sớm để kịp vụ mới.</p>"
    html = page(f'<div class="meta">{own}</div>{BODY}<div class="box-comment">{said}</div>')
    html = html.replace("<nav>", '<div class="header-date">Thứ hai, 30/11/2026, 18:00</div><nav>')
    assert only("a.html", html).article.published.edtf == "2026-11-28T09:15+07:00"


def test_the_paper_is_the_publisher_of_structured_data() -> None:
    found = only("a.html", page(head=ld(publisher={"@type": "Organization", "name": "Tạp chí Thủy lợi"}), title=TITLE))
    assert found.article.publisher == "Tạp chí Thủy lợi"


def test_the_last_part_of_the_title_is_a_paper_and_never_the_article_s() -> None:
    named = only("a.html", page(title=f"{TITLE} — Báo Sơn Bình điện tử"))
    assert (named.article.title, named.article.publisher) == (TITLE, "Báo Sơn Bình điện tử")
    whole = "Suối Cát - hồ nước của ba xã"
    own = only("a.html", page(title=whole, heading=whole))
    assert (own.article.title, own.article.publisher) == (whole, None)


def test_a_copy_by_an_aggregator_cites_the_paper() -> None:
    head = (
        '<link rel="canonical" href="https://baomoi.com/dap-suoi-cat-c5566778.epi"><meta property="og:site_name" '
        'content="Báo Mới">'
    )
    source = (
        '<p class="bm-source">Nguồn <a href="https://sonbinh.example/dap-suoi-cat">Báo Sơn Bình</a>'
        ": https://sonbinh.example/dap-suoi-cat</p>"
    )
    found = only("a.html", page(BODY + source, head=head, title=f"{TITLE} - Báo Mới"))
    assert (found.article.publisher or "").startswith("Báo Sơn Bình")


def test_the_author_is_a_person_or_several_and_not_the_paper() -> None:
    organisation = ld(author={"@type": "Organization", "name": "Báo Sơn Bình"})
    signed = f'{BODY}<p class="author">Minh Hà</p>'
    assert author(organisation + '<meta property="og:site_name" content="Báo Sơn Bình">', signed) == "Minh Hà"
    two = ld(author=[{"@type": "Person", "name": "Minh Hà"}, {"@type": "Person", "name": "Lê Quang"}])
    assert author(two) == "Minh Hà, Lê Quang"
