"""Loading a data set: idempotent, all or nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grappe.actions.load_dataset import load_dataset
from grappe.domain.errors import DatasetError
from grappe.present.problems import error_words
from grappe.queries.clusters import list_clusters
from grappe.queries.disputes import list_disputes, list_findings
from grappe.queries.filters import ClusterFilter
from grappe.queries.moment import moment
from grappe.queries.search_everything import search_everything
from grappe.queries.sheets import sheet, statement
from grappe.store import models
from tests.actions.stored import ADA, MONDAY, TUESDAY, contents, load
from tests.worlds import write_world

OAK = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak Valley, line: 1, column: name, printed: Oak Valley}
    country: {value: MA, line: 1, column: name, printed: Oak Valley}
    listed: {value: true, line: 1, column: name, printed: Oak Valley}
    state: {value: constituted, line: 1, column: constituted, printed: oui}
    created:
      - {value: 2010, line: 10, printed: "2010"}
      - {value: 2012, line: 500, printed: "2012"}
"""
ELM = """
  dz-elm:
    name: {value: Elm, line: 2, column: name, printed: Elm}
    country: {value: DZ, line: 2, column: name, printed: Elm}
    listed: {value: true, line: 2, column: name, printed: Elm}
"""
WITHOUT_2012 = OAK.replace('      - {value: 2012, line: 500, printed: "2012"}\n', "")
RULING = """
== rulings.yml
rulings:
  - {entity: ma-oak, field: created, value: "2012", line: 500, why: {fr: Vu, en: Seen, ar: شوهد}}
"""


def names() -> list[str]:
    return [row["name"] for row in list_clusters(ClusterFilter(), moment())]


def decisions(value: object = None) -> list[tuple[str, str]]:
    """Verdicts with the value decided on, in the order recorded."""
    said = {row.id: json.loads(row.content)[0] for row in models.Statement.objects.all()}
    rows = [(one.verdict, said[one.statement]) for one in models.Decision.objects.order_by("id")]
    return [row for row in rows if value is None or row[1] == value]


def test_a_load_says_what_it_did(store, world):
    done = load(world(OAK))
    # name, country, listed, state and two dates of one cluster
    assert (done.entities, done.statements, done.added, done.withdrawn, done.changed) == (1, 6, 6, 0, True)
    event = models.AuditEvent.objects.get()
    assert (event.verb, event.by, event.at, event.subject) == (
        "load_dataset", "Ada (editor)", MONDAY, "tiny",
    )  # fmt: skip


def test_loading_the_same_again_changes_nothing(store, world):
    folder = world(OAK)
    load(folder)
    before = contents(store)
    again = load(folder, TUESDAY)
    assert (again.statements, again.added, again.withdrawn, again.changed) == (6, 0, 0, False)
    assert contents(store) == before


def test_the_same_words_in_another_order_of_files_change_no_statement(store, world):
    load(world(OAK + ELM))
    before = set(models.Statement.objects.values_list("id", flat=True))
    head = OAK[: OAK.index("  ma-oak")]
    done = load(world(head + ELM + "== a.yml\n" + OAK), TUESDAY)
    assert (done.added, done.withdrawn) == (0, 0)
    assert set(models.Statement.objects.values_list("id", flat=True)) == before


def test_every_statement_gets_one_decision_signed_by_role(store, world):
    load(world(OAK))
    rows = models.Decision.objects.values_list("verdict", "by", "at")
    assert list(rows) == [("loaded", "editor", MONDAY)] * 6


def test_what_a_data_set_no_longer_says_is_withdrawn_and_its_dispute_is_gone(store, world):
    load(world(OAK))
    assert [one["field"] for one in list_disputes(moment())] == ["created"]

    done = load(world(WITHOUT_2012), TUESDAY)

    assert (done.added, done.withdrawn) == (0, 1)
    assert list_disputes(moment()) == []
    assert sheet("ma-oak", moment())["fields"]["created"]["rivals"] == []
    assert decisions("2012") == [("loaded", "2012"), ("withdrawn", "2012")]


