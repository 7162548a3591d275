"""The commands that follow contracts, alarms and labels; the demonstration; the same answers over HTTP."""

import io
import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.test import Client
from openpyxl import load_workbook

from grappe.actions.make_demo_policy import make_demo_policy
from grappe.cli.contracts import contract
from grappe.cli.demo_policy import policy
from grappe.cli.events import demo
from grappe.cli.following import alarms, indicators, labels
from grappe.domain.errors import BadChoice, UnknownThing
from tests.actions.accounts import OPERATOR
from tests.actions.stored import store_in, tables_alone
from tests.cli.conftest import census

__all__ = ["census"]

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
FIRST = "fiction-call-2018-cluster-01"


def said(command, *arguments: str) -> str:
    """What a command prints, and nothing else; an error is raised as it is."""
    done = CliRunner().invoke(command, arguments, obj="en", catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def told(command, *arguments: str):
    return json.loads(said(command, *arguments, "--json"))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory, django_db_blocker):
    """A file with the demonstration, made once; read it only."""
    folder = tmp_path_factory.mktemp("demonstration")
    path = folder / "grappe.sqlite3"
    with django_db_blocker.unblock():
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            make_demo_policy(folder, by=OPERATOR, at=NOW)
    return path


@pytest.fixture
def fiction(demonstration, django_db_blocker, settings, tmp_path):
    """The demonstration in use."""
    settings.DATA = tmp_path
    with django_db_blocker.unblock(), store_in(demonstration):
        yield demonstration


@pytest.fixture
def facts(census, settings, tmp_path):
    """The shipped census in use."""
    settings.DATA = tmp_path
    return census


def test_contracts_are_listed_filtered_and_shown(fiction):
    rows = told(contract, "list")
    assert len(rows) == 12
    assert {one["state"] for one in told(contract, "list", "--state", "renewed")} == {"renewed"}
    assert said(contract, "list").splitlines()[0].startswith("id\tcluster_name\tscheme")
    shown = told(contract, "show", FIRST, "--on", "2026-11-25")
    assert [one["months"] for one in shown["schedule"]] == [36, 24, 36]
    assert [one["amount"] for one in shown["tranches"]][-3:] == [300_000, 180_000, 120_000]
    assert shown["audits"][0]["state"] == "positive"
    with pytest.raises(UnknownThing):
        said(contract, "show", "nothing")
    with pytest.raises(BadChoice):
        said(contract, "list", "--state", "happy")


def test_the_phases_of_a_contract_have_the_keys_of_its_schedule(fiction):
    shown = told(contract, "show", FIRST)["schedule"]
    planned = told(
        contract, "schedule", "--scheme", "ma-contract-programme", "--start", "2018-01-01", "--renewals", "2",
        "--audit", "positive",
    )  # fmt: skip
    assert [one.keys() for one in shown] == [one.keys() for one in planned]
    assert [(one["start"], one["end"]) for one in shown] == [(one["start"], one["end"]) for one in planned]


def test_the_portfolio_is_written_as_a_workbook_that_says_it_is_invented(fiction, tmp_path):
    path = tmp_path / "portfolio.xlsx"
    found = told(contract, "portfolio", "--on", "2026-11-25", "--xlsx", str(path))
    book = load_workbook(io.BytesIO(path.read_bytes()))
    assert book.sheetnames[:4] == ["about", "contracts", "totals", "by_sector"]
    assert "Demonstration" in book["about"]["B2"].value
    head, *rows = book["contracts"].iter_rows(values_only=True)
    amounts = {row[head.index("id")]: row[head.index("committed")] for row in rows}
    assert amounts == {one["id"]: one["committed"] for one in found["contracts"]}
    dates = {row[head.index("start")].year for row in rows}
    assert dates == {2018, 2021, 2024}


def test_a_contract_is_written_as_a_workbook_of_every_table(fiction, tmp_path):
    path = tmp_path / "contract.xlsx"
    said(contract, "show", FIRST, "--xlsx", str(path))
    names = load_workbook(io.BytesIO(path.read_bytes())).sheetnames
    assert {"contract", "schedule", "tranches", "targets", "reports", "values", "trail"} <= set(names)


