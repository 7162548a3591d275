"""Alarms are raised by facts, never by their absence, and each says why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.dates import PartialDate
from grappe.domain.interval import Interval
from grappe.policy.alarms import (
    BASIS,
    AlarmRule,
    ClusterFacts,
    ContractEnd,
    Known,
    Question,
    alarms,
    fresh,
)
from grappe.policy.cite import cite_of
from grappe.policy.indicators import Counted

TODAY = date(2019, 3, 1)
OLD, RECENT = date(2017, 2, 28), date(2018, 6, 1)
LINE = (cite_of("l. 1130"),)


def asked(rule: AlarmRule, **facts):
    """The answer of one alarm."""
    return next(one for one in alarms(ClusterFacts(**facts), TODAY) if one.rule is rule)


def money(own: int, public: int | None, donor: int, on: date = RECENT) -> Known:
    told = {"own_income": own, "public_income": public, "donor_income": donor}
    return Known({name: Decimal(one) for name, one in told.items() if one is not None}, on, LINE)


def count(text: str, low: float, high: float | None = None) -> Counted:
    return Counted(PartialDate(text), Interval(low, high or low), LINE)


CASES = {
    "donors alone": (AlarmRule.DONOR_ONLY, {"incomes": money(0, 0, 90)}, True),
    "donors and dues": (AlarmRule.DONOR_ONLY, {"incomes": money(10, 0, 90)}, False),
    "public money": (AlarmRule.DONOR_ONLY, {"incomes": money(0, 5, 90)}, False),
    "one origin untold": (AlarmRule.DONOR_ONLY, {"incomes": money(0, None, 90)}, None),
    "no money at all": (AlarmRule.DONOR_ONLY, {"incomes": money(0, 0, 0)}, None),
    "accounts too old": (AlarmRule.DONOR_ONLY, {"incomes": money(0, 0, 90, OLD)}, None),
    "a contract with the state": (AlarmRule.DONOR_ONLY, {"other_funding": Known("contract", RECENT)}, False),
    "money untold": (AlarmRule.DONOR_ONLY, {}, None),
    "ends in a year": (
        AlarmRule.CONTRACT_ENDING,
        {"contracts": (ContractEnd("a", date(2020, 3, 1), False, False),)},
        True,
    ),
    "ends in a year and a day": (
        AlarmRule.CONTRACT_ENDING,
        {"contracts": (ContractEnd("a", date(2020, 3, 2), False, False),)},
        False,
    ),
    "ends, renewed": (
        AlarmRule.CONTRACT_ENDING,
        {"contracts": (ContractEnd("a", date(2019, 6, 1), False, True),)},
        False,
    ),
    "ended last year": (
        AlarmRule.CONTRACT_ENDING,
        {"contracts": (ContractEnd("a", date(2018, 1, 1), True, True),)},
        True,
    ),
    "ended, and another runs": (
        AlarmRule.CONTRACT_ENDING,
        {
            "contracts": (
                ContractEnd("a", date(2018, 1, 1), True, False),
                ContractEnd("b", date(2021, 1, 1), False, False),
            )
        },
        False,
    ),
    "no contract known": (AlarmRule.CONTRACT_ENDING, {}, None),
    "facilitated": (AlarmRule.NO_FACILITATOR, {"facilitator": Known(True, RECENT)}, False),
    "said to have nobody": (AlarmRule.NO_FACILITATOR, {"facilitator": Known(False, RECENT)}, True),
    "facilitated long ago": (AlarmRule.NO_FACILITATOR, {"facilitator": Known(True, OLD)}, None),
    "nobody named": (AlarmRule.NO_FACILITATOR, {}, None),
    "its own site": (AlarmRule.HOST_DEPENDENT, {"website": Known("www.oak.example", OLD)}, False),
    "the host's site, own budget": (
        AlarmRule.HOST_DEPENDENT,
        {
            "website": Known("https://pole.example/oak", RECENT),
            "host_website": Known("www.pole.example", RECENT),
            "own_budget": Known(True, RECENT),
        },
        False,
    ),
    "the host's site, no budget": (
        AlarmRule.HOST_DEPENDENT,
        {
            "website": Known("https://pole.example/oak", RECENT),
            "host_website": Known("www.pole.example", RECENT),
            "own_budget": Known(False, RECENT),
        },
        True,
    ),
    "hosted by somebody whose address is not known": (
        AlarmRule.HOST_DEPENDENT,
        {"website": Known("www.oak.example", RECENT), "hosted": True},
        None,
    ),
    "no site known, no budget": (AlarmRule.HOST_DEPENDENT, {"own_budget": Known(False, RECENT)}, None),
    "asked and silent": (
        AlarmRule.SILENT,
        {"questions": (Question("report", date(2018, 11, 1), None),)},
        True,
    ),
    "asked a month ago": (
        AlarmRule.SILENT,
        {"questions": (Question("report", date(2019, 2, 1), None),)},
        None,
    ),
    "asked and answered": (
        AlarmRule.SILENT,
        {"questions": (Question("report", date(2018, 11, 1), date(2018, 12, 1)),)},
        False,
    ),
    "silent, and spoke elsewhere": (
        AlarmRule.SILENT,
        {
            "questions": (Question("report", date(2018, 11, 1), None),),
            "spoken": Known("sheet", date(2018, 12, 5)),
        },
        False,
    ),
    "answered once, and silent since": (
        AlarmRule.SILENT,
        {
            "questions": (
                Question("first report", date(2017, 11, 1), date(2017, 12, 1)),
                Question("second report", date(2018, 11, 1), None),
            )
        },
        True,
    ),
    "an old sheet that nobody asked about": (AlarmRule.SILENT, {"spoken": Known("sheet", OLD)}, None),
    "fifty, then forty": (AlarmRule.SHRINKING, {"members": (count("2016", 50), count("2018", 40))}, True),
    "fifty, then fifty": (AlarmRule.SHRINKING, {"members": (count("2016", 50), count("2018", 50))}, False),
    "about fifty, then 48": (
        AlarmRule.SHRINKING,
        {"members": (count("2016", 45, 55), count("2018", 48))},
        None,
    ),
    "one count": (AlarmRule.SHRINKING, {"members": (count("2018", 50),)}, None),
    "fewer, long ago": (AlarmRule.SHRINKING, {"members": (count("2012", 50), count("2014", 40))}, None),
    "grew from six, then shrank": (
        AlarmRule.SHRINKING,
        {"members": (count("2008", 6), count("2014", 50), count("2018", 40))},
        True,
    ),
    "a count of tomorrow": (
        AlarmRule.SHRINKING,
        {"members": (count("2016", 50), count("2018", 50), count("2019-06", 10))},
        False,
    ),
}


@pytest.mark.parametrize(("rule", "facts", "raised"), list(CASES.values()), ids=list(CASES))
def test_an_alarm_is_raised_or_not_or_cannot_be_told(rule, facts, raised):
    answer = asked(rule, **facts)
    assert answer.raised is raised
    assert bool(answer.missing) is (raised is None)
    assert answer.reason


def test_every_alarm_has_a_case_of_each_answer():
    seen = {(rule, raised) for rule, _, raised in CASES.values()}
    assert seen == {(rule, raised) for rule in AlarmRule for raised in (True, False, None)}


def test_an_alarm_cites_the_study_and_the_fact():
    answer = asked(AlarmRule.NO_FACILITATOR, facilitator=Known(False, RECENT, LINE))
    # l. 798: clusters fell apart once their facilitation was no longer paid for.
    assert [one.short for one in answer.cites] == ["l. 315", "l. 798", "l. 1130"]
    assert BASIS.keys() == set(AlarmRule)


def test_of_nothing_known_nothing_is_raised():
    assert {one.raised for one in alarms(ClusterFacts(), TODAY)} == {None}


@given(st.dates(date(2000, 1, 1), date(2016, 12, 31)), st.booleans(), st.integers(0, 100))
def test_no_fact_older_than_two_years_raises_what_speaks_of_today(day, value, number):
    facts = ClusterFacts(
        incomes=Known({"own_income": 0, "public_income": 0, "donor_income": number}, day),
        facilitator=Known(value, day),
        own_budget=Known(value, day),
        spoken=Known("sheet", day),
        questions=(Question("report", day, None),),
    )
    told = {one.rule: one.raised for one in alarms(facts, TODAY)}
    assert True not in told.values()
    assert not fresh(day, TODAY)
