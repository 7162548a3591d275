"""Pages of calls in process: a call played from its draft to its results, and what is refused to whom."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grappe.actions.decide_call import decide_call
from grappe.domain.actor import Actor
from grappe.policy.call_states import ApplicationState
from grappe.policy.panel import Verdict
from grappe.store.models import Application, Call, User
from tests.actions.accounts import quick_passwords
from tests.actions.proposals import AFTER, PDF, people, published, reviewed, submitted, under_review
from tests.actions.stored import load, store_in, tables_alone
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
PAST = datetime(2020, 1, 1, tzinfo=UTC)
TERMS = {
    "id": "orchards", "scheme": "ma-contract-programme", "country": "MA", "title_fr": "Appel des vergers",
    "opens_at": "2017-03-01T08:00", "closes_at": "2097-06-14T16:00", "zone": "Africa/Casablanca",
    "currency": "mad", "budget": "1 000 000", "cap": "2000000",
    "criterion-0-title": "Équipe", "criterion-0-maximum": "5", "criterion-0-weight": "",
    "criterion-1-title": "Projet", "criterion-1-maximum": "5", "criterion-1-weight": "2",
}  # fmt: skip
OAK = "orchards.ma-oak"


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
    return people()


def client_of(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.account))
    return client


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:400]
    return response.content.decode()


def post(client: Client, path: str, status: int = 303, **fields) -> str:
    response = client.post(path, fields)
    assert response.status_code == status, response.content.decode()[-3000:]
    return response.content.decode()


def test_a_call_is_played_from_draft_to_results(who):
    officer, oak = client_of(who["officer"]), client_of(who["oak"])
    first, second, anybody = client_of(who["first"]), client_of(who["second"]), Client()
    post(officer, "/fr/calls/new_call/", **TERMS)
    text(anybody, "/fr/calls/orchards/", 404)
    post(officer, "/fr/calls/orchards/desk/terms/", **(TERMS | {"seen": "1", "budget": "900000"}))
    for name in ("first", "second"):
        post(officer, "/fr/calls/orchards/desk/reviewers/", address=f"{name}@example.org")
    version = str(Call.objects.get().version)
    post(officer, "/fr/calls/orchards/desk/state/", state="published", seen=version)
    assert "Appel des vergers" in text(anybody, "/fr/calls/")
    assert "l. 357" in text(anybody, "/en/calls/orchards/")

    post(oak, "/en/calls/orchards/apply/", cluster="ma-oak")
    page = text(oak, f"/en/applications/{OAK}/")
    assert "Still missing" in page
    answers = {"q-project": "A laboratory", "q-objectives": "Ten members", "q-amount": "600000"}
    post(oak, f"/en/applications/{OAK}/", deed="save", seen="1", **answers)
    found = text(oak, f"/en/applications/{OAK}/check/?q-collaborative_rd=no")
    assert "a condition is not met" in found
    file = SimpleUploadedFile("plan.pdf", PDF, "application/pdf")
    post(oak, f"/en/applications/{OAK}/documents/", document="application", file=file)
    post(oak, f"/en/applications/{OAK}/", deed="submit", **answers)
    assert Application.objects.get().state == "submitted"
    document = Application.objects.get().attachments.get()
    sent = oak.get(f"/en/documents/{document.pk}/")
    assert (sent.content, sent["Content-Disposition"]) == (PDF, 'attachment; filename="plan.pdf"')

    Call.objects.update(closes_at=PAST)
    post(officer, "/fr/calls/orchards/desk/state/", state="closed")
    assert "Oak" in text(officer, "/fr/calls/orchards/desk/")
    post(officer, "/fr/calls/orchards/desk/state/", state="under_review")
    for client in (first, second):
        assert "Oak" in text(client, "/ar/calls/orchards/review/")
        text(client, f"/ar/calls/orchards/review/{OAK}/")
        given = {"points-c1": "4", "points-c2": "4,5", "comment-c1": "جيد"}
        post(client, f"/ar/calls/orchards/review/{OAK}/", deed="opinion", **given)
    # 4 + 2 x 4.5 of 15.
    assert "13" in text(officer, "/fr/calls/orchards/desk/decide/")
    book = officer.get("/fr/calls/orchards/desk/applications.xlsx")
    assert (book.content[:2], book["Content-Disposition"]) == (b"PK", 'attachment; filename="orchards.xlsx"')
    text(oak, "/fr/calls/orchards/desk/applications.xlsx", 403)
    refused = post(officer, "/fr/calls/orchards/desk/decide/", 422, **{f"verdict-{OAK}": "selected"})
    assert 'role="alert"' in refused
    decision = {f"verdict-{OAK}": "selected", f"amount-{OAK}": "550000", f"reasons-{OAK}": "Bon projet."}
    post(officer, "/fr/calls/orchards/desk/decide/", **decision)
    text(officer, f"/fr/calls/orchards/desk/applications/{OAK}/")
    assert "Résultats" not in text(anybody, "/fr/calls/orchards/")
    post(officer, "/fr/calls/orchards/desk/state/", state="announced")
    assert "550" in text(anybody, "/fr/calls/orchards/")
    letter = text(oak, f"/fr/applications/{OAK}/")
    assert "Bon projet." in letter


def test_who_is_not_signed_in_is_led_to_sign_in_and_others_are_refused(who):
    published(who)
    for path in ("/en/calls/orchards/desk/", "/en/calls/orchards/review/", "/en/calls/new_call/"):
        assert Client().get(path).status_code == 302
    text(client_of(who["oak"]), "/en/calls/orchards/desk/", 403)
    text(client_of(who["oak"]), "/en/calls/orchards/review/", 403)
    text(client_of(who["first"]), "/en/calls/orchards/desk/", 403)


def test_another_cluster_sees_neither_application_nor_document(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    document = Application.objects.get().attachments.get()
    elm = client_of(who["elm"])
    text(elm, f"/en/applications/{OAK}/", 403)
    text(elm, f"/en/documents/{document.pk}/", 403)
    assert text(client_of(who["first"]), f"/en/calls/orchards/review/{OAK}/")


def test_what_was_typed_stays_when_it_is_refused(who):
    officer = client_of(who["officer"])
    page = post(officer, "/en/calls/new_call/", 422, **(TERMS | {"closes_at": "2016-01-01T00:00"}))
    assert "Appel des vergers" in page
    assert "is not after the opening" in page


def test_a_conflict_of_interest_is_declared_on_the_page(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    first = client_of(who["first"])
    post(first, f"/en/calls/orchards/review/{OAK}/", deed="conflict", conflict="My brother works there.")
    assert "conflict of interest" in text(first, "/en/calls/orchards/review/")
    text(first, f"/en/calls/orchards/review/{OAK}/", 403)


def test_the_second_of_two_officers_reads_what_changed(who):
    published(who)
    officer = client_of(who["officer"])
    page = post(officer, "/en/calls/orchards/desk/state/", 409, state="cancelled", why="No money.", seen="1")
    assert "was changed meanwhile" in page


def test_before_the_announcement_the_officer_reads_the_letters_in_three_languages(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    reviewed(who, OAK, first=(4, 4), second=(4, 4))
    verdict = {OAK: Verdict(ApplicationState.RESERVE, "Bon projet.")}
    decide_call("orchards", verdict, by=who["officer"], at=AFTER)
    officer, oak = client_of(who["officer"]), client_of(who["oak"])
    page = text(officer, f"/en/calls/orchards/desk/applications/{OAK}/")
    assert "Dear Sir or Madam" in page
    assert 'lang="ar" dir="rtl"' in page
    assert "Bon projet." not in text(oak, f"/en/applications/{OAK}/")
    post(officer, "/en/calls/orchards/desk/state/", state="announced")
    assert "reserve list" in text(oak, f"/en/applications/{OAK}/")
    chosen = {"amount": "600000", "reasons": "Money is free."}
    post(officer, f"/en/calls/orchards/desk/applications/{OAK}/", **chosen)
    letter = text(oak, f"/en/applications/{OAK}/")
    assert "Money is free." in letter
    assert "It has been selected" in letter
    assert "600" in text(Client(), "/en/calls/orchards/")


def test_a_reviewer_is_excused_and_eligibility_put_right_on_the_pages(who):
    published(who)
    submitted(who, "oak", "ma-oak")
    under_review(who)
    officer = client_of(who["officer"])
    desk = "/en/calls/orchards/desk/"
    post(officer, f"{desk}reviewers/excuse/", account=str(who["first"].account), why="Ill.")
    assert "no longer awaited" in text(officer, desk)
    assert "no account" in post(officer, f"{desk}reviewers/excuse/", 404, account="x", why="Ill.")
    post(officer, f"{desk}applications/{OAK}/", deed="rule", admit="no", reasons="Its laboratory closed.")
    assert Application.objects.get().state == "ineligible"
    assert "Its laboratory closed." in text(officer, f"{desk}applications/{OAK}/")


def test_against_the_findings_the_page_asks_for_reasons(who):
    published(who)
    submitted(who, "elm", "dz-elm")
    Call.objects.update(closes_at=PAST)
    officer = client_of(who["officer"])
    post(officer, "/en/calls/orchards/desk/state/", state="closed")
    ruling = {"state": "under_review", "admit-orchards.dz-elm": "yes"}
    assert "Give the reasons" in post(officer, "/en/calls/orchards/desk/state/", 409, **ruling)
    post(officer, "/en/calls/orchards/desk/state/", **ruling, **{"why-orchards.dz-elm": "A treaty."})
    assert Application.objects.get().state == "admitted"
