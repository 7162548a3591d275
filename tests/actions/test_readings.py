"""Going through a reading: decisions, corrections, storing, giving up; who may, and who came second."""

from pathlib import Path

import pytest

from grappe.actions import keep_reading as limits
from grappe.actions.decide_proposals import decide_proposals
from grappe.actions.drop_reading import drop_reading
from grappe.actions.edit_proposal import edit_proposal
from grappe.actions.keep_reading import ReadTerms
from grappe.actions.reopen_reading import reopen_reading
from grappe.actions.store_reading import store_reading
from grappe.census.reading import Step
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, GrappeError, InputRefused, Refused, UnknownThing
from grappe.domain.roles import Role
from grappe.store import models
from grappe.store.models import AuditEvent, DocumentReading
from tests.actions.accounts import account, quick_passwords
from tests.actions.readings import code_of, kept
from tests.actions.stored import MONDAY, TUESDAY, contents

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("quick_passwords", "store")
NOW = {"at": TUESDAY}


@pytest.fixture
def zohra(store: Path) -> Actor:
    """Decides on facts of all countries."""
    return account("zohra", Role.ANALYST)


@pytest.fixture
def amel(store: Path) -> Actor:
    """Enters facts of one cluster, and decides on none."""
    models.Entity.objects.create(
        id="xx-other", kind="cluster", dataset=models.Dataset.objects.create(
            id="tiny", as_of="2019", digest="", folder="", loaded_at=MONDAY, card={}),
    )  # fmt: skip
    return account("amel", Role.MANAGER, "xx-other")


def steps(row: DocumentReading) -> dict[str, int]:
    found: dict[str, int] = {}
    for step in row.proposals.values_list("step", flat=True):
        found[step] = found.get(step, 0) + 1
    return found


def accept_all(row: DocumentReading, by: Actor) -> None:
    decide_proposals(row.pk, Step.ACCEPTED, sheet="gh-cct", by=by, at=TUESDAY)


def store_it(row: DocumentReading, by: Actor, title: str = "A study of nothing") -> None:
    store_reading(row.pk, title=title, edition="2024", by=by, at=TUESDAY)


def verbs() -> list[str]:
    return list(
        AuditEvent.objects.filter(subject__startswith="reading-")
        .order_by("id")
        .values_list("verb", flat=True)
    )


def test_a_kept_reading_holds_the_document_its_lines_and_all_that_is_proposed(zohra):
    row = kept(zohra)
    assert bytes(row.content).decode().splitlines()[0] == row.lines[0][0]
    assert {use for _, _, use in row.lines} == {"fact", "label", "blank"}
    assert "activity_unknown" in {one["why"] for one in row.leftovers}
    assert steps(row) == {"proposed": row.proposals.count()}
    assert len(row.digest) == 64
    assert verbs() == ["read_document"]


def test_nothing_enters_the_census_before_it_is_stored(zohra):
    row = kept(zohra)
    accept_all(row, zohra)
    assert models.Statement.objects.count() == 0
    store_it(row, zohra)
    assert models.Statement.objects.filter(entity_id="gh-cct", field="created").count() == 1
    row.refresh_from_db()
    assert (row.state, verbs()[-1]) == ("stored", "store_reading")


def test_a_sheet_is_decided_on_at_once_and_what_was_rejected_stays_so(zohra):
    row = kept(zohra)
    website = code_of(row, "website")
    decide_proposals(row.pk, Step.REJECTED, codes=[website], by=zohra, **NOW)
    accept_all(row, zohra)
    assert steps(row)["rejected"] == 1
    assert row.proposals.get(code=website).decided_by == str(zohra)
    store_it(row, zohra)
    assert not models.Statement.objects.filter(field="website").exists()


def test_accepting_one_accepts_what_it_cannot_stand_without(zohra):
    row = kept(zohra)
    done = decide_proposals(row.pk, Step.ACCEPTED, codes=[code_of(row, "president")], by=zohra, **NOW)
    assert done.chosen == 1
    fields = {(p.content["kind"], p.content["field"]) for p in row.proposals.filter(step="accepted")}
    assert fields == {("cluster", "president"), ("cluster", "name"), ("person", "name")}
    store_it(row, zohra)


