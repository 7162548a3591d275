"""The page of a diagnosis: the example, a table of one's own, refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cli.conftest import census
from tests.web.html import Page

__all__ = ["census"]
pytestmark = pytest.mark.usefixtures("census")

TABLE = b"region,industry,jobs\nSfax,1040,60\nSfax,28,30\nSfax,62,5\nTunis,1040,5\nTunis,28,5\nTunis,62,60\nNorth,1040,20\nNorth,28,20\nNorth,62,20\n"  # noqa: E501


def ask(body: bytes = TABLE, **more: str):
    file = SimpleUploadedFile("table.csv", body)
    form = {"table": file, "region": "Sfax", "value_column": "jobs", "complete": "1"}
    return Client().post("/en/diagnosis/", form | more)


def whole(answer) -> Page:
    page = Page(answer.content.decode())
    assert page.faults == []
    assert [part for part in ("Undefined", "{{", "%(") if part in page.text] == []
    return page


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_form_and_the_example_are_well_formed(language):
    assert Client().get(f"/{language}/diagnosis/").status_code == 200
    answer = Client().get(f"/{language}/diagnosis/?example=R03")
    assert answer.status_code == 200
    page = whole(answer)
    assert page.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}


def test_a_table_of_ones_own_is_set_beside_the_clusters_of_that_place():
    page = whole(ask())
    # The census declares the mechanics cluster of Sfax; industry 28 is its activity and a strength.
    assert "MECADEV" in page.text
    assert "Technopole de Sfax" in page.text
    assert "Informal units are not in it." in page.text


def test_the_note_is_one_file_that_needs_nothing_else():
    answer = ask(form="note")
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert "<!doctype html>" in text
    assert "src=" not in text
    assert "@page" in text


def test_what_is_wrong_is_said_above_the_form():
    for more, words in (({"region": "Nowhere"}, "no region"), ({"value_column": "sales"}, "sales")):
        answer = ask(**more)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert ask(b"").status_code == 422


def test_cells_of_a_table_cannot_write_html():
    body = TABLE.replace(b"1040", b"<script>alert(1)</script>")
    assert b"<script>alert" not in ask(body).content
