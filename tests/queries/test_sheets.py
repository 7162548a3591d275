"""Sheets, permanent addresses and single statements."""

import pytest

from grappe.domain.errors import UnknownThing
from grappe.queries.moment import moment
from grappe.queries.sheets import address_of, close_ids, sheet, statement


def test_every_value_says_where_it_stands_and_why_it_is_shown(orchard):
    created = sheet("ma-oak", moment())["fields"]["created"]
    assert {k: created[k] for k in ("value", "source", "part", "locator", "as_of", "rivals", "why")} == {
        "value": "2010", "source": "book", "part": "sheet", "locator": {"line": 10}, "as_of": "2019-03",
        "rivals": [], "why": "only",
    }  # fmt: skip


def test_people_members_and_links_stand_on_the_sheet(orchard):
    page = sheet("ma-oak", moment())
    assert [(row["role"], row["name"]) for row in page["people"]] == [("president", "Zoé Quercus")]
    assert [(row["id"], row["name"]) for row in page["members"]] == [("org-mill", "Moulin du Nord")]
    assert [link["id"] for link in page["links"]] == ["lk-elm-oak", "lk-oak-mill"]


def test_two_places_of_one_source_stand_side_by_side(orchard):
    place = sheet("ma-ash", moment())["fields"]["place"]
    assert (place["name"], place["why"]) == (["Salé"], "no_winner")
    assert [rival["name"] for rival in place["rivals"]] == [["Fès"]]


def test_a_target_is_no_total_and_is_shown_as_what_it_is(orchard):
    members = sheet("dz-elm", moment())["fields"]["members_total"]
    assert (members["value"], members["why"]) == (None, "unknown")
    assert [(row["value"], row["modality"]) for row in members["context"]] == [(80, "target")]


def test_findings_stand_on_the_sheet_of_those_they_speak_of(orchard):
    assert [row["message"] for row in sheet("tn-sun", moment())["findings"]] == ["Blot"]
    assert sheet("ma-oak", moment())["findings"] == []


def test_every_entity_of_the_orchard_has_a_sheet(orchard):
    for entity in (
        "org-mill",
        "ma-form-park",
        "prog-rain",
        "pl-casa",
        "lk-oak-mill",
        "ma-pot-rugs",
        "tn-sun",
    ):
        assert sheet(entity, moment())["id"] == entity


def test_a_sheet_read_alone_is_the_sheet_read_from_everything(orchard):
    known = "2026-03-02"
    for entity in ("ma-oak", "ma-ash", "dz-elm", "tn-fig", "org-mill", "ma-form-park"):
        assert sheet(entity, moment()) == sheet(entity, moment(known=known)), entity


def test_an_unknown_entity_is_told_with_those_that_look_alike(orchard):
    with pytest.raises(UnknownThing) as refused:
        sheet("ma-oka", moment())
    assert (refused.value.http_status, refused.value.exit_code) == (404, 3)
    assert "ma-oak" in refused.value.params["close"]


def test_what_looks_alike_is_no_person(orchard):
    assert "person-1" not in close_ids("person-2")


@pytest.mark.parametrize(
    ("entity", "folder"),
    [
        ("ma-oak", "clusters"),
        ("org-mill", "organisations"),
        ("ma-form-park", "forms"),
        ("prog-rain", "programmes"),
    ],
)
def test_a_permanent_address_leads_to_the_page_of_its_kind(orchard, entity, folder):
    assert address_of(entity) == (folder, entity)


@pytest.mark.parametrize("entity", ["person-1", "nobody"])
def test_people_and_the_unknown_have_no_page(orchard, entity):
    with pytest.raises(UnknownThing):
        address_of(entity)


def test_a_statement_says_who_decided_what_about_it(orchard):
    id = sheet("ma-oak", moment())["fields"]["created"]["statement"]
    page = statement(id)
    assert (page["entity"], page["field"], page["value"], page["standing"]) == (
        "ma-oak",
        "created",
        "2010",
        True,
    )
    assert [(row["verdict"], row["by"]) for row in page["decisions"]] == [("loaded", "editor")]


def test_an_unknown_statement_is_told(orchard):
    with pytest.raises(UnknownThing):
        statement("0" * 20)
