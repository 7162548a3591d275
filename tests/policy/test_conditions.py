"""Each kind of condition: met, not met, cannot tell."""

from datetime import date
from decimal import Decimal
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate
from grappe.domain.interval import Interval
from grappe.policy.cite import Cite, CiteKind
from grappe.policy.conditions import RULES, evaluate
from grappe.policy.finding import all_met, any_met
from grappe.policy.profile import Fact
from grappe.policy.scheme import Condition, ConditionKind, Given, Parameter, ParameterType

DAY = date(2019, 3, 31)
LAW = (Cite(CiteKind.LAW, title="Law 1", article="2"),)
LINE = (Cite(CiteKind.LINE, lines=(7,), source="book"),)


def condition(kind, needed=None, **more):
    return Condition("rule", ConditionKind(kind), {}, LAW, more.pop("field", "thing"), needed, **more)


def met(one, value=None, parameters=None):
    profile = {} if value is None else {"thing": Fact(value, LINE)}
    return evaluate(one, profile, DAY, parameters or {}).met


def test_every_kind_but_the_composed_and_the_window_has_its_rule():
    assert set(ConditionKind) - RULES.keys() == {ConditionKind.ANY_OF, ConditionKind.WINDOW}


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        (15, True),
        (14, False),
        (Interval(16, 20), True),  # about 18: 18 ± 10 % lies above
        (Interval(12, 14.5), False),
        (Interval(14, 16), None),  # about 15 may be 14
        (Interval(12, inf), None),  # "at least 12"
        (Interval(15, inf), True),
        ("many", None),
        (True, None),
    ],
)
def test_at_least(value, answer):
    assert met(condition("min", Decimal(15)), value) is answer


@pytest.mark.parametrize(
    ("value", "answer"), [(8, True), (9, False), (Interval(7, 9), None), (Interval(9, inf), False)]
)
def test_at_most(value, answer):
    assert met(condition("max", Decimal(8)), value) is answer


def test_half_a_post_is_compared_exactly():
    assert met(condition("min", Decimal("0.5")), 0.5) is True
    assert met(condition("min", Decimal("0.5")), 0.25) is False


@pytest.mark.parametrize(
    ("value", "answer"), [("1", True), ("2", False), (("2", "1"), True), (("2", "3"), False)]
)
def test_one_of(value, answer):
    assert met(condition("one_of", ("1", "5")), value) is answer


def test_all_of_never_says_no_as_a_source_need_not_name_everything():
    assert met(condition("all_of", ("a", "b")), ("a", "b", "c")) is True
    assert met(condition("all_of", ("a", "b")), ("a",)) is None


@pytest.mark.parametrize(("value", "answer"), [(True, True), (False, False), ("yes", None)])
def test_flag(value, answer):
    assert met(condition("flag"), value) is answer


@pytest.mark.parametrize("kind", ["min", "max", "one_of", "all_of", "flag"])
def test_an_unknown_fact_cannot_be_told_and_is_named(kind):
    needed = {"min": Decimal(1), "max": Decimal(1), "one_of": ("a",), "all_of": ("a",)}.get(kind)
    found = evaluate(condition(kind, needed), {}, DAY, {})
    assert (found.met, found.seen, found.missing) == (None, None, ("thing",))
    assert found.cites == LAW


def test_a_finding_says_what_is_seen_and_needed_and_by_which_texts():
    found = evaluate(condition("min", Decimal(15), unit="members"), {"thing": Fact(14, LINE)}, DAY, {})
    assert (found.met, found.seen, found.needed, found.unit) == (False, 14, Decimal(15), "members")
    assert found.cites == LAW + LINE
    assert found.missing == ()


def test_a_threshold_that_is_not_given_cannot_be_told_until_it_is_assumed():
    one = condition("one_of", None, parameter="sectors")
    unknown = Parameter("sectors", {}, ParameterType.CODES, Given.NOT_GIVEN, LAW)
    found = evaluate(one, {"thing": Fact("1")}, DAY, {"sectors": unknown})
    assert (found.met, found.needed, found.missing) == (None, None, ("parameter:sectors",))
    assumed = Parameter("sectors", {}, ParameterType.CODES, Given.ASSUMED, LAW, ("1", "2"))
    assert evaluate(one, {"thing": Fact("1")}, DAY, {"sectors": assumed}).met is True


def test_any_of_needs_one_way():
    ways = (condition("flag", field="a"), condition("flag", field="b"))
    one = Condition("rule", ConditionKind.ANY_OF, {}, LAW, ways=ways)
    facts = {"yes": Fact(True), "no": Fact(False)}
    assert evaluate(one, {"a": facts["no"], "b": facts["yes"]}, DAY, {}).met is True
    assert evaluate(one, {"a": facts["no"], "b": facts["no"]}, DAY, {}).met is False
    open_ = evaluate(one, {"a": facts["no"]}, DAY, {})
    assert (open_.met, open_.missing, len(open_.parts)) == (None, ("b",), 2)


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        ("2019-02-28", False),
        ("2019-03-15", None),
        ("2019-03-31", True),
        ("2019-06-14", True),
        ("2019-06-15", False),
    ],
)
def test_a_window_opens_in_its_month_and_closes_after_its_last_day(on, answer):
    one = Condition(
        "rule", ConditionKind.WINDOW, {}, LAW, opens=PartialDate("2019-03"), closes=PartialDate("2019-06-14")
    )
    assert evaluate(one, {}, date.fromisoformat(on), {}).met is answer


def test_a_window_that_opens_on_a_day_is_open_on_it():
    one = Condition(
        "rule",
        ConditionKind.WINDOW,
        {},
        LAW,
        opens=PartialDate("2019-03-31"),
        closes=PartialDate("2019-06-14"),
    )
    assert evaluate(one, {}, DAY, {}).met is True


THREE = st.sampled_from([True, False, None])


@given(st.lists(THREE))
def test_all_and_any_mirror_each_other(answers):
    def turned(answer):
        return None if answer is None else not answer

    assert all_met(answers) is turned(any_met(map(turned, answers)))


@given(low=st.integers(0, 50), width=st.integers(0, 50), needed=st.integers(0, 100), true=st.integers(0, 50))
def test_a_vague_figure_never_contradicts_the_true_one(low, width, needed, true):
    number = low + min(true, width)
    vague = met(condition("min", Decimal(needed)), Interval(low, low + width))
    assert vague in (None, number >= needed)
