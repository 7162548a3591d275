"""Pages of contracts in process: drafted, signed, paid, reported on, renewed, ended, and what is refused."""

import io
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from grappe.actions.decide_call import Verdict, announce_results, decide_call
from grappe.actions.set_publication_clause import set_publication_clause
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.policy.call_states import ApplicationState
from grappe.policy.contract_rights import Clause
from grappe.store.models import Contract, User
from tests.actions import proposals
from tests.actions.accounts import account, quick_passwords
from tests.actions.agreements import PDF, day, drafted, reported, running
from tests.actions.stored import load, store_in, tables_alone
from tests.queries.conftest import ORCHARD
from tests.web.html import Page
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
OAK = "orchards-oak"
HERE = f"/en/contracts/{OAK}/"


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[Path]:
    """The orchard, in a store of its own."""
    path = tmp_path / "grappe.sqlite3"
    with django_db_blocker.unblock():
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            load(write_world(tmp_path, ORCHARD))
            yield path


@pytest.fixture
def who(store, quick_passwords) -> dict[str, Actor]:
    """Two officers of Morocco and one abroad, two managers, two reviewers."""
    return proposals.people() | {
        "second_officer": account("second.officer", Role.OFFICER, "MA"),
        "abroad": account("abroad", Role.OFFICER, "TN"),
    }


def client_of(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.account))
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:400]
    found = response.content.decode()
    assert "&lt;a " not in found
    page = Page(found)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids)), sorted(one for one in page.ids if page.ids.count(one) > 1)
    return found


def post(client: Client, path: str, status: int = 303, **fields) -> str:
    response = client.post(path, fields)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response.content.decode()


def seen() -> str:
    """The version of the contract as its page has it now."""
    return str(Contract.objects.get(id=OAK).version)


def announced(who: dict[str, Actor]) -> str:
    """An application that was selected with 550,000 dirhams."""
    proposals.published(who)
    row = proposals.submitted(who, "oak", "ma-oak")
    proposals.under_review(who)
    proposals.reviewed(who, row.id, (4, 4), (4, 5))
    verdict = Verdict(ApplicationState.SELECTED, "A good plan.", Decimal(550_000))
    decide_call("orchards", {row.id: verdict}, by=who["officer"], at=proposals.AFTER)
    announce_results("orchards", {}, by=who["officer"], at=proposals.AFTER)
    return row.id


def test_an_award_becomes_a_contract_that_both_sides_sign(who):
    application = announced(who)
    officer, oak = client_of(who["officer"]), client_of(who["oak"])
    here = f"/fr/contracts/new_contract/{application}/"
    assert here in text(officer, "/fr/calls/orchards/desk/")
    page = text(officer, here)
    assert "l. 377" in page
    # The officer lays out two periods a year, then drafts.
    given = {
        "start": "2018-01-01", "indicator_version": "later", "report_months": "6", "shares": "60; 40",
        "denominator": "total_income", "target-member_firms-0": "20", "target-member_firms-1": "10",
        "target-collaborative_rd_projects-2": "3",
    }  # fmt: skip
    laid = post(officer, here, 200, deed="lay_out", **given)
    assert 'name="target-member_firms-6"' in laid
    assert 'value="60; 40"' in laid
    refused = post(officer, here, 422, deed="draft", **(given | {"shares": "60; 60"}))
    assert 'role="alert"' in refused
    assert 'value="60; 60"' in refused
    post(officer, here, deed="draft", **given)
    contract = Contract.objects.get()
    assert [one.amount for one in contract.tranches.all()] == [330_000, 220_000]
    told = {(one.indicator, one.period): one.value for one in contract.targets.all()}
    # Ten per cent is a tenth; the count at the start stays a count.
    assert told == {
        ("member_firms", 0): 20,
        ("member_firms", 1): Decimal("0.1"),
        ("collaborative_rd_projects", 2): 3,
    }
    # Drafted once: the form leads to the contract.
    assert officer.get(here)["Location"] == f"/fr/contracts/{contract.id}/"
    address = f"/en/contracts/{contract.id}/"
    text(Client(), address, 403)
    assert "working value of the editors" in text(oak, address)
    post(oak, f"{address}deed/", deed="sign", side="beneficiary", seen="1")
    post(officer, f"{address}deed/", deed="sign", side="state", seen="2")
    contract.refresh_from_db()
    assert contract.state == "running"
    assert "Oak" in text(Client(), "/ar/contracts/")


