"""The chapter over HTTP: the file of the command line, kept out of the page's own style rules."""

import pytest
from django.test import Client

from tests.cli.conftest import census

__all__ = ["census"]


@pytest.mark.parametrize(
    ("suffix", "starts"), [("pdf", b"%PDF-"), ("html", b"<!doctype html>"), ("docx", b"PK")]
)
def test_the_chapter_comes_as_a_file_to_keep(census, suffix, starts):
    answer = Client().get(f"/api/report.{suffix}?country=LY&lang=fr")
    assert answer.status_code == 200
    assert answer.content.startswith(starts)
    assert answer["Content-Disposition"] == f'attachment; filename="chapter-ly-today-fr.{suffix}"'


def test_its_links_lead_to_the_site_that_was_asked(census):
    page = Client().get("/api/report.html?country=LY&lang=en").content.decode()
    assert 'href="http://testserver/en/countries/LY/"' in page


@pytest.mark.parametrize("query", ["", "?country=FR", "?country=MA&lang=it", "?country=MA&edition=soon"])
def test_what_is_not_accepted_is_refused(census, query):
    assert Client().get(f"/api/report.pdf{query}").status_code == 400


def test_the_page_of_a_country_leads_to_its_chapter(census):
    page = Client().get("/fr/countries/MA/").content.decode()
    assert "/api/report.pdf?country=MA&amp;lang=fr" in page
