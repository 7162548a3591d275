import pytest

from grappe.census.disputes import disputes
from grappe.census.reconciliation import Why
from grappe.census.remarks import Remark
from grappe.census.rules import RULES, findings
from grappe.domain.finding import Severity
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.findings import (
    RULE_WORDS,
    WHY_WORDS,
    dispute_plain,
    finding_plain,
    finding_words,
    remark_plain,
)
from tests.worlds import MARCH, facts

A = "cluster-a"


def test_every_rule_has_its_sentence():
    assert set(RULE_WORDS) == set(RULES)


def test_every_criterion_has_its_sentence_and_so_have_the_two_answers_without_a_value():
    assert set(WHY_WORDS) == {*Why, "unknown", "withheld"}


def test_a_dispute_gives_each_value_with_its_line_and_part():
    world = facts((A, "name", "Cuir", 5), (A, "created", "2015", 50), (A, "created", "2018", (500, 501)))
    (dispute,) = disputes(world, MARCH)
    found = dispute_plain(world, dispute)
    assert (found["entity"], found["field"], found["why"], found["severity"], found["name"]) == (
        A,
        "created",
        "part",
        "major",
        "Cuir",
    )
    assert [(v["value"], v["line"], v["part"]) for v in found["values"]] == [
        ("2015", 50, "sheet"),
        ("2018", [500, 501], "text"),
    ]


def test_rival_places_are_told_by_name():
    world = facts(
        (A, "place", "pl-x", 5),
        (A, "place", "pl-y", 50),
        ("pl-x", "name", "Rabat"),
        ("pl-y", "name", "Casablanca"),
    )
    (dispute,) = disputes(world, MARCH)
    assert {v["value"][0] for v in dispute_plain(world, dispute)["values"]} == {"Rabat", "Casablanca"}


def test_a_finding_gives_values_lines_and_a_sentence():
    world = facts(
        (A, "members_total", 4, 50),
        (A, "members_count", 3, 50, {"of": "companies"}),
        (A, "members_count", 2, 50, {"of": "smes"}),
    )
    (finding,) = findings(world, MARCH)
    found = finding_plain(world, finding)
    assert (found["rule"], found["severity"], found["values"], found["lines"]) == (
        "parts_beyond_total",
        "major",
        [4, 3, 2],
        [50],
    )
    assert found["message"] == "The categories of members add up to 5, the printed total is 4."


def test_a_finding_words_the_codes_in_its_gaps():
    english = finding_words(
        "level_against_countries", {"printed": "national", "computed": "euromed", "link": "x"}, "en"
    )
    assert "euromed" not in english
    assert finding_words("flag_without_link", {"side": "north"}, "en").count("North") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_worded_in_every_language(rule: str, language: str):
    gaps = {
        "sum": "5", "total": "4", "named": "3", "count": "2", "listed": "1", "value": "7",
        "start": "2019-04", "as_of": "2019-03",
        "printed": "national", "computed": "euromed", "side": "north",
    }  # fmt: skip
    words = finding_words(rule, gaps, language)
    assert words
    assert "{" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_remark_brings_its_own_words(language: str):
    remark = Remark(
        "odd", "book", Severity.NOTE, (A,), ("name",), (12,), {"fr": "Étrange.", "en": "Odd.", "ar": "غريب."}
    )
    found = remark_plain(remark, language)
    assert (found["rule"], found["lines"], found["message"]) == (
        "editor_remark",
        [12],
        remark.message[language],
    )
    assert finding_words("editor_remark", found["params"], language) == remark.message[language]
