"""What single lines that are not article look like, wherever they stand. A line that no rule knows stays."""

import re

from . import reasons

_LONGEST_LABEL = 600  # characters: what is longer is no button, label or link
_SHARE = (
    r"zalo|facebook|messenger|twitter|linkedin|telegram|pinterest|e?mail|gmail|google news|like|share|a ?a|a[+-]"
    r"|(?:sao )?chép (?:link|liên kết)|copy link|thích|chia sẻ(?: facebook| zalo| bài viết(?: này)?)?|lưu bài(?: viết)?"
    r"|in (?:bài(?: viết)?|trang(?: này)?)|bản in|gửi (?:email|bài viết)|quay lại|trở lại|(?:về|lên) đầu trang"
    r"|theo dõi(?: .{1,40})?(?: trên .{0,20}(?:google news|zalo|facebook|youtube|tiktok))|theo dõi"
    r"|nghe (?:đọc )?bài(?: viết)?"
)
_COMMENT_BOX = (
    r"bạn cần đăng nhập\b.{0,80}|bạn không thể gửi bình luận\b.{0,80}|\d{1,3} giây nữa\s*\.?"
    r"|(?:\d+ )?bình luận(?:\s*\(\d+\))?|gửi bình luận|ý kiến(?: bạn đọc| của bạn)?(?:\s*\(\d+\))?"
    r"|đăng nhập(?: để bình luận)?|vui lòng (?:nhập|đăng nhập|gõ)\b.{0,80}|hãy là người đầu tiên bình luận\b.{0,40}"
    r"|xem thêm bình luận|(?:mới nhất|quan tâm nhất)(?: \(\d+\))?|chưa có bình luận\b.{0,40}"
)
_RELATED = (
    r"(?:tin|bài)(?: viết)?(?: cùng chuyên mục| liên quan)\s*:?|(?:xem|đọc) (?:thêm|tiếp)\s*:.{0,200}|>>++.{0,200}"
)
_ADVERTISEMENT = (
    r"(?:quảng cáo|advertisement)(?:\W{1,5}(?:cuộn|kéo|lướt|vuốt)(?: xuống| lên)?\b.{0,60})?|tin tài trợ"
    r"|(?:mời|kính mời) (?:quý |các )?(?:bạn đọc|độc giả|bạn|vị).{0,40}"
    r"(?:tải|cài đặt|cài) (?:ứng dụng|app)\b.{0,80}|tải (?:ngay )?(?:ứng dụng|app) .{1,80}"
    r"|đăng ký (?:để )?nhận (?:bản tin|tin(?: tức| mới)?|thông báo|email)(?: .{1,60})?"
)
# At the end of a page, below the article: who answers for it, and what a reader without an account is told.
_FOOTER = (
    r"(?:©|\(c\)|copyright|(?:©? ?)bản quyền|giấy phép|(?:phó |q\. ?)?tổng biên tập|(?:tòa|toà) soạn|trụ sở|hotline"
    r"|đường dây nóng|điện thoại|(?:vui lòng )?ghi rõ nguồn|cơ quan (?:chủ quản|ngôn luận)|chịu trách nhiệm"
    r"|bài viết .{1,200} xuất hiện (?:đầu tiên|lần đầu) (?:trên|tại)|the post .{1,200} appeared first on"
    r"|liên hệ (?:quảng cáo|tòa soạn)|email|tel|fax)\b.{0,400}|©.{0,400}"
)
_PAYWALL = (
    r"(?:bạn|quý vị|quý độc giả) (?:đã|vừa) đọc hết\b.{0,300}"
    r"|(?:bạn đang (?:đọc|xem)\b[^.!?]{0,100}[.!?]\s)?(?:vui lòng |hãy )?(?:đăng nhập|đăng ký|mua gói)\b.{0,200}"
    r"\b(?:đọc tiếp|đọc toàn bộ|xem tiếp|xem toàn bộ|đọc đầy đủ)\b.{0,100}|(?:đã có|chưa có) tài khoản\b.{0,100}"
    r"|(?:bài viết|nội dung)(?: này)? (?:chỉ )?dành (?:riêng )?cho\b.{0,200}|để đọc (?:tiếp|toàn bộ|đầy đủ)\b.{0,200}"
    r"|(?:(?:đọc|xem) (?:tiếp|thêm|chi tiết|ngay)|read more)[ .…»›>→]{0,4}"
    r"|đã là (?:thành viên|hội viên)\b.{0,100}"
)
_CLOSING_LINES = (
    (reasons.PAYWALL, re.compile(rf"\A(?:{_PAYWALL})\Z", re.IGNORECASE)),
    (reasons.FOOTER, re.compile(rf"\A(?:{_FOOTER})\Z", re.IGNORECASE)),
)
# What stands beside these in the imprint of a paper, and may as well be an article's own.
_IMPRINT = re.compile(
    r"(?:địa chỉ|phụ trách|thư ký tòa soạn|website|cơ quan|ban biên tập|văn phòng|quản lý|chủ nhiệm)\b[^.!?]{0,200}\.?",
    re.IGNORECASE,
)
_PICTURES = (
    r"(?:(?:một số|những|loạt|các|dưới đây là|sau đây là|xem)\s+)*(?:chùm\s+|hình\s+)?ảnh\b[^.!?:]{0,80}:"
    r"|(?:chùm|loạt) ảnh\b[^.!?:]{0,80}"
)
_KEYWORDS = r"(?:từ kh(?:óa|oá)|tags?|thẻ|chủ đề)\s*:\s*.{0,300}"
_LINK = r"\[[^\]]+\]\(https?://[^\s)]+\)|<?https?://\S+>?"
_IMAGE = r"!\[[^\]]*\]\([^)]*\)|\[!\[[^\]]*\]\([^)]*\)\]\([^)]*\)"
_SLUG = r"(?:.*[-–—]\s*)?ảnh\s*\d{1,3}\s*\.?"
_RULES = tuple(
    (reason, re.compile(rf"\A(?:{pattern})\Z", re.IGNORECASE))
    for reason, pattern in (
        (reasons.SHARE_BUTTON, _SHARE),
        (reasons.IMAGE_LINE, _IMAGE),
        (reasons.LINK_LINE, _LINK),
        (reasons.PHOTO_SLUG, _SLUG),
        (reasons.COMMENT_BOX, _COMMENT_BOX),
        (reasons.GALLERY, _PICTURES),
        (reasons.ADVERTISEMENT, _ADVERTISEMENT),
        (reasons.RELATED, _RELATED),
        (reasons.KEYWORDS, _KEYWORDS),
    )
)

_LETTERHEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s?[-–]\s?Tự do\s?[-–]\s?Hạnh phúc")
_MEDIUM = r"(?:Ảnh|Nguồn ảnh|Video|Clip|Đồ họa|Đồ hoạ|Infographic)(?:\s+(?:minh\s+h(?:ọa|oạ)|tư liệu))?"
_CREDIT_ALONE = re.compile(rf"[(\[]?{_MEDIUM}\s*:\s*(?P<who>[^:()\[\]]{{2,60}}?)[)\]]?\.?")
_CREDIT_WORDS = re.compile(r"minh h(?:ọa|oạ)|tư liệu|internet", re.IGNORECASE)
_CAPTION = re.compile(
    rf"[(\[]\s*{_MEDIUM}\s*(?::[^()\[\]]{{1,80}})?[)\]]\s*\.?$"  # "… (Ảnh: Tên)."
    rf"|[-–—.…]\s*{_MEDIUM}\s*:\s*[^:]{{1,80}}$"  # "… - Ảnh: TÊN", "…. Ảnh: TTXVN"
    r"|[.…]\s*Ảnh (?:minh h(?:ọa|oạ)|tư liệu)\s*\.?$"
)
_CAPTION_TAIL = 200  # characters of a line in which its credit stands
_LONGEST_CAPTION = 1000

_CLOSING = '"”’»)]/'
_INNER_END = re.compile(r"[.?!…][\"”’»)]*\s+[\"“‘«(]?(\w)")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)$")
_SHORTEST_PROSE, _LONG = 8, 35  # words: a sentence has more than the first; no heading has as many as the second
_LONGEST_HEADING, _LONGEST_SUBHEAD = 30, 20


def not_article(words: str) -> str | None:
    """The reason for which a line is never article, wherever it stands."""
    if len(words) > _LONGEST_LABEL:
        return None
    if _LETTERHEAD.search(words) and not is_prose(words):
        return reasons.LETTERHEAD
    reason = next((reason for reason, rule in _RULES if rule.match(words)), None)
    return reason or (reasons.PHOTO_CREDIT if is_credit(words) else None)


def closing(words: str) -> str | None:
    """The reason for which a line is not article where only such lines follow: a footer, a notice of payment."""
    return next((reason for reason, rule in _CLOSING_LINES if rule.match(words[:_LONGEST_LABEL])), None)


def is_imprint(words: str) -> bool:
    """Whether a line may stand in the imprint of a paper, of which others tell for sure (`closing`)."""
    return len(words) <= _LONGEST_LABEL and _IMPRINT.fullmatch(words) is not None and not is_prose(words)


def is_credit(words: str) -> bool:
    """Whether a line is a photographer's credit alone: "Ảnh: TTXVN"; not "Ảnh: các đại biểu dự hội nghị"."""
    credit = _CREDIT_ALONE.fullmatch(words)
    if credit is None:
        return False
    return bool(_CREDIT_WORDS.fullmatch(credit["who"])) or all(word[0].isupper() for word in credit["who"].split())


def is_caption(words: str) -> bool:
    """Whether a line ends with the credit of a picture."""
    return len(words) <= _LONGEST_CAPTION and bool(_CAPTION.search(words[-_CAPTION_TAIL:]))


def is_prose(words: str) -> bool:
    """Whether a line is sentences, not a heading or label: by its length, its full stop, or a second sentence."""
    count = words.count(" ") + 1
    if count > _LONG:
        return True
    plain = words.rstrip(_CLOSING)
    if count < _SHORTEST_PROSE or not plain.endswith((".", "?", "!", "…")):
        return False
    full_stop = plain.endswith(".") and not _ELLIPSIS.search(plain)
    return full_stop or any(following[1].isupper() for following in _INNER_END.finditer(words))


def is_heading(words: str) -> bool:
    """Whether a line can be a title or a subhead: short, begun with a capital or a figure, and without a full stop."""
    first = words.lstrip('"“‘«([')[:1]
    if not first.isalnum() or first.islower() or words.count(" ") >= _LONGEST_HEADING:
        return False
    return bool(_ELLIPSIS.search(words)) or words[-1] not in ".:;,"


def is_subhead(words: str, following: str) -> bool:
    """Whether a line between paragraphs is the heading of what follows, which then is prose."""
    return (
        is_heading(words)
        and " | " not in words  # a table's last row
        and not words.endswith(("!", "?", "…", "..."))
        and words.count(" ") < _LONGEST_SUBHEAD
        and is_prose(following)
    )


def without_ellipsis(words: str) -> str | None:
    """The line before its closing "…", where it has one."""
    end = _ELLIPSIS.search(words)
    return words[: end.start()].rstrip() if end else None
