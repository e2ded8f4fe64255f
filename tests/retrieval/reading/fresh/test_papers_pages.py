"""Eleven saved pages, laid out as the large papers' and the state's are."""

from tests.retrieval.reading.fresh.ferry import FIRST, FOURTH, LEAD, SECOND, TEXTS, THIRD, TITLE
from tests.retrieval.reading.reads import only, spans

CAPTION = "Chuyến phà cuối rời bến Cồn Tàu. Ảnh: Hoàng Thái"
MENU = '<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/thoi-su">Thời sự</a></li></ul></nav>'


def p(*texts: str, mark: str = "") -> str:
    return "".join(f"<p{mark}>{text}</p>" for text in texts)


def whole(html: str, *absent: str) -> None:
    """Title, lead and paragraphs, each by itself and as what it is; none of these words."""
    found = spans(only("a.html", html))
    assert found[:2] == [("headline", TITLE), ("lead", LEAD)]
    assert [text for kind, text in found if kind == "body"] == list(TEXTS[1:])
    assert not [words for words in absent if any(words in text for _, text in found)]


def test_a_page_of_vnexpress() -> None:
    html = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{TITLE} - Báo VnExpress</title>
    <meta property="og:type" content="article"><meta property="og:site_name" content="vnexpress.net">
    <link rel="canonical" href="https://vnexpress.net/ben-pha-con-tau-ngung-chay-4861234.html">
    <meta name="pubdate" content="2026-03-14T11:20:00+07:00"></head><body>{MENU}
    <section class="section page-detail"><div class="sidebar-1"><div class="header-content width_common">
    <ul class="breadcrumb"><li><a href="/thoi-su">Thời sự</a></li></ul>
    <span class="date">Thứ bảy, 14/3/2026, 11:20 (GMT+7)</span></div>
    <h1 class="title-detail">{TITLE}</h1>
    <p class="description"><span class="location-stamp">Vĩnh Long</span>{LEAD}</p>
    <article class="fck_detail"><p class="Normal">{FIRST}</p>
    <figure data-size="true" itemprop="associatedMedia image"><div class="fig-picture"><picture><img src="a.jpg"
    alt="{CAPTION}"></picture></div><figcaption itemprop="description"><p class="Image">Chuyến phà cuối rời bến Cồn Tàu.
    Ảnh: <em>Hoàng Thái</em></p></figcaption></figure>
    {p(SECOND, THIRD, FOURTH, mark=' class="Normal"')}
    <p class="author_mail" style="text-align:right;"><strong>Hoàng Thái</strong></p>
    <ul class="list-news" data-campaign="Box-Related"><li data-id="1"><a href="/b-1.html">Cầu Vàm Lách thông xe sớm 5
    tháng</a></li><li><a href="/c-2.html">Miền Tây còn bao nhiêu bến phà</a></li></ul></article>
    <div class="footer-content"><a href="#">Trở lại Thời sự</a></div></div></section>
    <div id="box_comment_vne"><h3>Ý kiến (12)</h3><p>Nhớ bến phà quá.</p></div></body></html>"""
    found = only("a.html", html)
    kinds = {text: kind for kind, text in spans(found)}
    assert kinds[TITLE] == "headline"
    assert "Vĩnh LongTừ" not in found.article.text
    assert [kinds.get(text) for text in (FIRST, SECOND, THIRD, FOURTH)] == ["body"] * 4
    assert kinds[CAPTION] == "caption"
    assert LEAD in found.article.text
    assert (found.article.publisher, found.article.author) == ("VnExpress (vnexpress.net)", "Hoàng Thái")
    assert found.article.published.edtf.startswith("2026-03-14T11:20")
    assert "thông xe sớm" not in found.article.text
    assert "Nhớ bến" not in found.article.text


def test_a_page_of_tuoi_tre() -> None:
    related = """<div class="VCSortableInPreviewMode" type="RelatedNewsBox" data-style="align-right"><ul><li
    class="bl-relate"><a class="kbwscwlr-title" href="/d-2026.htm">Phà Cồn Tàu và những chuyến đêm</a><span
    class="date">12/03/2026 07:10</span></li></ul></div>"""
    photo = """<div class="VCSortableInPreviewMode" type="Photo"><div><img src="a.jpg" alt="pha"></div>
    <div class="PhotoCMS_Caption"><p data-placeholder="[nhập chú thích]">Chuyến phà cuối rời bến Cồn Tàu - Ảnh: CHÍ
    HẠNH</p></div></div>"""
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE} - Tuổi Trẻ Online</title>
    <meta property="og:title" content="Bến phà Cồn Tàu ngừng chạy">
    <meta property="og:site_name" content="TUOI TRE ONLINE">
    <meta property="og:url" content="https://tuoitre.vn/ben-pha-con-tau-ngung-chay-20260314101500.htm">
    <meta property="article:published_time" content="2026-03-14T10:15:00"></head><body>{MENU}<div class="detail__page">
    <div class="detail-top"><div class="detail-cate"><a href="/thoi-su.htm">Thời sự</a></div>
    <div class="detail-time"><div data-role="publishdate">14/03/2026 10:15 GMT+7</div></div></div>
    <h1 class="detail-title article-title" data-role="title">{TITLE}</h1>
    <div class="detail-author-bot"><div class="author-info"><a class="name" data-role="author">CHÍ HẠNH</a></div></div>
    <h2 class="detail-sapo" data-role="sapo">{LEAD}</h2>
    <div class="detail-cmain clearfix">
    <div class="detail-content afcbc-body" data-role="content" itemprop="articleBody">
    {photo}{p(FIRST, SECOND)}{related}{p(THIRD, FOURTH)}</div>
    <div class="detail-tag"><a>Trở lại chủ đề</a><a>bến phà</a></div></div>
    <div class="detail__related"><h3>Bạn đọc quan tâm</h3><a href="#">Đi phà lần cuối ở Vàm Cống</a></div></div>
    </body>"""
    whole(html, "chuyến đêm", "lần cuối", "Trở lại chủ đề")
    found = only("a.html", html)
    assert ("caption", "Chuyến phà cuối rời bến Cồn Tàu - Ảnh: CHÍ HẠNH") in spans(found)
    assert found.article.publisher == "Tuổi Trẻ (tuoitre.vn)"
    assert (found.article.author or "").casefold() == "chí hạnh"


