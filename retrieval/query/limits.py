"""The days that a question is limited to: "ông A nói gì từ 3/2025", "giá vàng trước Tết", "trong tháng 6 …"."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.dates.ranges import Period, read_period
from retrieval.tokens import fold, normalize, syllables

# Words with which such a range begins; others ("đến 2030", "năm 2024") are more often part of what is asked.
_OPENING = frozenset({"tu", "ke", "tinh", "sau", "truoc", "trong"})
_COUNT = re.compile(r"\d{1,4}|hai|ba|bon|nam|sau|bay|muoi")
_LONGEST = 15  # words of a range
_LOOKED_THROUGH = 60  # words of a question
# Before a range these are part of what is asked: "luật nào có hiệu lực từ 1/7/2025".
_ASKED_ABOUT = re.compile(
    r"(?:hieu luc|ap dung|thi hanh|bat dau|dien ra|to chuc|thuc hien|giai doan|nhiem k[yi]|khoa|mua giai|nghi|keo dai)$"
)
_BARE_YEAR = re.compile(r"(?:tu|sau|truoc|trong) \d{4}")
_BARE_DAY = re.compile(r".*\b(?:tu|den|toi|sau|truoc) \d\d?/\d\d?")
# Behind these a day is a part of something: "tăng từ 1/3 lên", "sau 1/2 năm".
_PART = frozenset(["len", "xuong", "nam", "gio", "phut", "tran", "hiep", "dien"])
_AGO = ("qua", "gan day")
_PUNCTUATION = "?.,;:!()"
_BESIDE = frozenset({"truoc", "sau"})
# Words of a range that name none of its days.
_LINKS = frozenset(
    ["tu", "ke", "tinh", "sau", "truoc", "trong", "khoang", "thoi", "gian", "den", "toi", "het", "cho", "nay", "nam",
     "ngay", "dau", "giua", "cuoi", "tro", "di"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limit:
    """`text` is the question without the words of its range, which are `words`; `period` the days that these name."""

    text: str
    words: str
    period: Period

    def is_told_by(self, sentence: str) -> bool:
        """Whether a sentence writes the days themselves, so that they are part of what is asked: "từ 1980 đến 1984"."""
        told, words = syllables(fold(sentence)), syllables(fold(self.words))
        if words[0] in _BESIDE:  # "trước 10/2025" is not told by "tháng 10/2025"
            return any(map(str.isdecimal, words)) and f" {' '.join(words)} " in f" {' '.join(told)} "
        named = {word for word in words if word not in _LINKS}
        return any(map(str.isdecimal, named)) and named.issubset(told)


def limit_of(text: str, today: datetime.date | None) -> Limit | None:
    """The first range that a question has; None where it has none. Without `today` only one with its year."""
    words = text.split()
    folded = [fold(normalize(word)).strip(_PUNCTUATION) for word in words[:_LOOKED_THROUGH]]
    for start, word in enumerate(folded):
        if word not in _OPENING and not _COUNT.fullmatch(word):
            continue
        if _ASKED_ABOUT.search(" ".join(folded[max(0, start - 2) : start])):
            continue
        for size in range(min(_LONGEST, len(words) - start), 1, -1):
            period = _period(words, start, start + size, today)
            if period:
                rest = [*words[:start], *words[start + size :]]
                return Limit(" ".join(rest), " ".join(words[start : start + size]), period) if rest else None
    return None


def _period(words: Sequence[str], start: int, end: int, today: datetime.date | None) -> Period | None:
    typed = " ".join(words[start:end]).strip(_PUNCTUATION)
    folded = fold(normalize(typed))
    amid = start > 0 and end < len(words) and not words[end - 1].endswith(tuple(_PUNCTUATION))
    if amid and _BARE_YEAR.fullmatch(folded):  # "từ 2024 tấn"
        return None
    if end < len(words) and _BARE_DAY.fullmatch(folded) and fold(normalize(words[end])).strip(_PUNCTUATION) in _PART:
        return None
    if folded.partition(" ")[0] not in _OPENING and not folded.endswith(_AGO):  # "năm 2024"
        return None
    return read_period(typed, today)
