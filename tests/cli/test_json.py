"""``--json`` on every command, on the shipped census: keys and types as published."""

import re

import pytest

from grappe.domain.vocabulary import vocabulary

CLUSTERS = [
    "ma-ce3m", "ma-aerospace", "ma-mnc", "ma-c2tm", "ma-mdc", "ma-cise", "ma-solaire", "ma-emc", "ma-ahp",
    "ma-menara", "ma-agrinova", "ma-automobile-tanger", "ma-automobile-casablanca", "ma-textile-maison",
    "ma-design-interieur",
    "dz-cmp", "dz-mecanique-constantine", "dz-adc", "dz-ces", "dz-cba", "dz-huile-olive-bouira",
    "dz-lait-bouira", "dz-bijouterie-batna", "dz-dinanderie-constantine",
    "tn-cmt", "tn-mecadev", "tn-2ts", "tn-healthtech", "tn-elentica", "tn-logistique-sfax", "tn-pharma-in",
    "tn-primeurs-sud", "tn-huile-olive-no", "tn-dattes", "tn-lait-bovin", "tn-produits-mer", "tn-arts-table",
    "tn-mosaique",
]  # fmt: skip
CLUSTER_KEYS = [
    "id", "name", "acronym", "country", "state", "sector", "partner_north", "partner_south", "anchoring",
    "places", "provisional_location", "created", "website", "members_total", "jobs", "has_sheet",
    "creative", "legal_form", "emergence_mode",
]  # fmt: skip
LINK_KEYS = [
    "id", "kind", "source", "target", "level_printed", "level", "stage", "status", "start", "end", "cites",
]  # fmt: skip
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def check_cites(rows):
    for row in rows:
        assert row["cites"], row["id"]
        for cite in row["cites"]:
            assert set(cite) == {"source", "line"}, row["id"]
            assert isinstance(cite["source"], str)
            assert isinstance(cite["line"], int | str), row["id"]


def is_date(value: object) -> bool:
    return value is None or (isinstance(value, str) and DATE.fullmatch(value) is not None)


def test_clusters_are_the_38_of_the_three_tables_with_the_published_keys(grappe):
    rows = grappe("clusters", "--json").json
    assert {row["id"] for row in rows} == set(CLUSTERS)
    assert len(rows) == 38
    assert all(list(row) == CLUSTER_KEYS for row in rows)


def test_the_values_of_clusters_have_the_published_types(grappe):
    for row in grappe("clusters", "--scope", "all", "--json").json:
        assert isinstance(row["name"], str), row
        assert row["country"] in ("MA", "DZ", "TN", "MR", "LY"), row
        assert row["state"] in (None, "potential", "expected", "emerging", "constituted"), row
        assert row["sector"] is None or (type(row["sector"]) is int and 1 <= row["sector"] <= 7), row
        assert row["anchoring"] in (None, "rooted", "constructed", "none"), row
        for flag in ("partner_north", "partner_south", "provisional_location", "has_sheet", "creative"):
            assert row[flag] in (True, None), row
        assert isinstance(row["places"], list), row
        assert all(isinstance(place, str) for place in row["places"]), row
        assert is_date(row["created"]), row
        for figure in ("members_total", "jobs"):
            assert row[figure] is None or (isinstance(row[figure], int | float) and row[figure] > 0), row
        for text in ("acronym", "website", "legal_form", "emergence_mode"):
            assert row[text] is None or (isinstance(row[text], str) and row[text]), row


def test_in_the_tables_country_and_state_are_always_known(grappe):
    for row in grappe("clusters", "--json").json:
        assert row["country"] == row["id"][:2].upper()
        assert row["state"] in ("expected", "emerging", "constituted")


def test_28_clusters_have_an_identity_sheet(grappe):
    assert sum(row["has_sheet"] is True for row in grappe("clusters", "--json").json) == 28


