"""Lists of links, organisations, forms, programmes and potential clusters."""

import pytest

from grappe.domain.errors import BadChoice, UnknownThing
from grappe.queries.disputes import list_disputes, list_findings
from grappe.queries.lists import list_kind, list_links, list_potential
from grappe.queries.moment import moment


def ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["id"] for row in rows]


def test_links_with_their_ends_by_id_and_name(orchard):
    (link,) = list_links(moment(), kind="convention")
    assert (link["source"], link["source_name"], link["target"], link["target_name"]) == (
        "ma-oak", "Oak Valley", "org-mill", "Moulin du Nord",
    )  # fmt: skip
    assert link["cites"] == [{"source": "book", "line": 15}]


def test_the_level_of_a_link_is_computed_from_both_countries(orchard):
    assert {link["id"]: link["level"] for link in list_links(moment())} == {
        "lk-oak-mill": "euromed",  # Morocco and France
        "lk-elm-oak": "intra_maghreb",  # Algeria and Morocco
    }


def test_links_of_one_level_or_one_cluster(orchard):
    assert ids(list_links(moment(), level="euromed")) == ["lk-oak-mill"]
    assert ids(list_links(moment(), cluster="dz-elm")) == ["lk-elm-oak"]
    assert ids(list_links(moment(), cluster="ma-oak")) == ["lk-elm-oak", "lk-oak-mill"]
    assert ids(list_links(moment(), cluster="ma-oak", kind="partnership")) == ["lk-elm-oak"]
    assert ids(list_links(moment(), cluster="tn-fig")) == []


def test_an_unknown_kind_or_level_is_refused_with_those_there_are(orchard):
    with pytest.raises(BadChoice) as refused:
        list_links(moment(), kind="friendship")
    assert "partnership" in refused.value.params["accepted"]
    with pytest.raises(BadChoice) as refused:
        list_links(moment(), level="galactic")
    assert "intra_maghreb" in refused.value.params["accepted"]


def test_links_of_an_unknown_cluster_are_refused(orchard):
    with pytest.raises(UnknownThing):
        list_links(moment(), cluster="ma-oka")


def test_an_organisation_names_the_clusters_it_is_a_member_or_partner_of(orchard):
    (mill,) = list_kind(moment(), ("organisation",))
    assert (mill["name"], mill["acronym"], mill["country"], mill["clusters"]) == (
        "Moulin du Nord", "CNRS", "FR", ["ma-oak"],
    )  # fmt: skip


def test_lists_take_a_country_and_words(orchard):
    assert ids(list_kind(moment(), ("organisation",), country="FR")) == ["org-mill"]
    assert ids(list_kind(moment(), ("organisation",), country="MA")) == []
    assert ids(list_kind(moment(), ("form",), q="oak")) == ["ma-form-park"]
    assert ids(list_kind(moment(), ("form",), q="elm")) == []


def test_a_programme_is_found_by_its_country(orchard):
    assert ids(list_kind(moment(), ("programme",), country="MA")) == ["prog-rain"]


def test_an_unknown_country_is_refused_with_those_there_are(orchard):
    for ask in (
        lambda: list_kind(moment(), ("form",), country="Maroc"),
        lambda: list_potential(moment(), country="XX9"),
    ):
        with pytest.raises(BadChoice):
            ask()


def test_potential_clusters_stand_apart(orchard):
    (rugs,) = list_potential(moment())
    assert rugs == {
        "id": "ma-pot-rugs", "craft": "tapis", "place": "Salé", "country": "MA",
        "cites": [{"source": "book", "line": 900}],
    }  # fmt: skip
    assert list_potential(moment(), country="TN") == []


def test_disputes_give_both_values_with_line_and_part(orchard):
    (dispute,) = list_disputes(moment())
    assert (dispute["entity"], dispute["field"], dispute["why"]) == ("ma-ash", "place", "no_winner")
    assert [(v["value"], v["line"], v["part"]) for v in dispute["values"]] == [
        (["Salé"], 20, "sheet"), (["Fès"], 501, "text"),
    ]  # fmt: skip


def test_disputes_of_one_entity(orchard):
    assert list_disputes(moment(), "ma-oak") == []
    assert len(list_disputes(moment(), "ma-ash")) == 1


def test_findings_of_one_rule(orchard):
    assert [row["message"] for row in list_findings(moment(), "editor_remark")] == ["Blot"]
    assert list_findings(moment(), "alike_names") == []
