"""Country tables in other layouts, with other columns, marks and legends."""

from tests.census.reading.invented import TABLE
from tests.census.reading.looking import facts, leftovers, values

from grappe.census.reading import document_of, read
from grappe.census.reading.document import text_lines


def test_columns_in_another_order_and_another_legend_are_read_by_their_words():
    said = facts(TABLE)
    assert values(said, "jo-cds", "state") == ["constituted"]
    assert values(said, "jo-zarqa-steel-cluster", "state") == ["expected"]
    # The legend of this table says 1 = metals, 2 = creative, 3 = agri-food.
    assert values(said, "jo-cds", "sector") == [1]
    assert values(said, "jo-zarqa-steel-cluster", "sector") == [2]
    assert values(said, "jo-hebron-road-glass", "sector") == [7]
    assert values(said, "jo-cds", "partner_south") == [True]
    assert values(said, "jo-hebron-road-glass", "partner_south") == []


def test_the_country_is_that_of_the_heading():
    assert values(facts(TABLE), "jo-cds", "country") == ["JO"]


def test_places_follow_the_kind_of_territory_and_a_star_is_provisional():
    said = facts(TABLE)
    assert values(said, "jo-zarqa-steel-cluster", "place") == [("pl-zarqa", "pl-sahab")]
    assert values(said, "jo-zarqa-steel-cluster", "anchoring") == ["constructed"]
    (place,) = [p for p in said if p.entity == "jo-cds" and p.field == "place"]
    assert dict(place.attributes) == {"provisional": True}


def test_a_table_of_markdown_with_one_row_of_headings_and_a_column_of_states_is_read():
    text = """\
| Cluster | État | Activité | Localisation |
|---|---|---|---|
| Cluster Miel | émergent | Textile | Thiès |
| Cluster Sel | inconnu | 9 | Kaolack |
"""
    said = facts(text)
    assert values(said, "xx-cluster-miel", "state") == ["emerging"]
    assert values(said, "xx-cluster-miel", "sector") == [4]
    assert values(said, "xx-cluster-sel", "place") == [("pl-kaolack",)]
    assert leftovers(text, "unknown_state") == ["inconnu"]
    assert leftovers(text, "code_not_in_legend") == ["9"]


def test_a_row_marked_twice_has_no_state_and_is_told():
    text = TABLE.replace("Zarqa Steel Cluster\tx\t", "Zarqa Steel Cluster\tx\tx")
    assert values(facts(text), "jo-zarqa-steel-cluster", "state") == []
    assert leftovers(text, "two_states") == ["emerging: x | expected: x"]


def test_a_row_without_a_name_and_a_cell_too_many_are_left_over():
    text = TABLE.replace("Hebron Road Glass", "").replace("Madaba*", "Madaba*\tSalt")
    assert leftovers(text, "row_without_name") == ["x | 2 | x | Amman"]
    assert leftovers(text, "extra_cells") == ["Salt"]


def test_two_clusters_of_one_name_in_two_places_stay_two():
    text = TABLE.replace("Hebron Road Glass", "Zarqa Steel Cluster").replace("\tAmman", "\tAqaba")
    named = {p.entity for p in facts(text) if p.field == "name" and p.kind == "cluster"}
    assert named == {"jo-cds", "jo-zarqa-steel-cluster", "jo-zarqa-steel-cluster-2"}


def test_shuffled_rows_say_the_same():
    lines = TABLE.splitlines()
    shuffled = [*lines[:4], lines[6], lines[4], lines[5], *lines[7:]]
    one = {(p.entity, p.field, p.value) for p in facts(TABLE)}
    other = {(p.entity, p.field, p.value) for p in facts("\n".join(shuffled))}
    assert one == other


def test_every_proposal_prints_what_stands_in_its_cell():
    document = document_of(text_lines(TABLE))
    for p in read(document).proposals:
        assert all(p.printed in document.text(n) for n in p.lines), p
