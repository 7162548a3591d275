"""Redacting personal data: erased in every table, in the store's file and in the data set; a trace stays."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from django.test import Client

from grappe.actions.redact_personal_data import redact_personal_data
from grappe.census.census import find_dataset
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError, Refused, UnknownThing
from grappe.queries.moment import moment
from grappe.queries.search_everything import search_everything
from grappe.queries.sheets import sheet
from grappe.store import models
from tests.actions.readings import kept
from tests.actions.stored import ADA, TUESDAY, contents, holds, load

ADA_OPERATOR = Actor("Ada", "operator")
WORLD = """
# The grove and its people.
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak Valley, line: 1, column: name, printed: Oak Valley}
    listed: {value: true, line: 1, column: name, printed: Oak Valley}
    president: {value: person-1, line: 11, printed: "PRÉSIDENT : Zoé QUERCUS"}
    facilitator: {value: person-2, line: 12, printed: "Animateur : Ilex ACORN"}
    jobs: {value: 40, perimeter: members, modality: observed, line: 13, printed: "40 jobs, says Mrs Quercus"}
    created: {value: "2010", line: 13, printed: "2010"}
  dz-elm:
    name: {value: Elm, line: 2, column: name, printed: Elm}
    vice_president:
      - {value: person-1, line: 21, printed: "Vice-présidente : Zoé Quercus"}
== people.yml
kind: person
source: book
as_of: 2019-03
entities:
  person-1:
    name:
      - {value: Zoé Quercus, line: 11, printed: Zoé QUERCUS}
      - value: Zoe Quercus
        line: 501
        printed: Zoe QUERCUS
    affiliation: {value: org-mill, title: Director, line: 11, printed: "directrice, moulin"}
  person-2:
    name: {value: Ilex Acorn, line: 12, printed: Ilex ACORN}
== organisations.yml
kind: organisation
source: book
as_of: 2019-03
entities:
  org-mill:
    name: {value: Mill, line: 11, printed: moulin}