def test_who_was_not_selected_gets_no_contract(who):
    proposals.published(who)
    row = proposals.submitted(who, "oak", "ma-oak")
    officer = client_of(who["officer"])
    text(officer, f"/en/contracts/new_contract/{row.id}/", 409)
    text(client_of(who["oak"]), f"/en/contracts/new_contract/{row.id}/", 403)


def test_money_is_paid_withheld_and_released_on_the_page(who):
    running(who)
    officer = client_of(who["officer"])
    assert "do-pay-1" in text(officer, HERE)
    wrong = post(officer, f"{HERE}deed/", 409, deed="pay", about="1", amount="499999", seen=seen())
    # The refusal stands at the head, and in the form of the payment with what was typed and its citation.
    assert 'role="alert"' in wrong
    form = wrong[wrong.index('id="do-pay-1"') :]
    assert form.index("notice--error") < form.index("</details>")
    assert 'value="499999"' in form
    assert "l. 377" in form
    post(officer, f"{HERE}deed/", deed="pay", about="1", amount="500 000", paid_on="2016-03-31", seen=seen())
    assert Contract.objects.get().tranches.get(number=1).state == "paid"
    post(officer, f"{HERE}deed/", deed="withhold", about="2", why="Accounts are missing.", seen=seen())
    assert "Accounts are missing." in text(client_of(who["oak"]), HERE)
    post(officer, f"{HERE}deed/", deed="release", about="2", seen=seen())
    assert Contract.objects.get().tranches.get(number=2).state == "planned"


def test_a_report_is_written_returned_corrected_and_verified(who):
    running(who)
    oak, officer = client_of(who["oak"]), client_of(who["officer"])
    here = f"{HERE}reports/1/"
    values = {
        "v-member_firms": "22", "v-collaborative_rd_projects": "2,5", "v-own_income": "300 000",
        "v-total_income": "1200000", "note-member_firms": "Two joined.",
    }  # fmt: skip
    refused = post(oak, here, 422, deed="save", seen="1", **values)
    assert 'value="2,5"' in refused
    assert "is not a whole number" in refused
    values["v-collaborative_rd_projects"] = "2"
    post(oak, here, deed="save", seen="1", **values)
    assert "Two joined." not in text(officer, here)
    lacking = post(oak, here, 422, deed="submit", seen="2", **values)
    assert "has no proof" in lacking
    file = SimpleUploadedFile("list.pdf", PDF, "application/pdf")
    post(oak, f"{here}proofs/", indicator="collaborative_rd_projects", file=file)
    proof = Contract.objects.get().reports.get(number=1).proofs.get()
    # The officer sees that the cluster writes, and not what.
    text(officer, f"/en/documents/proofs/{proof.pk}/", 403)
    version = str(Contract.objects.get().reports.get(number=1).version)
    post(oak, here, deed="submit", seen=version, **values)
    sent = officer.get(f"/en/documents/proofs/{proof.pk}/")
    assert (sent.content, sent["Content-Disposition"]) == (PDF, 'attachment; filename="list.pdf"')
    text(client_of(who["elm"]), f"/en/documents/proofs/{proof.pk}/", 403)
    assert "Two joined." in text(officer, here)
    post(officer, here, 409, deed="return", why=" ")
    post(officer, here, deed="return", why="The list is not readable.")
    assert "The list is not readable." in text(oak, here)
    version = str(Contract.objects.get().reports.get(number=1).version)
    post(oak, here, deed="submit", seen=version, **(values | {"v-member_firms": "24"}))
    post(officer, here, deed="verify")
    page = text(oak, HERE)
    # 24 / 20 - 1 = 20 %, above the 10 % promised; 300,000 / 1,200,000 = 25 %.
    assert "20 %" in page
    assert "25 %" in page
    assert Contract.objects.get().tranches.get(number=2).state == "due"


