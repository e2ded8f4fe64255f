"""The words to the right of a number: its year, the side it lies on, the lunar calendar, or what it counts."""

import re
from typing import NamedTuple

from retrieval.dates.expression import Lean, Unit

YEAR_SHIFTS = {"nay": 0, "ngoái": -1, "trước": -1, "tới": 1, "sau": 1}
MONTH_SHIFTS = {"này": 0, "trước": -1, "tới": 1, "sau": 1}

_YEAR = re.compile(
    r",?\snăm\s(?:(?P<year>[12]\d{3})(?![\w/])|(?P<shift>nay|ngoái|trước|tới|sau(?!\skhi))(?!\w))|\s(?P<this>này)(?!\w)"
)
_MONTH = re.compile(r"\stháng\s(?P<shift>này|trước|tới|sau)(?!\w)")
_LEAN = re.compile(
    r",?\s(?:(?P<future>sắp\stới|tới\sđây|tới(?!\snay)|sắp)|(?P<past>vừa\squa|vừa\srồi|vừa\smới|trước\sđó|qua))(?!\w)"
)
_LUNAR = re.compile(r"\s?[\s(](?P<calendar>âm\slịch\)?|al(?!\w)\)?|âm(?!\w))")
_TET = re.compile(r"\s?[\s(](?:tháng\s(?:giêng|chạp)|tết(?!\s(?:dương|tây)))")
_LUNAR_MONTHS = re.compile(r"(?:[\s\d,–-]|tháng|và|đến|tới){0,20}\(?(?:âm\slịch|al(?!\w))")
# Shifts without a break: "24/24 giờ, 7/7 ngày đêm", "7/7 ngày trong tuần".
_RATE = re.compile(r"\sngày(?:\sđêm|/tuần|\s(?:trong|mỗi|một)\stuần)(?!\w)")
# "vòng thi tháng 2 quý III" of a contest.
_OF_CONTEST = re.compile(r",?\squ[ýí](?!\w)")
_ERA = re.compile(r"\s?\(?(?:tcn|trước\scông\snguyên|scn)")
_COUNTED = re.compile(
    r"\s?%|\s(?:lần|giờ|tiếng|viên|ly|cốc|bữa|người|ca|triệu|tỷ|tỉ|nghìn|ngàn|đồng|usd|tấn|tạ|kg|km|m2|m|ha|lít|phút|giây"
    r"|năm(?!\s(?:\d|nay|ngoái|trước|tới|sau|học))|tháng(?!\s\d)|ngày|tuần|điểm|bàn|trận|số|dân|tổng|diện\stích|lượng|quân"
    r"|đại\sbiểu|thành\sviên|phiếu|ghế|thời\sgian|quãng|thế\sgiới|mức|doanh|các|cả|thị|sản|trường|học\ssinh|trẻ|hộ|xe"
    r"|chiếc|căn|cái|con|độ|phần|đội|nước|quốc\sgia|tỉnh|huyện|xã|phường|quận|thôn|bệnh\sviện|cổ|cầu\sthủ|mẫu|bộ|câu"
    r"|khách|công\sty|vụ|tuổi|dòng|khúc|chỗ|sinh\sviên|thí\ssinh|chặng|trong)(?!\w)"
)


class Right(NamedTuple):
    """What stands to the right: the end with it, the year it gives, or the year counted from the publication."""

    end: int
    year: int | None = None
    unit: Unit = ""
    shift: int = 0
    lean: Lean = ""


def read(lower: str, position: int) -> Right:
    """The year and the side named after `position`."""
    found = _YEAR.match(lower, position)
    if found and found["year"]:
        return Right(found.end(), year=int(found["year"]))
    if found and found["shift"]:
        return Right(found.end(), unit="year", shift=YEAR_SHIFTS[found["shift"]])
    if found:
        return Right(found.end(), unit="year")
    leaning = _LEAN.match(lower, position)
    if not leaning:
        return Right(position)
    return Right(position, lean="future" if leaning["future"] else "past")


def month_shift(lower: str, position: int) -> tuple[int, int] | None:
    """The end and the shift of "tháng này", "tháng trước" after a day of the month."""
    found = _MONTH.match(lower, position)
    return (found.end(), MONTH_SHIFTS[found["shift"]]) if found else None


def lunar_end(lower: str, position: int) -> int | None:
    """Where the words end that make the day before `position` one of the lunar calendar; None where none do."""
    found = _LUNAR.match(lower, position)
    return found.end() if found else None


def is_before_tet(lower: str, position: int) -> bool:
    """Whether Tết, or a month of its calendar, follows a day that may be of either calendar."""
    return _TET.match(lower, position) is not None


def is_lunar_month(lower: str, position: int) -> bool:
    """The same for a month, or for the first of several: "tháng 9, 10 âm lịch"."""
    return _LUNAR_MONTHS.match(lower, position) is not None


def counts(lower: str, position: int) -> bool:
    """Whether the number before `position` counts or measures something: "2/3 số phiếu", "2000 tấn"."""
    return _COUNTED.match(lower, position) is not None


def is_rate(lower: str, position: int) -> bool:
    """Whether the fraction before `position` is one of all days or hours: "7/7 ngày đêm"."""
    return _RATE.match(lower, position) is not None


def is_in_contest(lower: str, position: int) -> bool:
    """Whether the month before `position` is that of a quarter, as contests count them."""
    return _OF_CONTEST.match(lower, position) is not None


def before_christ(lower: str, position: int) -> bool:
    """Whether the year before `position` is followed by an era."""
    return _ERA.match(lower, position) is not None
