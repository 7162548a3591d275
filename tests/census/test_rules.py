"""Each consistency rule: a world in which it fires, and one in which it does not."""

from collections.abc import Callable

import pytest
from tests.worlds import MARCH, facts

from grappe.census.facts import Facts
from grappe.census.rules import RULES, findings
from grappe.domain.finding import Finding, Severity

A, B, C = "cluster-a", "cluster-b", "cluster-c"
SHEET = 50


def fired(rule: str, world: Facts) -> list[Finding]:
    return list(RULES[rule](world, MARCH))


def params(rule: str, world: Facts) -> dict[str, str]:
    (finding,) = fired(rule, world)
    return dict(finding.params)


# --- counts ---------------------------------------------------------------------------------------


def members(total: int, firms: int, schools: int, line: int = SHEET, **more: str) -> Facts:
    return facts(
        (A, "members_total", total, SHEET, more),
        (A, "members_count", firms, line, {"of": "companies"}),
        (A, "members_count", schools, line, {"of": "universities_schools"}),
    )


def test_categories_that_add_up_to_more_than_the_total_are_found():
    assert params("parts_beyond_total", members(40, 30, 12)) == {"total": "40", "sum": "42"}  # 30 + 12 > 40


def test_categories_that_add_up_to_the_total_or_less_are_not():
    assert fired("parts_beyond_total", members(42, 30, 12)) == []
    assert fired("parts_beyond_total", members(50, 30, 12)) == []


def test_a_total_that_is_about_right_is_right():
    assert fired("parts_beyond_total", members(40, 30, 12, precision="about")) == []  # 42 <= 40 + 10 % of 40
    assert fired("parts_beyond_total", members(40, 30, 12, precision="at_least")) == []


def test_only_the_parts_printed_with_the_total_must_add_up_to_it():
    assert fired("parts_beyond_total", members(40, 30, 12, line=500)) == []


def test_a_target_is_no_total():
    assert fired("parts_beyond_total", members(40, 30, 12, modality="target")) == []


def named(count: int, *, kind: str = "company", line: int = SHEET) -> Facts:
    rows = []
    for firm in ("organisation-1", "organisation-2", "organisation-3"):
        rows += [(A, "member", firm, line), (firm, "type", kind)]
    return facts((A, "members_count", count, SHEET, {"of": "companies"}), *rows)


def test_more_companies_named_than_counted_are_found():
    assert params("named_beyond_count", named(2)) == {"count": "2", "named": "3"}


def test_fewer_named_than_counted_is_usual():
    assert fired("named_beyond_count", named(3)) == []
    assert fired("named_beyond_count", named(60)) == []


def test_members_that_are_no_companies_or_are_named_elsewhere_are_not_counted():
    assert fired("named_beyond_count", named(2, kind="university")) == []
    assert fired("named_beyond_count", named(2, line=500)) == []


def groups(count: int, listed: int) -> Facts:
    rows = [
        (f"cluster-{n}", field, value, 950)
        for n in range(listed)
        for field, value in (("state", "potential"), ("country", "MA"))
    ]
    figure = ("programme-p", "figure", count, 500, {"of": "groups_identified", "unit": "count"})
    return facts(("programme-p", "country", "MA"), figure, *rows)


def test_a_number_of_groupings_that_the_list_does_not_have_is_found():
    assert params("counted_lists", groups(5, listed=3)) == {"count": "5", "listed": "3", "country": "MA"}


def test_a_list_as_long_as_announced_is_not():
    assert fired("counted_lists", groups(3, listed=3)) == []


def test_where_nothing_is_listed_nothing_is_compared():
    assert fired("counted_lists", groups(3, listed=0)) == []


