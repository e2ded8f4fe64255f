"""Whether a sentence goes on telling a gathering that its article reports: what was said, who was there."""

import re

from retrieval.records import Kind

_EVENT = (
    r"(?:(?:buổi|cuộc|phiên|lễ|kỳ|chuyến)\s(?:làm\sviệc|họp|gặp|tiếp|hội\sđàm|lễ|khai\smạc|bế\smạc|ký|trao|thăm|đón|công\sbố"
    r"|kỷ\sniệm|đối\sthoại|thảo\sluận|tọa\sđàm|mít\stinh|viếng|chào|hội\skiến)|hội\snghị|hội\sthảo|hội\sđàm|tọa\sđàm|toạ\sđàm"
    r"|họp\sbáo|đại\shội|diễn\sđàn|phiên\shọp|kỳ\shọp|cuộc\shọp|buổi\slễ|lễ|sự\skiện|làm\sviệc)"
)
GATHERING = re.compile(rf"(?<!\w){_EVENT}(?!\w)", re.IGNORECASE)
# The sentence opens inside the gathering: "Tại buổi làm việc, …", "Kết luận hội nghị, …", "Trước khi bắt đầu buổi lễ".
_INSIDE = re.compile(
    rf"[\"“']?(?:tại|trong|ngay\stại|kết\sluận|phát\sbiểu[\s\w]{{0,30}}?|mở\sđầu|khai\smạc|bế\smạc|sau\s[\w\s]{{0,30}}?"
    rf"|trước\skhi[\s\w]{{1,20}}?|thông\stin\stại|báo\scáo\stại|cùng\s(?:tham\s)?dự|tham\sdự|tới\sdự|dự)\s(?:\w+\s){{0,2}}?{_EVENT}(?!\w)",
    re.IGNORECASE,
)
_OPENS_A_SPEECH = re.compile(
    r"(?:phát\sbiểu|tiếp\sthu\sý\skiến|thay\smặt|kết\sluận|đáp\slời|đáp\stừ)(?!\w)", re.IGNORECASE
)
_PERSON = (
    r"(?:tổng\sbí\sthư|bí\sthư|(?:phó\s)?chủ\stịch|(?:phó\s)?thủ\stướng|bộ\strưởng|thứ\strưởng|ngoại\strưởng|tổng\sthống"
    r"|quốc\svương|đại\ssứ|(?:đại|thượng|trung|thiếu)\stướng|(?:phó\s)?trưởng\sban|chánh\svăn\sphòng|(?:tổng\s)?giám\sđốc|ông|bà"
    r"|đồng\schí|người\sđứng\sđầu|(?:các\s)?đại\sbiểu|các\sđại\ssứ|lãnh\sđạo|đại\sdiện|chủ\snhiệm)"
)
_ACT = (
    r"(?:phát\sbiểu|nhấn\smạnh|cho\sbiết|đề\snghị|yêu\scầu|khẳng\sđịnh|đánh\sgiá|bày\stỏ|chỉ\srõ|nêu\srõ|lưu\sý|ghi\snhận"
    r"|chúc\smừng|tuyên\sbố|kết\sluận|báo\scáo|trao\sđổi|chia\ssẻ|cho\srằng|kiến\snghị|cảm\sơn|chào\smừng|biểu\sdương|tin\stưởng"
    r"|chỉ\sđạo|(?:tham\s|tới\s|đến\s)?dự(?!\s(?:báo|án|kiến|thảo|phòng|toán))|chủ\strì|tặng|trao|mặc\sniệm|thông\sbáo|thông\stin|gửi\slời)"
)
# A person near the beginning, then what he or she does there.
_PERSON_ACTS = re.compile(
    rf"(?:[^.;:]{{0,100}},\s)?(?:\w+\s){{0,3}}?{_PERSON}(?!\w)[^;:]{{0,160}}?(?<!\w){_ACT}(?!\w)", re.IGNORECASE
)
_SAID_AFTER_QUOTE = re.compile(rf"[\"”»]\s*[-–,]\s*{_PERSON}[^.]{{0,80}}{_ACT}", re.IGNORECASE)
_NUMBER = r"(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy|nhiều|chục|trăm)"
# The sentence looks beyond the day: plans, states, years reckoned back or ahead.
_LOOKS_AWAY = re.compile(
    rf"(?<!\w)(?:sẽ|tới\sđây|đến\snay|lâu\snay|trước\s(?:đó|đây|kia)|từng|từ\s(?:sau|khi|ngày|đầu)|hàng\snăm|hằng\snăm"
    rf"|{_NUMBER}\snăm|sắp\stới)(?!\w)",
    re.IGNORECASE,
)
_OLD_PICTURE = re.compile(r"(?<!\w)(?:tư\sliệu|minh\sh[oọ]ạ?a?|lưu\strữ)(?!\w)", re.IGNORECASE)


def continues(passage: str, kind: Kind, *, is_title: bool) -> bool:
    """Whether a sentence without a date of its own tells the gathering on whose day the article reports."""
    if _LOOKS_AWAY.search(passage):
        return False
    if kind == "headline":
        return is_title
    if kind == "caption":
        return not _OLD_PICTURE.search(passage)
    return bool(
        _INSIDE.match(passage)
        or _OPENS_A_SPEECH.match(passage)
        or _PERSON_ACTS.match(passage)
        or _SAID_AFTER_QUOTE.search(passage)
    )
