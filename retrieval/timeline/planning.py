"""Whether a sentence tells what has happened, or what is to come: by its day, its tense, and what it says before."""

import re

from retrieval import dates
from retrieval.dates.edtf import limits_of
from retrieval.dates.roles import spoken_of

_FUTURE = re.compile(
    r"(?<!\w)(?:(?<!sạch\s)sẽ|(?<!vượt\s)(?<!hơn\s)(?<!so\svới\s)dự\skiến|dự\sbáo|sắp(?!\s(?:xếp|đặt|sửa))|tới\sđây|chuẩn\sbị"
    r"|lên\skế\shoạch|đặt\smục\stiêu)(?!\w)",
    re.IGNORECASE,
)
_PREVIEW = re.compile(
    r"(?<!\w)(?:(?:tối|đêm|khuya|chiều)\snay|còn\scách|cách\s(?:bờ|đất\sliền)|sắp|dự\sbáo|trước\s(?:giờ|khi|thềm)|có\s(?:thể|khả\snăng)"
    r"|nguy\scơ|ứng\sphó|sẵn\ssàng|áp\ssát|hướng\s(?:vào|về))(?!\w)",
    re.IGNORECASE,
)
# What was done or said, before a word of the future in the same sentence: "đã ký thỏa thuận, theo đó sẽ ...".
_DONE = re.compile(r"(?<!\w)(?<!sau\skhi\s)(?:đã|vừa|bác|phủ\snhận)(?!\w)", re.IGNORECASE)
_SAID = re.compile(
    r"(?<!\w)(?:nói|cho\s(?:biết|hay)|thông\s(?:báo|tin)|tuyên\sbố|khẳng\sđịnh|cảnh\sbáo|yêu\scầu|đề\snghị|dẫn\slời|đưa\stin"
    r"|công\sbố|cam\skết|nhấn\smạnh|quyết\sđịnh|họp|ký)(?!\w)",
    re.IGNORECASE,
)


def is_planned(passage: str, day: str, published: str) -> bool:
    """Whether what a sentence tells of its day (EDTF, empty: it has none) lay ahead when it was published (EDTF).

    After the publication all is planned, before it nothing; between, words decide.
    """
    told, known = limits_of(day), dates.bounds(published)
    if told and known and (told[0] > known[1] or told[1] < known[0]):
        return told[0] > known[1]
    return looks_ahead(passage, dated=bool(told))


def is_preview(passage: str) -> bool:
    """Whether it tells of a day before that day's event: "tối nay", "còn cách bờ 90 km"."""
    return _PREVIEW.search(passage) is not None


def only_says(passage: str) -> bool:
    """Whether it tells what somebody says, and nothing that was done before."""
    said = _SAID.search(passage)
    return said is not None and not _DONE.search(passage, 0, said.start())


def looks_ahead(passage: str, *, dated: bool = True) -> bool:
    """Whether it speaks of the future. What somebody said on its day of the future, was said."""
    future = _FUTURE.search(passage)
    if future is None or _DONE.search(passage, 0, future.start()):
        return False
    said = _SAID.search(passage, 0, future.start()) if dated else None
    if said is None:
        return True
    expression = spoken_of(passage, dates.find(passage))
    return expression is None or expression.start > said.start()