def test_indicators_of_a_contract_have_values_and_those_of_a_scheme_versions(fiction):
    values = told(indicators, FIRST)
    rate = [one["value"] for one in values if one["indicator"] == "self_financing_rate"]
    # 12 + 7 n per cent of own income in the n-th year.
    assert rate[:3] == ["0.19", "0.26", "0.33"]
    versions = told(indicators, "--scheme", "ma-contract-programme")
    assert {one["version"]: one["counted"] for one in versions} == {"initial": 13, "later": 4}
    done = CliRunner().invoke(indicators, [], obj="en")
    assert done.exit_code == 2


def test_contracts_raise_alarms_for_those_who_may_read_them(fiction):
    found = {one["cluster"]: one["alarms"] for one in told(alarms, "--raised", "yes", "--on", "2026-11-25")}
    rules = {id: {one["rule"] for one in raised} for id, raised in found.items()}
    assert "contract_ending" in rules["fiction-cluster-03"]
    assert "silent" in rules["fiction-cluster-10"]
    anybody = Client().get("/api/alarms?raised=yes&on=2026-11-25").json()
    # Whether a report is overdue is the business of the two sides: others cannot tell.
    assert "silent" not in {one["rule"] for each in anybody for one in each["alarms"]}
    assert {one["cluster"] for one in anybody} <= found.keys()


def test_of_the_census_of_2019_no_alarm_is_raised_for_lack_of_data(facts):
    found = told(alarms)
    assert {one["on"] for one in found} == {"2019-03-31"}
    answers = {alarm["raised"] for one in found for alarm in one["alarms"]}
    assert answers == {False, None}
    agrinova = next(
        one for one in told(alarms, "--cluster", "ma-agrinova") if one["cluster"] == "ma-agrinova"
    )
    assert len(agrinova["alarms"]) == 6


def test_a_few_years_later_the_same_facts_no_longer_tell(facts):
    later = told(alarms, "--rule", "no_facilitator", "--on", "2022-01-01")
    assert {alarm["raised"] for one in later for alarm in one["alarms"]} == {None}


def test_the_study_shows_one_cluster_under_one_ministry_while_it_awaits_another(facts):
    found = told(labels)
    assert len(found["register"]) == 7
    (one,) = found["awaiting"]
    assert (one["cluster"], one["received_by"], one["awaits"]) == (
        "ma-agrinova",
        "ma-ministry-agriculture",
        "ma-ministry-industry",
    )
    assert "l. 438" in one["cites"]


@pytest.mark.parametrize(
    ("address", "command", "arguments"),
    [
        ("alarms", alarms, []),
        ("alarms?raised=no&on=2019-03", alarms, ["--raised", "no", "--on", "2019-03"]),
        ("alarms?cluster=ma-ce3m", alarms, ["--cluster", "ma-ce3m"]),
        ("labels", labels, []),
        ("labels?kind=startup_act", labels, ["--kind", "startup_act"]),
    ],
)
def test_http_and_the_command_line_say_the_same(facts, address, command, arguments):
    assert Client().get(f"/api/{address}").json() == told(command, *arguments)


@pytest.mark.parametrize(
    "address", ["alarms?rule=rain", "alarms?raised=perhaps", "labels?kind=gold", "alarms?on=yesterday"]
)
def test_a_word_outside_the_list_is_refused_over_http(facts, address):
    assert Client().get(f"/api/{address}").status_code == 400


def test_no_address_of_the_api_tells_what_is_private(fiction):
    text = Client().get("/api/labels").content.decode() + Client().get("/api/alarms").content.decode()
    # What a cluster earns is in its reports, which nobody else reads.
    assert "other_money" not in text
    assert "other_money" in said(alarms, "--json", "--on", "2026-11-25")
    assert Client().get(f"/api/contracts/{FIRST}").status_code == 404


def test_the_demonstration_is_made_by_its_command(tmp_path, settings, django_db_blocker):
    settings.DATA = tmp_path
    with django_db_blocker.unblock():
        done = json.loads(said(policy, "--data", str(tmp_path / "demo"), "--json"))
    assert (done["contracts"], done["made"], len(done["accounts"])) == (12, True, 2)
    assert policy.name in demo.commands
    with django_db_blocker.unblock():
        again = said(policy, "--data", str(tmp_path / "demo"))
    assert "was there already" in again
