"""The page of a reading in process: upload, decide, correct, store; refusals stand beside their form."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from grappe.census.reading import load_proposals
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.store.models import DocumentReading, Statement, User
from tests.actions.accounts import account, quick_passwords
from tests.actions.readings import code_of, kept
from tests.actions.stored import load, store_in, tables_alone
from tests.census.reading.invented import FRENCH_SHEET, TABLE, TEXT
from tests.queries.conftest import ORCHARD
from tests.web.html import Page
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
UPLOAD = {
    "source": "xx-study", "title": "A study of nothing", "edition": "2024", "encoding": "", "language": "fr"
}  # fmt: skip
STUDY = f"{TABLE}\n{TEXT}\n{FRENCH_SHEET}"


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
def zohra(store) -> Actor:
    return account("zohra", Role.ANALYST)


def client_of(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.account))
    return client


@pytest.fixture
def analyst(zohra) -> Client:
    return client_of(zohra)


def upload(
    client: Client, text: str | bytes = STUDY, name: str = "study.txt", **changes: str
) -> HttpResponse:
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = name
    return client.post("/en/reading/", UPLOAD | changes | {"file": file})


def page_of(answer: HttpResponse) -> Page:
    return Page(answer.content.decode())


def here(row: DocumentReading, part: str = "") -> str:
    return f"/en/reading/{row.pk}/{part}"


def decide(client: Client, row: DocumentReading, query: str = "", **what: str) -> HttpResponse:
    row.refresh_from_db()
    return client.post(here(row, f"decide/{query}"), what | {"seen": row.version})


def alert(answer: HttpResponse) -> str:
    html = answer.content.decode()
    return html.split('role="alert"')[1].split("</div>")[0]


def test_a_document_is_uploaded_and_its_proposals_stand_beside_its_lines(analyst):
    answer = upload(analyst)
    row = DocumentReading.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, here(row))
    page = page_of(analyst.get(here(row)))
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    for words in (
        "Dead Sea Salt",
        "A study of nothing",
        f"0 of {row.proposals.count()} decided",
        "Left over",
        "heading",
    ):
        assert words in page.text


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
@pytest.mark.parametrize(
    "query", ["", "?from=12", "?sheet=gh-cct", "?step=proposed", "?change=new", "?page=9"]
)
def test_every_view_is_well_formed_in_every_language(zohra, analyst, language, query):
    row = kept(zohra, STUDY)
    for address in (here(row) + query, here(row, "left-over/"), "/en/reading/"):
        answer = analyst.get(address.replace("/en/", f"/{language}/"))
        page = page_of(answer)
        assert (answer.status_code, page.faults) == (200, []), address
        assert len(page.ids) == len(set(page.ids)), address
        assert [part for part in ("Undefined", "None", "{{", "%(") if part in page.text] == [], address


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"source": "Not an id"}, 400, "Not an id"),
        ({"edition": "soon"}, 400, "YYYY"),
        ({"edition": ""}, 400, "xx-study"),
        ({"name": "study.exe"}, 400, ".docx"),
        ({"text": b""}, 422, "empty"),
        ({"text": b"\xe9t\xe9 " * 20}, 422, "UTF-8"),
        ({"text": "Nothing here.\n"}, 422, "Nothing was read"),
        ({"text": b"PK\x03\x04broken", "name": "study.docx"}, 422, "damaged"),
        ({"text": b"%PDF-1.4 broken", "name": "study.pdf"}, 422, "study.pdf"),
        ({"text": "\n" * 20_001 + "x"}, 422, "20002"),
        ({"encoding": "klingon"}, 422, "klingon"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_the_form_and_nothing_is_kept(analyst, sent, status, said):
    answer = upload(analyst, **sent)
    assert answer.status_code == status
    assert said in alert(answer)
    assert 'value="A study of nothing"' in answer.content.decode()
    assert DocumentReading.objects.count() == 0


def test_a_form_without_a_file_says_so(analyst):
    answer = analyst.post("/en/reading/", UPLOAD)
    assert answer.status_code == 400
    assert "No file" in alert(answer)


def test_another_encoding_is_read_when_it_is_named(analyst):
    answer = upload(analyst, STUDY.replace("نعم", "oui").encode("cp1252", "ignore"), encoding="cp1252")
    assert answer.status_code == 303
    assert any("création" in line[0] for line in DocumentReading.objects.get().lines)


def test_one_is_accepted_one_rejected_one_corrected_a_sheet_accepted_and_all_stored(zohra, analyst):
    row = kept(zohra, STUDY)
    website, created = code_of(row, "website"), code_of(row, "created")
    answer = decide(analyst, row, reject=website)
    assert (answer.status_code, answer["Location"]) == (303, f"{here(row)}#{website}")
    row.refresh_from_db()
    correction = {"entity": "gh-cct", "field": "created", "value": "2017-01", "seen": row.version}
    answer = analyst.post(here(row, f"{created}/?sheet=gh-cct"), correction)
    assert answer["Location"] == f"{here(row)}?sheet=gh-cct#{created}"
    answer = decide(analyst, row, "?sheet=gh-cct", accept_sheet="gh-cct")
    assert answer["Location"] == f"{here(row)}?sheet=gh-cct#sheet-gh-cct"
    row.refresh_from_db()
    given = {"deed": "store", "title": "A study of nothing", "edition": "2024", "seen": row.version}
    answer = analyst.post(here(row, "state/"), given)
    assert answer.status_code == 303
    assert "Stored as statements" in page_of(analyst.get(answer["Location"].split("#")[0])).text
    said = Statement.objects.filter(entity_id="gh-cct", standing=True)
    assert not said.filter(field="website").exists()
    sheet = page_of(analyst.get("/en/clusters/gh-cct/")).text
    assert "January 2017" in sheet
    assert "A study of nothing" in page_of(analyst.get("/en/sources/xx-study/")).text


def test_the_form_of_a_correction_offers_fields_and_codes_and_keeps_what_was_refused(zohra, analyst):
    row = kept(zohra, STUDY)
    created = code_of(row, "created")
    html = analyst.get(here(row, f"?sheet=gh-cct&edit={created}")).content.decode()
    assert 'name="value" form="correct" value="2016-05"' in html
    wrong = {"entity": "gh-cct", "field": "created", "value": "one day", "seen": row.version}
    answer = analyst.post(here(row, f"{created}/?sheet=gh-cct"), wrong)
    assert answer.status_code == 422
    assert "one day" in alert(answer)
    assert 'value="one day"' in answer.content.decode()
    niche = code_of(row, "niche")
    assert "<option" in analyst.get(here(row, f"?sheet=gh-cct&edit={niche}")).content.decode()


def test_an_old_page_is_refused_with_who_changed_it(zohra, analyst):
    row = kept(zohra, STUDY)
    other = client_of(account("yanis", Role.ANALYST))
    assert decide(other, row, accept="p0001").status_code == 303
    answer = analyst.post(here(row, "decide/"), {"reject": "p0001", "seen": row.version - 1})
    assert answer.status_code == 409
    assert "Yanis" in alert(answer)


def test_what_cannot_be_stored_is_listed_beside_the_form(zohra, analyst):
    row = kept(zohra, STUDY)
    decide(analyst, row, reject=code_of(row, "name", "gh-cct"))
    decide(analyst, row, accept_sheet="gh-cct")
    row.refresh_from_db()
    given = {"deed": "store", "title": "", "edition": "2024", "seen": row.version}
    answer = analyst.post(here(row, "state/"), given)
    assert answer.status_code == 400
    assert "Give its title" in alert(answer)
    answer = analyst.post(here(row, "state/"), given | {"title": "A study"})
    assert answer.status_code == 422
    assert "study.txt, line" in alert(answer)
    assert Statement.objects.filter(entity_id="gh-cct").count() == 0


def test_a_contradiction_is_shown_with_what_the_census_says(zohra, analyst):
    text = FRENCH_SHEET.replace("CLUSTER DU CUIR DE TAMALE (CCT)", "OAK VALLEY (OV-3M)").replace(
        "Ghana", "Maroc"
    )
    row = kept(zohra, text)
    html = page_of(analyst.get(here(row, "?change=contradicted"))).text
    html += page_of(analyst.get(here(row, "?change=changed"))).text
    assert "The census says:" in html
    assert "2010" in html


def test_the_file_of_proposals_can_be_read_back(zohra, analyst, tmp_path):
    row = kept(zohra, STUDY)
    decide(analyst, row, accept="p0001")
    path = tmp_path / "proposals.yml"
    path.write_bytes(analyst.get(here(row, "proposals.yml")).content)
    found = load_proposals(path)
    assert len(found.proposals) == row.proposals.count()
    assert str(found.proposals[0].step) == "accepted"


def test_a_reading_that_is_given_up_shows_that_and_no_word_of_the_document(zohra, analyst):
    row = kept(zohra, STUDY)
    answer = analyst.post(here(row, "state/"), {"deed": "drop", "seen": row.version})
    assert answer["Location"] == "/en/reading/"
    page = page_of(analyst.get(here(row)))
    assert "given up" in page.text
    assert "Tamale" not in page.text


def test_strangers_sign_in_and_others_are_refused(zohra):
    row = kept(zohra, STUDY)
    answer = Client().get(here(row))
    assert (answer.status_code, answer["Location"][:22]) == (302, "/en/accounts/sign-in/?")
    organiser = client_of(account("ines", Role.ORGANISER))
    assert organiser.get(here(row)).status_code == 403
    manager = client_of(account("amel", Role.MANAGER, "ma-oak"))
    for address in (here(row), here(row, "left-over/"), here(row, "proposals.yml")):
        assert manager.get(address).status_code == 404
    assert manager.get("/en/reading/").status_code == 200


def test_a_manager_prepares_and_is_told_who_stores(store):
    manager = account("amel", Role.MANAGER, "ma-oak")
    row = kept(manager, STUDY)
    text = page_of(client_of(manager).get(here(row))).text
    assert "An analyst looks through" in text
    assert "Store 0 accepted" not in text


def test_a_view_of_nothing_is_named(zohra, analyst):
    row = kept(zohra, STUDY)
    for query in ("?sheet=none", "?step=dance", "?change=dance", "?from=x", "?page=0"):
        assert analyst.get(here(row) + query).status_code == 400, query
    assert analyst.get("/en/reading/999/").status_code == 404
    assert analyst.post(here(row, "decide/"), {"seen": row.version}).status_code == 400
    assert analyst.post(here(row, "state/"), {"deed": "dance"}).status_code == 400


def test_a_long_document_comes_in_parts_of_few_lines_and_small_pages(zohra, analyst):
    sheets = "\n\n".join(FRENCH_SHEET.replace("TAMALE (CCT)", f"TAMALE {n} (CC{n})") for n in range(100, 200))
    row = kept(zohra, sheets)
    answer = analyst.get(here(row))
    assert len(answer.content) < 1_000_000
    assert answer.content.decode().count('class="line ') <= 90
