"""``grappe report``: files of each kind, read back by other programs, and refusals."""

import io
import re
from itertools import pairwise

import docx
import pytest
from click.testing import CliRunner
from lxml import etree
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
    assert styles.count("Heading 1") == 12
    assert styles.count("Caption") >= 10
    assert len(found.tables) >= 14
    assert any(one.reltype.endswith("/hyperlink") for one in found.part.rels.values())
    turned = found.element.xpath(".//w:tbl//w:bidiVisual")
    assert bool(turned) == (language == "ar")


def test_a_document_skips_no_heading_and_passes_symbols_over(run):
    path = run("--country", "MA", "--edition", "2019", out="chapter.docx")
    found = docx.Document(io.BytesIO(path.read_bytes()))
    levels = [int(one.style.name[-1]) for one in found.paragraphs if one.style.name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    pictures = found.element.xpath(".//wp:docPr")
    assert all(one.get("descr") or b"decorative" in etree.tostring(one) for one in pictures)
    # A row stays on one page, and every table with a caption repeats its head.
    rows = found.element.xpath(".//w:tr")
    assert len(found.element.xpath(".//w:cantSplit")) == len(rows)
    heads = sum(1 for one in found.tables if one._tbl.xpath(".//w:tblHeader"))
    tables = [one for one in found.paragraphs if one.style.name == "Caption" and "Tableau" in one.text]
    assert heads == len(tables)


def test_the_whole_study_is_one_document_with_a_part_per_country(run):
    text = run("--country", "all", "--edition", "2019", "--lang", "fr", out="study.html").read_text("utf-8")
    parts = re.findall(r'<h2 id="s\d+" class="part">([^<]+)</h2>', text)
    assert parts == [
        "Les pays côte à côte", "Maroc", "Algérie", "Tunisie", "Mauritanie", "Libye", "Méthode et sources",
    ]  # fmt: skip
    numbers = [int(one) for one in re.findall(r"<b>Tableau (\d+)</b>", text)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_study_is_written_as_pdf_in_arabic(run):
    path = run("--country", "ALL", "--edition", "2019", "--lang", "ar", out="study.pdf")
    assert PdfReader(path).metadata.title == "العناقيد في المغرب العربي"


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
    assert len(list(folder.glob("study-2019-en.*"))) == 3


@pytest.mark.parametrize(
    ("arguments", "out", "accepted"),
    [
        (["--country", "FR"], "chapter.pdf", "MA, DZ, TN, MR, LY, ALL"),
        (["--country", "MA", "--lang", "it"], "chapter.pdf", "fr, en, ar"),
        (["--country", "MA"], "chapter.odt", ".pdf, .html, .docx"),
        (
            ["--country", "MA", "--edition", "soon"],
            "chapter.pdf",
            "2014, 2019, today, YYYY, YYYY-MM, YYYY-MM-DD",
        ),
        ([], "chapter.pdf", "MA, DZ, TN, MR, LY, ALL, --all"),
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
