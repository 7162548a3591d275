"""Proposals against a census: new, confirmed, changed, contradicted."""

from grappe.census.facts import Facts, facts_of
from grappe.census.reading import Change, compare, tally
from grappe.census.reading.proposal import Proposal, Reason
from grappe.domain.entity import Entity, Kind
from grappe.domain.source import Part, Source, SourceKind
from grappe.domain.statement import Statement, Value


def said(field: str, value: Value, as_of: str, **attributes: Value) -> Statement:
    return Statement(
        "xx-wool", field, value, "s", Part.SHEET, as_of, lines=(1,), printed="…", attributes=attributes
    )


def world(*statements: Statement) -> Facts:
    source = Source("s", SourceKind.STUDY, "Study", "2019")
    return facts_of([Entity("xx-wool", Kind.CLUSTER, "d")], statements, {"s": source})


def proposed(field: str, value: Value, entity: str = "xx-wool", **attributes: Value) -> Proposal:
    return Proposal(
        "p1",
        entity,
        Kind.CLUSTER,
        field,
        value,
        "…",
        Part.SHEET,
        0.9,
        Reason("label"),
        (1,),
        attributes=attributes,
    )


def change(facts: Facts, one: Proposal, edition: str = "2024") -> Change:
    (found,) = compare([one], facts, edition)
    return found.change


def test_what_the_census_does_not_know_is_new():
    assert change(world(), proposed("created", "2016")) is Change.NEW
    assert (
        change(world(said("created", "2016", "2019")), proposed("created", "2016", "xx-salt")) is Change.NEW
    )


def test_what_agrees_is_confirmed_a_month_with_its_year_too():
    facts = world(said("created", "2016", "2019"))
    assert change(facts, proposed("created", "2016-05")) is Change.CONFIRMED


def test_another_value_of_a_later_edition_is_a_change():
    facts = world(said("state", "emerging", "2019"))
    assert change(facts, proposed("state", "constituted"), "2024") is Change.CHANGED


def test_another_value_of_the_same_time_is_a_contradiction():
    facts = world(said("created", "2015", "2019-03"))
    assert change(facts, proposed("created", "2018"), "2019-03") is Change.CONTRADICTED


def test_figures_agree_when_their_intervals_meet_and_a_target_is_no_rival_of_a_count():
    facts = world(said("members_total", 85, "2019", modality="observed", perimeter="members"))
    near = proposed("members_total", 80, precision="about", modality="observed", perimeter="members")
    target = proposed("members_total", 200, modality="target", perimeter="members")
    assert change(facts, near, "2019") is Change.CONFIRMED  # 80 ± 8 holds 85
    assert change(facts, target, "2019") is Change.NEW


def test_a_further_item_of_a_list_is_new_and_never_a_contradiction():
    facts = world(said("activity", "training", "2019"))
    assert change(facts, proposed("activity", "research"), "2019") is Change.NEW


def test_what_the_census_says_of_a_later_day_is_not_looked_at():
    facts = world(said("state", "constituted", "2025"))
    assert change(facts, proposed("state", "emerging"), "2024") is Change.NEW


def test_a_tally_names_all_four_ways():
    assert tally([]) == {"new": 0, "confirmed": 0, "changed": 0, "contradicted": 0}
