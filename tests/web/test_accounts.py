"""Pages of accounts in process: who gets in, what is refused, what readers without account never notice."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.store import models
from grappe.web.pages.signed_in import safe_next
from tests.actions.accounts import GOOD, account, quick_passwords
from tests.actions.stored import shipped_census, store_in
from tests.web.html import Page

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[Path]:
    """A copy of the census, for writing."""
    path = tmp_path / "grappe.sqlite3"
    with django_db_blocker.unblock():
        shutil.copy(shipped_census(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            yield path


def signed_in(by: Actor) -> Client:
    client = Client()
    answer = enter(client, f"{by.name.lower()}@example.org")
    assert answer.status_code == 302
    return client


def enter(client: Client, address: str, password: str = GOOD, **more: str) -> HttpResponse:
    return client.post("/fr/accounts/sign-in/", {"address": address, "password": password, **more})


def text_of(answer: HttpResponse) -> str:
    return Page(answer.content.decode()).text


PERSONAL = ["accounts/me/", "accounts/", "invitations/"]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_pages_of_a_person_are_well_formed_private_and_kept_from_search_engines(language):
    client = signed_in(account("amel", Role.ADMINISTRATOR))
    for address in PERSONAL:
        answer = client.get(f"/{language}/{address}")
        assert answer.status_code == 200
        page = Page(answer.content.decode())
        assert page.faults == []
        assert len(page.ids) == len(set(page.ids))
        assert page.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        assert [a for a in page.loaded if not a.startswith("/static/")] == []
        assert [
            part for part in ("Undefined", "None", "{{", "%(") if part in page.text.replace("None.", "")
        ] == []
        assert "noindex" in answer.content.decode()
        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


@pytest.mark.parametrize("address", ["", "clusters/", "clusters/ma-ce3m/", "links/", "data/", "nothing/"])
def test_a_reader_without_account_gets_no_cookie_and_a_page_that_varies_with_none(address):
    answer = Client().get(f"/fr/{address}")
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")
    assert "Cache-Control" not in answer


def test_a_reader_without_account_costs_no_question_about_accounts():
    with CaptureQueriesContext(connection) as asked:
        Client().get("/fr/clusters/")
    tables = ("store_user", "django_session", "store_rolegrant")
    assert [q["sql"] for q in asked if any(table in q["sql"] for table in tables)] == []


def test_a_page_of_the_atlas_for_somebody_signed_in_is_theirs_alone():
    answer = signed_in(account("amel")).get("/fr/clusters/")
    assert "Amel" in text_of(answer)
    assert "Cookie" in answer["Vary"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_signing_in_leads_to_the_account_in_ones_own_language(language):
    account("amel", language=language)
    answer = enter(Client(), "Amel@example.org")
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/accounts/me/")
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_in_changes_the_session_and_signing_out_ends_it():
    client = signed_in(account("amel"))
    before = client.cookies["sessionid"].value
    client.cookies.clear()
    client.cookies["sessionid"] = "planted"
    enter(client, "amel@example.org")
    after = client.cookies["sessionid"].value
    assert len({before, after, "planted"}) == 3
    assert client.get("/fr/accounts/sign-out/").status_code == 405
    assert client.post("/fr/accounts/sign-out/")["Location"] == "/fr/"
    client.cookies["sessionid"] = after
    assert client.get("/fr/accounts/me/").status_code == 302


def test_a_wrong_password_is_said_above_the_form_and_the_address_kept():
    account("amel")
    answer = enter(Client(), "amel@example.org", "wrong")
    assert answer.status_code == 401
    assert 'role="alert"' in answer.content.decode()
    assert 'value="amel@example.org"' in answer.content.decode()
    assert "wrong" not in answer.content.decode()


def test_the_eleventh_wrong_password_is_one_too_many():
    client = Client()
    said = [enter(client, "amel@example.org", "wrong").status_code for _ in range(11)]
    assert said == [401] * 10 + [429]


@pytest.mark.parametrize("address", PERSONAL)
def test_somebody_unknown_is_led_to_sign_in_and_back(address):
    client = Client()
    account("amel", Role.ADMINISTRATOR)
    answer = client.get(f"/fr/{address}?a=b")
    assert answer["Location"] == f"/fr/accounts/sign-in/?next=%2Ffr%2F{address.replace('/', '%2F')}%3Fa%3Db"
    form = client.get(answer["Location"])
    assert f'name="next" value="/fr/{address}?a=b"' in form.content.decode()
    assert enter(client, "amel@example.org", next=f"/fr/{address}?a=b")["Location"] == f"/fr/{address}?a=b"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example",
     "javascript:alert(1)", "evil.example", "", " /fr/", "/\t/evil.example", "http:///evil.example"],
)  # fmt: skip
def test_nobody_is_led_off_the_server_after_signing_in(address):
    account("amel")
    assert safe_next(address) is None
    assert enter(Client(), "amel@example.org", next=address)["Location"] == "/fr/accounts/me/"


@pytest.mark.parametrize("address", ["/fr/", "/ar/events/days-2026/?slot=3#now"])
def test_a_path_of_the_server_is_safe(address):
    assert safe_next(address) == address


POSTS = ["accounts/sign-in/", "accounts/sign-out/", "accounts/me/", "accounts/password/", "accounts/roles/",
         "accounts/roles/1/end/", "invitations/", "invitations/1/withdraw/", "invitations/abc/"]  # fmt: skip


@pytest.mark.parametrize("address", POSTS)
def test_no_form_is_accepted_that_our_page_did_not_make(address):
    account("amel", Role.ADMINISTRATOR)
    client = Client(enforce_csrf_checks=True)
    answer = client.post(f"/ar/{address}", {"address": "amel@example.org", "password": GOOD})
    assert answer.status_code == 403
    assert Page(answer.content.decode()).faults == []
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.ADMINISTRATOR, Role.MANAGER})])
def test_only_administrators_see_people_and_addresses(role):
    account("ada", Role.ADMINISTRATOR)
    scope = "days-2026" if role is Role.PARTICIPANT else ""
    client = signed_in(account("omar", role, scope))
    answer = client.get("/en/accounts/")
    assert answer.status_code == 403
    assert "ada@example.org" not in answer.content.decode()
    answer = client.post("/en/accounts/roles/", {"account": "1", "role": "analyst"})
    assert answer.status_code == 403


def test_an_administrator_gives_and_ends_a_role():
    ada, amel = account("ada", Role.ADMINISTRATOR), account("amel")
    client = signed_in(ada)
    given = {"account": str(amel.account), "role": "manager", "scope": "ma-ce3m"}
    assert client.post("/en/accounts/roles/", given)["Location"] == "/en/accounts/"
    assert "cluster manager" in text_of(client.get("/en/accounts/"))
    grant = models.RoleGrant.objects.get(role="manager")
    assert grant.given_by == "Ada (administrator)"
    client.post(f"/en/accounts/roles/{grant.pk}/end/", {"from": "people"})
    assert models.RoleGrant.objects.get(role="manager").ended_at is not None


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"account": "x", "role": "analyst"}, 400),
        ({"account": "99", "role": "analyst"}, 404),
        ({"account": "1", "role": "king"}, 400),
        ({"account": "1", "role": "manager"}, 409),
        ({"account": "1", "role": "manager", "scope": "ma-nowhere"}, 404),
        ({}, 400),
    ],
)
def test_a_role_that_cannot_be_given_is_refused_on_the_page(given, status):
    client = signed_in(account("ada", Role.ADMINISTRATOR))
    answer = client.post("/en/accounts/roles/", given)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()


def link_in(answer: HttpResponse) -> str:
    found = re.search(r'id="link" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1].replace("http://testserver", "")


def test_an_invitation_is_shown_once_and_becomes_an_account():
    client = signed_in(account("ada", Role.ADMINISTRATOR))
    given = {"address": "omar@example.org", "role": "manager", "scope": "ma-ce3m", "language": "ar"}
    answer = client.post("/fr/invitations/", given)
    link = link_in(answer)
    assert link.startswith("/ar/invitations/")
    assert link.split("/")[3] not in client.get("/fr/accounts/").content.decode()

    guest = Client()
    page = guest.get(link)
    assert "omar@example.org" in text_of(page)
    assert "sessionid" not in page.cookies
    refused = guest.post(link, {"name": "Omar", "password": "12345", "language": "ar"})
    assert refused.status_code == 422
    answer = guest.post(link, {"name": "Omar", "password": GOOD, "language": "ar"})
    assert answer["Location"] == "/ar/accounts/me/"
    assert "Omar" in text_of(guest.get("/ar/accounts/me/"))
    assert Client().get(link).status_code == 409


def test_an_invitation_for_an_existing_account_is_accepted_after_signing_in():
    client = signed_in(account("ada", Role.ADMINISTRATOR))
    omar, eve = account("omar"), account("eve")
    given = {"address": "omar@example.org", "role": "analyst", "language": "fr"}
    link = link_in(client.post("/fr/invitations/", given))
    assert f"/fr/accounts/sign-in/?next={link}" in Page(Client().get(link).content.decode()).links
    assert signed_in(eve).post(link).status_code == 403
    assert signed_in(omar).post(link)["Location"] == "/fr/accounts/me/"
    assert models.RoleGrant.objects.get(role="analyst").user_id == omar.account


def test_a_refused_invitation_keeps_what_was_written():
    client = signed_in(account("ada", Role.ADMINISTRATOR))
    answer = client.post(
        "/fr/invitations/", {"address": "omar@", "role": "analyst", "scope": "MA", "language": "ar"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="omar@"' in html
    assert 'value="analyst" required checked' in html


def test_an_organiser_is_offered_the_roles_an_organiser_gives():
    html = signed_in(account("omar", Role.ORGANISER)).get("/fr/invitations/").content.decode()
    assert re.findall(r'name="role" value="(\w+)"', html) == ["participant"]


def test_an_open_invitation_is_listed_for_administrators_and_can_be_withdrawn():
    client = signed_in(account("ada", Role.ADMINISTRATOR))
    given = {"address": "omar@example.org", "role": "analyst", "language": "fr"}
    link = link_in(client.post("/fr/invitations/", given))
    assert "omar@example.org" in text_of(client.get("/fr/accounts/"))
    number = models.Invitation.objects.get().pk
    client.post(f"/fr/invitations/{number}/withdraw/")
    assert "omar@example.org" not in text_of(client.get("/fr/accounts/"))
    assert Client().get(link).status_code == 409


def test_a_changed_password_keeps_this_session_and_ends_the_others():
    amel = account("amel")
    here, elsewhere = signed_in(amel), signed_in(amel)
    wrong = here.post("/fr/accounts/password/", {"old": "wrong", "new": "another good phrase"})
    assert wrong.status_code == 401
    answer = here.post("/fr/accounts/password/", {"old": GOOD, "new": "another good phrase"})
    assert answer["Location"] == "/fr/accounts/me/?changed=password"
    assert here.get("/fr/accounts/me/").status_code == 200
    assert elsewhere.get("/fr/accounts/me/").status_code == 302


def test_name_and_language_are_saved_and_the_page_goes_on_in_the_new_language():
    client = signed_in(account("amel"))
    assert (
        client.post("/fr/accounts/me/", {"name": "أمل", "language": "ar"})["Location"] == "/ar/accounts/me/"
    )
    assert "أمل" in text_of(client.get("/ar/accounts/me/"))
    assert client.post("/ar/accounts/me/", {"name": "", "language": "ar"}).status_code == 422


def test_what_a_person_writes_as_a_name_is_shown_and_not_run():
    client = signed_in(account("amel"))
    client.post("/fr/accounts/me/", {"name": "<img src=x onerror=alert(1)>", "language": "fr"})
    for address in ("accounts/me/", "clusters/"):
        assert "<img src=x" not in client.get(f"/fr/{address}").content.decode()


@pytest.mark.parametrize(
    ("https", "hosts", "expected"),
    [
        ("", "atlas.example.org", "False False []"),
        (
            "1",
            "atlas.example.org, .example.net",
            "True True ['https://atlas.example.org', 'https://*.example.net']",
        ),
    ],
)
def test_over_tls_cookies_are_secure_and_forms_come_from_https(https, hosts, expected, root, tmp_path):
    program = (
        "from grappe import settings as s;"
        " print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.CSRF_TRUSTED_ORIGINS)"
    )
    environment = {"PYTHONPATH": str(root / "src"), "GRAPPE_HTTPS": https, "GRAPPE_HOSTS": hosts}
    said = subprocess.run(
        [sys.executable, "-c", program], env={**environment, "GRAPPE_DATA": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == expected