def test_a_withdrawn_statement_keeps_its_page_and_says_that_it_no_longer_stands(store, world):
    load(world(OAK))
    gone = sheet("ma-oak", moment())["fields"]["created"]["rivals"][0]["statement"]
    load(world(WITHOUT_2012), TUESDAY)
    page = statement(gone)
    assert page["standing"] is False
    assert [row["verdict"] for row in page["decisions"]] == ["loaded", "withdrawn"]


def test_what_comes_back_stands_again_with_its_history(store, world):
    load(world(OAK))
    load(world(WITHOUT_2012), TUESDAY)
    load(world(OAK), TUESDAY.replace(hour=18))
    assert [verdict for verdict, _ in decisions("2012")] == ["loaded", "withdrawn", "loaded"]
    assert [one["field"] for one in list_disputes(moment())] == ["created"]


def test_a_cluster_taken_out_of_the_data_set_is_listed_and_found_no_more(store, world):
    load(world(OAK + ELM))
    assert names() == ["Oak Valley", "Elm"]
    load(world(OAK), TUESDAY)
    assert names() == ["Oak Valley"]
    assert "elm" not in repr(contents(store)["store_search_content"])


def test_another_data_set_stands_beside_the_first_and_leaves_it_as_it_was(store, world, tmp_path):
    load(world(OAK))
    other = write_world(tmp_path / "other", OAK.replace("ma-oak", "tn-fig").replace("Oak Valley", "Fig"))
    card = other / "dataset.yml"
    card.write_text(card.read_text("utf-8").replace("id: tiny", "id: second"), "utf-8")
    before = set(contents(store)["store_statement"])

    load(other, TUESDAY)

    assert sorted(names()) == ["Fig", "Oak Valley"]
    assert before < set(contents(store)["store_statement"])
    assert [hit["id"] for hit in search_everything("oak")] == ["ma-oak"]
    assert sorted(one["entity"] for one in list_disputes(moment())) == ["ma-oak", "tn-fig"]


def test_the_steps_of_a_load_are_told_as_they_come(store, world):
    told: list[str] = []
    folder = world(OAK)
    load_dataset(folder, by=ADA, at=MONDAY, progress=told.append)
    assert told == ["read", "hash", "store", "rows", "disputes"]
    told.clear()
    load_dataset(folder, by=ADA, at=TUESDAY, progress=told.append)
    assert told == ["read", "hash"]


def test_a_changed_name_is_the_one_listed(store, world):
    load(world(OAK))
    load(world(OAK.replace("Oak Valley", "Oak Hill")), TUESDAY)
    assert names() == ["Oak Hill"]


def test_an_editors_ruling_makes_the_rival_the_value_shown_and_the_dispute_stays(store, world):
    load(world(OAK))
    created = sheet("ma-oak", moment())["fields"]["created"]
    assert (created["value"], created["why"]) == ("2010", "part")  # a sheet is trusted before running text

    load(world(OAK + RULING), TUESDAY)

    created = sheet("ma-oak", moment())["fields"]["created"]
    assert (created["value"], created["why"], created["rivals"][0]["value"]) == ("2012", "ruling", "2010")
    assert [row["created"] for row in list_clusters(ClusterFilter(), moment())] == ["2012"]
    (dispute,) = list_disputes(moment())
    assert (dispute["why"], [v["value"] for v in dispute["values"]]) == ("ruling", ["2012", "2010"])
    assert ("preferred", "2012") in decisions()


def test_a_ruling_taken_back_no_longer_decides(store, world):
    load(world(OAK + RULING))
    folder = world(OAK)
    (folder / "rulings.yml").unlink()
    load(folder, TUESDAY)
    created = sheet("ma-oak", moment())["fields"]["created"]
    assert (created["value"], created["why"]) == ("2010", "part")


def test_a_ruling_is_recorded_with_its_reason(store, world):
    load(world(OAK + RULING))
    ruling = models.Decision.objects.get(verdict="preferred")
    assert (ruling.why, ruling.by) == ("Seen", "editor")


def test_remarks_of_the_editors_are_found_among_the_findings(store, world):
    remark = """
== remarks.yml
source: book
remarks:
  - {id: r, lines: [500], severity: note, entities: [ma-oak], message: {fr: Tache, en: Blot, ar: بقعة}}
"""
    load(world(OAK + remark))
    (finding,) = [row for row in list_findings(moment()) if row["rule"] == "editor_remark"]
    assert (finding["message"], finding["lines"], finding["entities"]) == ("Blot", [500], ["ma-oak"])