"""


@pytest.fixture
def grove(store, world) -> Path:
    folder = world(WORLD)
    load(folder)
    return folder


def redact(entity: str = "person-1", field: str = "name", reason: str = "asked by letter"):
    return redact_personal_data(entity, field, reason=reason, by=ADA, at=TUESDAY)


def people(entity: str) -> dict[str, object]:
    return {row["role"]: row.get("name") for row in sheet(entity, moment())["people"]}


def files(folder: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_name_is_there_before(grove, store):
    assert "store_statement" in holds(store, "quercus")
    assert "store_search_content" in holds(store, "quercus")
    assert {hit["id"] for hit in search_everything("quercus")} == {"ma-oak", "dz-elm"}


def test_a_redacted_name_is_in_no_table_and_nowhere_in_the_files_of_the_store(grove, store):
    redact()
    assert holds(store, "quercus") == []
    assert holds(store, "zoé") == []


def test_a_redacted_name_goes_too_while_a_server_has_the_store_open(grove, store):
    server = sqlite3.connect(store)
    server.execute("SELECT count(*) FROM store_statement").fetchone()
    try:
        redact()
        assert holds(store, "quercus") == []
    finally:
        server.close()


def test_a_redacted_name_is_in_no_file_of_the_data_set(grove):
    redact()
    assert "quercus" not in files(grove).casefold()
    assert "# The grove and its people." in files(grove)


def test_search_sheets_and_lists_know_the_name_no_more(grove):
    redact()
    assert search_everything("quercus") == []
    shown = repr([sheet(one, moment()) for one in ("ma-oak", "dz-elm", "org-mill")])
    assert "quercus" not in shown.casefold()


@pytest.mark.parametrize(
    "address",
    ["clusters", "clusters.csv", "sheets/ma-oak", "sheets/dz-elm", "search?q=quercus"],
)
def test_the_api_knows_the_name_no_more(grove, address):
    redact()
    answer = Client().get(f"/api/{address}")
    assert answer.status_code == 200
    assert "quercus" not in answer.content.decode().casefold()


def test_the_sheet_says_that_a_name_is_withheld_where_it_stood(grove):
    redact()
    (president,) = [row for row in sheet("ma-oak", moment())["people"] if row["role"] == "president"]
    assert (president["value"], president["why"], president["locator"]) == (None, "withheld", {"line": 11})
    assert president["redacted"] == "asked by letter"


def test_locator_and_reason_stay_with_the_statement(grove):
    redact()
    name = models.Statement.objects.filter(entity_id="person-1", field="name").first()
    answer = Client().get(f"/api/statements/{name.id}").json()
    assert (answer["value"], answer["printed"], answer["redacted"]) == (None, None, "asked by letter")
    assert answer["locator"]["line"] in (11, 501)
    assert [row["reason"] for row in answer["redactions"]] == ["asked by letter"]


def test_the_trace_says_who_when_why_and_where_and_never_what(grove, store):
    redact()
    traces = {(row.entity, row.field): row for row in models.Redaction.objects.all()}
    assert set(traces) == {
        ("person-1", "name"), ("person-1", "affiliation"), ("ma-oak", "president"), ("ma-oak", "jobs"),
        ("dz-elm", "vice_president"),
    }  # fmt: skip
    trace = traces["person-1", "name"]
    assert (trace.by, trace.at, trace.reason) == ("editor", TUESDAY, "asked by letter")
    assert trace.locators == ["l. 11", "l. 501"]
    assert models.AuditEvent.objects.filter(verb="redact_personal_data", by="Ada (editor)").count() == 1


def test_what_is_no_personal_datum_stays_and_only_its_printed_name_goes(grove):
    redact()
    shown = sheet("ma-oak", moment())["fields"]
    assert (shown["jobs"]["value"], shown["jobs"]["locator"]["line"]) == (40, 13)
    assert (shown["created"]["value"], shown["created"]["printed"]) == ("2010", "2010")


def test_everybody_else_stays(grove):
    redact()
    assert [hit["id"] for hit in search_everything("acorn")] == ["ma-oak"]
    assert people("ma-oak") == {"president": None, "facilitator": "Ilex Acorn"}


def test_the_address_of_a_personal_statement_is_the_same_whatever_the_name(store, world):
    load(world(WORLD))
    one = set(models.Statement.objects.filter(entity_id="person-1").values_list("id", flat=True))
    load(world(WORLD.replace("Zoé Quercus, line", "Zoé Betula, line")), TUESDAY)
    assert set(models.Statement.objects.filter(entity_id="person-1").values_list("id", flat=True)) == one


def test_loading_again_does_not_bring_the_name_back(grove, store):
    redact()
    again = load(grove, TUESDAY.replace(hour=20))
    assert again.changed is False
    assert holds(store, "quercus") == []


def test_a_role_of_a_cluster_leads_to_the_person_who_holds_it(grove, store):
    done = redact("ma-oak", "president")
    assert set(done.entities) >= {"ma-oak", "dz-elm", "person-1"}
    assert holds(store, "quercus") == []
    assert "quercus" not in files(grove).casefold()


def test_a_rival_spelling_goes_with_the_name(grove, store):
    redact()
    assert holds(store, "Zoe") == []


def test_a_withdrawn_statement_is_erased_too(grove, store, world):
    load(
        world(
            WORLD.replace(
                '    president: {value: person-1, line: 11, printed: "PRÉSIDENT : Zoé QUERCUS"}\n', ""
            )
        ),
        TUESDAY,
    )
    redact()
    assert holds(store, "quercus") == []


def test_somebody_who_shares_a_word_of_the_name_stays(store, world):
    cousin = WORLD.replace("Ilex Acorn", "Quercus Acorn").replace("Ilex ACORN", "Quercus ACORN")
    load(world(cousin))
    redact()
    assert people("ma-oak")["facilitator"] == "Quercus Acorn"


def test_a_brother_of_the_same_surname_stays(store, world):
    brother = WORLD.replace("Ilex Acorn", "Jean Quercus").replace("Ilex ACORN", "Jean QUERCUS")
    load(world(brother))
    redact()
    assert people("ma-oak")["facilitator"] == "Jean Quercus"
    assert holds(store, "Zoé") == []


def test_a_name_printed_once_for_a_whole_row_goes_too(store, world):
    head = """
kind: person
source: book
as_of: 2019-03
entities:
  person-1:
    line: 11
    printed: "Zoé QUERCUS, directrice"
    name: Zoé Quercus
