"""Documents of every form as lines with locators, and what is refused with what message."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.census.reading.invented import FRENCH_SHEET, TABLE
from tests.census.reading.looking import values

from grappe.census.reading import open_document, read
from grappe.census.reading.document import read_bytes
from grappe.domain.errors import BadChoice, InputRefused, UnknownThing

HTML = """<html><head><style>p {color: red}</style></head><body>
<h2>Clusters in Ghana</h2>
<table><tr><th>Cluster<th>State<th>Sector<th colspan=2>Location</tr>
<tr><td>Cocoa Cluster (COC)<td>emerging<td>Agri-food<td>Kumasi</td><td></td></tr>
</table>
<p>Nothing else.</p></body></html>"""


def test_html_gives_blocks_and_rows_with_the_line_of_the_source():
    document = read_bytes(HTML.encode(), "study.html")
    assert [(line.text, line.locator) for line in document.lines if line.text.startswith("C")] == [
        ("Clusters in Ghana", "l. 2"),
        ("Cluster\tState\tSector\tLocation\t", "l. 3"),
        ("Cocoa Cluster (COC)\temerging\tAgri-food\tKumasi\t", "l. 4"),
    ]
    said = list(read(document).proposals)
    assert values(said, "gh-coc", "state") == ["emerging"]
    assert values(said, "gh-coc", "sector") == [1]
    assert values(said, "gh-coc", "place") == [("pl-kumasi",)]


def test_a_docx_with_a_table_and_a_list_is_read_like_its_text():
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_paragraph("CLUSTER DU CUIR DE TAMALE (CCT)")
    table = made.add_table(rows=0, cols=2)
    for line in FRENCH_SHEET.splitlines()[1:]:
        cells = table.add_row().cells
        first, _, second = line.partition("\t")
        cells[0].text, cells[1].text = first, second
    content = io.BytesIO()
    made.save(content)
    document = read_bytes(content.getvalue(), "study.docx")
    said = list(read(document).proposals)
    assert values(said, "gh-cct", "created") == ["2016-05"]
    assert {p.locator for p in said if p.field == "created"} == {"table 1, row 1"}
    assert values(said, "gh-cct", "members_total") == [40]


def test_a_workbook_with_a_country_table_has_the_addresses_of_its_rows():
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for line in TABLE.splitlines()[2:7]:
        book.active.append(line.split("\t"))
    content = io.BytesIO()
    book.save(content)
    said = list(read(read_bytes(content.getvalue(), "study.xlsx")).proposals)
    assert values(said, "jo-cds", "state") == ["constituted"]
    assert {p.locator for p in said if p.entity == "jo-cds" and p.field == "state"} == {"Sheet!A3"}


def pdf(words: str) -> bytes:
    """A PDF of one page with one line of text."""
    stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n" + table
    return body + end + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)


def test_text_of_a_pdf_is_located_by_page_and_line():
    pytest.importorskip("pypdf")
    document = read_bytes(pdf("Wool Hills Cluster (WHC), a study of wool"), "study.pdf")
    assert document.lines[0].text.startswith("Wool Hills Cluster")
    assert document.lines[0].locator == "p. 1 l. 1"


def test_a_scanned_pdf_is_refused_with_what_to_do():
    pytest.importorskip("pypdf")
    with pytest.raises(InputRefused) as refused:
        read_bytes(pdf(""), "scan.pdf")
    assert refused.value.code == "scanned_document"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("study.txt", b"", "document_empty"),
        ("study.txt", "Cluster é".encode("cp1252"), "document_encoding"),
        ("study.txt", b"PK\x03\x04 something", "not_plain_text"),
        ("study.txt", b"a\x00b", "not_plain_text"),
        ("study.docx", b"no archive", "damaged_document"),
        ("study.xlsx", b"PK\x03\x04 half an archive", "damaged_document"),
        ("study.html", b"<style>x</style>", "document_without_text"),
        ("study.csv", b'a,"b\nc,d', "bad_table_file"),
        ("study.csv", b",".join([b"x"] * 400), "table_too_wide"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, content: bytes, code: str):
    with pytest.raises(InputRefused) as refused:
        read_bytes(content, name)
    assert refused.value.code == code


def test_a_named_encoding_is_used_and_an_unknown_one_refused():
    content = "Cluster é".encode("cp1252")
    assert read_bytes(content, "a.txt", "cp1252").lines[0].text == "Cluster é"
    with pytest.raises(InputRefused) as refused:
        read_bytes(content, "a.txt", "klingon")
    assert refused.value.code == "no_such_encoding"


def test_the_message_of_an_encoding_names_the_line():
    with pytest.raises(InputRefused) as refused:
        read_bytes(b"fine\nfine\n\xe9", "a.txt")
    assert refused.value.params["line"] == "3"


def test_an_archive_that_would_expand_beyond_the_limit_is_not_opened():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    with pytest.raises(InputRefused) as refused:
        read_bytes(content.getvalue(), "bomb.docx")
    assert refused.value.code == "document_expands"


def test_a_missing_file_and_an_unknown_form_are_named(tmp_path: Path):
    with pytest.raises(UnknownThing):
        open_document(tmp_path / "none.txt")
    (tmp_path / "a.odt").write_bytes(b"x")
    with pytest.raises(BadChoice) as bad:
        open_document(tmp_path / "a.odt")
    assert ".docx" in bad.value.params["accepted"]