def test_a_renewal_shows_its_rule_before_it_is_decided(who):
    running(who)
    for number in (1, 2, 3):
        reported(who, number, f"{2016 + number}-02-01")
    officer = client_of(who["officer"])
    here = f"{HERE}renewal/"
    assert "First renewal" in text(officer, here)
    post(officer, here, deed="propose", amount="900 000", seen=seen(), **{"target-member_firms-4": "15"})
    assert "900,000" in text(officer, here)
    post(officer, here, 409, deed="grant", why=" ", seen=seen())
    post(officer, here, deed="grant", why="They grew.", seen=seen())
    contract = Contract.objects.get()
    assert (contract.state, contract.end.isoformat()) == ("renewed", "2021-01-01")
    assert contract.targets.get(period=4).value == Decimal("0.15")
    # The second asks for a positive audit: it cannot be told, and says what is lacking.
    page = text(officer, here)
    assert "It cannot be told yet" in page
    assert "an audit" in page
    post(officer, here, deed="propose", amount="600000", shares="50; 30; 20", seen=seen())
    refused = post(officer, here, 409, deed="grant", why="We wish it.", seen=seen())
    assert "an audit is lacking (l. 377" in refused
    assert ">We wish it.</textarea>" in refused
    post(officer, f"{HERE}deed/", deed="order_audit", why="Five years.", auditor="An office", seen=seen())
    post(officer, f"{HERE}deed/", deed="record_audit", result="positive", summary="In order.", seen=seen())
    post(officer, here, deed="grant", why="By the audit.", seen=seen())
    amounts = [one.amount for one in Contract.objects.get().tranches.filter(phase__number=3)]
    assert amounts == [300_000, 180_000, 120_000]


def test_the_second_of_two_officers_reads_what_changed_and_by_whom(who):
    running(who)
    first, second = client_of(who["officer"]), client_of(who["second_officer"])
    old = seen()
    post(first, f"{HERE}deed/", deed="suspend", why="Accounts are missing.", seen=old)
    page = post(second, f"{HERE}deed/", 409, deed="terminate", why="No report came.", seen=old)
    assert "contract suspended" in page
    assert "officer" in page
    assert "No report came." in page
    assert Contract.objects.get().state == "suspended"


def test_each_side_is_offered_its_own_deeds_alone(who):
    running(who)
    officer, oak, abroad = (text(client_of(who[name]), HERE) for name in ("officer", "oak", "abroad"))
    assert 'value="terminate"' in officer
    assert 'value="leave"' not in officer
    assert 'value="leave"' in oak
    assert 'value="terminate"' not in oak
    assert "deed/" not in abroad
    refused = post(client_of(who["oak"]), f"{HERE}deed/", 403, deed="terminate", why="No.", seen=seen())
    assert Contract.objects.get().state == "running"
    assert 'role="alert"' in refused


def test_strangers_read_what_the_clause_opens(who):
    running(who)
    reported(who, 1, "2017-02-01")
    private = text(Client(), HERE)
    assert "1,500,000" not in private
    assert "Scoreboard" not in private
    text(Client(), "/en/contracts/cluster/ma-oak/", 403)
    set_publication_clause(OAK, Clause.RESULTS, by=who["officer"], at=day("2017-03-01"))
    assert "Scoreboard" in text(Client(), HERE)
    board = text(Client(), "/en/contracts/cluster/ma-oak/")
    assert "What is due" not in board
    set_publication_clause(OAK, Clause.ALL, by=who["officer"], at=day("2017-03-02"))
    opened = text(Client(), HERE)
    assert "500,000" in opened
    # Drafts, reasons and the trail stay with the two sides.
    assert "Trace" not in opened
    assert "/reports/1/" not in opened


def test_the_portfolio_adds_up_and_filters(who):
    running(who)
    drafted(who, id="second", cluster=None, cluster_name="Ash", amount=Decimal(300_000))
    officer = client_of(who["officer"])
    page = text(officer, "/en/contracts/?on=2016-06-01")
    # 1,500,000 + 300,000 committed.
    assert "1,800,000" in page
    assert "Oak" in page
    assert '<svg class="bars"' in page
    narrow = text(officer, "/en/contracts/?on=2016-06-01&state=running")
    assert "1,800,000" not in narrow
    text(officer, "/en/contracts/?state=nowhere", 400)
    text(officer, "/en/contracts/?on=yesterday", 400)
    abroad = text(client_of(who["abroad"]), "/en/contracts/")
    assert "1,500,000" not in abroad


