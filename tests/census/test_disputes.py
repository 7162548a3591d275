import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.census.disputes import disputes, shown_values
from grappe.census.facts import Facts
from grappe.domain.finding import Severity
from tests.worlds import MARCH, facts_from, said

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