def contracts(count: int, recorded: int, measure: str = "clusters_contracted_now", merged: int = 0) -> Facts:
    rows = []
    for n in range(recorded):
        rows += [
            (f"cluster-{n}", "recognition", "contracted", 12, {"by": "organisation-m"}),
            (f"cluster-{n}", "country", "MA"),
        ]
    for n in range(merged):
        rows += [(f"cluster-m{n}", "life", "merged"), (f"cluster-m{n}", "country", "MA")]
    figure = ("instrument-i", "figure", count, 500, {"of": measure, "unit": "count"})
    return facts(("instrument-i", "country", "MA"), figure, *rows)


def test_a_number_of_contracts_that_is_not_recorded_is_found():
    assert params("recognised_counts", contracts(11, recorded=3)) == {
        "count": "11",
        "listed": "3",
        "country": "MA",
    }


def test_a_number_of_contracts_as_recorded_is_not():
    assert fired("recognised_counts", contracts(3, recorded=3)) == []


def test_merged_clusters_once_had_a_contract_and_have_none_now():
    assert (
        fired("recognised_counts", contracts(4, recorded=3, measure="clusters_contracted_ever", merged=1))
        == []
    )
    assert (
        fired("recognised_counts", contracts(3, recorded=3, measure="clusters_contracted_now", merged=1))
        == []
    )
    assert (
        fired("recognised_counts", contracts(4, recorded=3, measure="clusters_contracted_now", merged=1))
        != []
    )


# --- officers -------------------------------------------------------------------------------------


def test_one_person_in_two_clusters_is_found():
    world = facts(
        (A, "president", "person-p", 12), (B, "director", "person-p", 13), ("person-p", "name", "Amel")
    )
    (finding,) = fired("one_officer_two_clusters", world)
    assert (finding.entities, finding.fields, finding.params) == (
        (A, B),
        ("director", "president"),
        {"person": "person-p"},
    )


def test_two_offices_in_one_cluster_or_one_body_for_two_clusters_are_not():
    twice = facts(
        (A, "president", "person-p", 12), (A, "director", "person-p", 13), ("person-p", "name", "Amel")
    )
    body = facts(
        (A, "facilitator", "organisation-o", 12),
        (B, "facilitator", "organisation-o", 13),
        ("organisation-o", "name", "Pôle"),
    )
    assert fired("one_officer_two_clusters", twice) == []
    assert fired("one_officer_two_clusters", body) == []


def test_a_president_beside_an_acting_president_is_found():
    world = facts((A, "president", "person-p", 12), (A, "acting_president", "person-q", 13))
    assert [f.entities for f in fired("two_presidents", world)] == [(A,)]


def test_a_president_alone_is_not():
    assert (
        fired("two_presidents", facts((A, "president", "person-p", 12), (A, "director", "person-q", 13)))
        == []
    )


# --- misplaced content ----------------------------------------------------------------------------


def activities(
    printed: str, *, line: int = SHEET, other_country: str = "TN", also_at: str | None = None
) -> Facts:
    rows = [
        (A, "listed", True), (A, "country", "TN"), (A, "place", "place-sfax"),
        (B, "listed", True), (B, "country", other_country), (B, "place", "place-monastir"),
        ("place-sfax", "name", "Sfax"), ("place-monastir", "name", "Monastir"),
        (A, "activity", "training", line, {"printed": printed}),
    ]  # fmt: skip
    if also_at:
        rows += [(C, "listed", True), (C, "country", "TN"), (C, "place", also_at)]
    return facts(*rows)


def test_an_activity_that_names_the_town_of_another_cluster_is_found():
    (finding,) = fired("activity_of_another_place", activities("Formation des PME de Monastir"))
    assert (finding.entities, finding.fields, finding.severity) == ((A, B), ("activity",), Severity.MAJOR)


@pytest.mark.parametrize(
    "world",
    [
        activities("Formation des PME de Sfax"),  # its own town
        activities("Formation des PME du Sahel"),  # no town
        activities("Formation des PME de Monastir", line=500),  # the text may speak of anything
        activities("Formation des PME de Monastir", other_country="DZ"),
        activities(
            "Formation des PME de Monastir", also_at="place-monastir"
        ),  # a town that two clusters share
        activities("Formation des Monastiriens"),  # a word that only begins like the town
    ],
)
def test_an_activity_that_names_no_town_of_one_other_cluster_is_not(world: Facts):
    assert fired("activity_of_another_place", world) == []