@pytest.mark.parametrize(
    ("options", "keep"),
    [
        (["--country", "DZ"], lambda row: row["country"] == "DZ"),
        (["--country", "DZ", "--country", "TN"], lambda row: row["country"] in ("DZ", "TN")),
        (["--sector", "1"], lambda row: row["sector"] == 1),
        (["--state", "expected"], lambda row: row["state"] == "expected"),
        (["--anchoring", "constructed"], lambda row: row["anchoring"] == "constructed"),
        (["--north"], lambda row: row["partner_north"]),
        (["--south"], lambda row: row["partner_south"]),
        (["--creative"], lambda row: row["creative"]),
        (["--country", "MA", "--sector", "4", "--state", "constituted"],
         lambda row: (row["country"], row["sector"], row["state"]) == ("MA", 4, "constituted")),
    ],
    ids=str,
)  # fmt: skip
def test_filters_of_clusters_keep_those_of_the_whole_list_that_match(grappe, options, keep):
    everything = grappe("clusters", "--json").json
    kept = grappe("clusters", *options, "--json").json
    assert kept == [row for row in everything if keep(row)]
    assert kept
    assert len(kept) < len(everything)


def test_clusters_come_in_the_order_of_the_tables(grappe):
    countries = [row["country"] for row in grappe("clusters", "--json").json]
    assert countries == sorted(countries, key=["MA", "DZ", "TN"].index)


@pytest.mark.parametrize("entity", ["ma-ce3m", "ma-mnc", "dz-cba", "tn-2ts", "tn-mosaique"])
def test_a_sheet_gives_every_value_with_source_locator_rivals_and_why(grappe, entity):
    sheet = grappe("sheet", entity, "--json").json
    assert {
        "id",
        "name",
        "as_of",
        "fields",
        "people",
        "members",
        "cooperation",
        "links",
        "findings",
    } <= sheet.keys()
    assert set(sheet["cooperation"]) >= {"national", "euromed", "extra_regional"}
    rows = [
        (name, row)
        for name, found in sheet["fields"].items()
        for row in (found if isinstance(found, list) else [found])
    ]
    assert rows
    for name, row in rows + [(row["role"], row) for row in sheet["people"]]:
        assert {"value", "source", "locator", "as_of", "rivals", "why"} <= row.keys(), name
        if row["value"] is not None:
            assert row["locator"].keys() & {"line", "key"}, name
            assert is_date(row["as_of"]), name
        for rival in row["rivals"]:
            assert {"value", "source", "locator", "as_of"} <= rival.keys(), name


def test_every_cluster_has_a_sheet_command(grappe):
    for entity in CLUSTERS:
        assert grappe("sheet", entity, "--json").json["id"] == entity


def test_links_have_the_published_keys_and_codes(grappe):
    rows = grappe("links", "--json").json
    assert len(rows) > 200
    check_cites(rows)
    for row in rows:
        assert list(row)[: len(LINK_KEYS)] == LINK_KEYS
        assert row["kind"] in vocabulary("link_kind"), row
        assert row["level"] is None or row["level"] in vocabulary("level"), row
        assert row["level_printed"] is None or row["level_printed"] in vocabulary("level_printed"), row
        assert row["status"] is None or row["status"] in vocabulary("status"), row
        assert row["stage"] is None or row["stage"] in vocabulary("stage"), row
        assert is_date(row["start"]), row
        assert is_date(row["end"]), row
    assert len({row["id"] for row in rows}) == len(rows)


def test_links_of_one_kind_level_and_cluster(grappe):
    everything = grappe("links", "--json").json
    for option, key, value in (("--kind", "kind", "convention"), ("--level", "level", "euromed")):
        assert grappe("links", option, value, "--json").json == [r for r in everything if r[key] == value]
    mine = grappe("links", "--cluster", "ma-ce3m", "--json").json
    assert mine == [r for r in everything if "ma-ce3m" in (r["source"], r["target"])]
    assert mine