def test_a_decision_can_be_taken_back(zohra):
    row = kept(zohra)
    code = code_of(row, "website")
    decide_proposals(row.pk, Step.REJECTED, codes=[code], by=zohra, **NOW)
    decide_proposals(row.pk, Step.PROPOSED, codes=[code], by=zohra, **NOW)
    one = row.proposals.get(code=code)
    assert (one.step, one.decided_by) == ("proposed", "")


def test_a_correction_is_checked_accepted_and_keeps_what_was_read(zohra):
    row = kept(zohra)
    code = code_of(row, "created")
    edit_proposal(row.pk, code, entity="gh-cct", field="created", value="2017-01", by=zohra, **NOW)
    edit_proposal(row.pk, code, entity="gh-cct", field="created", value="2017-02", by=zohra, **NOW)
    one = row.proposals.get(code=code)
    assert (one.step, one.content["value"]) == ("accepted", "2017-02")
    assert one.read["value"] == "2016-05"
    decide_proposals(row.pk, Step.ACCEPTED, codes=[code_of(row, "name", "gh-cct")], by=zohra, **NOW)
    store_it(row, zohra)
    assert models.ClusterRow.objects.get(entity="gh-cct").created == "2017-02"


@pytest.mark.parametrize(
    ("field", "wrong", "code"),
    [
        ("created", {"value": "soon"}, "edit_refused"),
        ("created", {"field": "nothing"}, "unknown_field_of"),
        ("members_total", {"value": "many"}, "edit_refused"),
        ("president", {"value": "person-nobody"}, "edit_refused"),
        ("industry", {"value": "sorcery"}, "edit_refused"),
        ("created", {"entity": "gh-nothing"}, "edit_refused"),
        ("created", {"entity": "Not an id"}, "edit_refused"),
    ],
)
def test_a_correction_that_cannot_be_a_statement_is_refused_and_changes_nothing(
    store, zohra, field, wrong, code
):
    row = kept(zohra)
    proposal = code_of(row, field, "gh-cct")
    content = row.proposals.get(code=proposal).content
    given = {"entity": "gh-cct", "field": field, "value": str(content["value"])} | wrong
    before = contents(store)
    with pytest.raises(GrappeError) as refused:
        edit_proposal(row.pk, proposal, **given, by=zohra, **NOW)
    assert refused.value.code == code
    assert contents(store) == before


@pytest.mark.parametrize("number", ["1200", "1 200", "1\u202f200", "1200,0"])
def test_a_number_is_taken_as_a_person_writes_it(zohra, number):
    row = kept(zohra)
    code = code_of(row, "members_total")
    edit_proposal(row.pk, code, entity="gh-cct", field="members_total", value=number, by=zohra, **NOW)
    assert row.proposals.get(code=code).content["value"] == 1200


def test_whoever_comes_second_is_told_who_came_first(zohra):
    row = kept(zohra)
    other = account("yanis", Role.ANALYST)
    decide_proposals(row.pk, Step.ACCEPTED, codes=["p0001"], by=other, seen=row.version, **NOW)
    with pytest.raises(Refused) as refused:
        decide_proposals(row.pk, Step.REJECTED, codes=["p0001"], by=zohra, seen=row.version, **NOW)
    assert (refused.value.code, refused.value.params["who"]) == ("reading_changed", "Yanis (analyst)")
    assert row.proposals.get(code="p0001").step == "accepted"


def test_a_reading_is_for_its_owner_and_for_those_who_decide(amel, zohra):
    row = kept(amel)
    stranger = account("omar", Role.ORGANISER)
    for by in (stranger, Actor("Nobody", "visitor")):
        with pytest.raises(UnknownThing):
            decide_proposals(row.pk, Step.ACCEPTED, codes=["p0001"], by=by, **NOW)
    decide_proposals(row.pk, Step.ACCEPTED, codes=["p0001"], by=zohra, **NOW)


def test_whoever_enters_facts_prepares_what_whoever_decides_stores(amel, zohra):
    row = kept(amel)
    accept_all(row, amel)
    with pytest.raises(Forbidden):
        store_it(row, amel)
    row.refresh_from_db()
    assert row.state == "open"
    store_it(row, zohra)
    assert models.Statement.objects.filter(entity_id="gh-cct").exists()


def test_somebody_without_a_role_keeps_no_reading(store):
    with pytest.raises(Forbidden):
        kept(account("ines"))
    assert DocumentReading.objects.count() == 0


