"""``grappe report``: files of each kind, read back by other programs, and refusals."""

import io
import re

import docx
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from grappe.cli.reporting import report
from grappe.domain.errors import BadChoice, Refused


@pytest.fixture
def run(census, tmp_path, settings):
    """Writes a chapter and answers with its path; a user's mistake is raised."""
    settings.DATA = tmp_path

    def run(*arguments, language="fr", out="chapter.pdf"):
        path = tmp_path / out
        done = CliRunner().invoke(
            report, [*arguments, "--out", str(path)], obj=language, catch_exceptions=False
        )
        assert done.exit_code == 0, done.output
        return path

    return run


def text_of(path):
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def links_of(path):
    return [
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(path).pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object() and "/URI" in note.get_object()["/A"]
    ]


def test_the_pdf_says_the_figures_of_the_study(run):
    path = run("--country", "MA", "--edition", "2019", "--base-url", "https://atlas.example")
    text = re.sub(r"\s+", " ", text_of(path))
    assert "15 clusters au Maroc" in text
    assert "13 constitués et 2 attendus" in text
    assert "Tableau 1" in text
    assert "Figure 1" in text


def test_the_pdf_is_tagged_archivable_and_titled(run):
    reader = PdfReader(run("--country", "DZ", "--edition", "2019"))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/Metadata" in reader.trailer["/Root"]
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata.title == "Les clusters en Algérie"


def test_links_lead_to_statements_and_entities_of_the_site_asked(run):
    links = links_of(run("--country", "TN", "--edition", "2019", "--base-url", "https://atlas.example/"))
    statements = [
        one for one in links if re.fullmatch(r"https://atlas\.example/statements/[0-9a-f]{20}", one)
    ]
    assert len(set(statements)) > 200
    assert any(one.startswith("https://atlas.example/id/tn-") for one in links)
    assert any(one.startswith("https://atlas.example/fr/clusters/?") for one in links)


def test_the_arabic_pdf_is_written_whole(run):
    path = run("--country", "MA", "--edition", "2019", "--lang", "ar")
    assert len(PdfReader(path).pages) > 5
    assert PdfReader(path).metadata.title == "العناقيد في المغرب"


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Les clusters en Tunisie"), ("ar", "العناقيد في تونس")]
)
def test_the_document_opens_with_its_headings_tables_and_links(run, language, title):
    path = run("--country", "TN", "--edition", "2019", "--lang", language, out="chapter.docx")
    found = docx.Document(io.BytesIO(path.read_bytes()))
    styles = [paragraph.style.name for paragraph in found.paragraphs]
    assert found.paragraphs[0].text == title
    assert styles.count("Heading 1") == 11
    assert styles.count("Caption") >= 10
    assert len(found.tables) >= 14
    assert any(one.reltype.endswith("/hyperlink") for one in found.part.rels.values())
    turned = found.element.xpath(".//w:tbl//w:bidiVisual")
    assert bool(turned) == (language == "ar")


def test_the_page_stands_alone(run):
    text = run("--country", "MA", "--edition", "2019", "--lang", "en", out="chapter.html").read_text("utf-8")
    assert "15 clusters in Morocco" in re.sub(r"<[^>]+>", "", text)
    assert not re.search(r"<(?:script|link|img|iframe)\b", text)
    assert not re.search(r"url\((?!data:)", text)
    assert text.count("<h1>") == 1
    assert text.count("<caption>") == len(re.findall(r"<table>", text))


def test_every_country_in_every_form_goes_into_a_folder(run):
    folder = run("--all", "--edition", "2019", "--lang", "en", out="study")
    assert len(list(folder.glob("chapter-*-2019-en.*"))) == 5 * 3


@pytest.mark.parametrize(
    ("arguments", "out", "accepted"),
    [
        (["--country", "FR"], "chapter.pdf", "MA, DZ, TN, MR, LY"),
        (["--country", "MA", "--lang", "it"], "chapter.pdf", "fr, en, ar"),
        (["--country", "MA"], "chapter.odt", ".pdf, .html, .docx"),
        (["--country", "MA", "--edition", "soon"], "chapter.pdf", "2019, today, YYYY-MM-DD"),
        ([], "chapter.pdf", "MA, DZ, TN, MR, LY, --all"),
    ],
)
def test_what_is_not_accepted_is_named_with_what_is(run, arguments, out, accepted):
    with pytest.raises(BadChoice) as found:
        run(*arguments, out=out)
    assert found.value.params["accepted"] == accepted


def test_nothing_is_left_where_it_cannot_be_written(run, tmp_path):
    with pytest.raises(Refused):
        run("--country", "MA", out="nowhere/chapter.pdf")
    assert not (tmp_path / "nowhere").exists()
