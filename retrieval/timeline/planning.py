"""Whether a sentence tells what has happened, or what is to come: by its day, its tense, and what it says before."""

import re

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of

# "trận gặp Nepal sắp tới" names what is to come, "vốn dự kiến" an amount, "để chuẩn bị" what for.
_FUTURE = re.compile(
    r"(?<!\w)(?:(?<!sạch\s)sẽ|(?<!vượt\s)(?<!hơn\s)(?<!so\svới\s)(?<!vốn\s)(?<!phí\s)(?<!tư\s)(?<!giá\s)dự\skiến"
    r"|dự\sbáo|sắp(?!\s(?:xếp|đặt|sửa|tới))|(?:^|(?<=[,;:]\s))sắp\stới|tới\sđây|(?<!để\s)chuẩn\sbị|lên\skế\shoạch"
    r"|đặt\smục\stiêu|h[ạa]n\s(?:chót|cuối|nộp|đăng\ský)|cuối\s(?:năm\snay|tháng\snày))(?!\w)",
    re.IGNORECASE,
)
# Words of which each of these has one: to look for them is many times faster.
_OF_FUTURE = ("sẽ", "dự", "sắp", "đây", "chuẩn", "hoạch", "mục", "hạn", "cuối")
# What a clause beside the main one looks ahead to: "…, nơi sẽ diễn ra lễ hội", "…, qua đó được kỳ vọng sẽ".
_BESIDE = re.compile(r"\s?(?:nơi|qua\sđó)(?!\w)", re.IGNORECASE)
# "Tối nay", and the hour at which it begins: what is told of it earlier is to come.
_LATER_TODAY = re.compile(r"(?:vào\s)?(chiều|tối|đêm|khuya)\snay(?!\w)", re.IGNORECASE)
_BEGINS = {"chiều": 12, "tối": 18, "đêm": 19, "khuya": 21}
_OPENS_WITH_YEARS = re.compile(
    r"(?:(?:trong|từ|đến|tới|vào)\s)?(?:giai\sđoạn|nhiệm\skỳ|năm|đầu\snăm|giữa\snăm|cuối\snăm)\s(20\d\d)(?!\w)",
    re.IGNORECASE,
)
_UNDER_WAY = re.compile(r"(?<!\w)đang(?!\w)", re.IGNORECASE)
_PREVIEW = re.compile(
    r"(?<!\w)(?:(?:tối|đêm|khuya|chiều)\snay|còn\scách|cách\s(?:bờ|đất\sliền)|sắp|dự\sbáo|trước\s(?:giờ|khi|thềm)|có\s(?:thể|khả\snăng)"
    r"|nguy\scơ|ứng\sphó|sẵn\ssàng|áp\ssát|hướng\s(?:vào|về)|trước\sdiễn\sbiến|\d{1,2}\s?(?:giờ|h)(?:\s?\d\d)?\shôm\snay"
    r"|chạm\strán|bước\svào)(?!\w)",
    re.IGNORECASE,
)
_OF_PREVIEW = (
    "nay", "còn", "cách", "sắp", "báo", "trước", "có", "nguy", "ứng", "sàng", "áp", "hướng", "công", "chạm", "bước",
)  # fmt: skip
# What somebody thinks or feels about it.
_COMMENT = re.compile(
    r"(?<!\w)(?:nhận\s(?:định|xét)|cho\srằng|đánh\sgiá|bày\stỏ|chia\ssẻ|bình\sluận|khen|mô\stả|không\skhí|cảm\sxúc|gây\ssốc|sốc"
    r"|phản\sứng|nói\s(?:về|gì))(?!\w)",
    re.IGNORECASE,
)
# What was done or said, before a word of the future in the same sentence: "đã ký thỏa thuận, theo đó sẽ ...".
_DONE = re.compile(
    r"(?<!\w)(?<!sau\skhi\s)(?:đã|vừa|bác|phủ\snhận|(?:những|mấy|nhiều)\s(?:ngày|tuần|tháng|năm)\squa)(?!\w)",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"\s(?:nói|cho\s(?:biết|hay)|thông\sbáo|tuyên\sbố|khẳng\sđịnh|cảnh\sbáo|công\sbố|cam\skết|nhấn\smạnh)(?!\w)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<!\w)(?:nói|cho\s(?:biết|hay)|thông\s(?:báo|tin)|tuyên\sbố|khẳng\sđịnh|cảnh\sbáo|yêu\scầu|đề\snghị|dẫn\slời|đưa\stin"
    r"|công\sbố|cam\skết|nhấn\smạnh|quyết\sđịnh|họp|ký)(?!\w)",
    re.IGNORECASE,
)


