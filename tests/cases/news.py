"""The articles that the questions among the cases are about: what was quoted of them, else our own."""

import json
import tempfile
from functools import cache
from pathlib import Path

from retrieval import Library
from tests.cases.given import load

_OWN = """
Ủy ban hòa giải Thủy Nguyên chỉ nhận xử lý tranh chấp đất dưới 500 m2. Kinh phí của ủy ban hòa giải là 1,2 tỷ đồng.
Ông Phan Sĩ Lý, giám đốc cảng Vũng Mẫu, nói năm nay cảng đón 70 tàu. Cảng có ba cầu tàu.
Trường chuyên Lam Sơn tuyển 400 học sinh lớp 10 cho năm học 2025-2026.
"""
_TOGETHER = ("q25", "q26", "q28")  # are quoted of one article
_PHO = "Món phở của Hà Nội được kể lại trong một cuốn sách mới. GS.TS. Lê Thị Quý là người viết sách. Theo GS.TS."


@cache
def library_of() -> Library:
    """All of them in one library."""
    quoted = {text: case.id for case in load() if case.id.startswith("q") for text in case.got["quote"]}
    texts = [text for text, of in quoted.items() if of not in _TOGETHER]
    texts += [f"{_PHO} {' '.join(text for text, of in quoted.items() if of in _TOGETHER)}", *_OWN.strip().split("\n")]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "news.jsonl")
        lines = (json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
        file.write_text("\n".join(lines), encoding="utf-8")
        return Library.open([file])
