import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import MARCH, facts_from, said

from grappe.census.disputes import disputes, shown_values
from grappe.census.facts import Facts
from grappe.domain.finding import Severity

A = "cluster-a"
SIDES = [said(A, "created", "2015", 50), said(A, "created", "2018", 500)]
NAME = said(A, "name", "Cuir", 5)


def found(facts: Facts) -> list[tuple[str, str]]:
    return [(d.entity, d.field) for d in disputes(facts, MARCH)]


def test_two_values_that_cannot_both_be_true_are_a_dispute_with_both_statements():
    (dispute,) = disputes(facts_from([NAME, *SIDES]), MARCH)
    assert (dispute.entity, dispute.field, dispute.severity) == (A, "created", Severity.MAJOR)
    assert dispute.statements == tuple(SIDES)  # the value shown comes first


@pytest.mark.parametrize("side", SIDES)
def test_take_one_side_away_and_the_dispute_is_gone(side):
    assert found(facts_from([NAME, side])) == []


def test_a_withdrawn_statement_is_no_rival():
    # Facts hold standing statements: one that its data set no longer contains is not among them.
    standing = [s for s in [NAME, *SIDES] if s is not SIDES[1]]
    assert not shown_values(facts_from(standing), A, MARCH)["created"][0].disputed


def test_a_dispute_names_every_statement_of_its_slot():
    echo = said(A, "created", "2018-05", 950)
    (dispute,) = disputes(facts_from([*SIDES, echo]), MARCH)
    assert sorted(s.id for s in dispute.statements) == sorted(s.id for s in [*SIDES, echo])


def test_a_ruling_does_not_hide_a_dispute():
    assert found(facts_from(SIDES, prefer=[SIDES[1]])) == [(A, "created")]
    (dispute,) = disputes(facts_from(SIDES, prefer=[SIDES[1]]), MARCH)
    assert dispute.statements[0] is SIDES[1]


def test_disputes_come_in_the_order_of_entities_and_of_the_declaration():
    rows = [
        said(entity, field, value, line)
        for entity in ("cluster-b", "cluster-a")
        for field, values in (("created", ("2015", "2018")), ("sector", (1, 2)))
        for line, value in zip((5, 50), values, strict=True)
    ]
    assert found(facts_from(rows)) == [
        ("cluster-a", "sector"),
        ("cluster-a", "created"),
        ("cluster-b", "sector"),
        ("cluster-b", "created"),
    ]


def place(*wholes: tuple, country: bool = False):
    rows = [said(A, "place", "pl-town", 5), said(A, "place", "pl-region", 50)]
    rows += [said(part, "within", whole) for part, whole in wholes]
    if country:
        rows.append(said("pl-region", "place_kind", "country"))
    (dispute,) = disputes(facts_from(rows), MARCH)
    return dispute.severity


def test_a_town_and_the_region_it_lies_in_are_a_coarser_answer_at_any_depth():
    assert place(("pl-town", "pl-region")) is Severity.MINOR
    assert place(("pl-town", "pl-valley"), ("pl-valley", "pl-region")) is Severity.MINOR
    assert place(("pl-region", "pl-town")) is Severity.MINOR


def test_two_towns_of_one_region_or_of_one_country_are_a_contradiction():
    assert place() is Severity.MAJOR
    assert place(("pl-town", "pl-valley"), ("pl-region", "pl-valley")) is Severity.MAJOR
    assert place(("pl-town", "pl-region"), country=True) is Severity.MAJOR


def test_places_that_lie_in_each_other_end_no_search():
    assert place(("pl-town", "pl-region"), ("pl-region", "pl-town")) is Severity.MINOR


def test_only_the_entities_asked_for_are_looked_at():
    facts = facts_from([*SIDES, said("cluster-b", "sector", 1, 5), said("cluster-b", "sector", 2, 50)])
    assert [d.entity for d in disputes(facts, MARCH, ["cluster-b"])] == ["cluster-b"]


def test_a_dispute_is_of_a_day():
    later = said(A, "created", "2018", 500, as_of="2019-03")
    facts = facts_from([said(A, "created", "2015", 50, as_of="2019"), later])
    assert found(facts) == [(A, "created")]
    assert list(disputes(facts_from([said(A, "created", "2015", 50, as_of="2014"), later]), MARCH)) == []


@given(
    st.lists(
        st.builds(lambda value, line: said(A, "sector", value, line), st.integers(1, 3), st.integers(1, 999)),
        min_size=2,
        max_size=6,
        unique_by=lambda s: s.id,
    )
)
def test_there_is_a_dispute_exactly_when_two_sectors_are_printed(rows):
    assert bool(found(facts_from(rows))) == (len({s.value for s in rows}) > 1)
