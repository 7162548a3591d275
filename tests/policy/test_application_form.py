"""Forms of applications: what is asked, what is refused, what eligibility then sees."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.policy import scheme
from grappe.policy.application_form import (
    QuestionType,
    answer_problems,
    application_form,
    declared,
    number_of,
)
from grappe.policy.eligibility import eligible
from grappe.policy.profile import Fact

SPRING = date(2019, 3, 15)
CONTRACT = scheme("ma-contract-programme")
PLATFORM = scheme("eu-collaboration-platform")


def codes(answers: dict[str, str], **how) -> list[tuple[str, str]]:
    found = answer_problems(application_form(PLATFORM, SPRING), answers, "application", **how)
    return [(one.code, one.field) for one in found]


def test_every_fact_that_a_condition_looks_at_is_asked_once():
    form = application_form(PLATFORM, SPRING)
    asked = [one.id for one in form.questions]
    assert len(asked) == len(set(asked))
    assert {one.field for one in PLATFORM.all_conditions() if one.field} <= set(asked)
    assert form.question("members").type is QuestionType.NUMBER
    assert form.question("english_website").type is QuestionType.FLAG


def test_a_question_cites_the_text_that_makes_it_be_asked():
    form = application_form(CONTRACT, SPRING)
    assert "l. 357" in [cite.short for cite in form.question("collaborative_rd").cites]


def test_the_contract_itself_is_not_asked_of_an_applicant():
    assert "contract" not in [paper.id for paper in application_form(CONTRACT, SPRING).papers]


def test_a_draft_may_lack_what_an_application_needs():
    assert codes({}) == []
    assert codes({}, complete=True) == [
        ("answer_missing", "project"),
        ("answer_missing", "objectives"),
        ("answer_missing", "amount"),
    ]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"members": "-1"}, "answer_negative"),
        ({"members": "many"}, "answer_not_number"),
        ({"english_website": "perhaps"}, "answer_not_flag"),
        ({"colour": "red"}, "answer_not_asked"),
        ({"project": "x" * 20_001}, "answer_too_long"),
        ({"amount": "Infinity"}, "answer_not_number"),
    ],
)
def test_each_mistake_has_its_name(answers, code):
    assert [one for one, _ in codes(answers)] == [code]


def test_an_amount_over_the_cap_names_the_cap_and_its_citation():
    form = application_form(CONTRACT, SPRING)
    cites = CONTRACT.conditions[0].cites
    (found,) = answer_problems(form, {"amount": "2 000 001"}, "a", cap=Decimal(2_000_000), cap_cites=cites)
    assert (found.code, found.params["cap"], found.params["cites"]) == (
        "amount_over_cap",
        "2000000",
        "l. 356",
    )
    assert answer_problems(form, {"amount": "2 000 000"}, "a", cap=Decimal(2_000_000)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("1 500", 1500), ("1\u202f500,5", Decimal("1500.5")), ("0", 0), ("12.25", Decimal("12.25"))],
)
def test_numbers_are_read_as_people_write_them(text, value):
    assert number_of(text) == value


@pytest.mark.parametrize(
    "text", ["", "many", "NaN", "inf", "1e30", "1,500", "-12,000", "1.2345", "9" * 16, "²", "1.5,2"]
)
def test_what_can_be_read_in_two_ways_or_not_kept_exactly_is_no_number(text):
    assert number_of(text) is None


@given(st.integers(0, 10**15 - 1), st.integers(0, 999))
def test_a_number_of_three_decimals_is_read_as_it_is_written(whole, thousandths):
    written = f"{whole:,}".replace(",", "\u202f") + f",{thousandths:03d}"
    read = number_of(written)
    # A comma before three digits is refused where the same text could be a thousand.
    assert read == (None if whole < 1000 else Decimal(f"{whole}.{thousandths:03d}"))


def test_what_is_declared_stands_over_what_the_census_knows_and_says_so():
    form = application_form(PLATFORM, SPRING)
    profile = declared(form, {"members": "20"}, {"members": Fact(14), "fte": Fact(1.0)})
    assert (profile["members"].value, profile["members"].read_as) == (20, "declared")
    assert profile["fte"].value == 1.0


def test_an_answer_changes_what_eligibility_can_tell():
    form = application_form(PLATFORM, SPRING)
    without = eligible(PLATFORM, declared(form, {}), SPRING)
    members = next(one for one in without.findings if one.rule == "members")
    assert (members.met, members.missing) == (None, ("members",))
    short = eligible(PLATFORM, declared(form, {"members": "14"}), SPRING)
    assert next(one for one in short.findings if one.rule == "members").met is False