def test_organisations_have_the_published_keys(grappe):
    rows = grappe("organisations", "--json").json
    assert len(rows) > 100
    check_cites(rows)
    for row in rows:
        assert list(row) == ["id", "name", "acronym", "type", "country", "clusters", "cites"]
        assert row["type"] is None or row["type"] in vocabulary("organisation_type"), row
        assert row["country"] is None or re.fullmatch("[A-Z]{2}", row["country"]), row
        assert isinstance(row["clusters"], list), row


def test_forms_have_the_published_keys(grappe):
    rows = grappe("forms", "--json").json
    check_cites(rows)
    for row in rows:
        assert list(row) == ["id", "kind", "name", "country", "place", "specialities", "hosts", "cites"]
        assert row["kind"] is None or row["kind"] in vocabulary("form_kind"), row
        for host in row["hosts"]:
            assert {"cluster", "role"} <= host.keys()
    assert any(row["hosts"] for row in rows)


def test_the_ten_poles_of_tunisia_are_forms(grappe):
    rows = grappe("forms", "--country", "TN", "--json").json
    assert sum(str(row["kind"]).find("pole") >= 0 for row in rows) >= 10


def test_potential_clusters_have_the_published_keys(grappe):
    rows = grappe("potential", "--json").json
    check_cites(rows)
    for row in rows:
        assert list(row) == ["id", "craft", "place", "country", "cites"]
        assert row["craft"], row
    assert {row["country"] for row in rows} == {"MA", "DZ", "TN"}
    assert grappe("potential", "--country", "DZ", "--json").json == [r for r in rows if r["country"] == "DZ"]


def test_programmes_and_events_have_the_published_keys(grappe):
    rows = grappe("programmes", "--json").json
    check_cites(rows)
    for row in rows:
        assert {"id", "kind", "name", "start", "end", "place", "figures", "cites"} <= row.keys()
        assert row["kind"] in ("programme", "event"), row
        assert is_date(row["start"]), row
        assert is_date(row["end"]), row
        for figure in row["figures"]:
            assert {"value", "of", "cites"} <= figure.keys(), row


def test_instruments_have_the_keys_of_programmes(grappe):
    rows = grappe("instruments", "--json").json
    check_cites(rows)
    assert {"MA", "DZ", "TN"} <= {country for row in rows for country in row["country"]}


def test_disputes_have_the_published_keys(grappe):
    rows = grappe("disputes", "--json").json
    assert len(rows) >= 25
    for row in rows:
        assert {"entity", "field", "values", "why", "severity"} <= row.keys()
        assert row["severity"] in ("major", "minor"), row
        assert len(row["values"]) >= 2, row
        for value in row["values"]:
            assert {"value", "line", "part"} <= value.keys(), row
            assert value["part"] in ("sheet", "table", "text", "footnote"), row


def test_disputes_of_one_entity(grappe):
    everything = grappe("disputes", "--json").json
    entity = everything[0]["entity"]
    one = grappe("disputes", "--entity", entity, "--json").json
    assert one == [row for row in everything if row["entity"] == entity]


def test_check_has_the_published_keys_and_says_it_in_words(grappe):
    rows = grappe("check", "--json").json
    assert rows
    for row in rows:
        assert {"rule", "severity", "entities", "fields", "values", "lines", "message"} <= row.keys()
        assert row["message"].strip(), row
        assert "{" not in row["message"], row
        assert all(isinstance(line, int) for line in row["lines"]), row


def test_search_finds_without_accents_or_case(grappe):
    rows = grappe("search", "menara", "--json").json
    assert "ma-menara" in {row["id"] for row in rows}
    assert all({"id", "kind", "name", "country", "place"} <= row.keys() for row in rows)


def test_the_home_textile_clusters_22000_are_its_sectors_jobs(grappe):
    (row,) = [row for row in grappe("clusters", "--json").json if row["id"] == "ma-textile-maison"]
    assert row["jobs"] is None


def test_loading_what_is_loaded_changes_nothing(grappe):
    done = grappe("load", "--json").json
    assert (done["dataset"], done["changed"], done["added"], done["withdrawn"]) == (
        "maghreb-2019",
        False,
        0,
        0,
    )
