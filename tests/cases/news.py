"""The articles that the questions among the cases are about, which are not given: of our own making, after the quotes."""

import json
import tempfile
from functools import cache
from pathlib import Path

from retrieval import Library

_NEWS = (
    "Sáng 12/3/2025, huyện Thủy Nguyên thành lập Ủy ban hòa giải gồm 9 thành viên do bà Hoàng Thúy Hòa làm chủ tịch. "
    "Theo bà Hòa, ủy ban họp lúc 8h30 thứ Hai hằng tuần tại nhà văn hóa xã Hòa Bình. "
    "Ủy ban xử lý các vụ tranh chấp đất dưới 500 m2. Kinh phí hoạt động là 1,2 tỷ đồng mỗi năm.",
    "Ngày 21/8/2025, Ðại hội đại biểu Hội Nông dân tỉnh Ðắk Mẫu bầu ông Ðỗ Ðình Ðệ làm chủ tịch khóa mới. "
    "Ông Ðệ sinh năm 1975.",
    "Từ ngày 1/5/2025, đường Đồng Khởi cấm xe tải trên 2,5 tấn lưu thông từ 6 giờ đến 22 giờ.",
    "Chiều 18/7/2025, nhà máy điện gió Quỳnh Lưu công suất 100 MW được khánh thành tại Nghệ An.",
    "Từ ngày 1/9/2025, tuyến xe buýt số ８６ chạy từ ga Hà Nội ra sân bay Nội Bài với giá vé ４５.０００ đồng.",
    "Trường chuyên Lam Sơn tuyển 400 học sinh lớp 10 cho năm học 2025-2026.",
    "Ông Phan Sĩ Lý, giám đốc cảng Vũng Mẫu, nói năm nay cảng đón 70 tàu. Cảng có ba cầu tàu.",
    'Theo GS.TS. Lê Thị Quý, Viện trưởng Viện Văn hóa Ẩm thực, phở có từ đầu thế kỷ 20. Bà Quý nói: "Nước dùng phải '
    'ninh ít nhất 12 giờ. Xương phải rửa sạch." Bà Quý cho rằng bát phở gánh đầu tiên bán ở phố Hàng Bạc vào năm 1913.',
)


@cache
def library_of() -> Library:
    """All of them in one library."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "news.jsonl")
        lines = (json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n, text in enumerate(_NEWS))
        file.write_text("\n".join(lines), encoding="utf-8")
        return Library.open([file])
