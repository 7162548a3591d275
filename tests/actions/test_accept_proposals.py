"""Accepted proposals become statements: in one transaction, with one audit event, without any harm."""

from pathlib import Path

import pytest

from grappe.actions.accept_proposals import accept_file, accept_proposals, decided, described_source
from grappe.census.reading import (
    Proposal,
    Step,
    document_of,
    load_proposals,
    plain_reading,
    proposals_text,
    read,
)
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, InputRefused, Refused
from grappe.domain.source import Source
from grappe.store import models
from tests.actions.stored import MONDAY, TUESDAY, contents, load
from tests.census.reading.invented import FRENCH_SHEET

OPERATOR = Actor("Ada", "operator")


def proposals() -> tuple[Proposal, ...]:
    """All proposals of an invented sheet, accepted."""
    read_ = read(document_of(FRENCH_SHEET.splitlines()), source="xx-study")
    return decided(read_.proposals, {p.id: Step.ACCEPTED for p in read_.proposals})


def source() -> Source:
    return described_source("xx-study", "A study of nothing", "2024", proposals(), by_line=True)


def accept(what: tuple[Proposal, ...], by: Actor = OPERATOR) -> None:
    accept_proposals(what, source(), edition="2024", by=by, at=MONDAY)


def test_accepted_proposals_stand_as_statements_with_their_source(store: Path):
    accept(proposals())
    statements = models.Statement.objects.filter(entity_id="gh-cct", standing=True)
    assert statements.filter(field="created").count() == 1
    assert models.Source.objects.get(id="xx-study").content["title"] == "A study of nothing"
    assert models.ClusterRow.objects.filter(entity="gh-cct").exists()


def test_one_audit_event_tells_who_accepted_how_many(store: Path):
    some = list(proposals())
    some[-1] = decided([some[-1]], {some[-1].id: Step.REJECTED})[0]
    accept(tuple(some))
    (event,) = models.AuditEvent.objects.filter(verb="accept_proposals")
    assert (event.by, event.subject) == ("Ada (operator)", "xx-study")
    assert event.detail["rejected"] == 1
    assert event.detail["accepted"] == len(some) - 1


def test_accepting_twice_changes_nothing_but_the_trace(store: Path):
    accept(proposals())
    before = models.Statement.objects.filter(standing=True).count()
    accept_proposals(proposals(), source(), edition="2024", by=OPERATOR, at=TUESDAY)
    assert models.Statement.objects.filter(standing=True).count() == before


def test_a_second_lot_of_the_same_source_leaves_the_first(store: Path):
    whole = proposals()
    named = tuple(p for p in whole if p.entity == "gh-cct" and p.field in ("name", "acronym"))
    accept(named)
    accept(tuple(p for p in whole if p.entity == "gh-cct" and p.field in ("created", "website")))
    fields = models.Statement.objects.filter(entity_id="gh-cct", standing=True).values_list(
        "field", flat=True
    )
    assert sorted(fields) == ["acronym", "created", "name", "website"]


def test_what_cannot_be_a_statement_is_refused_whole(store: Path):
    before = contents(store)
    without = tuple(p for p in proposals() if p.kind != "person")
    with pytest.raises(InputRefused):
        accept(without)
    assert contents(store) == before


def test_nothing_accepted_is_refused(store: Path):
    untouched = decided(proposals(), {p.id: Step.PROPOSED for p in proposals()})
    with pytest.raises(Refused) as refused:
        accept(untouched)
    assert refused.value.code == "nothing_accepted"


def test_somebody_without_the_right_is_refused_and_nothing_is_stored(store: Path):
    before = contents(store)
    with pytest.raises(Forbidden):
        accept(proposals(), Actor("Nobody", "visitor"))
    assert contents(store) == before


