"""Whether what came is what a case expects, for the kinds whose expectation is a sentence to a person.

Each judge is given the file as it is read now. They look for single words of the inputs, which are made-up news.
"""

from collections.abc import Callable, Mapping

from retrieval.tokens import normalize
from tests.cases.given import Read

Judge = Callable[[Read], bool]
# One or two words of each of the five paragraphs of which most inputs are made.
_BODY = ("khởi công cầu Vạn Phúc nối", "bốn làn xe", "trong 30 tháng", "Bến Đò", "98% mặt bằng")


def _whole(read: Read, paragraphs: int = 5) -> bool:
    """All paragraphs, each in one piece."""
    return all(any(words in normalize(text) for _, text in read.spans) for words in _BODY[:paragraphs])


def _author(name: str) -> Judge:
    return lambda read: (read.articles[0].article.author or "").casefold() == name.casefold()


def _published(edtf: str) -> Judge:
    return lambda read: read.published.startswith(edtf) if edtf else not read.published


def _without(*words: str) -> Judge:
    return lambda read: bool(read.articles) and not any(word in read.text for word in words)


def _publisher(*names: str) -> Judge:
    return lambda read: (read.articles[0].article.publisher or "") in names


def _refused(word: str) -> Judge:
    return lambda read: not read.articles and any(word in problem for problem in read.problems)


