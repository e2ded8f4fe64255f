"""Six hard paragraphs, two dates, two robots.txt, two versions of an address, one spelling."""

import json
from pathlib import Path

import pytest

from retrieval import Library, dates
from retrieval.polling.outcome import FetchError
from retrieval.sentences import split
from tests.retrieval.polling.site import serve, status
from tests.retrieval.reading.fresh.story import FIRST, LEAD, SECOND, THIRD, TITLE


@pytest.mark.parametrize(
    "sentences",
    [
        (
            "GS.TS. Vũ Đình Lộc và ThS. Hà My cùng về BV. Đa khoa Sơn Bình khám cho dân.",
            "Sách do NXB. Núi in, tr. 12 có ảnh đập.",
        ),
        ('"Nước về rồi!", bà Mến nói.', "Cả bản ra xem.", "“Chưa bao giờ vui thế này.”, ông Khải kể."),
        ("1. Rà soát toàn bộ cửa xả.", "Các xã báo cáo trước 5/12.", "2. Cắm biển báo ở 14 điểm."),
        (
            "PV: Thưa ông, bao giờ hồ đầy?",
            "– Ông Khải: Khoảng 20.1 năm sau.",
            "Lúc ấy mực nước đạt 58.5 m, vào tầm 9.30 sáng.",
        ),
        ('Ông kể: "Tôi đi từ lúc 4h.', "Đường trơn lắm.", "Đến trưa mới tới.", "Rồi ông cười."),
        (
            "Tiến sĩ J.K. Rowan và ông N.V. Bảy (52 tuổi) đo mực nước mỗi giờ...",
            "Kết quả gửi về TP. Sơn Bình qua e-mail do Cty. Thủy lợi lập.",
            "No. 7 là trạm cuối.",
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: tuple[str, ...]) -> None:
    text = " ".join(sentences)
    assert [text[a:b] for a, b in split(text, 0, len(text))] == list(sentences)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("Thứ Bảy, ngày 28 tháng 11 năm 2026 | 7:05", "2026-11-28T07:05"),
        ("28/11/2026 - 19:05 (GMT+7)", "2026-11-28T19:05+07:00"),
    ],
)
def test_a_date_of_publication_is_read(written: str, edtf: str) -> None:
    found = dates.parse_published(written)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nAllow: /\nDisallow: /rss/\nDisallow: /*?page=\n", True),
        ("User-agent: Trich\nDisallow: /*.xml$\nAllow: /feed.xml.gz\n\nUser-agent: *\nAllow: /\n", False),
    ],
)
def test_robots_txt_is_read_by_its_longest_rule(rules: str, *, allowed: bool) -> None:
    with serve() as site:
        site.pages["/robots.txt"] = status(200, rules.encode())
        site.pages["/tin/feed.xml"] = status(200, b"x")
        address = site.url("/tin/feed.xml")
        if allowed:
            assert site.fetcher().get(address, home=address).body == b"x"
        else:
            with pytest.raises(FetchError, match="does not allow it"):
                site.fetcher().get(address, home=address)


ADDRESS = "https://sonbinh.example/dap-suoi-cat-5566778.html"


def opened(folder: Path, *records: dict[str, str]) -> Library:
    lines = (json.dumps({"id": str(n), **record}, ensure_ascii=False) for n, record in enumerate(records))
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Library.open([folder / "a.jsonl"])


def test_a_number_that_the_newer_version_at_the_address_corrects_is_quoted_as_corrected(tmp_path: Path) -> None:
    old = {
        "title": TITLE,
        "text": f"{LEAD}\n{FIRST}\n{SECOND}",
        "url": f"{ADDRESS}?utm_source=zalo",
        "published": "2026-11-27T09:00:00+07:00",
    }
    new = {
        "title": TITLE,
        "text": f"{LEAD}\n{FIRST.replace('112', '121')}\n{SECOND}",
        "url": ADDRESS,
        "published": "2026-11-28T09:00:00+07:00",
    }
    library = opened(tmp_path, new, old)
    first = library.ask("Thân đập Suối Cát được khoan phụt vữa ở bao nhiêu điểm rò?").quotes[0]
    assert "121 điểm" in first.text
    assert first.revised.edtf.startswith("2026-11-28")


def test_a_correction_below_another_heading_is_linked_to_what_it_corrects(tmp_path: Path) -> None:
    article = {
        "title": TITLE,
        "text": f"{LEAD}\n{FIRST}\n{SECOND}",
        "url": ADDRESS,
        "published": "2026-11-27T09:00:00+07:00",
    }
    correction = {
        "title": "Đính chính và xin lỗi bạn đọc",
        "text": (
            f'Trong bài "{TITLE}" đăng ngày 27-11-2026, số điểm rò in nhầm. Con số đúng là 121. Thành '
            "thật xin lỗi bạn đọc."
        ),
        "url": "https://sonbinh.example/dinh-chinh-5566790.html",
        "published": "2026-11-29T09:00:00+07:00",
    }
    first = (
        opened(tmp_path, article, correction)
        .ask("Ông Trần Quốc Khải cho biết thân đập được khoan phụt vữa ở bao nhiêu điểm rò?")
        .quotes[0]
    )
    assert first.correction is not None


def test_i_and_y_full_width_letters_and_square_metres_meet(tmp_path: Path) -> None:
    library = opened(
        tmp_path, {"text": f"Nhà máy thủy điện Lý Sơn Hạ rộng 1.200 m² và có 16 công nhân kĩ thuật. {THIRD}"}
    )
    assert (
        "16 công nhân"
        in library.ask("Nhà máy thuỷ điện Lí Sơn Hạ rộng 1.200 m2 có bao nhiêu công nhân kỹ thuật?").quotes[0].text
    )
    assert library.ask("Ｎhà máy thủy điện Lý Sơn Hạ có bao nhiêu công nhân?").quotes
