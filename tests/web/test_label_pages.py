"""Pages of labels, the rehearsal, projects and start-ups: who reads and writes what, and what is refused."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from grappe.domain.actor import Actor
from grappe.store.models import (
    AssessmentProof,
    CollaborativeProject,
    LabelGrant,
    SelfAssessment,
    StartUpCase,
)
from tests.actions.accounts import quick_passwords
from tests.actions.proposals import PDF, people
from tests.actions.stored import load, store_in, tables_alone
from tests.queries.conftest import ORCHARD
from tests.web.test_call_pages import client_of, post, text
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
OAK = "/en/labels/rehearsal/ma-oak/"
GRANT = {"receiver": "ma-oak", "start": "2016-03-01", "why": "Chosen in the call."}
PROJECT = {
    "title": "Oil press", "partners": "Oak\nElm", "lead": "Oak", "stage": "assembled",
    "funder": "A fund", "amount": "250 000", "currency": "mad",
}  # fmt: skip


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


def sheets(client: Client, path: str) -> dict[str, list[tuple]]:
    response = client.get(path)
    assert response.status_code == 200, response.content.decode()[:400]
    book = load_workbook(io.BytesIO(response.content))
    return {name: list(book[name].values) for name in book.sheetnames}


def test_an_officer_grants_a_label_that_everybody_reads_and_ends_it(who):
    officer, anybody = client_of(who["officer"]), Client()
    assert "Grant" not in text(anybody, "/en/labels/")
    post(officer, "/en/labels/grant/industry_ministry/", **GRANT)
    page = text(anybody, "/en/labels/")
    assert "held at present" in page
    assert "End it" not in page
    number = LabelGrant.objects.get().pk
    refused = post(officer, f"/en/labels/{number}/end/", 409, why=" ", end="2017-01-01", seen="1")
    assert 'role="alert"' in refused
    post(officer, f"/en/labels/{number}/end/", why="It left.", end="2017-01-01", seen="1")
    assert "no longer held" in text(anybody, "/en/labels/")
    assert "held at present" in text(anybody, "/en/labels/?on=2016-12-31")


def test_a_cluster_labels_start_ups_and_no_cluster(who):
    oak = client_of(who["oak"])
    text(oak, "/fr/labels/grant/cluster_startup/")
    post(oak, "/fr/labels/grant/cluster_startup/", giver="ma-oak", receiver_name="Sprout", start="2016-03-01")
    assert LabelGrant.objects.get().giver_name == "Oak Valley"
    post(oak, "/fr/labels/grant/industry_ministry/", 403, **GRANT)
    post(oak, "/fr/labels/grant/cluster_startup/", 403, giver="dz-elm", receiver_name="X", start="2016-03-01")
    assert LabelGrant.objects.count() == 1


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("industry_ministry", {"receiver": "ma-oak", "start": "yesterday"}, 400),
        ("industry_ministry", {"receiver": "ma-nothing", "start": "2016-03-01"}, 404),
        ("industry_ministry", {"receiver": "ma-oak", "start": "2016-03-01", "end": "2015-01-01"}, 409),
        ("startup_act", {"start": "2016-03-01"}, 403),
    ],
)
def test_a_label_that_cannot_be_is_refused_in_words(who, path, fields, status):
    page = post(client_of(who["officer"]), f"/en/labels/grant/{path}/", status, **fields)
    assert "notice--error" in page
    assert not LabelGrant.objects.exists()


def test_an_unknown_kind_of_label_is_no_page(who):
    text(client_of(who["officer"]), "/en/labels/grant/unicorn/", 404)


def test_the_register_names_the_seven_kinds_and_filters(who):
    post(client_of(who["officer"]), "/en/labels/grant/industry_ministry/", **GRANT)
    page = text(Client(), "/en/labels/")
    for words in (
        "ministry of industry",
        "ministry of agriculture",
        "guarantee fund",
        "Startup Act",
        "l. 394",
    ):
        assert words in page
    assert "No label has been granted" in text(Client(), "/en/labels/?kind=startup_act")
    text(Client(), "/en/labels/?kind=unicorn", 400)
    found = sheets(Client(), "/en/labels/labels.xlsx")
    assert len(found["Kinds of labels"]) == 1 + 7
    assert found["Labels granted"][1][2] == "Oak Valley"


def test_a_cluster_rehearses_saves_twice_and_prints(who):
    oak = client_of(who["oak"])
    page = text(oak, OAK)
    assert "not public" in page
    assert page.count('class="assessed"') == 31
    # 4 of 4 points on one of 31 indicators of equal weight: 100 / 31 = 3.2 of 100.
    post(oak, OAK, **{"points-services": "4", "evidence-services": "Minutes", "seen": "0"})
    assert "3.2" in text(oak, OAK)
    post(
        oak,
        OAK,
        **{"points-services": "2", "points-press": "2", "fact-benchmark_interviews": "1", "seen": "1"},
    )
    assert [one.saving for one in SelfAssessment.objects.all()] == [1, 2]
    page = text(oak, OAK)
    assert "nothing shows it yet" in page
    first = text(oak, OAK + "?saving=1")
    assert "This is saving 1" in first
    assert "Minutes" in first
    report = text(oak, OAK + "report/?saving=1")
    assert "Cheapest next steps" in report
    assert "not public" in report
    found = sheets(oak, OAK + "rehearsal.xlsx")
    assert len(found["Indicators"]) == 1 + 31


def test_what_was_typed_in_a_rehearsal_stays_when_it_is_refused(who):
    oak = client_of(who["oak"])
    page = post(
        oak, OAK, 422, **{"points-services": "9", "evidence-services": "Minutes of a fair", "seen": "0"}
    )
    assert "Minutes of a fair" in page
    assert "most points of the scale" in page
    post(oak, OAK, 400, **{"points-services": "many"})
    post(oak, OAK, 400, **{"fact-benchmark_interviews": "-1"})
    assert not SelfAssessment.objects.exists()


def test_the_second_of_two_people_of_a_cluster_is_told(who):
    oak = client_of(who["oak"])
    post(oak, OAK, **{"points-services": "4", "seen": "0"})
    assert "meanwhile" in post(oak, OAK, 409, **{"points-services": "1", "seen": "0"})


def test_a_rehearsal_is_for_those_who_speak_for_the_cluster_alone(who):
    oak = client_of(who["oak"])
    post(oak, OAK, **{"points-services": "4", "seen": "0"})
    file = SimpleUploadedFile("minutes.pdf", PDF, "application/pdf")
    post(oak, OAK + "documents/", indicator="services", file=file)
    number = AssessmentProof.objects.get().pk
    assert "minutes.pdf" in text(oak, OAK)
    assert oak.get(f"/en/labels/evidence/{number}/").content == PDF
    assert "nothing shows it yet" not in text(oak, OAK)
    for name in ("officer", "elm", "first"):
        client = client_of(who[name])
        for path in (OAK, OAK + "report/", OAK + "rehearsal.xlsx", f"/en/labels/evidence/{number}/"):
            text(client, path, 403)
        post(client, OAK, 403, **{"points-services": "1"})
    assert Client().get(OAK).status_code == 302


@pytest.mark.parametrize(
    ("indicator", "content", "kind", "status"),
    [("services", b"<html>", "text/html", 409), ("unicorns", PDF, "application/pdf", 404)],
)
def test_evidence_of_no_kind_or_of_no_indicator_is_refused(who, indicator, content, kind, status):
    file = SimpleUploadedFile("x.pdf", content, kind)
    post(client_of(who["oak"]), OAK + "documents/", status, indicator=indicator, file=file)
    assert not AssessmentProof.objects.exists()


def test_a_project_goes_by_its_stages_on_the_page(who):
    oak = client_of(who["oak"])
    post(oak, "/en/desk/ma-oak/projects/new_one/", **PROJECT)
    assert CollaborativeProject.objects.get().key == "oil-press"
    page = text(oak, "/en/desk/ma-oak/projects/oil-press/")
    assert "250,000" in page
    assert "project completed" not in page  # no stage that may not follow is offered
    post(oak, "/en/desk/ma-oak/projects/oil-press/", **(PROJECT | {"stage": "funded", "seen": "1"}))
    refused = post(
        oak, "/en/desk/ma-oak/projects/oil-press/", 409, **(PROJECT | {"stage": "idea", "seen": "2"})
    )
    assert "cannot become" in refused
    assert [one.stage for one in CollaborativeProject.objects.all()] == ["assembled", "funded"]


def test_a_project_without_partners_is_refused_with_every_reason(who):
    page = post(
        client_of(who["oak"]), "/en/desk/ma-oak/projects/new_one/", 422,
        **(PROJECT | {"partners": "", "currency": ""}),
    )  # fmt: skip
    for words in ("is no partner", "fewer than two", "is no currency"):
        assert words in page
    assert "Oil press" in page


def test_a_start_up_is_supported_step_by_step_and_counted(who):
    oak = client_of(who["oak"])
    case = {
        "startup": "Sprout", "step": ["diagnosis", "fairs", ""], "step-on": ["2016-03-01", "2016-04-01", ""],
        "step-note": ["", "A stand", ""], "fairs": "Fair of orchards", "sought": "100000",
        "obtained": "40000", "currency": "MAD", "benefits": ["guarantee_fund"],
    }  # fmt: skip
    post(oak, "/en/desk/ma-oak/start-ups/new_one/", **case)
    assert len(StartUpCase.objects.get().steps) == 2
    page = text(oak, "/en/desk/ma-oak/")
    assert "40,000" in page
    text(oak, "/en/desk/ma-oak/start-ups/sprout/")
    found = sheets(client_of(who["officer"]), "/en/desk/desk.xlsx")
    # Oak supports one start-up: one of innovation, none of finance, one of commercial development.
    assert found["Figures per cluster"][1][:5] == ("Oak Valley", 1, 1, 0, 1)
    future = case | {"step-on": ["2999-01-01", "2016-04-01", ""], "startup": "Bud"}
    assert "in the future" in post(oak, "/en/desk/ma-oak/start-ups/new_one/", 422, **future)


def test_an_officer_reads_the_desks_of_the_country_and_writes_on_none(who):
    post(client_of(who["oak"]), "/en/desk/ma-oak/projects/new_one/", **PROJECT)
    officer, elm = client_of(who["officer"]), client_of(who["elm"])
    assert "Oil press" in text(officer, "/en/desk/")
    page = text(officer, "/en/desk/ma-oak/projects/oil-press/")
    assert "Save it as it stands" not in page
    post(officer, "/en/desk/ma-oak/projects/oil-press/", 403, **(PROJECT | {"seen": "1"}))
    text(elm, "/en/desk/ma-oak/", 403)
    assert "Oil press" not in text(elm, "/en/desk/")
    text(elm, "/en/desk/dz-elm/projects/oil-press/", 404)
    text(client_of(who["first"]), "/en/desk/", 403)
    text(officer, "/en/desk/dz-elm/", 403)


def test_a_point_scale_of_ones_own_takes_the_place_of_ours(who, tmp_path, settings):
    # One indicator weighs 70, the thirty others 1 each: all its points are 70 of 100.
    file = tmp_path / "ours.yml"
    file.write_text(
        "id: ours\nsource: cluster\nmaximum: 10\nindicators:\n  services: {weight: 70}\n", "utf-8"
    )
    settings.LABEL_SCALE = str(file)
    oak = client_of(who["oak"])
    post(oak, OAK, **{"points-services": "10", "seen": "0"})
    page = text(oak, OAK)
    assert "70 %" in page
    assert "ours" in page
    settings.LABEL_SCALE = ""
    assert "another scale" in text(oak, OAK)
