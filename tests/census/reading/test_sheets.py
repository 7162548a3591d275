"""Identity sheets in their many layouts, of invented clusters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.census.reading.invented import ARABIC_SHEET, ENGLISH_SHEET, FRENCH_SHEET
from tests.census.reading.looking import facts, leftovers, names, values


def test_a_french_sheet_of_a_table_is_read_whole():
    said = facts(FRENCH_SHEET)
    assert values(said, "gh-cct", "name") == ["Cluster du Cuir de Tamale"]
    assert values(said, "gh-cct", "acronym") == ["CCT"]
    assert values(said, "gh-cct", "country") == ["GH"]
    assert values(said, "gh-cct", "created") == ["2016-05"]
    assert values(said, "gh-cct", "website") == ["www.cct.example"]
    assert values(said, "gh-cct", "sector") == [4]
    assert values(said, "gh-cct", "place") == [("pl-tamale", "pl-yendi")]


def test_officers_are_persons_or_bodies_with_title_and_provision():
    said = facts(FRENCH_SHEET)
    (president,) = [p for p in said if p.field == "president"]
    assert names(said, "gh-cct", "president") == ["Ama Mensah"]
    assert president.attributes["title"] == "Directrice, Tannerie du Nord"
    assert str(president.value).startswith("person-xx-study-"), "the id says nothing of the name"
    (facilitator,) = [p for p in said if p.field == "facilitator"]
    assert names(said, "gh-cct", "facilitator") == ["Chambre de Commerce de Tamale"]
    assert facilitator.attributes["provisional"] is True


def test_members_are_counted_by_category_and_categories_without_a_count_stay_categories():
    said = facts(FRENCH_SHEET)
    assert values(said, "gh-cct", "members_total") == [40]
    counts = {p.attributes["of"]: p.value for p in said if p.field == "members_count"}
    assert counts == {"smes": 25, "universities": 2}
    assert values(said, "gh-cct", "member_category") == ["training_centres"]


def test_cooperation_stands_under_its_level_with_partners_and_countries():
    said = facts(FRENCH_SHEET)
    links = [p.entity for p in said if p.field == "level" and p.value == "euromed"]
    assert [p.value for p in said if p.entity in links and p.field == "to"] == ["it-cuir-vallee"]
    assert [(p.value, p.attributes["level"]) for p in said if p.field == "cooperation_country"] == [
        ("ES", "euromed")
    ]


def test_an_activity_that_no_list_has_is_left_over():
    assert leftovers(FRENCH_SHEET, "activity_unknown") == ["Polissage de la lune"]


def test_an_english_sheet_of_labels_and_colons_in_another_order_is_read():
    said = facts(ENGLISH_SHEET)
    assert values(said, "jo-whc", "created") == ["2019-03"]
    assert names(said, "jo-whc", "president") == ["Rana Odeh"]
    assert names(said, "jo-whc", "director") == ["Sami Khoury"]
    (total,) = [p for p in said if p.field == "members_total"]
    assert (total.value, total.attributes["precision"]) == (60, "about")
    assert [(p.value, p.attributes["of"]) for p in said if p.field == "members_count"] == [(12, "startups")]
    assert values(said, "jo-whc", "activity") == ["training", "export_development"]
    assert {p.value for p in said if p.field == "to"} == {"jo-jordan-textile-board", "es-lana-valley"}


def test_an_arabic_sheet_is_read():
    said = facts(ARABIC_SHEET)
    (cluster,) = {p.entity for p in said if p.kind == "cluster"}
    assert values(said, cluster, "created") == ["2018-03"]
    assert values(said, cluster, "country") == ["JO"]
    assert values(said, cluster, "sector") == [4]
    assert values(said, cluster, "members_total") == [30]
    assert names(said, cluster, "president") == ["سامي الخوري"]


def test_two_sheets_one_after_the_other_stay_two():
    said = facts(f"{FRENCH_SHEET}\n{ENGLISH_SHEET}")
    assert {p.entity for p in said if p.kind == "cluster"} == {"gh-cct", "jo-whc"}
    assert values(said, "jo-whc", "website") == ["www.whc.example"]


def test_a_president_of_another_body_is_not_the_cluster_s():
    text = FRENCH_SHEET.replace("www.cct", "\tPRÉSIDENT PORT DU NORD (SPN) : Kofi ANNOR\nwww.cct")
    assert names(facts(text), "gh-cct", "president") == ["Ama Mensah"]
    assert leftovers(text, "officer_of_another") == ["PRÉSIDENT PORT DU NORD (SPN) : Kofi ANNOR"]


def test_a_sheet_without_a_title_proposes_nothing_and_leaves_every_line_over():
    text = "\n".join(FRENCH_SHEET.splitlines()[4:])
    assert facts(text) == []
    assert len(leftovers(text, "sheet_without_title")) == 9


def test_an_objective_is_a_target_and_no_total():
    text = FRENCH_SHEET.replace("• Des centres", "• L'objectif est de réunir 90 entreprises ; • Des centres")
    counts = [(p.value, p.attributes["modality"]) for p in facts(text) if p.field == "members_count"]
    assert (90, "target") in counts
    assert values(facts(text), "gh-cct", "members_total") == [40]


LABELS = {
    "sector": ("Secteur d'activité", "Industrie textile."),
    "niche": ("Niche d'excellence", "Denim."),
    "location": ("Localisation", "Tamale (Ghana)."),
    "members": ("Membres", "40 membres."),
    "activities": ("Activités", "Formation."),
}
EXPECTED = {
    "sector": ("sector", 4),
    "niche": ("niche", "denim"),
    "location": ("place", ("pl-tamale",)),
    "members": ("members_total", 40),
    "activities": ("activity", "training"),
}


@given(rows=st.permutations(sorted(LABELS)), kept=st.integers(3, 5), colon=st.booleans())
def test_rows_in_any_order_and_with_rows_missing_say_what_they_say(rows: list[str], kept: int, colon: bool):
    shown = rows[:kept]
    mark = " : " if colon else "\t"
    body = "\n".join(mark.join(LABELS[row]) for row in shown)
    said = facts(f"CLUSTER DU CUIR (CUI)\nDate de création : 2016\n{body}\n")
    got = {p.field: p.value for p in said if p.kind == "cluster"}
    assert got["created"] == "2016"
    for row in shown:
        field, value = EXPECTED[row]
        assert got.get(field) == value


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("60 membres", 60, "exact"),
        ("environ 1 200 adhérents", 1200, "about"),
        ("Une centaine de membres", 100, "about"),
        ("plus de 80 adhérents", 80, "at_least"),
        ("120 à 130 membres", 120, "range"),
    ],
)
def test_totals_keep_how_exact_they_are(printed: str, value: int, precision: str):
    text = FRENCH_SHEET.replace("40 membres dont : <ul> •", f"{printed}. <ul> •")
    (total,) = [p for p in facts(text) if p.field == "members_total"]
    assert (total.value, total.attributes.get("precision", "exact")) == (value, precision)
