"""What stands before and after the body only: section labels, date lines, bylines, source lines."""

import re

from .metadata import Metadata, clean_url, find_url

# Patterns here are for `Line.words`, whose white space is folded.
# Names of newspapers' sections. A label that is not here stays: nothing is dropped for being short.
_SECTION = re.compile(
    r"trang chủ|chính trị(?: - xã hội)?|thời sự|thế giới|quốc tế|trong nước|xã hội|kinh tế|kinh doanh|tài chính"
    r"|doanh nghiệp|bất động sản|pháp luật|giáo dục|văn h(?:óa|oá)(?: - xã hội)?|thể thao|bóng đá|giải trí"
    r"|sức kh(?:ỏe|oẻ)|y tế|đời sống|du lịch|khoa học(?:(?: -)? công nghệ)?|công nghệ|số h(?:óa|oá)|xe|ô tô|môi trường"
    r"|quân sự|quốc phòng(?: - an ninh)?|an ninh|đối ngoại|ngoại giao|tin (?:tức|nóng|mới)|địa phương|nông nghiệp"
    r"|lao động|việc làm|giao thông|đô thị|nhịp sống (?:số|trẻ)|bạn đọc|góc nhìn|phóng sự|hồ sơ|chính sách|kiều bào"
    r"|xây dựng đảng(?: - hệ thống chính trị)?|biển đảo|asean|đảng|quốc hội|chính phủ|video|ảnh|podcast|multimedia"
    r"|longform|e-?magazine|infographic",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s?[>»›/|]\s?")
_LONGEST_PATH = 3

_WEEKDAY = r"(?:(?:Thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|Chủ\snhật|CN)\s?,?\s?)?"
_TIME = r"\d{1,2}\s?(?::|h|giờ)\s?\d{2}(?::\d{2})?(?:\s?(?:AM|PM|SA|CH))?"
_DAY = r"(?:ngày\s)?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\stháng\s\d{1,2},?\snăm\s\d{4}|\d{4}-\d{2}-\d{2})"
_ZONE = r"(?:\s?\(?(?:GMT|UTC)\s?\+?0?7(?::00)?\)?)?"
_VIEWS = r"(?:[\s|,–-]{1,6}(?:Số )?(?:lượt (?:xem|đọc)|đã xem|xem)\s?:?\s?[\d.,]{1,12})?"
_DATE_LINE = re.compile(
    rf"(?:(?:Cập nhật|Đăng|Xuất bản|Ngày đăng|Thời gian)(?:\slúc)?\s?:?\s?)?"
    rf"(?P<when>{_WEEKDAY}(?:{_DAY}(?:\s?[,|–-]?\s?(?:lúc\s)?{_TIME})?|{_TIME}\s?[,|–-]?\s?{_WEEKDAY}{_DAY}){_ZONE})\.?{_VIEWS}",
    re.IGNORECASE,
)
# "Hải Đăng 5.3.2025 | 06:00": who wrote it, and when.
_DATE_BESIDE = re.compile(rf"[^\d]{{2,60}}\s(?P<when>{_DAY}(?:\s?[,|–-]?\s?(?:lúc\s)?{_TIME})?{_ZONE})", re.IGNORECASE)
_DATELINE = re.compile(r"(?:\((?P<bracket>[^()]{2,20})\)|(?P<bare>[\w.&+]{2,12}(?:\s\w{2,8})?))\s?[-–—]\s?(?=\S)")
DATE_PREFIX = re.compile(r"\A\s*+date\s++(\d{4}-\d{2}-\d{2})\s++(?=\S)")

_SOURCE = re.compile(r"\(?Nguồn(?:\s(?:tin|bài))?\s?:\s?(?P<who>.+?)\)?", re.IGNORECASE)
_SOURCE_WITH_ADDRESS = re.compile(r"Nguồn\s(?P<who>[^:]{2,50}?)\s?:\s?(?P<url>https?://\S+)", re.IGNORECASE)
_LONGEST_SOURCE = 20  # words
_AFTER = re.compile(r"\(?Theo\s(?P<who>[A-ZĐ][\w.]*+(?:[\s./-]++[\wÀ-ỹ][\wÀ-ỹ.]*+){0,4}(?:\s\.++)?)\)?")
# "(TTXVN/Vietnam+)": what an article was put together from.
_AGENCY = re.compile(
    r"\((?P<who>TTXVN|[A-ZĐ][\w.+]*+(?:\s[\w.+]++){0,3}(?:\s?/\s?[A-ZĐ][\w.+]*+(?:\s[\w.+]++){0,3}){1,3})\)"
)

_LABELLED_BYLINE = re.compile(
    r"\(?(?:Tác giả|Bài(?:\svà\sảnh|,\s?ảnh)?|Tin,\s?ảnh|Thực hiện|Phóng viên|PV|Biên tập)\s?:\s?"
    r"(?P<who>[^:.!?]{2,60}\.?)\)?",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 100  # characters
_ROLE = re.compile(r"\s?\((?:thực hiện|tổng hợp|ghi|lược ghi|theo\s[^)]{1,40}|TTXVN|VOV|TH|T/h)\)$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s?(?:[-–—,/&;]|\svà\s)\s?")
_NAME = re.compile(r"[^\W\d_][^\W\d_'.]*(?:\.[^\W\d_]+)*\.?")
_INITIALS = re.compile(r"(?:[A-ZĐ]\.){1,3}[A-ZĐ][a-zà-ỹ]*\.?|P\.?V\.?|TTXVN")


def section(words: str) -> str | None:
    """The section, where a line is a section's name or the path to one ("Trang chủ > Chính trị")."""
    crumbs = [crumb for crumb in _CRUMB.split(words) if crumb]
    if not 0 < len(crumbs) <= _LONGEST_PATH or not _SECTION.fullmatch(crumbs[0]):
        return None
    return crumbs[-1]


def date_line(words: str) -> str | None:
    """The date, and time, where the line is nothing else: "Thứ Ba, 19/12/2023, 10:35 (GMT+7)"."""
    match = _DATE_LINE.fullmatch(words)
    return match["when"] if match else None


def dateline(words: str) -> str | None:
    """What a paper writes before its first sentence: "(Dân trí) - ", "TTO - "; a place, too."""
    match = _DATELINE.match(words)
    return (match["bracket"] or match["bare"]).strip() if match else None


def date_beside(words: str) -> str | None:
    """The date of a line that names its author first; None where the line has more in it."""
    match = _DATE_BESIDE.fullmatch(words)
    return match["when"] if match and byline(words[: match.start("when")].rstrip(" -|,–•")) else None


def source_line(words: str, *, closing: bool) -> Metadata | None:
    """Publisher and address from a line that names the source; `closing`: it stands after the body."""
    if match := _SOURCE_WITH_ADDRESS.fullmatch(words):
        return Metadata(credited=match["who"], url=clean_url(match["url"]))
    if match := _SOURCE.fullmatch(words):
        who = match["who"]
        address = find_url(who)
        if address is None:
            return Metadata(publisher=who.rstrip(" .")) if who.count(" ") < _LONGEST_SOURCE else None
        stated = who[: address.start()].rstrip(" :,;-–—(")
        if stated.count(" ") >= _LONGEST_SOURCE:
            return None
        return Metadata(publisher=stated or None, url=clean_url(address[0]))
    if closing and (match := _AFTER.fullmatch(words) or _AGENCY.fullmatch(words)):
        return Metadata(credited=match["who"])
    return None


def byline(words: str) -> str | None:
    """The author as written, where the line says who wrote it or is one or several persons' names."""
    if len(words) > _LONGEST_BYLINE:
        return None
    if match := _LABELLED_BYLINE.fullmatch(words):
        return match["who"].strip(" .")
    bare = _ROLE.sub("", words)
    if not bare or section(bare):
        return None
    return bare if all(_is_name(name) for name in _BETWEEN_NAMES.split(bare)) else None


def _is_name(words: str) -> bool:
    if _INITIALS.fullmatch(words):
        return True
    parts = words.split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() and _NAME.fullmatch(part) for part in parts)