# --- targets --------------------------------------------------------------------------------------


def test_a_number_printed_as_target_and_as_fact_is_found():
    world = facts((A, "jobs", 500, 12, {"modality": "target"}), (A, "jobs", 500, 500))
    assert params("target_told_as_fact", world) == {"value": "500"}


def test_another_number_or_another_thing_counted_is_not():
    other = facts((A, "jobs", 500, 12, {"modality": "target"}), (A, "jobs", 400, 500))
    thing = facts(
        (A, "result", 5, 12, {"modality": "target", "of": "startups_supported", "unit": "count"}),
        (A, "result", 5, 500, {"of": "products_launched", "unit": "count"}),
    )
    assert fired("target_told_as_fact", other) == []
    assert fired("target_told_as_fact", thing) == []


# --- links ----------------------------------------------------------------------------------------


def cooperation(
    *more: tuple, country: str = "FR", kind: str = "partnership", flag: str | None = None
) -> Facts:
    rows = [
        (A, "listed", True), (A, "country", "MA"), ("organisation-o", "country", country),
        ("link-1", "kind", kind, 12), ("link-1", "from", A, 12), ("link-1", "to", "organisation-o", 12),
    ]  # fmt: skip
    if flag:
        rows.append((A, flag, True, 5))
    return facts(*rows, *(("link-1", field, value, 12) for field, value in more))


def test_a_level_that_the_countries_contradict_is_found():
    assert params("level_against_countries", cooperation(("level", "national"))) == {
        "printed": "national",
        "computed": "euromed",
        "link": "link-1",
    }


def test_an_african_partner_printed_as_extra_regional_is_not():
    assert fired("level_against_countries", cooperation(("level", "extra_regional"), country="SN")) == []
    assert fired("level_against_countries", cooperation(("level", "euromed"))) == []
    assert fired("level_against_countries", cooperation()) == []


def test_a_neighbour_of_the_maghreb_printed_as_euro_mediterranean_is_found():
    assert (
        params("level_against_countries", cooperation(("level", "euromed"), country="TN"))["computed"]
        == "intra_maghreb"
    )


def test_what_is_told_as_done_after_the_day_spoken_of_is_found():
    world = facts(("event-e", "status", "done", 12), ("event-e", "start", "2019-04", 12))
    assert params("told_before_it_happened", world) == {"start": "2019-04", "as_of": "2019-03"}


@pytest.mark.parametrize(
    ("status", "start"), [("planned", "2019-04"), ("done", "2019-03"), ("done", "2019"), ("done", "2018")]
)
def test_what_is_planned_or_may_have_happened_is_not(status: str, start: str):
    world = facts(("event-e", "status", status, 12), ("event-e", "start", start, 12))
    assert fired("told_before_it_happened", world) == []


def test_a_flag_without_any_link_on_that_side_is_found():
    assert params("flag_without_link", cooperation(flag="partner_south")) == {"side": "south"}


def test_a_flag_that_a_link_bears_out_is_not():
    assert fired("flag_without_link", cooperation(flag="partner_north")) == []
    assert fired("flag_without_link", cooperation()) == []


def test_a_link_where_the_flag_is_blank_is_found():
    assert params("link_without_flag", cooperation()) == {"side": "north", "count": "1"}


@pytest.mark.parametrize(
    "world",
    [
        cooperation(flag="partner_north"),
        cooperation(("status", "sought")),
        cooperation(("status", "planned")),
        cooperation(kind="listing"),
        cooperation(kind="event"),
        cooperation(kind="hosting"),
        cooperation(country="MA"),  # a partner at home is on neither side
        cooperation(country="CA"),
    ],
)
def test_a_partner_sought_or_listed_or_at_home_asks_for_no_flag(world: Facts):
    assert fired("link_without_flag", world) == []


