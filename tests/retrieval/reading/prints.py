"""PDF files as Chromium prints and LibreOffice exports them, in many fonts and styles: which are not read as written.

python -m tests.retrieval.reading.prints FOLDER    # what is in the folder already is not made again
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product
from pathlib import Path

import docx
import fontpkg_be_vietnam_pro
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from rich.console import Console

from retrieval.records import Problem
from tests.retrieval.reading.fresh import ferry, story
from tests.retrieval.reading.reads import results, spans

_QUOTED = "“Tôi chạy phà từ năm 19 tuổi, giờ tóc bạc hết rồi. Mai không nghe tiếng còi chắc buồn lắm”, ông nói."
_MORE = (
    "Các xã đã nạo vét 27 km kênh mương, đắp lại hai bờ bị sạt và đặt thêm sáu trạm bơm dã chiến phòng khi nước chậm."
)
_STORIES = (
    (ferry.TITLE, (ferry.LEAD, f"{ferry.FIRST} {_QUOTED}", *ferry.TEXTS[2:])),
    (
        f"{story.TITLE}, nông dân ba xã hạ lưu mừng vì kịp vụ lúa đông xuân",
        (story.LEAD, story.FIRST, f"{story.SECOND} {_MORE}", *story.TEXTS[3:]),
    ),
    (
        "Vải thiều sớm",
        (
            "Những chùm vải thiều đầu tiên của xã Phúc Hòa đã chín, sớm hơn năm ngoái một tuần, giá 45.000 đồng.",
            "Thương lái về đặt cọc từ giữa tháng 4. Ở thôn Quất Du, nhà nào cũng có người ngồi buộc cuống trước hiên.",
            "Huyện có 700 ha trồng theo tiêu chuẩn GlobalGAP, mã số vùng trồng được cấp cho Nhật Bản, Úc và EU.",
        ),
    ),
)
# Of these Liberation lacks letters of Vietnamese, which then come from another font.
_FACES = (
    "DejaVu Sans",
    "DejaVu Serif",
    "Liberation Serif",
    "Liberation Sans",
    "Be Vietnam Pro",
    "Liberation Sans Narrow",
)
_OFFICE_FACES = (*_FACES, "Times New Roman", "Calibri")
_STYLES = (
    "",
    "body{font-size:22px}",
    "p{text-indent:2em;margin:0}",
    "p{margin:0 0 2px;line-height:1.1}",
    "p{line-height:2}",
    "div{columns:2;font-size:13px;text-align:justify}",
    "body{text-align:justify;line-height:1.6}",
    "@page{size:A5;margin:10mm}",
    "@page{size:letter;margin:25mm} body{font-size:18px;line-height:1.75}",
    "h1{text-align:center;font-size:30px} div p:first-child{font-weight:bold}",
    "h1{font-size:1.15em}",
    "body{letter-spacing:.6px;word-spacing:3px}",
    "h1{font-weight:300;font-size:34px}",
    "div p:first-child::first-letter{font-size:3.2em;float:left;line-height:.8}",
    "body{font-variant-ligatures:common-ligatures;font-size:15px}",
)
_BESIDE = (
    "<aside style='flex:1;font-size:12px'><p>Xem nhiều</p><p>Giá dừa tăng trở lại</p><p>Cầu mới cho vùng</p></aside>"
)
_CAPTION = "Chuyến phà cuối rời bến. Ảnh: Hoàng Thái"
_ROWS = (("Xã", "Hộ", "Diện tích"), ("Nà Lốc", "312", "1.250 ha"), ("Mường Sại", "298", "1.900 ha"))
# What may stand in an article besides its paragraphs.
_ALLOWED = ("Xem nhiều", "Giá dừa", "Cầu mới cho vùng", _CAPTION, *(f"{row[0]} | {row[1]}" for row in _ROWS))


@dataclass(frozen=True, slots=True)
class _Print:
    """A page to print, and what is expected of it; `bare`: without what a browser puts around."""

    title: str
    paragraphs: tuple[str, ...]
    body: str
    style: str
    bare: bool


def _paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _prints() -> Iterator[_Print]:
    faces = cycle(_FACES)
    for number, (style, (title, texts)) in enumerate(product(_STYLES, _STORIES)):
        body = f"<h1>{title}</h1><div>{_paragraphs(texts)}</div>"
        yield _Print(title, texts, body, f"body{{font-family:'{next(faces)}'}} {style}", number % 2 == 0)
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _ROWS)
    picture = (
        f"<figure><svg width=300 height=120></svg><figcaption style='font-size:.85em'>{_CAPTION}</figcaption></figure>"
    )
    for face, (title, texts) in product(_FACES[:5], _STORIES[:2]):
        font, heading, flex = (
            f"body{{font-family:'{face}'}}",
            f"<h1>{title}</h1>",
            "<div style='display:flex;gap:24px'>",
        )
        beside = f"{flex}<div style='flex:2'>{heading}{_paragraphs(texts)}</div>{_BESIDE}</div>"
        yield _Print(title, texts, beside, font, bare=True)
        above = f"{flex}<h1 style='flex:2'>{title}</h1>{_BESIDE}</div>{_paragraphs(texts)}"
        yield _Print(title, texts, above, font, bare=True)
        many = tuple(f"Kỳ {number}. {text}" for number in range(8) for text in texts)
        yield _Print(title, many, heading + _paragraphs(many), f"{font} body{{font-size:17px}}", bare=False)
        amid = f"{_paragraphs(texts[:1])}{picture}{_paragraphs(texts[1:2])}<table width=80%>{table}</table>"
        yield _Print(title, texts, heading + amid + _paragraphs(texts[2:]), font, bare=True)


def _print(one: _Print, path: Path, chromium: str) -> None:
    """Have Chromium print it, with what is expected beside it."""
    files = Path(fontpkg_be_vietnam_pro.__file__).parent
    regular, bold = (next(files.rglob(f"BeVietnamPro-{weight}.ttf")) for weight in ("Regular", "Bold"))
    face = "@font-face{{font-family:'Be Vietnam Pro';src:url({});font-weight:{}}}".format
    faces = face(regular.as_uri(), "normal") + face(bold.as_uri(), "bold")
    html = f"<meta charset=utf-8><title>{one.title}</title><style>{faces}{one.style}</style>{one.body}"
    page = path.with_suffix(".html")
    page.write_text(f"<!doctype html>{html}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={path.parent}/profile"]
    command += [f"--print-to-pdf={path}", *(["--no-pdf-header-footer"] if one.bare else []), page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=90)  # noqa: S603
    _expect(path, one.title, one.paragraphs)


def _expect(path: Path, title: str, paragraphs: tuple[str, ...]) -> None:
    path.with_suffix(".json").write_text(json.dumps([title, paragraphs], ensure_ascii=False), encoding="utf-8")


def _exports(folder: Path, office: str) -> None:
    """Have LibreOffice export Word documents in several fonts and styles."""
    made = []
    for number, (face, (title, texts)) in enumerate(product(_OFFICE_FACES, _STORIES)):
        document = docx.Document()
        for style in ("Normal", "Title", "Heading 1"):
            document.styles[style].font.name = face
        document.styles["Normal"].font.size = Pt((11, 12, 13, 14)[number % 4])
        document.add_paragraph(title, style=("Title", "Heading 1")[number % 2])
        for text in texts:
            paragraph = document.add_paragraph(text)
            if number % 3 == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            if number % 3 == 2:
                paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_after = Cm(1), Pt(0)
        path = folder / f"office-{number:02}.docx"
        document.save(str(path))
        _expect(path, title, texts)
        made.append(str(path))
    command = [office, f"-env:UserInstallation={folder.as_uri()}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *made], check=True, capture_output=True, timeout=900)  # noqa: S603


def _wrong(path: Path) -> str | None:
    """What came of a file that is not as it was written."""
    title, paragraphs = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = [result for result in results("a.pdf", path.read_bytes()) if not isinstance(result, Problem)]
    if not found:
        return "nothing is read"
    shown = [text for _, text in spans(found[0])]
    lost = [text for text in paragraphs if text not in shown]
    foreign = [text for text in shown if text not in (*paragraphs, title) and not text.startswith(_ALLOWED)]
    whole = found[0].article.title == title and not lost and not foreign
    return None if whole else f"title {found[0].article.title!r}, lost {lost[:2]}, instead {foreign[:3]}"


def main(folder: Path, chromium: str = "chromium", office: str = "soffice") -> None:
    """Make what is missing, read all, tell how many are right."""
    told = Console(markup=False, width=300).print
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(_prints()):
        path = folder / f"browser-{number:03}.pdf"
        if not path.exists():
            _print(one, path, chromium)
    if not any(islice(folder.glob("office-*.pdf"), 1)):
        _exports(folder, office)
    for kind in ("browser", "office"):
        wrong = {path: _wrong(path) for path in sorted(folder.glob(f"{kind}-*.pdf"))}
        for path, why in wrong.items():
            if why:
                told(f"{path.name}: {why}")
        told(f"{kind}: {sum(why is None for why in wrong.values())} of {len(wrong)} as they were written")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), *sys.argv[2:])
