from grappe.domain.fold import fold
from grappe.present.searchable import searchable
from tests.worlds import facts, facts_from, said

A = "cluster-a"


def test_a_cluster_is_found_by_its_names_first():
    title, body = searchable(
        facts((A, "name", "Cluster du Cuir", 5), (A, "acronym", "CDC", 5), (A, "alias", "Grappe cuir", 12)), A
    )
    assert title == "cluster du cuir cdc grappe cuir"
    assert body == ""


def test_it_is_found_by_people_places_members_and_niches_in_three_languages():
    world = facts(
        (A, "name", "Cuir"), (A, "president", "person-p", 12), ("person-p", "name", "Amel Benzarti"),
        (A, "place", "pl-x", 5), ("pl-x", "name", "Sfax"), ("pl-x", "name_ar", "صفاقس"),
        (A, "member", "organisation-o", 14), ("organisation-o", "name", "Tannerie du Sud"),
        ("organisation-o", "acronym", "TDS"),
        (A, "niche", "milk", 13), (A, "country", "MA"),
    )  # fmt: skip
    _, body = searchable(world, A)
    for words in (
        "Amel Benzarti",
        "Sfax",
        "صفاقس",
        "Tannerie du Sud",
        "TDS",
        "milk",
        "lait",
        "حليب",
        "Maroc",
        "Morocco",
        "المغرب",
    ):
        assert fold(words) in body, words


def test_a_redacted_person_is_not_found_any_more():
    erased = said("person-p", "name", None, 12, personal=True, redacted="asked")
    world = facts_from([said(A, "name", "Cuir"), said(A, "president", "person-p", 12), erased])
    assert "benzarti" not in " ".join(searchable(world, A))
    assert searchable(world, "person-p") == ("", "")
    role = said(A, "president", None, 12, personal=True, redacted="asked")
    assert searchable(facts_from([said(A, "name", "Cuir"), role]), A) == ("cuir", "")


def test_a_word_is_written_once():
    _, body = searchable(facts((A, "name", "Cuir"), (A, "niche", "milk", 12), (A, "niche", "milk", 13)), A)
    assert body.split().count("milk") == 1
