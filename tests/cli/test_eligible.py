"""``grappe schemes``, ``grappe eligible`` and ``grappe contract schedule``."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from grappe.cli.contracts import contract
from grappe.cli.eligible import eligible, schemes
from grappe.domain.errors import BadChoice, Refused, UnknownThing
from tests.policy.made_up import write_scheme

SCHEDULE = ("schedule", "--scheme", "ma-contract-programme", "--start", "2016-01-01", "--renewals", "2")


def run(command, *arguments, language="en"):
    done = CliRunner().invoke(command, list(arguments), obj=language, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def answer(command, *arguments) -> Any:
    return json.loads(run(command, *arguments, "--json").stdout)


@pytest.fixture
def atlas(census, tmp_path, settings):
    settings.DATA = tmp_path


def test_the_schedule_has_the_keys_that_are_documented():
    found = answer(contract, *SCHEDULE, "--audit", "positive")
    keys = ["phase", "start", "end", "months", "amount", "currency", "degressive", "conditions", "cites"]
    assert all(list(phase) == keys for phase in found)
    assert [(p["phase"], p["start"], p["end"], p["months"], p["degressive"]) for p in found] == [
        ("first", "2016-01-01", "2019-01-01", 36, False),
        ("first_renewal", "2019-01-01", "2021-01-01", 24, False),
        ("second_renewal", "2021-01-01", "2024-01-01", 36, True),
    ]
    assert [p["amount"] for p in found] == [2000000, None, None]
    assert {p["currency"] for p in found} == {"MAD"}
    assert all("l. 377" in p["cites"] for p in found)
    audit = found[2]["conditions"][0]
    assert (audit["rule"], audit["met"], audit["seen"], audit["needed"]) == (
        "positive_audit",
        True,
        "positive",
        ["positive"],
    )


def test_what_the_source_leaves_open_is_said_beside_the_table():
    done = run(contract, *SCHEDULE, "--audit", "positive")
    assert "second_renewal" in done.stdout
    assert "Amount of the second renewal (not given by the source)" in done.stderr


def test_an_assumption_fills_the_amount():
    found = answer(contract, *SCHEDULE, "--audit", "positive", "--assume", "first_renewal_amount=1250000.50")
    assert found[1]["amount"] == "1250000.50"


def test_the_other_reading_can_be_asked():
    found = answer(contract, *SCHEDULE[:-2], "--renewals", "1", "--reading", "open_extension")
    assert (found[1]["months"], found[1]["end"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ((*SCHEDULE, "--audit", "negative"), Refused),
        ((*SCHEDULE[:-1], "3"), BadChoice),
        (("schedule", "--scheme", "ma-nothing", "--start", "2016-01-01"), UnknownThing),
        (("schedule", "--scheme", "ma-contract-programme", "--start", "2016"), BadChoice),
        (("schedule", "--scheme", "ma-contract-programme", "--start", "1999-01-01"), Refused),
        (("schedule", "--scheme", "tn-poles", "--start", "2016-01-01"), Refused),
        ((*SCHEDULE, "--assume", "rule_change"), BadChoice),
        ((*SCHEDULE, "--assume", "rule_change=soon"), BadChoice),
        ((*SCHEDULE, "--assume", "nothing=1"), UnknownThing),
    ],
)
def test_a_schedule_that_the_law_does_not_know_is_refused(arguments, error):
    with pytest.raises(error):
        run(contract, *arguments)


def test_schemes_are_listed_and_told():
    assert {"ma-contract-programme", "eu-collaboration-platform"} <= {one["id"] for one in answer(schemes)}
    one = answer(schemes, "ma-contract-programme")
    assert [reading["id"] for reading in one["readings"]] == ["two_renewals", "open_extension"]
    assert {p["id"]: p["value"] for p in one["parameters"]}["rule_change"] is None
    assert "Contrat-programme" in run(schemes, language="fr").stdout
    assert "l. 377" in run(schemes, "ma-contract-programme").stdout


def test_a_folder_of_schemes_of_ones_own_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("GRAPPE_SCHEMES", str(write_scheme(tmp_path)))
    assert "xx-orchard" in {one["id"] for one in answer(schemes)}
    found = answer(contract, "schedule", "--scheme", "xx-orchard", "--start", "2012-01-01")
    assert found[0]["amount"] == 1000


@pytest.mark.usefixtures("atlas")
def test_one_cluster_is_asked_with_its_findings():
    found = answer(eligible, "eu-collaboration-platform", "--cluster", "dz-huile-olive-bouira")
    (one,) = found["clusters"]
    members = next(f for f in one["findings"] if f["rule"] == "members")
    assert (members["met"], members["seen"], members["needed"], members["unit"]) == (False, 14, 15, "members")
    assert one["met"] is False
    assert set(members) == {"rule", "met", "seen", "needed", "unit", "cites", "missing"}


@pytest.mark.usefixtures("atlas")
def test_a_lower_threshold_shows_who_enters():
    found = answer(eligible, "eu-collaboration-platform", "--set", "members.min=10")
    assert {"dz-huile-olive-bouira", "tn-produits-mer"} <= {one["cluster"] for one in found["enters"]}
    assert found["leaves"] == []
    assert found["changed"] == {"members.min": "10"}
    table = run(eligible, "eu-collaboration-platform", "--set", "members.min=10").stdout
    assert "Who enters: 2" in table


@pytest.mark.usefixtures("atlas")
def test_only_clusters_of_the_country_are_asked():
    found = answer(eligible, "ma-contract-programme")
    assert {one["cluster"][:3] for one in found["clusters"]} == {"ma-"}
    assert "enters" not in found


@pytest.mark.usefixtures("atlas")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("nothing",), UnknownThing),
        (("eu-collaboration-platform", "--cluster", "ma-nothing"), UnknownThing),
        (("eu-collaboration-platform", "--cluster", "ma-ministry-industry"), UnknownThing),
        (("eu-collaboration-platform", "--set", "members.min"), BadChoice),
        (("eu-collaboration-platform", "--set", "members.min=many"), BadChoice),
        (("eu-collaboration-platform", "--set", "trees.min=1"), UnknownThing),
        (("eu-collaboration-platform", "--on", "2019-13"), BadChoice),
    ],
)
def test_a_wrong_question_is_told_what_is_accepted(arguments, error):
    with pytest.raises(error):
        run(eligible, *arguments)
