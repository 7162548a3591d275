"""Words of the policy desk: every code has some, in three languages."""

import ast
from pathlib import Path

import pytest

from grappe.domain.dates import PartialDate
from grappe.domain.errors import InputRefused, Problem
from grappe.domain.interval import Interval
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy import scheme, schemes
from grappe.policy.applicant import profile_of
from grappe.policy.cite import Cite, CiteKind
from grappe.policy.indicators import FORMULAS as KNOWN_FORMULAS
from grappe.policy.indicators import Comparison
from grappe.policy.scheme_reader import ACTORS as KNOWN_ACTORS
from grappe.policy.scheme_reader import BASES as KNOWN_BASES
from grappe.policy.scheme_reader import RECEIVERS as KNOWN_RECEIVERS
from grappe.present import policies, policy_tables, policy_words
from grappe.present.policy_words import POLICY_PROBLEMS
from grappe.present.problems import OTHER_PROBLEMS, PROBLEMS, error_words, problem_words
from grappe.present.scheme_words import SchemeWords

POLICY = Path(policy_words.__file__).parent.parent / "policy"
CONTRACT = scheme("ma-contract-programme")


def uttered() -> set[str]:
    """Every short text of the readers of schemes."""
    return {
        node.value
        for path in POLICY.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def codes() -> set[str]:
    """First words of the problems that the readers add."""
    found = set()
    for path in POLICY.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(
                getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", "")
            )
            if isinstance(node, ast.Call) and name in ("Problem", "wrong") and node.args:
                found |= {
                    n.value
                    for n in ast.walk(node.args[0])
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                }
    return found


def test_every_problem_of_a_scheme_has_a_sentence():
    assert len(codes()) > 15
    assert codes() - {*PROBLEMS, *OTHER_PROBLEMS} == set()


def test_every_sentence_is_uttered_and_none_has_a_twin():
    assert POLICY_PROBLEMS.keys() - uttered() == set()
    assert POLICY_PROBLEMS.keys() & PROBLEMS.keys() == set()


@pytest.mark.parametrize("code", POLICY_PROBLEMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_worded_in_every_language(code, language):
    params = {"accepted": "a, b", "count": "1", "expected": "x", "first": "y", "type": "date"}
    words = problem_words(Problem(code, "xx/a/scheme.yml", 3, "id", "v", params), language)
    assert "xx/a/scheme.yml" in words
    assert "{" not in words or code == "bad_cite"


def test_closed_lists_have_their_words():
    assert policy_words.BASES.keys() == set(KNOWN_BASES)
    assert policy_words.RECEIVERS.keys() == set(KNOWN_RECEIVERS)
    assert policy_words.ACTORS.keys() == set(KNOWN_ACTORS)
    assert policy_words.FORMULAS.keys() == KNOWN_FORMULAS.keys()
    assert policy_words.COMPARISONS.keys() == set(Comparison)


def test_every_fact_that_a_shipped_condition_looks_at_has_a_name():
    fields = {one.field for s in schemes().values() for one in policy_words._conditions(s) if one.field}
    assert fields - policy_words.FACTS.keys() == set()


def test_every_unit_of_a_shipped_scheme_has_words():
    units = {one.unit for s in schemes().values() for one in policy_words._conditions(s)}
    units |= {one.unit for s in schemes().values() for one in (*s.figures, *s.parameters.values())}
    units |= {i.unit for s in schemes().values() for one in s.indicator_sets for i in one.indicators}
    assert units - {None} - policy_words.UNITS.keys() == set()


def test_every_reading_of_a_fact_has_words():
    told = {"read_as"} | {
        node.value
        for node in ast.walk(ast.parse((POLICY / "applicant.py").read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in policy_words.READINGS
    }
    assert told - {"read_as"} == policy_words.READINGS.keys()
    assert profile_of({}) is not None


def test_a_refused_folder_lists_each_mistake_on_a_line():
    error = InputRefused(
        "schemes_refused", count=1, problems=[Problem("bad_whole", "xx/a/s.yml", 7, "months", "0")]
    )
    assert error_words(error, "en").split("\n") == [
        "The schemes are refused, 1 problem(s).",
        "  xx/a/s.yml, line 7, field 'months': '0' is not a whole number of 1 or more. Write digits only.",
    ]


def test_amounts_are_exact():
    from decimal import Decimal

    assert policies.exact(Decimal("1234567890123456789.01")) == "1234567890123456789.01"
    assert policies.exact(Decimal("2000000.00")) == 2000000


def test_what_is_not_given_is_said_to_be_so():
    words = SchemeWords(CONTRACT, "en")
    first = CONTRACT.readings[0].phases[0]
    assert words.amount(first.amounts[0]) == "at most 2,000,000 MAD"
    assert words.amount(first.amounts[1]) == "set case by case, not given by the source"
    assert words.missing("parameter:degression").endswith("(not given by the source)")
    assert words.period(first.amounts[0].validity) == (
        "until before a day not given, between 2014 and March 2019"
    )


def test_an_assumption_is_said_to_be_one():
    assumed = CONTRACT.assuming({"rule_change": PartialDate("2016")})
    assert policy_tables.parameter_words(assumed.parameters["rule_change"], "en") == "2016, an assumption"
    assert policy_tables.boundary_words(assumed, assumed.indicator_sets[1].validity.start, "en") == "2016"


def test_values_are_worded_by_the_list_of_their_field():
    words = policy_words.value_words
    assert words(CONTRACT, "sector_in_list", ("1", "4"), "en") == "Agri-food, Textile and clothing"
    assert (
        words(CONTRACT, "sector_recognised", ("contracted:ma-x",), "en") == "under programme contract (ma-x)"
    )
    assert words(CONTRACT, "country", "MA", "en") == "Morocco"
    assert words(CONTRACT, "x", Interval(80, float("inf")), "en") == "80 or more"
    assert words(CONTRACT, "x", None, "en") == "—"


def test_a_citation_names_its_article():
    cite = Cite(CiteKind.LAW, title="Loi 17-02", article="27")
    assert policy_words.cite_words(cite, "en") == "Loi 17-02, article 27"


@pytest.mark.parametrize("id", sorted(schemes()))
def test_every_scheme_can_be_printed_as_rows(id):
    rows = policy_tables.scheme_rows(schemes()[id], "en")
    assert all(row["item"] and row["cites"] for row in rows)
