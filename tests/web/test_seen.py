"""Pages of declared and seen in process: an upload from the form to the dossier, and what others see."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grappe.actions import tend_jobs as tending
from grappe.actions.ask_witnesses import ask_witnesses
from grappe.actions.claim_job import claim_job
from grappe.actions.run_job import run_job
from grappe.domain.roles import Role
from grappe.queries.declared_clusters import declared_now
from grappe.store.models import Job, Signal
from tests.actions.accounts import account, quick_passwords
from tests.actions.stored import MONDAY
from tests.actions.test_jobs import data, folders, register
from tests.web.html import Page
from tests.web.test_accounts import signed_in, store

__all__ = ["data", "quick_passwords", "store"]
pytestmark = pytest.mark.usefixtures("store", "data", "quick_passwords", "no_worker")


@pytest.fixture
def no_worker(monkeypatch):
    """No process is started; the test runs the job itself."""
    started: list[int] = []
    monkeypatch.setattr(tending, "start_worker", started.append)
    return started


def send(client: Client, body: bytes | None = None, name: str = "firms.csv", **more):
    file = SimpleUploadedFile(name, register() if body is None else body)
    form = {"country": "TN", "coverage": "Invented firms.", "nomenclature": "isic", "complete": "1", **more}
    return client.post("/en/seen/upload/", {"title": "Trial", "register": file} | form)


def done(client: Client) -> int:
    number = int(send(client)["Location"].split("/")[-2])
    claim_job(number, at=MONDAY)
    run_job(number, census=declared_now, clock=lambda: MONDAY)
    assert Job.objects.get(pk=number).state == "done"
    return number


def whole(answer) -> Page:
    assert answer.status_code == 200, answer.content.decode()[:600]
    page = Page(answer.content.decode())
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert [part for part in ("Undefined", "{{", "%(") if part in page.text] == []
    return page


def test_a_reader_without_account_sees_what_is_published_and_is_told_to_sign_in():
    answer = Client().get("/en/seen/")
    assert answer.cookies == {}
    assert "/en/accounts/sign-in/?next=/en/seen/" in whole(answer).links
    assert send(Client()).status_code == 401
    assert folders() == []


def test_an_upload_starts_a_worker_and_shows_progress_at_once(no_worker):
    client = signed_in(account("amel"))
    answer = send(client)
    number = Job.objects.get().pk
    assert (answer.status_code, answer["Location"]) == (302, f"/en/seen/{number}/")
    assert no_worker == [number]
    page = whole(client.get(answer["Location"]))
    assert "waiting for its turn" in page.text
    told = json.loads(client.get(f"/en/seen/{number}/progress.json").content)
    assert (told["state"], told["ended"], told["share"]) == ("queued", False, 0)
    client.post(f"/en/seen/{number}/cancel/")
    assert json.loads(client.get(f"/en/seen/{number}/progress.json").content)["state"] == "cancelled"
    assert "Try again" in whole(client.get(f"/en/seen/{number}/")).text


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_result_shows_its_lists_its_cautions_and_its_map(language):
    client = signed_in(account("amel"))
    number = done(client)
    page = whole(client.get(f"/{language}/seen/{number}/"))
    assert page.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    for name in ("declared_and_seen", "declared_not_seen", "not_covered", "seen_not_declared"):
        assert name in page.ids
    if language == "en":
        assert "Invented firms." in page.text
        assert "Informal units are not in it." in page.text
        assert "Not seen in a register is not absent" in page.text


def test_the_dossier_names_firms_to_its_owner_alone():
    client = signed_in(account("amel"))
    number = done(client)
    address = f"/en/seen/{number}/dossier/?c=1511/1"
    page = whole(client.get(address))
    assert {"votes", "sensitivity", "beside", "firms", "signal"} <= set(page.ids)
    assert "Firm 1511" in page.text
    stranger = signed_in(account("basma"))
    for one in (Client(), stranger):
        assert one.get(address).status_code == 404
    client.post(f"/en/seen/{number}/publish/")
    for one in (Client(), stranger):
        page = whole(one.get(address))
        assert "Firm 1511" not in page.text
        assert "firms" not in page.ids
        assert b"Firm" not in one.get(f"/en/seen/{number}/result.json").content
        assert b"Firm" not in one.get(f"/en/seen/{number}/map.geojson").content
    assert stranger.get(f"/en/seen/{number}/firms.csv").status_code == 404
    assert client.get(f"/en/seen/{number}/firms.csv").status_code == 200


def test_what_somebody_else_uploaded_is_not_there_and_cannot_be_changed():
    number = done(signed_in(account("amel")))
    stranger = signed_in(account("basma"))
    assert stranger.get(f"/en/seen/{number}/").status_code == 404
    assert stranger.get(f"/en/seen/{number}/progress.json").status_code == 404
    for deed in ("cancel", "retry", "delete", "publish"):
        assert stranger.post(f"/en/seen/{number}/{deed}/").status_code == 404
    assert Job.objects.count() == 1


def test_a_body_that_breaks_off_behind_the_file_is_refused_and_nothing_kept():
    client = signed_in(account("amel"))
    file = SimpleUploadedFile("firms.csv", register())
    answer = client.post("/en/seen/upload/", {"title": "Trial", "register": file, "country": "TN"})
    assert answer.status_code == 422
    assert "did not arrive whole" in answer.content.decode()
    assert (folders(), Job.objects.count()) == ([], 0)


def test_too_large_a_body_is_refused_before_it_is_read(monkeypatch):
    client = signed_in(account("amel"))
    answer = client.generic("POST", "/en/seen/upload/", b"", CONTENT_LENGTH=str(400 * 2**20))
    assert answer.status_code == 422
    assert "256 MB" in answer.content.decode()


def test_a_form_without_its_sign_is_refused():
    amel = account("amel")
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(amel).cookies
    assert send(client).status_code == 403
    assert Job.objects.count() == 0


def test_a_refused_register_tells_why():
    client = signed_in(account("amel"))
    number = int(send(client, b"lon,lat\n1,2\n")["Location"].split("/")[-2])
    claim_job(number, at=MONDAY)
    run_job(number, census=declared_now, clock=lambda: MONDAY)
    page = whole(client.get(f"/en/seen/{number}/"))
    assert "No column looks like the industry" in page.text


def test_a_signal_goes_from_a_dossier_past_its_witnesses_to_everybody():
    amel = account("amel")
    client = signed_in(amel)
    number = done(client)
    answer = client.post(f"/en/seen/{number}/signal/", {"c": "1511/1", "note": "Tanners."})
    signal = Signal.objects.get().pk
    assert answer["Location"] == f"/en/signals/{signal}/"
    assert "private" in whole(client.get(answer["Location"])).text
    assert Client().get(answer["Location"]).status_code == 404
    ask_witnesses(signal, by=amel, at=MONDAY)
    for name in ("dorra", "emna"):
        witness = signed_in(account(name, Role.OFFICER, "TN"))
        assert "your word is asked for" in whole(witness.get("/en/signals/")).text
        witness.post(f"/en/signals/{signal}/witness/", {"word": "confirms"})
    page = whole(Client().get(f"/en/signals/{signal}/"))
    assert "confirmed by two witnesses" in page.text
    assert "no cluster, and in no count" in page.text
    assert f"/en/signals/{signal}/" in whole(Client().get("/en/signals/")).links