def test_an_analyst_of_another_country_does_not_store(zohra):
    tunisian = account("lina", Role.ANALYST, "TN")
    row = kept(tunisian)
    accept_all(row, tunisian)
    with pytest.raises(Forbidden):
        store_it(row, tunisian)
    assert models.Statement.objects.count() == 0


def test_a_stored_reading_is_opened_again_to_accept_more(zohra):
    row = kept(zohra)
    decide_proposals(row.pk, Step.ACCEPTED, codes=[code_of(row, "name", "gh-cct")], by=zohra, **NOW)
    store_it(row, zohra)
    with pytest.raises(Refused) as refused:
        accept_all(row, zohra)
    assert refused.value.code == "reading_is_stored"
    reopen_reading(row.pk, by=zohra, **NOW)
    accept_all(row, zohra)
    store_it(row, zohra)
    assert models.Statement.objects.filter(entity_id="gh-cct", field="created").exists()
    with pytest.raises(Refused):
        store_it(row, zohra)


def test_storing_without_any_accepted_or_any_title_is_refused(zohra):
    row = kept(zohra)
    with pytest.raises(Refused) as refused:
        store_it(row, zohra)
    assert refused.value.code == "nothing_accepted"
    accept_all(row, zohra)
    with pytest.raises(BadChoice) as bad:
        store_it(row, zohra, title=" ")
    assert bad.value.code == "reading_title"
    with pytest.raises(BadChoice) as bad:
        store_reading(row.pk, title="A study", edition="soon", by=zohra, **NOW)
    assert bad.value.code == "reading_edition"
    assert models.Source.objects.count() == 0


def test_what_was_rejected_and_is_needed_is_named_and_nothing_is_half_stored(store, zohra):
    row = kept(zohra)
    decide_proposals(row.pk, Step.REJECTED, codes=[code_of(row, "name", "gh-cct")], by=zohra, **NOW)
    accept_all(row, zohra)
    before = contents(store)
    with pytest.raises(InputRefused) as refused:
        store_it(row, zohra)
    (problem,) = refused.value.problems
    assert (problem.code, problem.file) == ("missing_caption", "study.txt")
    assert contents(store) == before


def test_a_reading_that_is_given_up_leaves_its_trace_alone(zohra):
    row = kept(zohra)
    drop_reading(row.pk, by=zohra, **NOW)
    row.refresh_from_db()
    assert (row.content, row.lines, row.leftovers, row.proposals.count()) == (None, [], [], 0)
    assert AuditEvent.objects.get(verb="drop_reading").detail["proposals"] > 0
    for again in (drop_reading, reopen_reading):
        with pytest.raises(Refused) as refused:
            again(row.pk, by=zohra, **NOW)
        assert refused.value.code == "reading_is_dropped"


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (ReadTerms("Not an id"), "reading_source"),
        (ReadTerms("xx-study", edition="soon"), "reading_edition"),
        (ReadTerms("xx-study", language="la"), "bad_choice"),
    ],
)
def test_terms_that_nothing_could_cite_are_refused(terms, code):
    with pytest.raises(BadChoice) as bad:
        limits.check_terms(terms)
    assert bad.value.code == code


def test_limits_are_stated(zohra, monkeypatch):
    with pytest.raises(InputRefused) as refused:
        limits.check_size("long.txt", limits.MOST_BYTES_KEPT + 1)
    assert refused.value.params["most"] == str(limits.MOST_BYTES_KEPT)
    with pytest.raises(InputRefused) as refused:
        limits.check_size("long.txt", 1, limits.MOST_LINES_KEPT + 1)
    assert refused.value.code == "page_too_long"
    monkeypatch.setattr(limits, "MOST_KEPT", 3)
    with pytest.raises(InputRefused) as refused:
        kept(zohra)
    assert refused.value.code == "too_many_proposals"
    with pytest.raises(InputRefused) as refused:
        kept(zohra, "Nothing here.\n")
    assert refused.value.code == "nothing_read"
    assert DocumentReading.objects.count() == 0


def test_an_unknown_proposal_or_sheet_is_named(zohra):
    row = kept(zohra)
    for what in ({"codes": ["p9999"]}, {"sheet": "gh-none"}, {"codes": []}):
        with pytest.raises(UnknownThing):
            decide_proposals(row.pk, Step.ACCEPTED, **what, by=zohra, **NOW)