_DANG = _author("Nguyễn Hải Đăng")
PAGES: Mapping[str, Judge] = {
    "h01": lambda read: "NinhVụ" not in read.text and "Vụ sạt lở" in read.text,
    "h02": _DANG,
    "h04": _DANG,
    "h05": _DANG,
    "h06": _DANG,
    "h08": _whole,
    "h09": lambda read: _whole(read) or bool(not read.articles and read.problems),
    "h10": lambda read: not read.articles and bool(read.problems),
    "h11": lambda read: _whole(read, 1) and _without("Giấy phép", "Tổng biên tập", "Bản quyền")(read),
    "h12": lambda read: all(time in read.text for time in ("16:40", "15:10", "14:05", "13:30")),
    "h13": lambda read: _whole(read) and read.one_line("2023", "410") and read.one_line("2024", "530"),
    "h14": _published("2025-03-12T11:30:00+07:00"),
    "h15": _published("2025-03-12T11:30:00+07:00"),
    "h16": _published("2025-03-05T06:00"),
    "h18": _published("2025-03-12"),
    "h21": lambda read: sum(kind == "caption" for kind, _ in read.spans) == 5,
    "h22": lambda read: bool(read.articles or read.problems),
    "h23": lambda read: _whole(read, 2) and _without("miễn phí", "Đăng nhập")(read),
    "h24": lambda read: (
        all(words in read.text for words in (*_BODY[:2], *_BODY[3:]))
        and _without("Video lễ", "ĐỌC NGAY", "vết nứt", "Mong cầu", "Đọc tiếp")(read)
        and _author("Hải Đăng")(read)
    ),
    "h25": lambda read: _whole(read) and _without("Công an vào cuộc", "Nam tài xế")(read),
    "h26": lambda read: read.kind("Phối cảnh") == "caption",
    "h27": lambda read: read.kind("Phối cảnh") in ("caption", None),
    "h29": lambda read: read.kind("Phối cảnh") in ("caption", None) and read.kind("minh họa") in ("caption", None),
    "h30": lambda read: read.kind("Phối cảnh") == "caption",
    "h31": lambda read: read.kind("khởi công cầu Vạn Phúc nối") == "lead",
    "h32": lambda read: all(w in read.text for w in ("Vì sao tỉnh", "hẹp nhất", "Bao giờ xong", "mặt bằng sạch")),
    "h33": _whole,
    "h34": lambda read: read.spans[0] == ("headline", "Khởi công cầu Vạn Phúc vốn 1.200 tỷ đồng") and _whole(read),
    "h35": lambda read: "ghi nhầm chiều dài" in read.text,
    "h36": lambda read: _whole(read, 4) and _without("Quảng cáo", "ứng dụng", "Google News")(read),
    "h37": lambda read: _whole(read) and read.articles[0].article.title == "Khởi công cầu Vạn Phúc vốn 1.200 tỷ đồng",
    "h38": _whole,
    "h40": _published(""),
    "h41": _published(""),
    "h42": _published(""),
    "h44": _published("2025-03-12T11:30"),
    "h45": _published("2025-03-05"),
    "h46": _published("2025-03-05"),
    "h47": _published("2025-03-05"),
    "h48": _published("2025-03-13"),
    "h49": lambda read: all(any(w in text for text in [read.text, *read.dropped]) for w in _BODY[:4]),
    "p02": _publisher("Báo Sơn Bình điện tử"),
    "p03": _publisher("Báo Sơn Bình (baosonbinh.vn)", "baosonbinh.vn"),
    "p05": _publisher("baosonbinh.vn"),
    "p06": _publisher("Báo Sơn Bình (baosonbinh.vn)"),
    "p07": _publisher("Báo Sơn Bình"),
    "p08": _publisher("Báo Sơn Bình"),
}
FEEDS: Mapping[str, Judge] = {
    "f16": lambda read: read.articles[0].article.title == "Khánh thành cầu Vạn Phúc" and "khánh thành" in read.text,
    "f17": lambda read: len(read.articles) == 1 and "Description" not in read.text,
    "f18": lambda read: bool(read.problems) and "1.300 tỷ" in read.text,
    "f19": lambda read: read.articles[0].article.title == 'Tin "nóng" về cầu' and "</" not in read.text,
}
TEXTS: Mapping[str, Judge] = {
    "t02": lambda read: read.kind("Phạm Hải") in ("caption", None),
    "t03": lambda read: read.kind("Phạm Hải") in ("caption", None),
    "t04": lambda read: "tội thiếu trách nhiệm" not in read.text and "bão số 9" not in read.text,
    "t05": lambda read: any(s.startswith("Báo cáo của bộ") for s in read.sentences),
    "t06": lambda read: all(any(w in t for _, t in read.spans) for w in ("về đâu", "lặng im", "cánh chim")),
    "t07": lambda read: len(read.spans) == 7,
    "t09": lambda read: "---" not in read.text and read.one_line("2023", "410"),
    "t11": lambda read: (
        read.articles[0].article.title == "Khởi công cầu Vạn Phúc"
        and read.published == "2025-03-12T11:30:00+07:00"
        and "+++" not in read.text
    ),
    "t12": lambda read: not any(0xE0000 <= ord(letter) < 0xE0080 or letter == "\u202e" for letter in read.text),
    "t13": lambda read: read.text.startswith("Khởi công cầu Vạn Phúc"),
    "t14": _published("2025-03-12T18:05:10"),
    "t15": lambda read: "VOV" in (read.articles[0].article.publisher or ""),
    "t16": lambda read: "Tuổi Trẻ" in (read.articles[0].article.publisher or ""),
    "t17": lambda read: bool(read.articles or read.problems),
    "t18": lambda read: bool(read.articles or read.problems),
    "t19": lambda read: bool(read.articles or read.problems),
    "t32": lambda read: "<" not in read.text and "bốn làn xe" in read.text and "trong 30 tháng" in read.text,
    "t33": lambda read: "&" not in read.text.replace("Long & Con", "") and '"sẽ xong sớm"' in read.text,
    "t35": lambda read: "x.vn" not in read.text and "*" not in read.text and "Xem thông cáo." in read.text,
}
DOCUMENTS: Mapping[str, Judge] = {
    "d01": lambda read: "dài không quá 1,8 km" in read.text,
    "d02": lambda read: "cầu được phép thu phí" in read.text,
    "d04": lambda read: "là ông Trần Quốc Đạt," in read.text,
    "d05": lambda read: "Xem thêm báo cáo của sở công bố" in read.text,
    "d06": lambda read: bool(len(read.spans) > 2 and (read.kind("Bến Đò") or read.problems or read.dropped)),
    "d07": lambda read: read.one_line("2023", "410 tỷ đồng") and read.one_line("2024", "530 tỷ đồng"),
    "d08": lambda read: (
        bool(read.articles)
        and all(n == 1 for n in map(read.text.split("\n").count, filter(None, read.text.split("\n"))))
    ),
    "d09": lambda read: "Mục một của nghị quyết" in read.text and "Mục hai của nghị quyết" in read.text,
    "e01": _whole,
    "e02": lambda read: bool(read.articles) and "khởi công cầu" in read.text,
    "e03": _refused("encrypted"),
    "e04": lambda read: (
        (read.articles[0].article.title or "").endswith("Hòa Thắng") or len(read.articles[0].article.title or "") > 60
    ),
    "e06": _whole,
    "e07": lambda read: read.one_line("2023", "410") and read.one_line("2024", "530"),
    "e08": _whole,
    "e09": lambda read: "Khởi công cầu Vạn Phúc vốn 1.200 tỷ đồng" in read.text and _whole(read),
    "e11": lambda read: read.articles[0].article.title == "Khởi công cầu Vạn Phúc vốn 1.200 tỷ đồng" and _whole(read),
}
JUDGES: Mapping[str, Judge] = {**PAGES, **FEEDS, **TEXTS, **DOCUMENTS}
