"""Lists of clusters, poles, potential clusters and partnerships in running text."""

from tests.census.reading.invented import TEXT
from tests.census.reading.looking import facts, leftovers, names, reading, values

from grappe.census.reading import Use


def test_a_list_of_announced_clusters_has_the_state_of_its_heading_and_places():
    said = facts(TEXT)
    assert values(said, "gh-cluster-du-cacao", "state") == ["emerging"]
    assert values(said, "gh-cluster-du-cacao", "place") == [("pl-kumasi",)]
    assert values(said, "gh-cluster-de-la-peche", "place") == [("pl-tema",)]
    assert values(said, "gh-cluster-du-cacao", "country") == ["GH"]


def test_an_item_that_is_no_cluster_is_none():
    assert not any("politique" in str(p.value).lower() for p in facts(TEXT))


def test_who_supports_the_clusters_of_a_list_is_a_link():
    said = facts(TEXT)
    (link,) = [p.entity for p in said if p.field == "kind" and p.value == "support"]
    assert names(said, link, "from") == ["Fondation Volta"]
    assert values(said, link, "to") == ["gh-ck"]


def test_poles_have_kind_place_and_specialities_and_an_unknown_one_is_left_over():
    said = facts(TEXT)
    pole = "gh-form-technopole-de-kumasi"
    assert values(said, pole, "form_kind") == ["technopole"]
    assert values(said, pole, "place") == [("pl-kumasi",)]
    assert values(said, pole, "speciality") == ["textile", "clothing"]
    assert leftovers(TEXT, "speciality_unknown") == ["sorcellerie"]


def test_each_craft_of_a_list_of_potential_clusters_is_one():
    said = facts(TEXT)
    potential = [p.entity for p in said if p.field == "state" and p.value == "potential"]
    assert len(potential) == 3
    crafts = {str(p.value): p.entity for p in said if p.field == "craft"}
    assert sorted(crafts) == ["Poterie", "bijouterie", "tapisserie"]
    assert values(said, crafts["tapisserie"], "place") == [("pl-bonwire", "pl-kumasi")]
    assert values(said, crafts["tapisserie"], "creative") == [True]


def test_named_partners_become_a_link():
    said = facts(TEXT)
    (link,) = [p.entity for p in said if p.field == "kind" and p.value == "partnership"]
    assert values(said, link, "from") == ["gh-ck"]
    assert names(said, link, "to") == ["Cluster Shea Nord"]


def test_prose_without_a_cluster_is_prose():
    found = reading(TEXT)
    (line,) = [one for one in found.document.lines if one.text.startswith("The weather")]
    assert found.uses[line.number] is Use.PROSE
