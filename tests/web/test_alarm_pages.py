"""The page of alarms and the form of the schedule, on the shipped census."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.web.conftest import census, get

__all__ = ["census", "get"]


def page(get, address: str, status: int = 200) -> str:
    response = get(address)
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


def rows(text: str) -> int:
    return len(re.findall(r'scope="rowgroup"', text))


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_table_of_alarms_is_spoken_in_three_languages(get, language):
    text = page(get, f"/{language}/alarms/")
    assert rows(text) == 38
    assert "?line=798" in text


def test_alarms_are_filtered_by_country_rule_and_answer(get):
    assert 0 < rows(page(get, "/en/alarms/?country=TN")) < rows(page(get, "/en/alarms/"))
    text = page(get, "/en/alarms/?rule=no_facilitator&raised=cannot_tell")
    assert 'badge--dispute">!' not in text
    assert "who facilitates it" in text
    page(get, "/en/alarms/?rule=unicorn", 400)
    page(get, "/en/alarms/?raised=maybe", 400)
    page(get, "/en/alarms/?cluster=ma-nothing", 404)


def test_a_missing_fact_is_told_as_one_and_raises_nothing(get):
    # No accounts of any cluster are in the census: nobody is said to live of donors alone.
    text = page(get, "/en/alarms/?rule=donor_only")
    assert 'badge--dispute">!' not in text
    assert "incomes by origin" in text
    assert "A missing fact raises no alarm" in text


def test_the_sheet_of_a_cluster_leads_to_its_alarms(get):
    assert "/en/alarms/?cluster=ma-emc" in page(get, "/en/clusters/ma-emc/")
    assert rows(page(get, "/en/alarms/?cluster=ma-emc")) == 1


def test_the_workbook_holds_the_rows_of_the_page(get):
    response = get("/en/alarms/alarms.xlsx?country=TN&rule=shrinking")
    book = load_workbook(io.BytesIO(response.content))
    assert "attachment" in response["Content-Disposition"]
    assert len(list(book["Alarms"].values)) - 1 == rows(page(get, "/en/alarms/?country=TN&rule=shrinking"))


def test_the_schedule_is_the_one_of_the_command(get):
    # l. 377: 2016 + 3 = 2019, + 2 = 2021, + 3 = 2024.
    asked = "?scheme=ma-contract-programme&start=2016-01-01&renewals=2&audit=positive"
    text = page(get, f"/en/policy/schedule/{asked}")
    for words in (
        "1 January 2019",
        "1 January 2021",
        "1 January 2024",
        "2,000,000",
        "not given by the source",
    ):
        assert words in text
    book = load_workbook(io.BytesIO(get(f"/en/policy/schedule/schedule.xlsx{asked}").content))
    assert len(list(book["Schedule"].values)) == 1 + 3


def test_an_assumed_value_is_marked_as_one(get):
    text = page(
        get,
        "/en/policy/schedule/?scheme=ma-contract-programme&start=2016-01-01&assume-rule_change=2015-06-01",
    )
    assert "Assumed by you, not given by the source" in text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("scheme=ma-contract-programme&start=2016-01-01&renewals=2&audit=negative", 409),
        ("scheme=ma-contract-programme&start=2016-01-01&renewals=9", 400),
        ("scheme=ma-contract-programme&start=2016", 400),
        ("scheme=ma-contract-programme&start=2016-01-01&assume-rule_change=soon", 400),
        ("scheme=unicorn", 404),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_in_words(get, query, status):
    response = get(f"/en/policy/schedule/?{query}")
    assert response.status_code in (status, 422)
    assert "notice--error" in response.content.decode() or status == 404


def test_the_form_alone_asks_nothing(get):
    assert "Compute" in page(get, "/en/policy/schedule/")
