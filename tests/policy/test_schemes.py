"""The schemes that ship: each loads, each item cites, each citation leads somewhere."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from grappe.domain.entity import Kind
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.cite import STUDY, Cite, CiteKind
from grappe.policy.indicators import Comparison, compare
from grappe.policy.labels import labels
from grappe.policy.scheme import Given, Parameter
from grappe.policy.scheme_files import schemes

SHIPPED = {
    "dz-industrial-zones", "dz-law-17-02", "dz-partnership-clauses", "dz-tax-advantages",
    "dz-technical-centres",
    "eu-collaboration-platform", "eu-excellence-bronze", "eu-excellence-gold", "eu-excellence-silver",
    "int-creative-mediterranean", "ma-agri-food-contract", "ma-call-2019", "ma-contract-programme",
    "ma-industrial-ecosystems", "tn-pilot-afd", "tn-poles", "tn-startup-act",
}  # fmt: skip


def within(item: Any) -> Iterator[Any]:
    """An item and everything in it."""
    yield item
    if is_dataclass(item) and not isinstance(item, type):
        for field in fields(item):
            yield from within(getattr(item, field.name))
    elif isinstance(item, tuple):
        for part in item:
            yield from within(part)
    elif isinstance(item, dict) or hasattr(item, "items"):
        for part in item.values():
            yield from within(part)


EVERYTHING = [thing for one in (*schemes().values(), *labels().values()) for thing in within(one)]
CITES = sorted({thing for thing in EVERYTHING if isinstance(thing, Cite)}, key=lambda cite: cite.short)


def test_the_schemes_of_the_study_and_of_europe_are_there():
    assert schemes().keys() == SHIPPED


def test_every_item_cites_something():
    assert [one for one in EVERYTHING if hasattr(one, "cites") and not one.cites] == []


def test_every_name_is_said_in_three_languages():
    names = [one.name for one in EVERYTHING if is_dataclass(one) and hasattr(one, "name")]
    assert len(names) > 200
    assert all(set(name) == set(LANGUAGES) for name in names)


def test_what_is_not_given_has_no_value_and_what_the_editors_assume_says_so():
    parameters = [one for one in EVERYTHING if isinstance(one, Parameter)]
    assert all(one.value is None for one in parameters if one.source is Given.NOT_GIVEN)
    assumed = [one for one in parameters if one.source is Given.EDITORS]
    assert [one.id for one in assumed] == ["validity_months"]
    assert all(one.note for one in assumed)


def test_the_lines_cited_are_printed_in_the_study(study):
    lines = {line for cite in CITES if cite.source == STUDY for line in cite.lines}
    assert lines
    assert {line for line in lines if not (line <= len(study) and study[line - 1].strip())} == set()


def test_the_statements_cited_stand_in_the_census(maghreb):
    ids = {cite.statement for cite in CITES if cite.kind is CiteKind.STATEMENT}
    assert len(ids) > 15
    assert ids - maghreb.facts.by_id.keys() == set()


def test_a_statement_stands_on_a_line_that_is_cited_beside_it(maghreb):
    for one in EVERYTHING:
        cites = getattr(one, "cites", ())
        lines = {line for cite in cites for line in cite.lines}
        for cite in cites:
            if cite.kind is CiteKind.STATEMENT:
                assert set(maghreb.facts.by_id[cite.statement].lines) & lines, (one, cite)


def test_the_instruments_named_are_in_the_census(maghreb):
    known = maghreb.facts.of_kind(Kind.INSTRUMENT)
    named = {id for one in schemes().values() for id in one.instruments}
    assert named - set(known) == set()


def test_givers_of_labels_are_in_the_census(maghreb):
    givers = {one.giver_id for one in labels().values() if one.giver_id}
    assert givers - maghreb.facts.entities.keys() == set()
    assert {one.scheme for one in labels().values() if one.scheme} <= SHIPPED


def test_the_numbers_of_the_contract_are_printed_where_they_are_cited(study):
    assert "2 millions de Dirhams" in study[376]
    assert "pendant 3 ans" in study[376]
    assert "une durée de deux ans" in study[376]
    assert "une durée de 3 ans. Dans ce cas, le soutien financier est dégressif" in study[376]
    assert "deux ou trois ans, voire plus" in study[391]
    assert "jusqu'au 14 juin" in study[370]


def test_the_gold_label_has_31_indicators_of_which_17_serve_the_silver_audit():
    (listed,) = schemes()["eu-excellence-gold"].indicator_sets
    assert len(listed.indicators) == listed.count == 31
    # S marks: 1.1.0-1.1.2 (3), 2.1 and 2.4-2.7 (5), 4.1.1-4.1.6 (6), 4.3, 4.4, 4.6.1 (3).
    assert sum("eu-excellence-silver" in one.also for one in listed.indicators) == 3 + 5 + 6 + 3


def test_thirteen_then_four_indicators_cannot_all_be_compared():
    first, later = schemes()["ma-contract-programme"].indicator_sets
    assert (first.count, len(first.indicators), later.count, len(later.indicators)) == (13, 5, 4, 4)
    found = compare(first, later)
    assert found["self_financing_rate"] is Comparison.NOT_LISTED  # eight of the thirteen are not named
    assert found["startups_created"] is Comparison.CANNOT_TELL  # named twice, defined once
    assert found["patents"] is Comparison.ONLY_ONE


@pytest.mark.parametrize("id", sorted(SHIPPED))
def test_a_scheme_names_what_the_source_leaves_open_or_leaves_nothing_open(id):
    one = schemes()[id]
    used = {amount.parameter for r in one.readings for phase in r.phases for amount in phase.amounts}
    assert used - {None} <= one.parameters.keys()


def test_there_are_seven_kinds_of_labels():
    assert len(labels()) == 7
    assert {one.receiver for one in labels().values()} == {"cluster", "project", "startup"}
