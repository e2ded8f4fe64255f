"""One made-up story, which sixty inputs tell as newsrooms, programs and readers keep it.

What is expected of each was written down before any of them was read.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")

TITLE = "Đập Suối Cát tích nước trở lại sau ba tháng gia cố"
LEAD = "Hồ chứa lớn nhất huyện Sơn Bình bắt đầu tích nước từ sáng 27-11, sớm hơn kế hoạch mười ngày."
FIRST = "Ông Trần Quốc Khải, giám đốc công ty thủy lợi, cho biết thân đập đã được khoan phụt vữa ở 112 điểm rò."
SECOND = "Hơn 4.300 ha lúa đông xuân ở ba xã hạ lưu sẽ có nước tưới từ đầu tháng 1 năm sau."
THIRD = "Bà Lò Thị Mến ở bản Nà Lốc nói gia đình bà đã hai vụ liền phải bỏ ruộng vì thiếu nước."
FOURTH = "Kinh phí gia cố là 38,6 tỉ đồng, lấy từ nguồn dự phòng của tỉnh và quỹ phòng chống thiên tai."
TEXTS = (LEAD, FIRST, SECOND, THIRD, FOURTH)
BODY = "".join(f"<p>{text}</p>" for text in TEXTS)


def page(body: str = BODY, *, head: str = "", title: str = f"{TITLE} | Báo Sơn Bình", heading: str = TITLE) -> str:
    """A page with the article in the middle and a menu above it."""
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Trang chủ</a> <a href="/thoi-su">Thời sự</a> <a href="/kinh-te">Kinh tế</a></nav>'
        f"<main><article><h1>{heading}</h1>{body}</article></main></body></html>"
    )


def printed(html: str, folder: Path, *options: str) -> bytes:
    """The page as Chromium prints it."""
    (folder / "a.html").write_text(html, encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
        f"--print-to-pdf={folder}/a.pdf", *options, (folder / "a.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=90)  # noqa: S603
    return (folder / "a.pdf").read_bytes()