BAD = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak, line: 1, column: name, printed: Oak}
    colour: {value: green, line: 1, column: name, printed: Oak}
    created: {value: march 2010, line: 10, printed: march 2010}
    place: {value: [pl-nowhere], line: 1, column: name, printed: Nowhere}
    state: {value: blooming, line: 1, column: constituted, printed: oui}
    website: {value: www.oak.example, printed: www.oak.example}
"""


def test_a_malformed_data_set_leaves_the_database_as_it_was(store, world):
    load(world(OAK + ELM))
    before = contents(store)
    with pytest.raises(DatasetError):
        load(world(BAD), TUESDAY)
    assert contents(store) == before


def test_a_malformed_data_set_leaves_an_empty_database_empty(store, world):
    before = contents(store)
    with pytest.raises(DatasetError):
        load(world(BAD))
    assert contents(store) == before


def test_every_error_is_told_at_once_with_file_line_field_value_and_expectation(store, world):
    with pytest.raises(DatasetError) as refused:
        load(world(BAD))
    told = {(p.code, p.file, p.line, p.field, p.value) for p in refused.value.problems}
    assert told == {
        ("unknown_field", "tiny/world.yml", 7, "ma-oak.colour", "colour"),
        ("bad_date", "tiny/world.yml", 8, "ma-oak.created", "march 2010"),
        ("dangling_reference", "tiny/world.yml", 9, "ma-oak.place", "pl-nowhere"),
        ("bad_code", "tiny/world.yml", 10, "ma-oak.state", "blooming"),
        ("missing_locator", "tiny/world.yml", 11, "ma-oak.website", None),
    }


def test_the_words_of_a_refusal_say_where_what_and_what_was_expected(store, world):
    with pytest.raises(DatasetError) as refused:
        load(world(BAD))
    words = error_words(refused.value, "en")
    assert "5 problem(s)" in words
    assert "tiny/world.yml, line 8, field 'ma-oak.created': 'march 2010' is not a date. Write YYYY" in words
    assert "potential, expected, emerging, constituted" in words


def test_a_data_set_in_another_encoding_is_refused_by_its_file(store, world):
    folder = world(OAK)
    (folder / "world.yml").write_bytes("kind: cluster # élève\n".encode("latin-1"))
    with pytest.raises(DatasetError) as refused:
        load(folder)
    assert [(p.code, p.file) for p in refused.value.problems] == [("not_utf8", "tiny/world.yml")]


FLAT = [
    {"entity": "ma-oak", "kind": "cluster", "field": "name", "value": "Chêne", "line": 1, "column": "name"},
    {"entity": "ma-oak", "kind": "cluster", "field": "listed", "value": True, "line": 1, "column": "name"},
    {"entity": "ma-oak", "kind": "cluster", "field": "sector", "value": 3, "line": 12},
    {"entity": "ma-oak", "kind": "cluster", "field": "place", "value": ["pl-a", "pl-b"], "line": 13},
    {"entity": "ma-oak", "kind": "cluster", "field": "jobs", "value": 85, "line": 14,
     "perimeter": "members", "modality": "observed"},
    {"entity": "pl-a", "kind": "place", "field": "name", "value": "A", "line": 20},
    {"entity": "pl-a", "kind": "place", "field": "lon", "value": -7.5, "line": 20},
    {"entity": "pl-b", "kind": "place", "field": "name", "value": "B", "line": 21},
]  # fmt: skip
_COMMON = {"source": "book", "as_of": "2019-03", "printed": 'x, "y"'}
_COLUMNS = [
    "entity", "kind", "field", "value", "line", "column", "perimeter", "modality", "source", "as_of",
    "printed",
]  # fmt: skip


def as_yaml(folder: Path) -> None:
    for kind in ("cluster", "place"):
        entities: dict[str, dict[str, object]] = {}
        for row in FLAT:
            if row["kind"] == kind:
                own = {k: v for k, v in row.items() if k not in ("entity", "kind", "field")}
                entities.setdefault(str(row["entity"]), {})[str(row["field"])] = own | {
                    "printed": _COMMON["printed"]
                }
        body = {"kind": kind, "source": "book", "as_of": "2019-03", "entities": entities}
        (folder / f"{kind}.yml").write_text(json.dumps(body), "utf-8")  # JSON is YAML


def as_jsonl(folder: Path) -> None:
    lines = [json.dumps(row | _COMMON, ensure_ascii=False) for row in FLAT]
    (folder / "statements.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def as_csv(folder: Path) -> None:
    import csv

    with (folder / "statements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        for row in FLAT:
            value = row["value"]
            text = "|".join(value) if isinstance(value, list) else "true" if value is True else value
            writer.writerow(row | _COMMON | {"value": text})


@pytest.mark.parametrize("write", [as_jsonl, as_csv])
def test_rows_as_jsonl_or_csv_load_the_same_statements_as_yaml(store, world, write):
    folder = world("== dataset.yml\n" + CARD_ONLY)
    as_yaml(folder)
    load(folder)
    expected = contents(store)
    assert len(expected["store_statement"]) == len(FLAT)

    for path in folder.glob("*.yml"):
        if path.name != "dataset.yml":
            path.unlink()
    write(folder)
    again = load(folder, TUESDAY)

    assert (again.added, again.withdrawn) == (0, 0)
    found = contents(store)
    assert sorted(found["store_statement"]) == sorted(expected["store_statement"])
    rows = "store_clusterrow"
    assert [row[1:] for row in found[rows]] == [row[1:] for row in expected[rows]]


def test_a_bad_cell_of_a_csv_is_told_by_its_line(store, world):
    folder = world("== dataset.yml\n" + CARD_ONLY)
    as_csv(folder)
    path = folder / "statements.csv"
    path.write_text(path.read_text("utf-8").replace(",85,", ",8S,"), "utf-8")
    with pytest.raises(DatasetError) as refused:
        load(folder)
    # the header is line 1, jobs the fifth row of data
    assert [(p.code, p.file, p.line, p.value) for p in refused.value.problems] == [
        ("bad_number", "tiny/statements.csv", 6, "8S")
    ]


def test_a_bad_line_of_a_jsonl_is_told_by_its_number(store, world):
    folder = world("== dataset.yml\n" + CARD_ONLY)
    as_jsonl(folder)
    path = folder / "statements.jsonl"
    lines = path.read_text("utf-8").splitlines()
    lines[2] = lines[2][:-1]
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(DatasetError) as refused:
        load(folder)
    assert [(p.code, p.line) for p in refused.value.problems] == [("bad_json", 3)]


CARD_ONLY = """id: tiny
title: {fr: Petit, en: Tiny, ar: صغير}
as_of: 2019-03
licence: CC0
sources:
  book:
    kind: study
    title: A book
    date: 2019-03
    cited_by: line
    columns: [name, constituted]
    parts: {table: [[1, 9]], sheet: [[10, 99]]}
"""

KILLED = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
os.environ["DJANGO_SETTINGS_MODULE"] = "grappe.settings"
import django
django.setup()
from grappe.actions.load_dataset import load_dataset
from grappe.domain.actor import Actor
from grappe.store.models import Statement

def die(step):
    if step == sys.argv[2]:
        print("statements seen inside:", Statement.objects.count(), flush=True)
        os._exit(9)

load_dataset(Path(sys.argv[1]), by=Actor("Bob", "editor"), at=datetime.now(UTC), progress=die)
"""


@pytest.mark.parametrize("step", ["rows", "disputes"])
def test_a_process_killed_in_the_middle_of_a_load_leaves_the_old_state(store, world, step):
    from django.db import connection

    load(world(WITHOUT_2012))
    before = contents(store)
    connection.close()

    folder = world(OAK + ELM)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), step],
        env={"GRAPPE_DATA": str(store.parent), "GRAPPE_SECRET_KEY": "-", "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )

    # five statements were there; the sixth of the oak and three of the elm were written, then lost
    assert killed.returncode == 9, killed.stderr
    assert killed.stdout == "statements seen inside: 9\n"
    assert contents(store) == before
    assert names() == ["Oak Valley"]
    assert load(folder, TUESDAY).added == 4
