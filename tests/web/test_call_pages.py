"""Pages of calls in process: a call played from its draft to its results, and what is refused to whom."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grappe.domain.actor import Actor
from grappe.store.models import Application, Call, User
from tests.actions.accounts import quick_passwords
from tests.actions.proposals import PDF, people, published, submitted, under_review
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