def test_a_workbook_holds_what_its_reader_may_read(who):
    running(who)
    for path in ("contracts/portfolio.xlsx", f"contracts/{OAK}/contract.xlsx"):
        sent = client_of(who["officer"]).get(f"/en/{path}")
        assert sent.status_code == 200
        book = load_workbook(io.BytesIO(sent.content))
        assert "about" in book.sheetnames
    assert "tranches" in book.sheetnames
    stranger = load_workbook(io.BytesIO(Client().get(f"/en/contracts/{OAK}/contract.xlsx").content))
    assert "tranches" not in stranger.sheetnames
    sent = client_of(who["oak"]).get("/ar/contracts/cluster/ma-oak/dashboard.xlsx")
    assert "due" in load_workbook(io.BytesIO(sent.content)).sheetnames


def test_a_merger_is_decided_on_every_contract_or_on_none(who):
    running(who)
    running(who, id="orchards-elm", cluster="dz-elm", cluster_name="Elm", application=None)
    officer = client_of(who["officer"])
    here = "/en/contracts/new_merger/"
    page = text(officer, f"{here}?cluster=ma-oak&cluster=dz-elm")
    versions = dict(re.findall(r'name="(seen-[^"]+)" value="(\d+)"', page))
    given = versions | {
        "cluster": ["ma-oak", "dz-elm"], "name": "Oak and Elm", "into_cluster": "ma-oak",
        f"outcome-{OAK}": "continues", f"why-{OAK}": "The larger of the two.",
        "outcome-orchards-elm": "absorbed", "into-orchards-elm": OAK, "why-orchards-elm": "",
    }  # fmt: skip
    refused = post(officer, here, 409, **given)
    assert "The larger of the two." in refused
    assert {one.state for one in Contract.objects.all()} == {"running"}
    post(officer, here, **(given | {"why-orchards-elm": "Its work goes on there."}))
    assert {one.id: one.state for one in Contract.objects.all()} == {OAK: "running", "orchards-elm": "merged"}
    assert Contract.objects.get(id=OAK).cluster_name == "Oak and Elm"


def test_a_commitment_of_one_side_is_found_kept_by_the_other(who):
    running(who)
    oak = client_of(who["oak"])
    page = text(oak, HERE)
    assert "do-keep-facilitation_team" in page
    assert "do-keep-objectives" not in page
    given = {"deed": "keep", "about": "facilitation_team", "proof": "A team of two.", "kept_on": "2016-05-01"}
    post(oak, f"{HERE}deed/", seen=seen(), **given)
    assert "A team of two." in text(client_of(who["officer"]), HERE)


def test_every_page_of_contracts_speaks_three_languages(who):
    running(who)
    reported(who, 1, "2017-02-01")
    officer = client_of(who["officer"])
    places = ("", "all_states/", f"{OAK}/", f"{OAK}/renewal/", f"{OAK}/reports/1/", f"{OAK}/reports/2/",
              "cluster/ma-oak/", "new_merger/")  # fmt: skip
    for place in places:
        for spoken in ("fr", "en", "ar"):
            text(officer, f"/{spoken}/contracts/{place}")


def test_a_period_that_never_came_is_closed_by_the_officer(who):
    running(who)
    post(client_of(who["officer"]), f"{HERE}reports/1/", deed="close", seen="1")
    refused = post(client_of(who["oak"]), f"{HERE}reports/1/", 409, deed="save", **{"v-member_firms": "22"})
    assert "closed" in refused


def test_a_contract_ends_at_its_term_or_is_left(who):
    running(who)
    post(client_of(who["oak"]), f"{HERE}deed/", deed="leave", why="We stand alone.", seen=seen())
    page = text(client_of(who["officer"]), HERE)
    assert "We stand alone." in page
    assert "may answer a later call" in page
    assert datetime.now(UTC).date().isoformat() in page
