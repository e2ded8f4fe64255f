"""Word documents as people send them: nothing that a reader sees disappears without a word."""

from io import BytesIO
from zipfile import ZipFile

from tests.retrieval.reading.made import word
from tests.retrieval.reading.reads import only, spans

LEAD = "Sau hai tháng đóng cửa vì lũ, chợ nổi đón khách trở lại từ sáng nay với hơn một trăm ghe thuyền."
MARK = "CHỖ NÀY"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def document(inner: str, **parts: str) -> bytes:
    """A document whose second paragraph holds this mark-up, with further parts of the package."""
    stream = BytesIO()
    with ZipFile(BytesIO(word(("Normal", LEAD), ("Normal", MARK)))) as whole, ZipFile(stream, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                content = content.replace(f"<w:r><w:t>{MARK}</w:t></w:r>", inner)
            if name == "[Content_Types].xml":
                types = "".join(
                    f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument'
                    f'.wordprocessingml.{part}+xml"/>'
                    for part in parts
                )
                content = content.replace("</Types>", f"{types}</Types>")
            if name == "word/_rels/document.xml.rels":
                links = "".join(
                    f'<Relationship Id="own{number}" Target="{part}.xml" Type="http://schemas.openxmlformats.org/'
                    f'officeDocument/2006/relationships/{part}"/>'
                    for number, part in enumerate(parts)
                )
                content = content.replace("</Relationships>", f"{links}</Relationships>")
            changed.writestr(name, content.encode("utf-8", "surrogateescape"))
        for part, content in parts.items():
            changed.writestr(f"word/{part}.xml", content)
    return stream.getvalue()


def second(inner: str) -> str:
    return spans(only("a.docx", document(inner)))[1][1]


def test_tracked_changes_are_read_as_accepted() -> None:
    inserted = f'<w:ins w:id="1" w:author="a">{run("không quá ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>gần </w:delText></w:r></w:del>'
    moved = f'<w:moveTo w:id="3">{run("chợ ")}</w:moveTo><w:moveFrom w:id="4">{run("bến ")}</w:moveFrom>'
    assert (
        second(f"{run('Ở ')}{moved}{run('có ')}{deleted}{inserted}{run('trăm ghe.')}") == "Ở chợ có không quá trăm ghe."
    )


def test_content_controls_links_and_fields_are_text() -> None:
    control = f"<w:sdt><w:sdtContent>{run('ông Lê An')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink w:anchor="x">{run("thông báo")}</w:hyperlink>'
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("5/3/2024")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert second(f"{run('Theo ')}{control}{run(', xem ')}{link}{run(' ngày ')}{field}{run('.')}") == (
        "Theo ông Lê An, xem thông báo ngày 5/3/2024."
    )


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('Ghe bán khóm đông nhất chợ.')}</w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    texts = [text for _, text in spans(only("a.docx", document(f"{run('Chợ đông.')}<w:r>{both}</w:r>")))]
    assert texts == [LEAD, "Chợ đông.", "Ghe bán khóm đông nhất chợ."]


def test_a_row_of_a_table_is_one_line_and_a_merged_cell_is_read_once() -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc><w:p>{run(cell)}</w:p></w:tc>' for cell in cells)}</w:tr>"

    wide = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{run("Số ghe từng năm")}</w:p></w:tc></w:tr>'
    table = f"<w:tbl>{wide}{row('2023', '140')}{row('2024', '112')}</w:tbl>"
    inner = f"{run('Chợ có bảng sau.')}</w:p>{table}<w:p>{run('Hết bảng.')}"
    texts = [text for _, text in spans(only("a.docx", document(inner)))]
    assert texts == [LEAD, "Chợ có bảng sau.", "Số ghe từng năm", "2023 | 140", "2024 | 112", "Hết bảng."]


def test_footnotes_stand_below_the_text() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="1"><w:p>{run("Theo ban quản lý chợ.")}</w:p></w:footnote></w:footnotes>'
    )
    data = document(f'{run("Chợ có trăm ghe.")}<w:r><w:footnoteReference w:id="1"/></w:r>', footnotes=notes)
    assert [text for _, text in spans(only("a.docx", data))][1:] == ["Chợ có trăm ghe.", "Theo ban quản lý chợ."]


def test_an_entity_in_a_note_reads_no_file() -> None:
    notes = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><w:footnotes xmlns:w="{W}">'
        f'<w:footnote w:id="1"><w:p>{run("Ghi chú &e; ở đây.")}</w:p></w:footnote></w:footnotes>'
    )
    data = document(run("Chợ có trăm ghe."), footnotes=notes)
    assert [text for _, text in spans(only("a.docx", data))][2] == "Ghi chú"


def test_hidden_text_is_not_read() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t> Chưa duyệt.</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> Đã duyệt.</w:t></w:r>'
    assert second(f"{run('Chợ có trăm ghe.')}{hidden}{shown}") == "Chợ có trăm ghe. Đã duyệt."