def test_a_page_of_thanh_nien() -> None:
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title><meta property="og:site_name"
    content="thanhnien.vn"><link rel="canonical" href="https://thanhnien.vn/ben-pha-con-tau-185260314091233344.htm">
    </head><body>{MENU}<div class="detail__cmain"><div class="detail-cate"><a>Thời sự</a></div>
    <h1 class="detail-title"><span data-role="title">{TITLE}</span></h1>
    <div class="detail-author"><div class="author-info-top">
    <a class="name" href="/author/thanh-duy-18.htm">Thanh Duy</a>
    <a class="email" href="mailto:x@thanhnien.vn">thanhduy@thanhnien.vn</a></div></div>
    <div class="detail-info"><div data-role="publishdate">14/03/2026 09:12 GMT+7</div></div>
    <h2 class="detail-sapo" data-role="sapo">{LEAD}</h2>
    <div class="detail-cmain"><div class="detail-content" data-role="content">
    <figure class="VCSortableInPreviewMode" type="Photo"><div><img src="b.jpg"></div><figcaption
    class="PhotoCMS_Caption"><p>Nhân viên bến phà chào khách</p><p class="PhotoCMS_Author">ẢNH: THANH DUY</p>
    </figcaption></figure>{p(FIRST, SECOND, THIRD, FOURTH)}
    <div class="detail__tin-lien-quan"><a>Tin liên quan</a></div></div></div>
    <div class="detail-comment"><h3>Bình luận (0)</h3><p>Ý kiến bạn đọc sẽ được biên tập trước khi đăng.</p></div>
    </div></body></html>"""
    whole(html, "biên tập trước khi đăng", "@thanhnien.vn", "Tin liên quan")
    article = only("a.html", html).article
    assert "thanhnien.vn" in (article.publisher or "")
    assert article.author == "Thanh Duy"
    assert article.published.edtf == "2026-03-14T09:12+07:00"


def test_a_page_of_vietnamplus() -> None:
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE} | Vietnam+ (VietnamPlus)</title>
    <meta property="og:site_name" content="Vietnam+ (VietnamPlus)"><link rel="canonical"
    href="https://www.vietnamplus.vn/ben-pha-con-tau-post1024567.vnp"></head>
    <body>{MENU}<div class="main-column article">
    <h1 class="article__title cms-title">{TITLE}</h1><h2 class="article__sapo cms-desc">{LEAD}</h2>
    <div class="article__meta"><span class="name cms-author"><a href="#">Phạm Minh Tuấn</a></span>
    <time class="time" datetime="2026-03-14T08:45:00+0700" data-time="1773452700">14/03/2026 08:45</time>
    <span>Lưu</span></div>
    <div class="article__body zce-content-body cms-body"><table class="picture" align="center"><tbody><tr><td
    class="pic"><img src="c.jpg"></td></tr><tr><td class="caption">Cầu Vàm Lách nhìn từ bờ nam. (Ảnh: Phạm Minh
    Tuấn/TTXVN)</td></tr></tbody></table>{p(FIRST, SECOND)}
    <div class="article-relate"><a class="title" href="/e.vnp">Bến Tre: Khởi công cầu Đình Khao</a></div>
    {p(THIRD, f"{FOURTH}/.")}<div class="article__source">(TTXVN/Vietnam+)</div></div>
    <div class="article__tag"><a>#bến phà</a> <a>#cầu Vàm Lách</a></div></div></body></html>"""
    found = only("a.html", html)
    text = found.article.text
    assert [t for kind, t in spans(found) if kind != "caption"][:5] == [TITLE, LEAD, FIRST, SECOND, THIRD]
    assert FOURTH in text
    assert ("caption", "Cầu Vàm Lách nhìn từ bờ nam. (Ảnh: Phạm Minh Tuấn/TTXVN)") in spans(found)
    assert "Đình Khao" not in text
    assert "#" not in text
    assert "TTXVN/Vietnam+" not in text
    assert found.article.published.edtf.startswith("2026-03-14T08:45")
    assert found.article.author == "Phạm Minh Tuấn"


