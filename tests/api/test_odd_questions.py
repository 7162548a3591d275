"""Odd questions get an answer or a refusal on pages and API, never a fault of the server."""

import pytest
from django.test import Client

PAGES = (
    "/en/", "/en/clusters/", "/en/clusters/ma-ce3m/", "/en/countries/TN/", "/en/organisations/", "/en/links/",
    "/en/potential/", "/en/sources/ipemed-2019/", "/en/disputes/", "/en/search/", "/en/data/",
    "/en/clusters/nobody/", "/en/clusters/%00/", "/api/clusters", "/api/clusters.csv", "/api/sheets/ma-ce3m",
    "/api/links", "/api/forms", "/api/findings", "/api/map.geojson",
)  # fmt: skip
QUESTIONS = (
    "page=abc", "page=99999999999999999999999", "sort=x", "scope=x&layer=x", "country=%00", "sector=%D9%A3",
    "on=0000", "on=9999", "on=9999-12-31", "known=9999-12-31", "known=0001", "on=2019-03&known=2020",
    "kind=x&level=x", "entity=x", "q=%F0%9F%00", "north=x",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_odd_question_gets_an_answer_or_a_refusal(census, question):
    client = Client(raise_request_exception=False)
    statuses = {page: client.get(f"{page}?{question}").status_code for page in PAGES}
    assert {page: status for page, status in statuses.items() if status not in (200, 302, 400, 404)} == {}
