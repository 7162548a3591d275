from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.links import links
from grappe.domain.entity import Kind
from grappe.present.links import KEYS, link_plain
from grappe.present.plain import caption, captions, cite, cites, locator, shown_plain, stated
from grappe.present.sheet import sheet_plain
from tests.worlds import MARCH, facts, facts_from, said

A = "cluster-a"


def sheet(world: Facts, entity: str = A) -> dict:
    return sheet_plain(
        world, entity, shown_values(world, entity, MARCH), links(world, MARCH, entity), [], "2019-03"
    )


# --- one statement --------------------------------------------------------------------------------


def test_a_statement_says_its_value_and_everything_by_which_to_check_it():
    row = said(A, "jobs", 300, 12, precision="about", printed="environ 300", note=("fr:a", "en:b", "ar:ج"))
    assert stated(facts_from([row]), row) == {
        "value": 300,
        "source": "book",
        "part": "sheet",
        "locator": {"line": 12},
        "printed": "environ 300",
        "as_of": "2019-03",
        "statement": row.id,
        "modality": "observed",
        "perimeter": "members",
        "precision": "about",
        "note": {"fr": "a", "en": "b", "ar": "ج"},
    }


def test_a_locator_is_a_line_lines_a_cell_or_a_key():
    rows = [
        said(A, "name", "a", 12), said(A, "name", "a", (12, 13)),
        said(A, "name", "a", 5, column="name"), said(A, "name", "a", source="web", key="home"),
    ]  # fmt: skip
    assert [{k: v for k, v in locator(s).items() if k not in ("source", "part")} for s in rows] == [
        {"line": 12}, {"line": [12, 13]}, {"line": 5, "column": "name"}, {"key": "home"},
    ]  # fmt: skip


def test_citations_name_each_line_once_in_order():
    rows = [
        said(A, "name", "a", (500, 12)),
        said(A, "acronym", "b", 12),
        said(A, "alias", "c", source="web", key="home"),
    ]
    assert cites(rows) == [
        {"source": "book", "line": 12},
        {"source": "book", "line": 500},
        {"source": "web", "line": "home"},
    ]
    assert cite(rows[0]) == {"source": "book", "line": 500}


def test_a_reference_is_named_beside_its_id():
    world = facts(
        (A, "president", "person-p", 12),
        ("person-p", "name", "Amel"),
        (A, "place", "pl-x pl-y", 5),
        ("pl-x", "name", "Sfax"),
    )
    values = {s.field: s for s in world.statements(A)}
    assert captions(world, values["president"], Kind.CLUSTER) == "Amel"
    assert captions(world, values["place"], Kind.CLUSTER) == ["Sfax", "pl-y"]
    assert captions(world, world.statements("person-p")[0], Kind.PERSON) is None


def test_the_caption_is_the_name_of_the_trusted_part_and_nothing_for_a_redacted_one():
    text, sheet_name = said(A, "name", "Le cuir", 500), said(A, "name", "Cuir", 50)
    assert caption(facts_from([text, sheet_name]), A) == "Cuir"
    assert caption(facts_from([text, sheet_name], prefer=[text]), A) == "Le cuir"
    erased = said("person-p", "name", None, 12, personal=True, redacted="asked")
    assert caption(facts_from([erased]), "person-p") is None
    assert caption(facts(), "cluster-z") is None


# --- one value ------------------------------------------------------------------------------------


def test_a_value_comes_with_its_rivals_its_confirmations_and_the_reason():
    world = facts((A, "created", "2015", 50), (A, "created", "2015-04", 500), (A, "created", "2018", 950))
    found = shown_plain(world, shown_values(world, A, MARCH)["created"][0])
    assert (found["value"], found["why"], found["severity"]) == ("2015", "part", "major")
    assert [rival["value"] for rival in found["rivals"]] == ["2018"]
    assert [rival["value"] for rival in found["confirmed_by"]] == ["2015-04"]


def test_where_there_is_no_winner_the_equal_is_among_the_rivals():
    world = facts(
        (A, "place", "pl-x", 5), (A, "place", "pl-y", 50), ("pl-x", "name", "X"), ("pl-y", "name", "Y")
    )
    found = shown_plain(world, shown_values(world, A, MARCH)["place"][0])
    assert found["why"] == "no_winner"
    assert {tuple(found["name"]), tuple(found["rivals"][0]["name"])} == {("X",), ("Y",)}


def test_a_value_without_dispute_has_no_severity():
    world = facts((A, "created", "2015", 50))
    found = shown_plain(world, shown_values(world, A, MARCH)["created"][0])
    assert "severity" not in found
    assert (found["rivals"], found["confirmed_by"], found["why"]) == ([], [], "only")