_OF_COMMENT = (
    "nhận", "rằng", "giá", "bày", "chia", "bình", "khen", "mô", "khí", "xúc", "sốc", "ứng", "nói",
)  # fmt: skip


def is_planned(passage: str, day: str, published: str) -> bool:
    """Whether what a sentence tells of its day (EDTF, empty: it has none) lay ahead when it was published (EDTF).

    After the publication all is planned, before it nothing; between, words decide.
    """
    told, known = limits_of(day), dates.bounds(published)
    if told and known and (told[0] > known[1] or told[1] < known[0]):
        return told[0] > known[1]
    if known and _is_still_to_come(passage, known[0].year, published):
        return True
    return looks_ahead(passage, dated=bool(told))


def _is_still_to_come(passage: str, year: int, published: str) -> bool:
    """Whether it opens with years after that of the publication, or with a part of its day that had not begun."""
    tonight = _LATER_TODAY.match(passage)
    if tonight and not _DONE.search(passage):
        hour = published[11:13] if published.endswith("+07:00") else ""
        return not hour or int(hour) < _BEGINS[tonight[1].lower()]
    opening = _OPENS_WITH_YEARS.match(passage)
    return opening is not None and int(opening[1]) > year


def is_preview(passage: str) -> bool:
    """Whether it tells of a day before that day's event: "tối nay", "còn cách bờ 90 km"."""
    lower = passage.lower()
    return any(word in lower for word in _OF_PREVIEW) and _PREVIEW.search(passage) is not None


def is_comment(passage: str) -> bool:
    """Whether it tells what somebody thinks or feels about a day's event: "HLV khen", "chuyên gia nhận định"."""
    lower = passage.lower()
    return any(word in lower for word in _OF_COMMENT) and _COMMENT.search(passage) is not None


def only_says(passage: str) -> bool:
    """Whether it tells what somebody says, and nothing that was done before."""
    said = _SAID.search(passage)
    return said is not None and not _DONE.search(passage, 0, said.start())


def looks_ahead(passage: str, *, dated: bool = True, announced: bool = False) -> bool:
    """Whether it speaks of the future. What somebody said on its day of the future, was said; what "was announced"
    has happened only where it is the news (`announced`).
    """
    lower = passage.lower()
    if not any(word in lower for word in _OF_FUTURE):
        return False
    future = next((one for one in _FUTURE.finditer(passage) if not _is_beside(passage, one)), None)
    if future is None or _is_done(passage, future.start(), announced=announced):
        return False
    said = _SAID.search(passage, 0, future.start()) if dated else None
    if said is None:
        return True
    expression = spoken_of(passage, dates.find(passage))
    return expression is None or expression.start > said.start()


def _is_beside(passage: str, future: re.Match[str]) -> bool:
    """Whether it stands in a clause beside what is told, or with what is under way: "đang tập cho giải sắp mở"."""
    clause = max(passage.rfind(mark, 0, future.start()) for mark in ",;") + 1
    if clause and _BESIDE.match(passage, clause):
        return True
    return future[0].lower() == "sắp" and _UNDER_WAY.search(passage, clause, future.start()) is not None


def _is_done(passage: str, end: int, *, announced: bool) -> bool:
    """Whether something was done, by what stands before `end`; having been `announced` counts or not."""
    return any(announced or not _ANNOUNCED.match(passage, done.end()) for done in _DONE.finditer(passage, 0, end))
