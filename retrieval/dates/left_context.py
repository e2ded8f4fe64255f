"""The words to the left of a number that make a date of it, or that say it is none."""

import re
from functools import cached_property

# How far to the left a word may stand, and the first of several words of the day.
_NEAR = 20
REACH = 40

PART_OF_DAY = r"(?:rạng\s)?(?:sáng|trưa|chiều|tối|đêm|khuya)(?:\s(?:sớm|muộn))?"
WEEKDAY = r"(?:thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật)"
RELATIVE_DAY = rf"(?:(?:{PART_OF_DAY}|hôm)\s(?:nay|qua)|hôm\skia|ngày\smai)"

# Belongs to the expression: "Chiều 15-9", "Sáng nay, 19/12", "tối thứ Sáu (ngày 5/3", "mùng 2".
_DAY_WORDS = re.compile(
    rf"(?<!\w)(?:(?:{RELATIVE_DAY}|{PART_OF_DAY}|{WEEKDAY}|hôm|ngày|mùng|mồng)(?:\s?[,(]\s?|\s)){{1,4}}$"
)
# The last of these words: looked for first, for speed.
_LAST_DAY_WORD = re.compile(
    r"(?:ngày|hôm|nay|qua|kia|mai|sáng|trưa|chiều|tối|đêm|khuya|mùng|mồng|nhật|hai|ba|tư|năm|sáu|bảy|[2-7])(?:\s?[,(]\s?|\s)$"
)
# Makes a date of "2/9" without being part of it: a feast, an hour, "hai ngày trước đó, 5/9".
_OCCASION = re.compile(
    r"(?<!\w)(?:dịp|lễ|tết|quốc\skhánh|nghỉ|noel|quốc\stế\slao\sđộng|phụ\snữ|nhà\sgiáo(?:\sviệt\snam)?"
    r"|\d{1,2}\s?(?:h|g|giờ)\s?(?:\d{1,2}(?:'|’|\sphút|p)?)?|(?:ngày|hôm|tuần|tháng)\s(?:trước|sau)\sđó)[\s,(]{1,2}$"
)
# So does what takes place on a day, where no more follows: "khai mạc 14/3", not "khánh thành 2/3 nhịp cầu".
_TAKES_PLACE = re.compile(
    r"(?<!\w)(?:khai\smạc|bế\smạc|khởi\s(?:tranh|chiếu|công)|công\schiếu|khánh\sthành|thông\sxe|diễn\sra)\s$"
)
# "chưa đến 1/4", "dẫn trước 2-1" are amounts and scores.
_WEAK = re.compile(
    r"(?<!\w)(?:từ|(?<!chưa\s)(?<!lên\s)(?<!có\s)(?<!chiếm\s)(?:đến|tới)|vào|(?<!dẫn\s)(?<!lên\s)(?<!thắng\s)trước|sau|hết"
    r"|tính\sđến|hồi|giữa|đầu|cuối)\s(?:ngày\s)?$"
)
# In a list of days; "7-6, 3-6" are the sets of a match.
_DATED_BEFORE = re.compile(
    r"(?:\d/\d{1,2}(?:/\d{4})?(?:,|\svà|\shoặc|\shay|\s?[-–]|\sđến|\stới)|\d[.-]\d{1,2}(?:[.-]\d{4})?\s(?:và|đến|tới))"
    r"\s(?:ngày\s)?$"
)
_MONTH_WORDS = re.compile(r"(?<!\w)(?:(?:đầu|giữa|cuối)\s)?tháng\s$")
_YEAR_WORDS = re.compile(
    r"(?<!\w)(?:(?:đầu|giữa|cuối|nửa\sđầu|nửa\scuối|(?P<months>\d{1,2})\stháng\s(?:đầu|cuối))\s)?năm\s$"
)
_PERIOD_WORDS = re.compile(
    r"(?<!\w)(?:giai\sđoạn|nhiệm\skỳ|nhiệm\skì|niên\skhóa|niên\skhoá|khóa|khoá|năm\shọc|mùa\sgiải|mùa|thời\skỳ|các\snăm"
    r"|những\snăm|từ|trong|năm)\s$"
)
# "Nghị định 15/2020", "số 12/2021": numbers of documents, houses, phones.
_NUMBERED = re.compile(
    r"(?<!\w)(?:số(?:\snhà|\shiệu)?|nghị\s(?:định|quyết)|quyết\sđịnh|thông\stư|chỉ\sthị|luật|công\svăn|hẻm|ngõ|ngách"
    r"|kiệt|tờ|km|quốc\slộ|đường|phố|tỷ\ssố|tỉ\ssố|bản\sán|lô|thửa|hộp|phòng|căn|tầng)[\s:(]{1,2}$"
)
_REVOLUTION = re.compile(r"cách\smạng\s$")
# "iOS 12.8.26", "mục 12.8.26".
_VERSION = re.compile(
    r"(?<!\w)(?:phiên\sbản|bản|version|ver|v|(?:i|ipad|mac|watch|hyper|color)os|android|windows|chrome|firefox|firmware|ui"
    r"|mục|điều|khoản|chương|điểm)\s$"
)
_EVERY = re.compile(r"(?<!\w)(?:mỗi|một|hàng|nửa|mấy|vài|(?P<counted>\d+))\s(?:ngày|năm|sáng|tối|đêm|chiều|tháng)\s$")