def test_a_country_named_without_a_partner_counts_as_cooperation_with_its_side():
    rows = [(A, "listed", True), (A, "country", "MA")]
    named_south = (A, "cooperation_country", "SN", 50, {"level": "extra_regional"})
    sought = (A, "cooperation_country", "SN", 50, {"level": "extra_regional", "status": "sought"})
    assert params("link_without_flag", facts(*rows, named_south)) == {"side": "south", "count": "1"}
    assert fired("link_without_flag", facts(*rows, sought)) == []
    assert fired("flag_without_link", facts(*rows, named_south, (A, "partner_south", True, 5))) == []


# --- names and addresses --------------------------------------------------------------------------


def two_names(
    one: str, other: str, *, countries: tuple[str, str] = ("TN", "TN"), kind: str = "organisation"
) -> Facts:
    first, second = f"{kind}-1", f"{kind}-2"
    return facts(
        (first, "name", one, 12), (first, "country", countries[0], 12),
        (second, "name", other, 13), (second, "country", countries[1], 13),
    )  # fmt: skip


def test_two_spellings_of_one_name_are_found():
    (finding,) = fired("alike_names", two_names("Confédération Tunisienne", "Confederation tunisiene"))
    assert (finding.entities, finding.severity) == (("organisation-1", "organisation-2"), Severity.NOTE)


@pytest.mark.parametrize(
    "world",
    [
        two_names("Confédération Tunisienne", "Chambre de commerce"),
        two_names("Confédération Tunisienne", "Confederation tunisiene", countries=("TN", "DZ")),
        two_names("UTICA", "UTICB"),  # too short to tell
        two_names("Confédération Tunisienne", "Confederation tunisiene", kind="event"),
    ],
)
def test_names_of_two_things_are_not(world: Facts):
    assert fired("alike_names", world) == []


def hosted(address: str, *, kind: str = "hosting") -> Facts:
    return facts(
        (A, "website", address, 12),
        ("form-f", "acronym", "MFCPOLE"), ("form-f", "place", ("place-monastir",)),
        ("place-monastir", "name", "Monastir"),
        ("link-1", "kind", kind), ("link-1", "from", "form-f"), ("link-1", "to", A),
    )  # fmt: skip


@pytest.mark.parametrize("address", ["www.mfcpole.com.tn", "http://www.polemonastir.tn/cluster"])
def test_an_address_that_is_the_hosts_is_found(address: str):
    assert params("website_of_host", hosted(address)) == {"value": address}


def test_an_address_of_its_own_or_of_a_mere_partner_is_not():
    assert fired("website_of_host", hosted("www.cluster-cuir.tn")) == []
    assert fired("website_of_host", hosted("www.mfcpole.com.tn", kind="partnership")) == []


# --- all rules ------------------------------------------------------------------------------------


def test_an_empty_world_has_no_finding():
    assert findings(facts(), MARCH) == []


def test_findings_come_in_the_order_of_the_rules_and_cite_statements_that_exist():
    world = facts(
        (A, "members_total", 4, SHEET), (A, "president", "person-p", 12), (B, "president", "person-p", 13),
        (A, "members_count", 3, SHEET, {"of": "companies"}),
        (A, "members_count", 2, SHEET, {"of": "universities_schools"}),
        ("person-p", "name", "Amel"),
    )  # fmt: skip
    found = findings(world, MARCH)
    assert [f.rule for f in found] == ["parts_beyond_total", "one_officer_two_clusters"]
    assert all(statement in world.by_id for f in found for statement in f.statements)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_listed_under_its_own_name_and_says_what_it_looks_for(name: str):
    rule: Callable = RULES[name]
    assert rule.__name__ == name
    assert rule.__doc__