"""
    folder = world(head)
    load(folder)
    redact()
    assert "quercus" not in files(folder).casefold()
    assert holds(store, "quercus") == []


@pytest.mark.parametrize("flat", ["jsonl", "csv"])
def test_a_data_set_of_flat_rows_does_not_keep_the_name(store, world, flat):
    folder = world("== notes.txt\nOne person, one row.")
    if flat == "jsonl":
        (folder / "statements.jsonl").write_text(
            '{"entity":"person-1","kind":"person","field":"name","value":"Zoé Quercus","source":"book",'
            '"as_of":"2019-03","line":11,"printed":"Zoé QUERCUS"}\n',
            "utf-8",
        )
    else:
        (folder / "statements.csv").write_text(
            "entity,kind,field,value,source,as_of,line,printed\n"
            "person-1,person,name,Zoé Quercus,book,2019-03,11,Zoé QUERCUS\n",
            "utf-8",
        )
    load(folder)
    try:
        redact()
    except Refused:
        assert "store_statement" in holds(store, "quercus")  # refused whole: nothing was erased
    else:
        assert "quercus" not in files(folder).casefold()
        assert holds(store, "quercus") == []


def test_a_field_that_is_not_personal_is_refused_and_nothing_is_erased(grove, store):
    before, text = contents(store), files(grove)
    with pytest.raises(Refused) as refused:
        redact("ma-oak", "created")
    assert (refused.value.code, refused.value.exit_code) == ("not_personal", 5)
    assert (contents(store), files(grove)) == (before, text)


def test_a_role_that_nobody_holds_is_refused(grove):
    with pytest.raises(Refused) as refused:
        redact("ma-oak", "director")
    assert refused.value.code == "nothing_to_redact"


def test_redacting_twice_says_that_there_is_nothing_left(grove):
    redact()
    with pytest.raises(Refused) as refused:
        redact()
    assert refused.value.code == "nothing_to_redact"


def test_an_unknown_field_is_refused_with_the_fields_there_are(grove):
    with pytest.raises(BadChoice) as refused:
        redact("person-1", "nickname")
    assert refused.value.params["accepted"] == "affiliation, alias, name"


def test_an_unknown_entity_is_refused(grove):
    with pytest.raises(UnknownThing):
        redact("person-9")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_redaction_needs_a_reason(grove, store, reason):
    before = contents(store)
    with pytest.raises(GrappeError) as refused:
        redact(reason=reason)
    assert refused.value.code == "missing_reason"
    assert contents(store) == before


def test_when_the_load_that_follows_fails_files_and_store_are_as_before(grove, store, monkeypatch):
    import grappe.actions.redact_personal_data as module

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(module, "load_dataset", fail)
    before, text = contents(store), files(grove)
    with pytest.raises(OSError, match="disk full"):
        redact()
    assert (contents(store), files(grove)) == (before, text)


@pytest.fixture(scope="module")
def maghreb_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data set in a folder of its own, so that nothing shipped is rewritten."""
    folder = tmp_path_factory.mktemp("copy") / "maghreb-2019"
    shutil.copytree(find_dataset("maghreb-2019"), folder)
    return folder


def test_a_president_of_the_shipped_census_is_erased_in_a_copy_of_it(store, maghreb_copy):
    shipped = files(find_dataset("maghreb-2019"))
    load(maghreb_copy)
    people = models.Entity.objects.filter(kind="person").count()
    named = sorted(_names())
    assert [hit["id"] for hit in search_everything("kettani")] == ["ma-mnc"]

    redact("ma-mnc", "president")

    assert holds(store, "kettani") == []
    assert "kettani" not in files(maghreb_copy).casefold()
    assert files(find_dataset("maghreb-2019")) == shipped
    assert search_everything("kettani") == []
    # One person of all lost a name; nobody was dropped.
    assert sorted(_names()) == [name for name in named if "Kettani" not in name]
    assert models.Entity.objects.filter(kind="person").count() == people


def _names() -> list[str]:
    import json

    rows = models.Statement.objects.filter(entity__kind="person", field="name", standing=True)
    values = [json.loads(row.content)[0] for row in rows]
    return [value for value in values if value]


def test_an_untouched_copy_does_not_bring_the_name_back(grove, store, world):
    redact()
    load(world(WORLD), TUESDAY.replace(hour=22))
    assert holds(store, "quercus") == []


SHEET = """\
OAK VALLEY (OAK)
Date de création : mai 2016
www.oak.example\tPRÉSIDENTE : Zoé QUERCUS
Secteur d'activité\tTextile et habillement.
Membres\t40 membres.
"""


def test_documents_that_people_go_through_lose_the_person_too(grove, store):
    row = kept(ADA_OPERATOR, SHEET)
    before = row.proposals.count()
    redact()
    row.refresh_from_db()
    assert row.content is None
    assert [text for text, _, _ in row.lines][1:3] == ["Date de création : mai 2016", ""]
    assert 0 < row.proposals.count() < before
    assert holds(store, "quercus") == []