def test_a_page_of_dan_tri() -> None:
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE} | Báo Dân trí</title><link rel="canonical"
    href="https://dantri.com.vn/xa-hoi/ben-pha-con-tau-20260314080512345.htm"></head><body>{MENU}
    <article class="singular-container"><h1 class="title-page detail">{TITLE}</h1>
    <div class="author-wrap"><div class="author-meta"><div class="author-name"><a href="#"><b>Bảo Kỳ</b></a></div>
    <time class="author-time" datetime="2026-03-14 08:05">Thứ bảy, 14/03/2026 - 08:05</time></div></div>
    <h2 class="singular-sapo">(Dân trí) - {LEAD}</h2><div class="singular-content">{p(FIRST)}
    <figure class="image align-center"><img src="d.jpg"><figcaption><p>Cầu Vàm Lách sáng 14/3 (Ảnh: Bảo Kỳ).</p>
    </figcaption></figure>{p(SECOND, THIRD, FOURTH)}</div><div class="tags-wrap"><a>phà Cồn Tàu</a></div></article>
    <article class="article-related"><h3><a href="/x.htm">Cụ bà 92 tuổi đi phà mỗi ngày</a></h3></article></body>"""
    found = only("a.html", html)
    shown = spans(found)
    assert [text for kind, text in shown if kind == "body"] == list(TEXTS[1:])
    assert ("caption", "Cầu Vàm Lách sáng 14/3 (Ảnh: Bảo Kỳ).") in shown
    assert LEAD in found.article.text
    assert "92 tuổi" not in found.article.text
    assert found.article.author == "Bảo Kỳ"
    assert "dantri.com.vn" in (found.article.publisher or "")
    assert found.article.published.edtf == "2026-03-14T08:05"


def test_a_page_of_the_government_s_paper_signs_at_the_right() -> None:
    html = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title><meta property="og:site_name"
    content="baochinhphu.vn"><meta property="og:url" content="https://baochinhphu.vn/ben-pha-con-tau-102260314.htm">
    </head><body>{MENU}<div class="detail__main"><div class="detail-time">14/03/2026&nbsp; 07:30</div>
    <h1 class="detail-title">{TITLE}</h1><h2 class="detail-sapo">(Chinhphu.vn) - {LEAD}</h2>
    <div class="detail-content">{p(FIRST, SECOND, THIRD, FOURTH)}<p style="text-align: right;"><b>Lê Thu Sương</b></p>
    </div></div></body></html>"""
    found = only("a.html", html)
    assert [text for kind, text in spans(found) if kind == "body"] == list(TEXTS[1:])
    assert found.article.author == "Lê Thu Sương"
    assert found.article.published.edtf.startswith("2026-03-14T07:30")
    assert "baochinhphu.vn" in (found.article.publisher or "")