class Left:
    """What stands to the left of a number, looked at when asked for: most numbers are no dates by their shape alone."""

    def __init__(self, lower: str, position: int) -> None:
        self._left = lower[max(0, position - REACH) : position]
        self._near = lower[max(0, position - _NEAR) : position]
        self._position = position

    @cached_property
    def _words(self) -> re.Match[str] | None:
        return _DAY_WORDS.search(self._left) if _LAST_DAY_WORD.search(self._near, len(self._near) - 9) else None

    @property
    def day(self) -> bool:
        """A word for a day or a part of one: "ngày", "sáng nay", "mùng"."""
        return self._words is not None

    @property
    def comma(self) -> bool:
        """A comma between the words and the number: "Sáng nay, 19/12"."""
        return self._left.endswith(", ")

    @property
    def start(self) -> int:
        """Where the expression begins: at these words, or at the number."""
        return self._position - len(self._left) + self._words.start() if self._words else self._position

    @property
    def occasion(self) -> bool:
        """A feast or an hour: "dịp lễ", "8h30"."""
        return _OCCASION.search(self._near) is not None

    @property
    def takes_place(self) -> bool:
        """What takes place on a day: "khai mạc", "diễn ra"."""
        return _TAKES_PLACE.search(self._near) is not None

    @property
    def weak(self) -> bool:
        """A word that may stand before a day as well as before an amount: "từ", "đến"."""
        return _WEAK.search(self._near) is not None or _DATED_BEFORE.search(self._left) is not None

    @property
    def bracket(self) -> bool:
        """An opening bracket."""
        return self._left.endswith("(")

    @property
    def versioned(self) -> bool:
        """A word for what has versions or sections: "iOS 12.8.26"."""
        return _VERSION.search(self._near) is not None

    @property
    def numbered(self) -> bool:
        """A word for something that has a number: a decree, a house, a score."""
        before = self._left[: self._words.start()] if self._words else self._left
        return _NUMBERED.search(before[-_NEAR:]) is not None

    @cached_property
    def _every(self) -> re.Match[str] | None:
        return _EVERY.search(self._near)

    @property
    def every(self) -> bool:
        """ "mỗi ngày", "3 tháng": a rate or a duration."""
        return self._every is not None

    @property
    def counted(self) -> bool:
        """ "3 tháng": a duration with a number."""
        return self._every is not None and self._every["counted"] is not None


def stands_before(pattern: re.Pattern[str], lower: str, position: int) -> bool:
    """Whether a pattern, which says where it ends, is found right before a position."""
    return pattern.search(lower[max(0, position - REACH) : position]) is not None


def is_revolution(lower: str, position: int) -> bool:
    """Whether the month at the position is that of the August Revolution, or of a street named after it."""
    return _REVOLUTION.search(lower[max(0, position - _NEAR) : position]) is not None


def month_start(lower: str, position: int) -> int | None:
    """Where the word "tháng" (with "đầu", "giữa", "cuối") before the position begins, if it is there."""
    return _start("tháng", _MONTH_WORDS, lower, position)


def year_start(lower: str, position: int) -> int | None:
    """Where the word "năm" (with what belongs to it) before the position begins, if it is there."""
    return _start("năm", _YEAR_WORDS, lower, position)


def period_start(lower: str, position: int) -> int | None:
    """Where the word for a period ("giai đoạn", "nhiệm kỳ") before the position begins, if it is there."""
    return _start("", _PERIOD_WORDS, lower, position)


def _start(word: str, pattern: re.Pattern[str], lower: str, position: int) -> int | None:
    if not lower.startswith(word, position - len(word) - 1):
        return None
    left = lower[max(0, position - REACH) : position]
    found = pattern.search(left)
    return position - len(left) + found.start() if found else None