def test_statements_of_a_loaded_data_set_and_its_source_stay_as_they_are(store: Path, world):
    folder = world(
        """
        id: xx-wool
        kind: cluster
        source: book
        as_of: 2019-03
        name: {value: Wool, line: 1, printed: Wool}
        """
    )
    load(folder)
    loaded = models.Source.objects.get(id="book")
    one = Proposal(**{**{f: getattr(proposals()[0], f) for f in Proposal.__slots__}, "entity": "xx-wool"})
    cited = described_source("book", "Another title", "2024", [one], by_line=True)
    accept_proposals([one], cited, edition="2024", by=OPERATOR, at=TUESDAY)
    assert models.Source.objects.get(id="book").content == loaded.content
    values = models.Statement.objects.filter(entity_id="xx-wool", field="name", standing=True)
    assert values.count() == 2


def test_a_file_of_proposals_needs_a_title_for_a_source_nobody_knows(store: Path, tmp_path: Path):
    found = read(document_of(FRENCH_SHEET.splitlines()), source="xx-study")
    path = tmp_path / "proposals.yml"
    text = proposals_text(plain_reading(found, "2024")).replace("step: proposed", "step: accepted")
    path.write_text(text, "utf-8")
    with pytest.raises(BadChoice) as bad:
        accept_file(load_proposals(path), by=OPERATOR, at=MONDAY)
    assert bad.value.code == "source_of_another"
    done = accept_file(load_proposals(path), by=OPERATOR, at=MONDAY, title="A study of nothing")
    assert done.accepted == len(found.proposals)


def test_loading_the_data_set_again_leaves_what_was_accepted(store: Path, world):
    head = "id: xx-wool\nkind: cluster\nsource: book\nas_of: 2019-03\n"
    text = f"{head}name: {{value: Wool, line: 1, printed: Wool}}\n"
    load(world(text))
    name = next(p for p in proposals() if p.field == "created")
    one = Proposal(**{**{f: getattr(name, f) for f in Proposal.__slots__}, "entity": "xx-wool"})
    accept((one,))
    load(world(f"{text}acronym: {{value: WO, line: 1, printed: WO}}\n"), TUESDAY)
    fields = models.Statement.objects.filter(entity_id="xx-wool", standing=True).values_list(
        "field", flat=True
    )
    assert sorted(fields) == ["acronym", "created", "name"]
    assert models.ClusterRow.objects.filter(entity="xx-wool", created="2016-05").exists()


PLACED = """
id: xx-wool
kind: cluster
source: book
as_of: 2019-03
name: {value: Wool, line: 1, printed: Wool}
created: {value: "2010", line: 1, printed: "2010"}
place: {value: [pl-salt], line: 1, printed: Salt}
== places.yml
kind: place
source: book
as_of: 2019-03
entities:
  pl-salt:
    name: {value: Salt, line: 1, printed: Salt}
    lon: {value: 35.7, source: web, key: "1"}
    lat: {value: 32.0, source: web, key: "1"}
"""


def about_wool(**changes) -> Proposal:
    found = next(p for p in proposals() if p.field == "created")
    return Proposal(**{**{f: getattr(found, f) for f in Proposal.__slots__}, "entity": "xx-wool", **changes})


def test_a_contradiction_that_was_accepted_is_a_dispute_at_once(store: Path, world):
    load(world(PLACED))
    assert not models.DisputeRow.objects.exists()
    for _ in range(2):
        accept_proposals((about_wool(),), source(), edition="2019-03", by=OPERATOR, at=MONDAY)
        (row,) = models.DisputeRow.objects.all()
        assert (row.entity, row.field, row.dataset_id) == ("xx-wool", "created", "tiny")


def test_a_cluster_stays_on_the_map_when_something_else_of_it_is_accepted(store: Path, world):
    load(world(PLACED))
    before = models.ClusterRow.objects.get(entity="xx-wool")
    one = about_wool(field="website", value="www.wool.example")
    accept_proposals((one,), source(), edition="2019-03", by=OPERATOR, at=MONDAY)
    after = models.ClusterRow.objects.get(entity="xx-wool")
    assert before.located
    assert (after.located, after.places) == (before.located, before.places)