def test_a_page_of_a_province_with_buttons_of_its_own() -> None:
    html = f"""<html><head><meta charset="utf-8"><title>Cổng Thông tin điện tử huyện Cù Lao</title></head><body>{MENU}
    <div id="content"><div class="news-title">{TITLE}</div><div class="tools"><span>A-</span> <span>A</span>
    <span>A+</span> <a href="#">In trang</a> <a href="#">Đọc bài viết</a></div>
    <div class="news-date">14/03/2026 15:02 &nbsp; Lượt xem: 1.208</div>
    <div class="news-sapo"><strong>{LEAD}</strong></div><div class="news-body">{p(FIRST, SECOND, THIRD, FOURTH)}
    <p style="text-align:right"><em>Tin, ảnh: Văn Phòng</em></p></div>
    <div class="rating">Đánh giá bài viết: <span>0/5</span></div><div class="other"><h4>Tin cùng chuyên mục</h4><ul>
    <li><a href="1">Họp giao ban tháng 3 (13/03/2026)</a></li><li><a href="2">Tiếp công dân định kỳ (12/03/2026)</a>
    </li>
    </ul></div></div></body></html>"""
    found = only("a.html", html)
    text = found.article.text
    assert [one in [t for _, t in spans(found)] for one in TEXTS] == [True] * 5
    assert not [w for w in ("A+", "In trang", "Lượt xem", "Đánh giá", "giao ban", "Tiếp công dân") if w in text]
    assert found.article.published.edtf.startswith("2026-03-14")


def test_an_interview_whose_questions_are_bold() -> None:
    asked = ("Thưa ông, vì sao bến phà ngừng sớm hai tuần?", "Nhân viên của bến sẽ đi đâu?")
    said = (
        "Cầu xong trước hẹn. Chúng tôi không muốn bà con phải trả tiền phà thêm ngày nào nữa.",
        "26 anh em đã ký giấy học nghề. Ai ở lại thì vào đội cứu hộ.",
    )
    body = "".join(f"<p><strong>{a}</strong></p><p>- {b}</p>" for a, b in zip(asked, said, strict=True))
    html = (
        f"<html><head><title>{TITLE}</title></head><body>{MENU}<article><h1>{TITLE}</h1><p>{LEAD}</p>{body}</article>"
    )
    shown = [text for _, text in spans(only("a.html", html))]
    assert shown == [TITLE, LEAD, asked[0], f"- {said[0]}", asked[1], f"- {said[1]}"]


def test_verses_in_a_page_keep_their_lines() -> None:
    verses = ("Phà ơi chậm lại một giờ", "Cho ta nhìn nốt đôi bờ lau thưa", "Mai rồi cầu bắc qua mùa")
    body = p(LEAD, "<br>".join(verses), FOURTH)
    html = f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{body}</article>"
    shown = [text for _, text in spans(only("a.html", html))]
    assert shown == [TITLE, LEAD, *verses, FOURTH]


def test_a_page_of_pictures_is_its_captions() -> None:
    captions = [f"Khách chờ chuyến thứ {n} trong ngày cuối của bến phà." for n in (3, 4, 5, 6)]
    figures = "".join(
        f"<figure><img src={n}.jpg><figcaption>{text}</figcaption></figure>" for n, text in enumerate(captions)
    )
    html = f"<title>{TITLE}</title><body>{MENU}<article><h1>{TITLE}</h1><p>{LEAD}</p>{figures}</article>"
    shown = spans(only("a.html", html))
    assert shown == [("headline", TITLE), ("lead", LEAD), *(("caption", text) for text in captions)]


def test_a_box_of_figures_beside_the_text_and_a_pulled_quotation() -> None:
    quoted = "“Tôi chạy phà từ năm 19 tuổi, giờ tóc bạc hết rồi.”"
    facts = "<ul><li>Mở: năm 1979</li><li>Khách: 4.200 lượt mỗi ngày</li></ul>"
    box = f"<div class='info-box'><h3>Bến phà Cồn Tàu</h3>{facts}</div>"
    html = f"""<html><head><title>{TITLE}</title></head><body>{MENU}<article><h1>{TITLE}</h1>{p(LEAD, FIRST)}{box}
    {p(SECOND)}<blockquote class="quote"><p>{quoted}</p><p class="StarNameCaption">Ông Huỳnh Công Tấn</p></blockquote>
    {p(THIRD, FOURTH)}</article></body></html>"""
    shown = [text for _, text in spans(only("a.html", html))]
    assert [text in shown for text in (*TEXTS, quoted)] == [True] * 6
    assert not [text for text in shown if "lượt mỗi ngày" in text and len(text) > 60]