# --- a whole sheet --------------------------------------------------------------------------------


def test_a_sheet_shows_every_field_people_apart():
    world = facts(
        (A, "name", "Cuir", 5),
        (A, "president", "person-p", 12),
        ("person-p", "name", "Amel"),
        (A, "niche", "milk", 13),
    )
    found = sheet(world)
    assert (found["id"], found["kind"], found["as_of"]) == (A, "cluster", "2019-03")
    assert list(found["fields"]) == ["name", "niche"]
    assert [row["value"] for row in found["fields"]["niche"]] == ["milk"]  # a list, since a cluster has many
    assert [(p["role"], p["name"], p["bearer"]) for p in found["people"]] == [("president", "Amel", "person")]


def test_an_erased_officer_is_withheld_with_line_and_reason_and_not_unknown():
    erased = said(A, "president", None, 12, personal=True, redacted="asked")
    (person,) = sheet(facts_from([said(A, "name", "Cuir", 5), erased]))["people"]
    assert (person["role"], person["value"], person["why"], person["redacted"]) == (
        "president",
        None,
        "withheld",
        "asked",
    )
    assert person["locator"] == {"line": 12}


def test_a_figure_of_a_whole_sector_stands_beside_the_clusters_own_unknown():
    found = sheet(facts((A, "name", "Cuir"), (A, "jobs", 22_000, 500, {"perimeter": "national_sector"})))[
        "fields"
    ]["jobs"]
    assert (found["value"], found["why"], found["rivals"]) == (None, "unknown", [])
    assert [row["value"] for row in found["context"]] == [22_000]


def test_a_target_is_context_and_never_the_value():
    found = sheet(
        facts((A, "name", "Cuir"), (A, "jobs", 300, 12), (A, "jobs", 500, 13, {"modality": "target"}))
    )["fields"]["jobs"]
    assert found["value"] == 300
    assert [row["modality"] for row in found["context"]] == ["target"]


def test_cooperation_stands_under_the_level_printed():
    world = facts(
        (A, "name", "Cuir"), (A, "country", "MA"),
        (A, "cooperation_country", "SN", 50, {"level": "extra_regional"}),
        ("link-1", "kind", "partnership", 50), ("link-1", "from", A, 50),
        ("link-1", "to", "organisation-o", 50), ("link-1", "level", "euromed", 50),
        ("link-2", "kind", "support", 500), ("link-2", "from", "organisation-o", 500),
        ("link-2", "to", A, 500),
        ("organisation-o", "name", "Techtera", 50), ("organisation-o", "country", "FR", 50),
    )  # fmt: skip
    levels = sheet(world)["cooperation"]
    assert {level: [row.get("id", row.get("country")) for row in rows] for level, rows in levels.items()} == {
        "national": [],
        "euromed": ["link-1"],
        "extra_regional": ["SN"],
        "unprinted": ["link-2"],
    }


def test_members_are_named_with_their_role_and_line():
    world = facts(
        (A, "name", "Cuir"),
        (A, "member", "organisation-o", 14, {"role": "founder"}),
        ("organisation-o", "name", "Tannerie"),
    )
    assert sheet(world)["members"] == [
        {
            "id": "organisation-o",
            "name": "Tannerie",
            "role": "founder",
            "cites": [{"source": "book", "line": 14}],
        }
    ]


def test_a_thing_that_is_no_cluster_has_neither_members_nor_cooperation():
    found = sheet(facts(("organisation-o", "name", "Tannerie")), "organisation-o")
    assert not {"members", "cooperation"} & found.keys()


# --- links ----------------------------------------------------------------------------------------


def test_a_link_has_the_keys_that_the_issue_lists_and_the_names_of_its_ends():
    world = facts(
        (A, "name", "Cuir"), (A, "country", "MA"),
        ("link-1", "kind", "partnership", 50), ("link-1", "from", A, 50),
        ("link-1", "to", "organisation-o", 50),
        ("organisation-o", "name", "Techtera"), ("organisation-o", "country", "FR"),
    )  # fmt: skip
    (one,) = links(world, MARCH)
    found = link_plain(world, one)
    assert tuple(found) == KEYS
    assert KEYS[:11] == (
        "id",
        "kind",
        "source",
        "target",
        "level_printed",
        "level",
        "stage",
        "status",
        "start",
        "end",
        "cites",
    )
    assert (found["source_name"], found["target_name"], found["level"]) == ("Cuir", "Techtera", "euromed")
    assert found["cites"] == [{"source": "book", "line": 50}]
